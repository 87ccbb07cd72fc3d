"""Long rows of things a piece at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def batched(things: Iterable[Thing], many: int) -> Iterator[list[Thing]]:
    """Lists of so many, the last shorter; none for nothing. (Python 3.12 has it in itertools.)"""
    things = iter(things)
    while some := list(islice(things, many)):
        yield some
