"""A stored key that sorts as a Vietnamese reader expects, on any database.

Order as in CLDR `vi` (checked against a golden file made with ICU): letters first with their
shape (a ă â, d đ, e ê, o ô ơ, u ư), then the tones ngang huyền hỏi ngã sắc nặng, then case.

The key is written in 0-9a-f alone: these stand in the same order in every collation, so a
PostgreSQL that was not made with the C locale sorts like SQLite.
"""

import unicodedata
from functools import lru_cache
from itertools import islice

from .folding import clean_line

LETTERS = "aăâbƀcdđeêfghijklmnoôơpqrstuưvwxyz"
RANK = {letter: f"{index:02x}" for index, letter in enumerate(LETTERS, start=0x20)}
DIGITS = {digit: f"{index:02x}" for index, digit in enumerate("0123456789", start=0x10)}
MARKS = {" ": "01", "-": "02", "'": "03", "’": "03", "‘": "03", "ʼ": "03"}  # before letters, as ICU
WEIGHT = RANK | DIGITS | MARKS
SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn belong to the letter
TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}

# What is longer decides nothing any more; four signs a letter, so the columns hold every key.
GIVEN_LETTERS, NAME_LETTERS = 38, 60


def sort_key(name: str, given: str | None = None) -> str:
    """Key of a name, 0-9a-f, at most 400 signs; people sort by `given` first, then by full name."""
    whole = _key(clean_line(name), NAME_LETTERS)
    return f"{_key(clean_line(given), GIVEN_LETTERS)}0{whole}" if given else whole


@lru_cache(maxsize=4096)
def _key(text: str, count: int) -> str:
    """Shapes, 00, tones, 0, cases: each part ends with less than anything it may hold."""
    shapes, tones, cases = [], [], []
    for letter, tone in islice(_letters(text), count):
        low = letter.lower()
        weight = WEIGHT.get(low)
        if weight is None:
            continue  # other signs decide nothing
        shapes.append(weight)
        tones.append(tone)
        cases.append("2" if letter != low else "1")
    return f"{''.join(shapes)}00{''.join(tones).rstrip('1')}0{''.join(cases).rstrip('1')}"


def _letters(text: str):
    """Each letter with its shape composed again, and the rank of its tone."""
    letter, tone = "", "1"
    for sign in unicodedata.normalize("NFD", text):
        if sign in TONES:
            tone = TONES[sign]
        elif sign in SHAPES:
            composed = unicodedata.normalize("NFC", letter + sign)
            letter = composed if composed.lower() in RANK else letter
        elif unicodedata.combining(sign):
            continue
        else:
            if letter:
                yield letter, tone
            letter, tone = sign, "1"
    if letter:
        yield letter, tone
