"""Long lists in leaves that stay: leaf 1 holds the oldest, so that something new changes one or two."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..release.pages import Page
from ..site import Site

SIZE = 40
LEAF = "/trang/"


@dataclass(frozen=True)
class Leaf:
    """A stretch of a list, newest first, and where the list goes on."""

    path: str
    rows: list
    newer: str = ""
    older: str = ""


def leaves(rows: list, base: str) -> list[Leaf]:
    """The list, newest first, in leaves; the first stands at `base` and holds at least SIZE rows."""
    put_away = max(0, len(rows) // SIZE - 1)
    first = len(rows) - put_away * SIZE
    paths = [base, *(f"{base}{LEAF[1:]}{number}/" for number in range(put_away, 0, -1))]
    starts = [0, *range(first, len(rows), SIZE)]
    ends = [*starts[1:], len(rows)]
    return [
        Leaf(
            path=path,
            rows=rows[starts[place] : ends[place]],
            newer=paths[place - 1] if place else "",
            older=paths[place + 1] if place + 1 < len(paths) else "",
        )
        for place, path in enumerate(paths)
    ]


def older(site: Site, found: list[Leaf], title: str) -> Iterator[Page]:
    """Pages for all leaves but the first, which stands on a page of its kind."""
    for leaf in found[1:]:
        yield site.page(leaf.path, "leaf.html", {"leaf": leaf, "title": title}, inputs_of(leaf))


def inputs_of(*shown: Leaf) -> tuple:
    """Who stands behind the rows of these leaves."""
    return tuple(source for leaf in shown for row in leaf.rows for source in row.inputs)
