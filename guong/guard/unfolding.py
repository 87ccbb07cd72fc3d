"""A text as a reader sees it: entities, look-alikes, unseen signs and spelled-out words undone.

Every sign of the unfolded text remembers where it stood, so that reasons point to the original.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,12});")
SPELLED = re.compile(r"(?<!\w)(?:\w[.·*_\-\s\u200b]){3,30}\w(?!\w)")
# Letters of other scripts that look like ours; official Vietnamese text holds none of them.
LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρτυχ",
    "aeopcyxijsdhlABEKMHOPCTXIJSABEZHIKMNOPTYXaovptux",
)


@dataclass(frozen=True)
class Unfolded:
    """The text to look at; `at[i]` is where its sign i stood; what was hidden, with its kind."""

    text: str
    at: tuple[int, ...]
    hidden: tuple[tuple[str, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the original for a span of the unfolded text."""
        if start >= end or not self.at:
            return (0, 0)
        last = self.at[end - 1]
        return self.at[start], (self.at[end] if end < len(self.at) else last + 1) if last else 1


def unfold(original: str) -> Unfolded:
    """Undo what hides words from a filter, keeping offsets. Linear in the text's length."""
    if original.isascii() and "&" not in original:
        return Unfolded(original, tuple(range(len(original) + 1)), ())
    signs: list[str] = []
    places: list[int] = []
    hidden: list[tuple[str, int, int]] = []
    position = 0
    for piece, start, end, kind in _pieces(original):
        if kind:
            hidden.append((kind, start, end))
        composed = unicodedata.normalize("NFC", piece)
        whole = len(composed) == end - start
        for offset, sign in enumerate(composed):
            signs.append(sign)
            places.append(start + (offset if whole else 0))
        position = end
    places.append(position)
    return Unfolded("".join(signs), tuple(places), tuple(hidden))


def _pieces(text: str):
    """The text in pieces: plain stretches, entities, unseen signs, look-alikes."""
    index, length = 0, len(text)
    while index < length:
        sign = text[index]
        if sign == "&" and (found := ENTITY.match(text, index)):
            plain = html.unescape(found[0])
            hides = plain.isalnum()
            yield plain, index, found.end(), "entity" if hides else ""
            index = found.end()
        elif UNSEEN.match(sign):
            yield "", index, index + 1, "unseen"
            index += 1
        elif (plain := sign.translate(LOOK_ALIKE)) != sign:
            yield plain, index, index + 1, "look_alike"
            index += 1
        else:
            end = index + 1
            while end < length and unicodedata.combining(text[end]):
                end += 1
            yield text[index:end], index, end, ""
            index = end
