"""How words are written: letters' case at random, words run together."""

import re

from .letters import TONES, flat
from .names import is_capital
from .reading import Found, Reading, Word
from .syllables import is_of_the_highlands, is_syllable, parts

FEWEST_LETTERS = 12
LONGEST_FOREIGN = 28
GLUED = "Nhiều chữ bị dính liền: «{}»."
TITLE = "Tiêu đề bị viết dính liền ở đây: «{}». Đây là dấu của trang sao chép trộm."
CASES = "Chữ hoa, chữ thường lẫn lộn trong một chữ: «{}»."


def look(reading: Reading, title: str = "") -> list[Found]:
    """Everything that is wrong with the writing of words by themselves."""
    return [*_glued(reading, title), *_cases(reading)]


def _glued(reading: Reading, title: str) -> list[Found]:
    """Runs of letters no single word has, most of all the headline without its blanks."""
    pieces = _pieces(title)
    found, short = [], []
    for word in reading.words:
        if len(word.text) < 8 or _is_address(reading.text, word):
            continue
        if _is_of(word, pieces):
            found.append(Found("glued_title", word.start, word.end, TITLE.format(word.text[:60])))
        elif _is_glue(word.text):
            found.append(Found("glued", word.start, word.end, GLUED.format(word.text[:60])))
        elif _is_two_words(word.text):
            short.append(Found("glued", word.start, word.end, GLUED.format(word.text)))
    # Two words that ran together happen to everybody; four of them do not.
    return found + (short if len(short) >= 4 else [])


def _is_glue(word: str) -> bool:
    _, tones, is_marked = parts(word)
    if is_of_the_highlands(word) and not tones:
        return False
    if len(word) >= FEWEST_LETTERS and (len(tones) >= 2 or (is_marked and len(word) >= 16)):
        return True
    return len(word) >= LONGEST_FOREIGN


def _is_two_words(word: str) -> bool:
    return len(parts(word)[1]) >= 2 and not word.isupper()


def _is_address(text: str, word: Word) -> bool:
    """Part of a link or a hashtag; the rules of links look at those."""
    before = text[max(0, word.start - 1) : word.start]
    after = text[word.end : word.end + 2]
    hangs = bool(before) and before in "#@/._-"
    return (
        hangs or (bool(after) and after[0] in "/@_") or (after[:1] == "." and after[1:].isalpha())
    )


SIGHT = 14


def _pieces(title: str) -> frozenset[str]:
    """Every stretch of the squeezed headline that is long enough to be no chance."""
    squeezed = "".join(sign for sign in flat(title) if sign.isalpha())
    return frozenset(squeezed[i : i + SIGHT] for i in range(len(squeezed) - SIGHT + 1))


def _is_of(word: Word, pieces: frozenset[str]) -> bool:
    if not pieces or len(word.text) < SIGHT + 2:
        return False
    plain = flat(word.text)
    return any(plain[i : i + SIGHT] in pieces for i in range(min(len(plain) - SIGHT + 1, 500)))


def _cases(reading: Reading) -> list[Found]:
    """«hOạt độNg»: random capitals inside Vietnamese syllables; one may be a slip."""
    found = [
        Found("mixed_case", word.start, word.end, CASES.format(word.text))
        for word in reading.words
        if _is_mixed(word)
    ]
    return found if len(found) >= 2 else []


def _is_mixed(word: Word) -> bool:
    text = word.text
    if (
        len(text) < 3
        or text.isupper()
        or text.islower()
        or (is_capital(word) and text[1:].islower())
    ):
        return False
    has_mark = any(tone in TONES for tone in parts(text)[1]) or parts(text)[2]
    return has_mark and is_syllable(word.low) and re.search(r"[^\W\d_]", text) is not None
