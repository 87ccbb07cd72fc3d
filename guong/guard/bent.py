"""Bent syllables: outside the inventory, never used by anybody, or in the place of another one.

One alone is a slip of the pen. Enough of them near each other is a text bent on purpose, or spoiled.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .gazetteer import lines
from .reading import Found, Reading
from .surprise import BREAK, Model
from .syllables import flaw, is_of_the_highlands, is_syllable, tone_of

# In words before and after; weights near each other are added up.
WINDOW, ENOUGH = 60, 1.5
RARE, MISPLACED, DOUBTFUL = 1, 0.75, 0.5
FIRST = 0.5  # the first word of a sentence may be a name
BETTER, MUCH_BETTER = 11, 12  # bits by which other marks must fit better, with two signs or one
QUOTED = re.compile(r'«[^»\n]{0,300}»|“[^”\n]{0,300}”|"[^"\n]{0,300}"|\([^()\n]{0,200}\)')
BROKEN = "«{}» không phải âm tiết tiếng Việt; quanh đây có nhiều chữ sai dấu như vậy."
UNSPOKEN = "«{}» không phải chữ người ta dùng; quanh đây có nhiều chữ sai dấu như vậy."
INSTEAD = (
    "«{}» không hợp với chữ bên cạnh (thường là «{}»); quanh đây có nhiều chữ sai dấu như vậy."
)


class Bent(NamedTuple):
    """One bent word: its place among the words, how surely it is bent, what is told of it, and
    whether it is a word at all."""

    index: int
    weight: float
    message: str
    is_no_word: bool


@lru_cache(maxsize=1)
def spoken() -> frozenset[tuple[str, str]]:
    """The syllables people use, as (without tone, figure of the tone)."""
    tokens = (re.fullmatch(r"(\D+)(\d+)", token) for line in lines("spoken.txt")
              for token in line.split())  # fmt: skip
    return frozenset((token[1], tone) for token in tokens if token for tone in token[2])


@lru_cache(maxsize=32768)
def is_unspoken(word: str) -> bool:
    """Spelled by the rules, with a mark, and yet no syllable of the language."""
    return not word.isascii() and is_syllable(word) and tone_of(word) not in spoken()


def look(reading: Reading, model: Model | None) -> list[Found]:
    """Bent syllables that stand close together; without a model only those no rule allows."""
    bent = list(_bent(reading, model))
    places = [one.index for one in bent]
    return [
        Found("broken_syllable", reading.words[one.index].start, reading.words[one.index].end,
              one.message)
        for one in bent
        if _are_enough(bent[bisect_left(places, one.index - WINDOW)
                            : bisect_left(places, one.index + WINDOW)])
    ]  # fmt: skip


def _are_enough(bent: list[Bent]) -> bool:
    """Together they weigh enough; sound words in unheard company alone are what poets write."""
    return any(one.is_no_word for one in bent) and sum(one.weight for one in bent) >= ENOUGH


def _bent(reading: Reading, model: Model | None) -> Iterator[Bent]:
    """Every word that is bent, or may be."""
    times: Counter[str] = Counter()
    quoted: set[int] = set()
    if model is not None:
        times.update(word.low for word in reading.words)
        quoted = quoted_places(reading)
    for index, word in enumerate(reading.words):
        found = None
        if weight := flaw(word.text):
            found = Bent(index, weight, BROKEN.format(word.text), True)
        # A word of the place or the trade comes again; a hand that bends words never bends two alike.
        elif model is not None and times[word.low] == 1 and index not in quoted:
            found = _by_model(reading, index, model)
        if found and not is_beside_the_highlands(reading, index):
            yield found


def quoted_places(reading: Reading) -> set[int]:
    """The places of words in quotation marks or brackets: another's voice, another tongue."""
    return {
        place
        for match in QUOTED.finditer(reading.text)
        for place in range(
            bisect_left(reading.starts, match.start()), bisect_left(reading.starts, match.end())
        )
    }


def is_beside_the_highlands(reading: Reading, index: int) -> bool:
    """Small words beside words of the Highlands' peoples are theirs as well."""
    around = reading.words[max(0, index - 1) : index + 2]
    return any(is_of_the_highlands(word.text) for word in around)


def _by_model(reading: Reading, index: int, model: Model) -> Bent | None:
    """What somebody who has read much thinks of a word that the rules allow."""
    word = reading.words[index]
    is_first = word.text[0].isupper()
    if is_first and (word.text[1:].isupper() or not reading.opens_sentence(index)):
        return None  # names follow their own rules
    if is_first and flaw(word.low) >= 1:
        return Bent(index, FIRST, BROKEN.format(word.text), True)
    if is_unspoken(word.low) and not model.words[word.low]:
        return Bent(index, RARE, UNSPOKEN.format(word.text), True)
    found = model.instead(*neighbours(reading, index))
    is_sure = found.support > 1
    if is_first or found.bits < (BETTER if is_sure else MUCH_BETTER):
        return None
    weight = MISPLACED if is_sure else DOUBTFUL
    return Bent(index, weight, INSTEAD.format(word.text, found.word), False)


def neighbours(reading: Reading, index: int) -> tuple[str, str, str]:
    """The word with the one before and the one after it in the same phrase, in small letters."""
    words = reading.words
    before = words[index - 1].low if index and reading.joined(index - 1) else BREAK
    after = words[index + 1].low if reading.joined(index) else BREAK
    return before, words[index].low, after
