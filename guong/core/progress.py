"""Progress of long work, on a terminal."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def track(items: Iterable[T], label: str, *, total: int | None = None) -> Iterator[T]:
    """Yield the items while drawing a bar on a terminal; stay silent in cron and tests."""
    yield from tqdm(items, desc=label, total=total, unit="", disable=None)
