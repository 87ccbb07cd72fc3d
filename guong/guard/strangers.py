"""One term in many slots: once a name has been caught in a place it cannot fill, wherever else it
stands it is the same stranger; and one that is a verb here and a body there is a stranger too."""

import re
from collections import Counter, defaultdict

from .bodies import ACTS, AUXILIARIES
from .gazetteer import Gazetteer
from .letters import UPPER, flat
from .names import is_capital, is_foreign, is_stranger
from .pairs import by_first
from .reading import Found, Reading, Word
from .slots import LEVELS

AGAIN = "«{}» đứng cả ở đây: một cụm từ lạ thay vào nhiều chỗ khác loại của văn bản."
GROWN = "«{}» đứng ở chỗ của một động từ (như «tăng»): có chữ bị thay."
MOST = 40
# What is counted, hence what grows or falls: before these stands a verb.
COUNTED = frozenset({
    "thu nhập", "năng suất", "tỷ lệ", "tỉ lệ", "số lượng", "sản lượng", "diện tích", "doanh thu",
    "kinh phí", "thời lượng", "tiền công", "mức thu", "mức hỗ", "gấp đôi", "gấp ba", "gấp rưỡi",
    "hiệu quả", "số người", "số hộ", "số lớp",
})  # fmt: skip
STEP = ("lên", "xuống", "thêm", "gấp", "từ")
STEPS = re.compile(rf"\s(?:{'|'.join(STEP)})\s+(?:\d|khoảng \d|hơn \d)|\s\d[\d.,]*\s?%")
# A quick look: a capitalised word right before what is counted.
MAY_GROW = re.compile(
    rf"(?<!\w)[{UPPER}]\w{{0,40}}(?:{STEPS.pattern}|\s(?:{'|'.join(sorted(COUNTED))})(?!\w))"
)
# One of these words, or «%», stands wherever it finds anything.
GROWING = frozenset({*STEP, *[words.split()[0] for words in COUNTED]})
TITLE_ENDS = frozenset("tịch thư đốc trưởng".split())
PLACES = frozenset("tại ở".split())


def again(reading: Reading, found: list[Found]) -> list[Found]:
    """Other places of the terms that rules have caught."""
    taken = {place for one in found for place in range(one.start, one.end)}
    more: list[Found] = []
    for term in sorted(_caught(reading, found), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", reading.flat):
            start, end = match.span()
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                more.append(
                    Found("foreign_term", start, end, AGAIN.format(reading.text[start:end]))
                )
            if len(more) >= MOST:
                return more
    return more


def _caught(reading: Reading, found: list[Found]) -> set[str]:
    terms = set()
    for one in found:
        if one.code in ("document_number", "province", "agency", "verb"):
            name = [word for word in reading.between(one.start, one.end) if not _is_code(word.text)]
            # One capitalised Vietnamese syllable says too little to be looked for elsewhere.
            if len(name) >= 2 or any(
                len(word.text) >= 4 and is_foreign(word.text) for word in name
            ):
                terms.add(flat(reading.text[name[0].start : name[-1].end]))
    return terms


def _is_code(word: str) -> bool:
    return word.isupper() or word[1:].isupper()


def runs(reading: Reading, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Every proper name nobody knows, as (index of its first word, of its last)."""
    found, index, words = [], 0, reading.words
    while index < len(words):
        length = 0
        while index + length < len(words) and length < 5 and is_capital(words[index + length]):
            length += 1
            if not reading.joined(index + length - 1):
                break
        run = words[index : index + length]
        is_long = len(run) >= 2 or any(is_foreign(word.text) for word in run)
        if is_long and not all(word.text.isupper() for word in run) and is_stranger(run, gazetteer):
            found.append((index, index + length - 1))
        index += max(length, 1)
    return found


def look(reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """Unknown names in the place of a verb, and those that fill slots that exclude each other."""
    words, text = reading.words, reading.text
    known = runs(reading, gazetteer)
    slots: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    found = []
    for first, last in known:
        slot = _slot(reading, first, last)
        name = flat(text[words[first].start : words[last].end])
        times[name] += 1
        slots[name].add(slot)
        if slot == "grows" and not reading.opens_sentence(first):
            start, end = words[first].start, words[last].end
            found.append(Found("verb", start, end, GROWN.format(text[start:end])))
    for first, last in known:
        start, end = words[first].start, words[last].end
        if _disagree(slots[flat(text[start:end])] - {""}):
            found.append(Found("foreign_term", start, end, AGAIN.format(text[start:end])))
    return found[:MOST]


def _disagree(slots: set[str]) -> bool:
    """A body may be a place; neither is a verb or part of a number."""
    return (
        len(slots) >= 2 and bool(slots & {"verb", "grows", "number"}) and slots != {"verb", "grows"}
    )


def _slot(reading: Reading, first: int, last: int) -> str:
    """What kind of word should stand here, by its neighbours."""
    words = reading.words
    before = words[first - 1].low if first and reading.joined(first - 1) else ""
    after = [word.low for word in words[last + 1 : last + 3]] if reading.joined(last) else []
    follows: Word | str = after[0] if after else ""
    if words[first].start and reading.text[words[first].start - 1] in "/-":
        return "number"
    if " ".join(after) in COUNTED or STEPS.match(reading.text, words[last].end):
        return "grows"
    if before in AUXILIARIES or follows in by_first():
        return "verb"
    if before in TITLE_ENDS or follows in ACTS or follows in LEVELS:
        return "body"
    return "place" if before in PLACES else ""
