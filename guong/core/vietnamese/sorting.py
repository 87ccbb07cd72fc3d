"""A stored key that sorts as a Vietnamese reader expects, on any database.

Order as in CLDR `vi` (checked against a golden file made with ICU): letters first with their
shape (a ă â, d đ, e ê, o ô ơ, u ư), then the tones ngang huyền hỏi ngã sắc nặng, then case.
"""

import unicodedata

from .folding import clean_line

LETTERS = "aăâbƀcdđeêfghijklmnoôơpqrstuưvwxyz"
RANK = {letter: f"{index:02x}" for index, letter in enumerate(LETTERS, start=0x20)}
DIGITS = {digit: f"{index:02x}" for index, digit in enumerate("0123456789", start=0x10)}
MARKS = {" ": "01", "-": "02", "'": "03", "’": "03", "ʼ": "03"}  # before every letter, as ICU
SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn belong to the letter
TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def sort_key(name: str, given: str | None = None) -> str:
    """ASCII key of a name; people sort by `given` first, then by the full name."""
    parts = [given, name] if given else [name]
    return "|".join(_key(clean_line(part)) for part in parts)


def _key(text: str) -> str:
    shapes, tones, cases = [], [], []
    for letter, tone in _letters(text):
        low = letter.lower()
        rank = RANK.get(low) or DIGITS.get(low)
        rank = MARKS.get(low, rank)
        if rank is None:
            continue  # other signs decide nothing
        shapes.append(rank)
        tones.append(tone)
        cases.append("1" if letter != low else "0")
    return f"{''.join(shapes)}.{''.join(tones).rstrip('1')}.{''.join(cases).rstrip('0')}"


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
