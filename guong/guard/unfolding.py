"""A text as a reader sees it: entities, tags, look-alikes, unseen signs and spelled-out words undone.

Every sign of the unfolded text remembers where it stood, so that reasons point into the original.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from . import spelled_out
from .letters import COMBINING, DIRECTIONS, LOOK_ALIKE, STYLED, TONES, UNSEEN, styled_as

TAG = r"</?[a-zA-Z][^<>]{0,3000}+>|<!--[^<>]{0,3000}+>"
ENTITY = (
    r"&(?:(?:amp;){0,3}+(?:#\d{1,7}+;?|#[xX][0-9a-fA-F]{1,6}+;?|[A-Za-z][A-Za-z0-9]{1,30}+;)|amp;)"
)
# All patterns of this room take a bounded number of steps at each place: linear in the text.
FOLDED = re.compile(
    f"(?P<tag>{TAG})|(?P<entity>{ENTITY})|(?P<unseen>[{UNSEEN}])|(?P<marks>.[{COMBINING}]+)"
    f"|(?P<alike>[{''.join(LOOK_ALIKE)}{STYLED}])"
)
BREAKS = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|t[dhr]|table|section|article|hr)\b", re.IGNORECASE
)
MOST_MARKS = 3


@dataclass(frozen=True)
class Trick:
    """Something that hides words, where it stands in the original."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Unfolded:
    """The text to look at, where each of its signs stood, and the tricks that were undone."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None
    tricks: tuple[Trick, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original for a span of the unfolded text."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def is_folded(text: str) -> bool:
    """Whether there is anything to undo."""
    return bool(FOLDED.search(text)) or spelled_out.may_be_in(text)


def unfold(original: str) -> Unfolded:
    """Undo what hides words from a filter, keeping offsets."""
    if not is_folded(original):
        return Unfolded(original)
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tricks: list[Trick] = []
    cuts: list[tuple[int, re.Match]] = []
    position = 0
    for found in FOLDED.finditer(original):
        _keep(original, position, found.start(), signs, starts, ends)
        plain, trick = _undo(original, found)
        if trick:
            tricks.append(Trick(trick, *_word_around(original, found.start(), found.end())))
        signs += plain
        if not plain and found.lastgroup == "tag":
            cuts.append((len(signs), found))
        starts += [found.start()] * len(plain)
        ends += [found.end()] * len(plain)
        position = found.end()
    _keep(original, position, len(original), signs, starts, ends)
    tricks += [Trick("split_by_tags", *_word_around(original, found.start(), found.end()))
               for place, found in cuts if _is_cut(signs, place)]  # fmt: skip
    joined = _join_spelled_out(signs, starts, ends, tricks)
    return Unfolded(*joined, tuple(_once(tricks)))


def _keep(original, start, end, signs, starts, ends) -> None:
    signs += original[start:end]
    starts += range(start, end)
    ends += range(start + 1, end + 1)


def _undo(original: str, found: re.Match) -> tuple[str, str]:
    """What a sign or group stands for, and the name of the trick if it is one."""
    kind, sign = found.lastgroup, found[0]
    if kind == "tag":
        return ("\n" if BREAKS.match(sign) else ""), ""
    if kind == "entity":
        return _undo_entity(sign)
    if kind == "unseen":
        inside = _is_inside_word(original, found.start(), found.end())
        # Word processors leave soft hyphens and marks at the edges of words; inside one they hide it.
        return "", "unseen_sign" if sign in DIRECTIONS or (inside and sign != "\u00ad") else ""
    if kind == "marks":
        return _compose(sign)
    plain = LOOK_ALIKE.get(sign) or styled_as(sign)
    return (plain, "look_alike") if plain and _poses(original, found.start()) else (sign, "")


def _undo_entity(sign: str) -> tuple[str, str]:
    plain = html.unescape(re.sub("^&(?:amp;)+", "&", sign))
    # Old editors write «&agrave;» and «&#7841;»; plain letters are coded only to hide them.
    is_hiding = plain.isascii() and plain.isalpha()
    plain = re.sub(f"[{UNSEEN}]", "", plain)
    return "".join(LOOK_ALIKE.get(one, one) for one in plain), "coded_letter" if is_hiding else ""


def _compose(cluster: str) -> tuple[str, str]:
    base, marks = cluster[0], cluster[1:]
    for one in unicodedata.normalize("NFD", base)[1:][::-1]:
        marks = one + marks
    base = unicodedata.normalize("NFD", base)[0]
    # The letter's own mark before its tone: some keyboards send them the other way round.
    ordered = sorted(marks, key=TONES.__contains__)[:MOST_MARKS]
    return (
        unicodedata.normalize("NFC", LOOK_ALIKE.get(base, base) + "".join(ordered)),
        "stacked_marks" if len(marks) > MOST_MARKS else "",
    )


def _is_cut(signs: list[str], place: int) -> bool:
    """A tag stood between two letters of a word; a first letter set big is an ornament."""
    if not 0 < place < len(signs) or not (signs[place - 1].isalpha() and signs[place].isalpha()):
        return False
    return signs[place - 1].islower() or (place > 1 and signs[place - 2].isalpha())


def _is_inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the letters beside it, forty at most."""
    first, last = start, end
    while first > max(0, start - 40) and text[first - 1].isalpha():
        first -= 1
    while last < min(len(text), end + 40) and text[last].isalpha():
        last += 1
    return first, last


def _poses(text: str, place: int) -> bool:
    """A word of mixed alphabets, or one whose every letter looks like ours."""
    first, last = _word_around(text, place, place + 1)
    return _is_posing(text[first:last])


@lru_cache(maxsize=4096)
def _is_posing(word: str) -> bool:
    letters = [sign for sign in word if sign not in LOOK_ALIKE and not styled_as(sign)]
    return not letters or any("LATIN" in unicodedata.name(sign, "") for sign in letters)


def _join_spelled_out(signs, starts, ends, tricks) -> tuple[str, list[int], list[int]]:
    text = "".join(signs)
    left_out: set[int] = set()
    blanks: set[int] = set()
    for run in spelled_out.runs(text):
        left_out.update(run.left_out)
        blanks.update(run.blanks)
        tricks.append(Trick("spelled_out", starts[run.start], ends[run.end - 1]))
    if not left_out and not blanks:
        return text, starts, ends
    kept = [index for index in range(len(text)) if index not in left_out]
    return (
        "".join(" " if index in blanks else text[index] for index in kept),
        [starts[index] for index in kept],
        [ends[index] for index in kept],
    )


def _once(tricks: list[Trick]) -> list[Trick]:
    return sorted(set(tricks), key=lambda trick: (trick.start, trick.end, trick.code))
