"""What was done, as sixteen small marks, and whether two texts tell of the same deed."""

import re
import zlib
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from guong.core.vietnamese import fold

KEPT = 16  # marks of one deed
PAIRS = 6  # of them for two figures that stand together in one deed
TOGETHER = 3  # words of a run
ALIKE, SAME = 80, 88  # of 100: beside a name that fits; without one
TELLING = 9  # words from which a text says enough to be known again under another name
SMALL, YEARS = 12, range(1900, 2101)  # figures half of all deeds have: months, years
WORD = re.compile(r"[a-z]+|[0-9]+")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words and figures of a text, folded; a figure without zeros in front."""
    found = WORD.findall(fold(text))
    return tuple(word.lstrip("0") or "0" if word[0] == "0" else word for word in found)


def marks(text: str) -> list[int]:
    """Pairs of its figures, then the smallest hashes of its three words in a row; sixteen at most.

    A run of words is shared by thousands where all write alike; two figures together by hardly any.
    """
    found = words(text)
    figures = sorted(word for word in _figures(found) if _is_telling(word))
    pairs = sorted(_mark(pair) for pair in combinations(figures, 2))[:PAIRS]
    last = max(1, len(found) - TOGETHER + 1)
    runs = {found[at : at + TOGETHER] for at in range(last)} if found else set()
    return sorted({*pairs, *sorted(map(_mark, runs))[: KEPT - len(pairs)]})


def _mark(run: tuple[str, ...]) -> int:
    return zlib.crc32(" ".join(run).encode())


@lru_cache(maxsize=4096)
def _figures(found: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in found if word[0].isdigit())


def _is_telling(figure: str) -> bool:
    return len(figure) > 4 or (int(figure) > SMALL and int(figure) not in YEARS)


def likeness(one: str, other: str) -> float:
    """0 to 100; 0 as soon as their figures tell of two deeds."""
    a, b = words(one), words(other)
    if not a or not b or not _figures_agree(a, b):
        return 0
    return fuzz.token_set_ratio(" ".join(a), " ".join(b), score_cutoff=ALIKE)


def is_telling(one: str, other: str) -> bool:
    """Both say enough to be the same deed whoever is named."""
    return min(len(words(one)), len(words(other))) >= TELLING


def _figures_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    few, many = sorted((_figures(a), _figures(b)), key=len)
    return len(few & many) >= len(few) - (len(few) > 3)
