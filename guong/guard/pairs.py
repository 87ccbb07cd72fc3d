"""Syllables that never stand alone: «cường» leans on «tăng», «khích» on «khuyến». Where the
neighbour is missing, a word was taken out or put in its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .gazetteer import lines
from .names import is_capital, is_foreign
from .reading import ENDS_SENTENCE, Found, Reading
from .syllables import flaw

EDGES = "().,;:!?…\"'“”«»[]"
WORD_LIKE = re.compile(r"[^\W\d_]+")
MESSAGE = "«{}» đứng đây mà thiếu chữ đi cùng (như «{}»): có chữ bị thay hoặc bị bỏ."


@dataclass(frozen=True)
class Bound:
    """What a bound syllable or phrase needs beside it."""

    before: frozenset[str]
    after: frozenset[str]
    is_strict: bool  # one that stands alone is enough
    example: str


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, ...], Bound]:
    """The bound syllables and phrases of the data file, by their words."""
    bound = {}
    for line in lines("pairs.txt"):
        name, _, partners = line.partition(":")
        before, _, after = partners.partition("|")
        words = tuple(name.lstrip("!").split())
        example = (
            f"{before.split()[0]} {words[0]}"
            if before.split()
            else f"{words[0]} {after.split()[0]}"
        )
        bound[words] = Bound(
            frozenset(before.split()), frozenset(after.split()), name.startswith("!"), example
        )
    return bound


@lru_cache(maxsize=1)
def by_first() -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """The table by the first word of each key."""
    first: dict[str, list] = {}
    for words, bound in table().items():
        first.setdefault(words[0], []).append((words, bound))
    return first


def may_be_broken(tokens: list[str]) -> bool:
    """A quick look at a line split at blanks: is there a bound word whose partner is not beside it?"""
    first = by_first()
    for index, token in enumerate(tokens):
        core = token.strip(EDGES)
        if core in first:
            before = tokens[index - 1].lower() if index else ""
            after = tokens[index + 1].rstrip(EDGES).lower() if index + 1 < len(tokens) else ""
            if any(_may_be_alone(before, after, words, bound) for words, bound in first[core]):
                return True
        elif not core.isalpha() and not first.keys().isdisjoint(WORD_LIKE.findall(core)):
            return True
    return False


def _may_be_alone(before: str, after: str, words: tuple[str, ...], bound: Bound) -> bool:
    if before in bound.before or (len(words) > 1 and after != words[1]):
        return False
    return after not in bound.after


def look(reading: Reading) -> list[Found]:
    """Bound syllables without their partner; two doubtful ones near each other, or a sure one."""
    sure, doubtful = [], []
    for index, word in enumerate(reading.words):
        # Capitals are names and headlines.
        for words, bound in by_first().get(word.text, ()):
            length = len(words)
            if _stands(reading, index, words) and _is_alone(reading, index, length, bound):
                is_sure = bound.is_strict or _has_stranger(reading, index, length)
                found = Found("broken_pair", word.start, reading.words[index + length - 1].end,
                              MESSAGE.format(" ".join(words), bound.example))  # fmt: skip
                (sure if is_sure else doubtful).append(found)
    return sure + [one for one in doubtful if _has_company(one, doubtful)]


def _has_company(one: Found, doubtful: list[Found]) -> bool:
    """Another doubtful one stands near it."""
    return any(other is not one and abs(other.start - one.start) < 300 for other in doubtful)


def _stands(reading: Reading, index: int, words: tuple[str, ...]) -> bool:
    here = reading.words[index : index + len(words)]
    return len(words) == 1 or tuple(word.low for word in here) == words


def _is_alone(reading: Reading, index: int, length: int, bound: Bound) -> bool:
    """Something else stands where the partner should; nothing there (a cut, a list) proves nothing."""
    words, last = reading.words, index + length - 1
    before = index > 0 and _is_beside(reading, index - 1, bound.is_strict)
    after = last + 1 < len(words) and _is_beside(reading, last, bound.is_strict)
    if before and words[index - 1].low in bound.before:
        return False
    if after and words[last + 1].low in bound.after:
        return False
    return before if bound.before else after


def _is_beside(reading: Reading, index: int, is_strict: bool) -> bool:
    """Two words in one phrase; before a strict one figures may stand («… 79 cường»)."""
    gap = reading.gap(index)
    if "," in gap or not ENDS_SENTENCE.isdisjoint(gap.replace("\n", "")) or len(gap) > 8:
        return False
    return not gap.strip(" \u00a0\n\t-–0123456789%" if is_strict else " \u00a0\n\t-–")


def _has_stranger(reading: Reading, index: int, length: int) -> bool:
    """A neighbour is a name, foreign or bent: it may have taken the partner's place."""
    around = []
    if index and reading.joined(index - 1):
        around.append(index - 1)
    if reading.joined(index + length - 1):
        around.append(index + length)
    return any(
        is_foreign(reading.words[place].text)
        or flaw(reading.words[place].text) >= 1
        or (is_capital(reading.words[place]) and not reading.opens_sentence(place))
        for place in around
    )
