"""What was done, as sixteen small marks, and whether two texts tell of the same deed."""

import re
import zlib
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from guong.core.vietnamese import fold

KEPT = 16  # marks of one deed
PAIRS = 6  # of them for two figures that stand together in one deed
TOGETHER = 3  # words of a run
ALIKE, SAME = 80, 88  # of 100: beside a name that fits; without one
TELLING = 9  # words from which a text says enough to be known again under another name
SMALL, YEARS = 12, range(1900, 2101)  # figures half of all deeds have: months, years
WORD = re.compile(r"[a-z]+|[0-9]+")
FIGURE = re.compile(r"[0-9]+")


class Told(NamedTuple):
    """A text as it is compared: its words and figures, folded; the figures alone; all in one line."""

    words: tuple[str, ...]
    figures: frozenset[str]
    line: str


@lru_cache(maxsize=16384)  # a long list: each deed is held against those of its namesakes
def told(text: str) -> Told:
    """What a text says, a figure without zeros in front."""
    found = WORD.findall(fold(text))
    words = tuple([word.lstrip("0") or "0" if word[0] == "0" else word for word in found])
    return Told(words, figures(text), " ".join(words))


@lru_cache(maxsize=1024)  # one deed is held against those of all its namesakes
def figures(text: str) -> frozenset[str]:
    """The figures of a text as it stands: deeds that differ mostly differ in them. Folds nothing."""
    return frozenset([figure.lstrip("0") or "0" for figure in FIGURE.findall(text)])


def marks(text: str) -> list[int]:
    """Pairs of its figures, then the smallest hashes of its three words in a row; sixteen at most.

    A run of words is shared by thousands where all write alike; two figures together by hardly any.
    """
    found = told(text).words
    telling = sorted(filter(_is_telling, told(text).figures))
    pairs = sorted(_mark(pair) for pair in combinations(telling, 2))[:PAIRS]
    last = max(1, len(found) - TOGETHER + 1)
    runs = {found[at : at + TOGETHER] for at in range(last)} if found else set()
    return sorted({*pairs, *sorted(map(_mark, runs))[: KEPT - len(pairs)]})


def _mark(run: tuple[str, ...]) -> int:
    return zlib.crc32(" ".join(run).encode())


def _is_telling(figure: str) -> bool:
    return len(figure) > 4 or (int(figure) > SMALL and int(figure) not in YEARS)


def likeness(one: str, other: str) -> float:
    """0 to 100; 0 as soon as their figures tell of two deeds."""
    if not one or not other or not _figures_agree(figures(one), figures(other)):
        return 0
    a, b = told(one), told(other)
    if not a.words or not b.words:
        return 0
    return fuzz.token_set_ratio(a.line, b.line, score_cutoff=ALIKE)


def is_telling(one: str, other: str) -> bool:
    """Both say enough to be the same deed whoever is named."""
    return min(len(told(one).words), len(told(other).words)) >= TELLING


def _figures_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    fewer = min(len(a), len(b))
    return len(a & b) >= fewer - (fewer > 3)
