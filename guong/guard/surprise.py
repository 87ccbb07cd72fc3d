"""How surprising a text is to somebody who has read many like it: syllables one after the other.

An interpolated bigram of syllables that falls back on how often a syllable is written at all, and for
an unknown one on its letters, three at a time. It is read in two ways: a sentence far above the
document's own median is a stranger in it (sentences.py), and a syllable that nobody has seen beside its
neighbours, while the same letters with other marks are seen there, is bent (bent.py).

The shipped model is made of texts written for it (training/); `guong guard train` adds the province's
own released stories and keeps the result in GUONG_HOME.
"""

import gzip
import hashlib
import json
import logging
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from .gazetteer import DATA
from .letters import flat
from .reading import WORD

log = logging.getLogger("guong.guard")
SHIPPED = DATA / "surprise.json.gz"
BREAK = ""  # between two phrases: the neighbour of a first and of a last word
PHRASES = re.compile(r"[^\w\s'’-]+|\n+|\s-\s|\d[\d.,/]*")
PULL = 2.0  # how many sightings of a word its general frequency is worth beside a neighbour
LETTERS_PULL = 300.0  # the same for the letters of a word, among all words
SIGNS = 120  # letters with their marks, for the letters nobody has seen in a row
LONGEST = 20  # letters of an unknown word that are looked at


class Instead(NamedTuple):
    """The same letters with other marks: by how many bits they would fit better, and what speaks for
    it (seen after the one before; seen before the next; the word that stands there is unknown)."""

    bits: float
    word: str
    support: int


NOTHING = Instead(0.0, "", 0)


@dataclass(eq=False)
class Model:
    """What has been read: how often each syllable, and each after another. Read first, then ask."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read(self, text: str) -> int:
        """Take a text in; return how many words it had."""
        number = 0
        for phrase in phrases(text):
            self.words.update(phrase)
            self.words[BREAK] += 1
            self.pairs.update(zip([BREAK, *phrase], [*phrase, BREAK], strict=True))
            number += len(phrase)
        return number

    def plus(self, other: "Model") -> "Model":
        """A third model that has read what either has."""
        return Model(self.words + other.words, self.pairs + other.pairs)

    def packed(self) -> bytes:
        """The model as a file; the same counts give the same bytes."""
        content = {
            "words": dict(sorted(self.words.items())),
            "pairs": {" ".join(pair): number for pair, number in sorted(self.pairs.items())},
        }
        return gzip.compress(json.dumps(content, ensure_ascii=False).encode(), mtime=0)

    @classmethod
    def unpacked(cls, packed: bytes) -> "Model":
        """The model of such a file. Raises ValueError when it is none."""
        try:
            content = json.loads(gzip.decompress(packed))
            pairs = {tuple(pair.split(" ")): number for pair, number in content["pairs"].items()}
            return cls(Counter(content["words"]), Counter(pairs))
        except (OSError, EOFError, KeyError, TypeError, AttributeError) as broken:
            raise ValueError("no model") from broken

    @cached_property
    def mark(self) -> str:
        """A hash of everything that was read."""
        return hashlib.sha256(self.packed()).hexdigest()

    def surprise(self, before: str, word: str) -> float:
        """How many bits a word says after another."""
        return -math.log2(self._after(before, word))

    def instead(self, before: str, word: str, then: str) -> Instead:
        """The same letters with other marks, where they are seen beside these neighbours and the word
        that stands there is not."""
        others = self._siblings.get(flat(word), ())
        if not others or self.pairs[before, word] or self.pairs[word, then]:
            return NOTHING
        own, is_unknown = self._fits(before, word, then), not self.words[word]
        best = NOTHING
        for other in others:
            seen = (before != BREAK and bool(self.pairs[before, other])) + (
                then != BREAK and bool(self.pairs[other, then])
            )
            if other != word and seen:
                bits = self._fits(before, other, then) - own
                best = max(best, Instead(bits, other, seen + is_unknown))
        return best

    def _fits(self, before: str, word: str, then: str) -> float:
        return math.log2(self._after(before, word)) + math.log2(self._after(word, then))

    def _after(self, before: str, word: str) -> float:
        seen = self.pairs[before, word]
        return (seen + PULL * self._of_word(word)) / (self.words[before] + PULL)

    @lru_cache(maxsize=16384)  # noqa: B019 (one or two models live as long as the process)
    def _of_word(self, word: str) -> float:
        """How likely a word is anywhere."""
        seen = self.words[word]
        by_letters = 1 / len(self.words) if seen else self._by_letters(word)
        return (seen + LETTERS_PULL * by_letters) / (self._total + LETTERS_PULL)

    def _by_letters(self, word: str) -> float:
        threes, twos = self._letters
        row, likely = f"  {word[:LONGEST]} ", 1.0
        for place in range(len(row) - 2):
            seen, of = threes[row[place : place + 3]], twos[row[place : place + 2]]
            likely *= (seen + 0.05) / (of + 0.05 * SIGNS)
        return likely

    @cached_property
    def _total(self) -> int:
        return sum(self.words.values())

    @cached_property
    def _siblings(self) -> dict[str, list[str]]:
        """The known words by their letters without marks."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            found[flat(word)].append(word)
        return dict(found)

    @cached_property
    def _letters(self) -> tuple[Counter[str], Counter[str]]:
        """Three letters in a row, and the first two of them, over all known words."""
        threes: Counter[str] = Counter()
        twos: Counter[str] = Counter()
        for word in self.words:
            row = f"  {word} "
            threes.update(row[place : place + 3] for place in range(len(row) - 2))
            twos.update(row[place : place + 2] for place in range(len(row) - 2))
        return threes, twos


def phrases(text: str) -> Iterable[list[str]]:
    """The words of a text in small letters, phrase by phrase; figures and signs part phrases."""
    for phrase in PHRASES.split(text):
        words = [found[0].lower() for found in WORD.finditer(phrase)]
        if words:
            yield words


# --- Which model is asked --------------------------------------------------------
def trained_place(home: Path) -> Path:
    """Where a home keeps the model trained on its own stories."""
    return home / "guard" / "surprise.json.gz"


def current() -> Model:
    """The home's own model when it has one, else the shipped one."""
    if settings.configured:
        place = trained_place(settings.HOME)
        try:
            return _kept(place, place.stat().st_mtime_ns)
        except FileNotFoundError:
            pass
        except ValueError:
            log.warning("%s is no model; the shipped one is asked", place)
    return shipped()


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the package."""
    return Model.unpacked(SHIPPED.read_bytes())


@lru_cache(maxsize=2)
def _kept(place: Path, changed: int) -> Model:
    return Model.unpacked(place.read_bytes())
