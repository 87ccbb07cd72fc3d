"""Words whose letters or syllables are held apart so that no filter reads them: «n.h.à c.á.i»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .letters import TONES
from .syllables import parts

LETTER = r"[^\W\d_]"
HELD_APART = re.compile(
    rf"(?<![^\W_])(?<![.·•*_~|/\\-]){LETTER}(?:[ .·•*_~|/\\-]{{1,3}}{LETTER}(?![^\W_])){{2,80}}"
)
SYLLABLES = re.compile(
    rf"(?<![\w.@/]){LETTER}{{1,7}}(?:[.·•*_~|]{LETTER}{{1,7}}(?![^\W_])){{2,60}}(?![@/])"
)
LIKELY = re.compile(rf"(?<![^\W_]){LETTER}[ .·•*_~|/\\-]{{1,3}}{LETTER}(?![^\W_])"
                    rf"|{LETTER}[.·•*_~|]{LETTER}{{1,7}}[.·•*_~|]{LETTER}")  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One held-apart stretch: which places to leave out, which to make a blank."""

    start: int
    end: int
    left_out: tuple[int, ...]
    blanks: tuple[int, ...]


def may_be_in(text: str) -> bool:
    """A cheap look before the careful one."""
    return bool(LIKELY.search(text))


def runs(text: str) -> Iterator[Run]:
    """Every stretch that is held apart on purpose; initials and abbreviations are not."""
    for found in HELD_APART.finditer(text):
        if _is_on_purpose(found[0]):
            yield _letters(found)
    for found in SYLLABLES.finditer(text):
        if _are_syllables(re.split(r"[.·•*_~|]", found[0])):
            places = [found.start() + i for i, sign in enumerate(found[0]) if not sign.isalpha()]
            yield Run(found.start(), found.end(), (), tuple(places))


def _is_on_purpose(stretch: str) -> bool:
    letters = "".join(sign for sign in stretch if sign.isalpha())
    codes = [ord(sign) for sign in letters.lower()]
    if all(after - before == 1 for before, after in pairwise(codes)):
        return False  # «A - B - C», the answers of a test
    has_tone = any(_has_tone(sign) for sign in letters)
    if letters.isupper():  # «N.V.T» hides a person, not a word; a tone stands in no abbreviation
        return (has_tone and len(letters) >= 3) or len(letters) >= 6
    return len(letters) >= 5 or (has_tone and len(letters) >= 3)


def _has_tone(sign: str) -> bool:
    return bool(parts(sign)[1])


def _are_syllables(words: list[str]) -> bool:
    """At least three, two of them with a tone: no address, no file name, no abbreviation."""
    return sum(any(tone in TONES for tone in parts(word)[1]) for word in words) >= 2


def _letters(found: re.Match) -> Run:
    """Letters come together; where blanks stand among other signs they part the words."""
    inside = [found.start() + i for i, sign in enumerate(found[0]) if not sign.isalpha()]
    only_blanks = found[0].replace(" ", "").isalpha()
    text, left_out, blanks = found.string, [], []
    for place in inside:
        parts_words = text[place] == " " and (not only_blanks or text[place - 1] == " ")
        (blanks if parts_words else left_out).append(place)
    return Run(found.start(), found.end(), tuple(left_out), tuple(blanks))
