"""How well articles are put in order: `python -m guong.discovery.measure [--misses]`.

Two sets: 44 invented articles written for the scorer by whoever wrote its lists, and 79 texts written
by somebody else for the guard, called good or not by their file names. docs/discover.md tells the
figures.
"""

import argparse
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from . import scoring

GUONG = Path(__file__).parents[1]
WRITTEN = Path(__file__).parent / "tests" / "texts"
OTHERS = GUONG / "guard" / "tests" / "texts"
COMMUNES = GUONG / "units" / "data" / "communes.csv"
# Of the guard's texts: those about somebody who did something good, by their file names.
GOOD_OTHERS = frozenset(
    "plain-02 plain-04 plain-06 plain-08 plain-10 plain-12 plain-14 plain-15 plain-16 plain-19 plain-20 "
    "plain-22 plain-23 plain-24 plain-26 plain-29 plain-32 plain-33 plain-37 plain-41 hard-12 hard-16 "
    "02 07 08 13 14 16 17 18".split()
)


@dataclass(frozen=True)
class Figure:
    """Of so many texts of one kind, how many stand on the right side of the threshold."""

    name: str
    of: int
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.of

    def __str__(self):
        return f"{self.name:<34} {self.of - len(self.missed):>3}/{self.of:<3} {self.share:.3f}"


@lru_cache(maxsize=1)
def places() -> scoring.Places:
    with COMMUNES.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    return scoring.Places(
        {scoring.lowered(name): name for name in names}, frozenset({"gia lai", "bình định"})
    )


def of_written() -> tuple[Figure, Figure]:
    """Good deeds and other news of the set written for it."""
    paths = sorted(WRITTEN.glob("*.txt"))
    return _figures(paths, lambda path: path.stem.startswith("good-"), "viết cho bộ chấm")


def of_others() -> tuple[Figure, Figure]:
    """The same of the guard's texts."""

    def is_good(path: Path) -> bool:
        head, _, rest = path.stem.partition("-")
        return (head if head.isdigit() else f"{head}-{rest[:2]}") in GOOD_OTHERS

    return _figures(sorted(OTHERS.glob("*/*.txt")), is_good, "viết cho lớp gác")


def _figures(paths: Iterable[Path], is_good, name: str) -> tuple[Figure, Figure]:
    sides: dict[bool, list[tuple[str, bool]]] = {True: [], False: []}
    for path in paths:
        found = scoring.score(path.read_text("utf-8"), places())
        sides[is_good(path)].append((path.stem, found.is_worth_a_look))
    return tuple(
        Figure(
            f"{label}, {name}",
            len(sides[side]),
            tuple(stem for stem, worth in sides[side] if worth != side),
        )
        for side, label in ((True, "việc tốt"), (False, "tin khác"))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="kể tên các bài xếp sai")
    asked = parser.parse_args()
    for figure in (*of_written(), *of_others()):
        print(figure)  # noqa: T201 (a command of developers)
        if asked.misses:
            print("   ", " ".join(figure.missed))  # noqa: T201


if __name__ == "__main__":
    main()
