"""Progress of long work, on a terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def track(items: Iterable[T], label: str, *, total: int | None = None) -> Iterator[T]:
    """Yield the items while drawing a bar on a terminal; stay silent in cron and tests."""
    yield from tqdm(items, desc=label, total=total, unit="", disable=None)


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar for work that reports by itself: call what is given with how much more is done."""
    with tqdm(desc=label, total=total, unit="", disable=None) as drawn:
        yield drawn.update
