"""A text taken apart once, for all rules: its words with their places, its folded twin."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .letters import flat

# Letters with the marks that compose to nothing (ê̆), and apostrophes between letters (H'Bliu).
LETTER = "A-Za-zÀ-ÖØ-öø-\u036f\u0370-\u1fff\u3040-\uffdc"
WORD = re.compile(f"[{LETTER}]+(?:['’‘ʼ`][{LETTER}]+)*")
ENDS_SENTENCE = frozenset('.!?;:\n“”"«»()[]…•')
BREAKS_PHRASE = ENDS_SENTENCE | {",", "/", "|"}


class Word(NamedTuple):
    """One word of the text; `low` is its lower case."""

    text: str
    low: str
    start: int
    end: int


class Found(NamedTuple):
    """What a rule has found: in the unfolded text, before it is a reason."""

    code: str
    start: int
    end: int
    message: str


@dataclass
class Reading:
    """The text as rules read it."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        # Made the short way: a long text has a hundred thousand of them.
        make = tuple.__new__
        return [
            make(Word, ((text := found[0]), text.lower(), *found.span()))
            for found in WORD.finditer(self.text)
        ]

    @cached_property
    def flat(self) -> str:
        return flat(self.text)

    @cached_property
    def starts(self) -> list[int]:
        return [word.start for word in self.words]

    def between(self, start: int, end: int) -> list[Word]:
        """The words that begin within a span."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def gap(self, index: int) -> str:
        """What stands between a word and the next one."""
        after = self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)
        return self.text[self.words[index].end : after]

    def opens_sentence(self, index: int) -> bool:
        """A capital here says nothing: every sentence begins with one."""
        if index == 0:
            return True
        return not ENDS_SENTENCE.isdisjoint(self.gap(index - 1))

    def joined(self, index: int) -> bool:
        """The word and the next belong to one phrase: blanks or a hyphen between, nothing else.

        Figures that hang on the word («Abc88 …») are part of it.
        """
        gap = self.gap(index).lstrip("0123456789")
        return index + 1 < len(self.words) and len(gap) <= 3 and not gap.strip(" \u00a0-–\n")
