"""A sentence that does not belong: far more surprising than the document's own median.

What is quoted or in brackets, names, and words of the Highlands' peoples are passed over: they surprise
everybody, and say nothing.
"""

import statistics
from collections.abc import Iterator
from typing import NamedTuple

from .bent import is_beside_the_highlands, quoted_places
from .reading import Found, Reading
from .surprise import BREAK, Model

FEWEST_WORDS, FEWEST_SENTENCES = 8, 4
ABOVE = 5.0  # bits a word above the median of the document
LEAST = 14.0  # and at least so many
MOST_OF_A_WORD = 22.0  # one unknown word is not the whole sentence
ENDS = frozenset(".!?;:\n•…")
STRANGE = "Câu này khác hẳn giọng của cả bài: «{}»."


class Sentence(NamedTuple):
    """One sentence: its span, and its bits of surprise a word."""

    start: int
    end: int
    bits: float


def look(reading: Reading, model: Model) -> list[Found]:
    """The sentences that stand out; none where there are too few to compare."""
    found = list(sentences(reading, model))
    if len(found) < FEWEST_SENTENCES:
        return []
    usual = statistics.median(sentence.bits for sentence in found)
    return [
        Found("strange_sentence", one.start, one.end,
              STRANGE.format(reading.text[one.start : one.end][:60]))
        for one in found
        if one.bits >= max(LEAST, usual + ABOVE)
    ]  # fmt: skip


def sentences(reading: Reading, model: Model) -> Iterator[Sentence]:
    """Every sentence with enough words of its own."""
    quoted = quoted_places(reading)
    bits: list[float] = []
    before, start = BREAK, 0
    for index, word in enumerate(reading.words):
        if index and not ENDS.isdisjoint(reading.gap(index - 1)):
            yield from _sentence(start, reading.words[index - 1].end, bits)
            bits, before, start = [], BREAK, word.start
        elif not index:
            start = word.start
        elif not reading.joined(index - 1):
            before = BREAK
        is_passed_over = index in quoted or _is_name(reading, index)
        if is_passed_over or is_beside_the_highlands(reading, index):
            before = BREAK
            continue
        bits.append(min(MOST_OF_A_WORD, model.surprise(before, word.low)))
        before = word.low
    if reading.words:
        yield from _sentence(start, reading.words[-1].end, bits)


def _sentence(start: int, end: int, bits: list[float]) -> Iterator[Sentence]:
    if len(bits) >= FEWEST_WORDS:
        yield Sentence(start, end, sum(bits) / len(bits))


def _is_name(reading: Reading, index: int) -> bool:
    return reading.words[index].text[0].isupper() and not reading.opens_sentence(index)
