"""Slots of official prose where only certain names can stand: «tỉnh …», «Báo …», «… tỉnh đã ban hành».

No list of brands: whatever stands in the slot of a province and is none, or acts as a body and is
none, is held, be it foreign or good Vietnamese.
"""

from .bodies import AUXILIARIES, after_auxiliary, before_level, issuer
from .gazetteer import Gazetteer
from .names import names_something
from .provinces import after_commune, after_press, after_province, after_station
from .reading import Found, Reading

LEVELS = frozenset("tỉnh xã phường huyện các cấp".split())
# The words a slot begins with; the others are passed over.
WORDS = frozenset("tỉnh báo đài xã phường huyện các cấp hành".split()) | AUXILIARIES


def look(reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """Names that stand in a slot they cannot fill."""
    found: list[Found | None] = []
    for index, word in enumerate(reading.words):
        if word.low not in WORDS:
            continue
        if word.text in LEVELS:
            found.append(before_level(reading, index, gazetteer))
        found.append(_after(reading, index, gazetteer))
    return [one for one in found if one]


def _after(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    word = reading.words[index]
    if word.low == "tỉnh":
        return after_province(reading, index, gazetteer)
    if word.low == "báo" and names_something(reading, index):
        return after_press(reading, index, gazetteer)
    if word.low == "đài":
        return after_station(reading, index, gazetteer)
    if word.low in ("xã", "phường"):
        return after_commune(reading, index, gazetteer)
    if word.text == "hành" and index and reading.words[index - 1].text == "ban":
        return issuer(reading, index - 1, gazetteer)
    return after_auxiliary(reading, index, gazetteer) if word.low in AUXILIARIES else None
