"""Names of people in a text, by their shape: Kinh, Jrai, Bahnar and neighbours. Nothing is inferred of
a person but that a name stands there."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guong.core.vietnamese import name_key
from guong.guard import gazetteer, names
from guong.guard.letters import flat
from guong.guard.reading import Reading, Word

DATA = Path(__file__).parent / "data"
LONGEST_TITLE = 4  # words
# Before these a capitalised phrase names a street, a school, a firm.
NOT_BEFORE = names.PLACE_KINDS | set(
    "trường giải_thưởng cúp công_ty doanh_nghiệp hợp_tác_xã htx tỉnh báo đài quán hãng tên".split()
)
# A run that begins so is a body or a place, also right after a title.
BODIES = set("công ban sở hội đoàn trường xã phường làng thôn nhà trung bộ chi câu đồn tổ ubnd "
             "hđnd mttq đảng quân thường phó".split())  # fmt: skip
SPEAKS_FOR = re.compile(
    r"chủ tịch ubnd|phó chủ tịch|chủ tịch ủy ban|đảng ủy|tỉnh ủy|giám đốc sở|hđnd|chánh văn phòng"
    r"|trưởng phòng|chủ tịch nước|bộ trưởng|thứ trưởng|phó giám đốc|đại biểu quốc hội",
    re.IGNORECASE,
)
NEAR = 45  # signs before or after a name in which an office speaks for it


@dataclass(frozen=True)
class Person:
    """A name, where it stands first, and whether an office is named right beside it."""

    name: str
    start: int
    end: int
    is_official: bool


@lru_cache(maxsize=4)
def _phrases(name: str) -> frozenset[str]:
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line[:1] != "#"]
    said = {part.strip().lower() for line in lines for part in line.split(",") if part.strip()}
    return frozenset(said | set(map(flat, said))) if name == "titles.txt" else frozenset(said)


def people(text: str, communes: dict[str, str]) -> list[Person]:
    """Each person once, the fullest form of the name, in the order of the text.

    `communes`: names in lower case, which nobody is called by.
    """
    reading, found, index = Reading(text), [], 0
    while index < len(reading.words):
        run = _name_at(reading, index, communes)
        if run:
            start, end = run[0].start, run[-1].end
            found.append(Person(names.phrase(run), start, end, _speaks_for(text, start, end)))
            index += len(run)
        else:
            index += 1
    return _once(found)


def _name_at(reading: Reading, index: int, communes: dict[str, str]) -> list[Word]:
    """The words of a name that begins here; none when none does."""
    words = reading.words
    if not names.is_capital(words[index]):
        return []
    is_inside = index and reading.joined(index - 1) and names.is_capital(words[index - 1])
    if is_inside and not _ends_with_title(words[:index]):
        return []
    run = names.run_of_capitals(reading, index)
    titled = (
        _ends_with_title(words[:index])
        and reading.gap(index - 1).isspace()
        and ("\n" not in reading.gap(index - 1))
    )
    before = words[max(0, index - 2) : index]
    if not titled and any(_joined(before[-length:]) in NOT_BEFORE for length in (1, 2)):
        return []
    run = run[: _known_end(run)]
    if not run or _is_no_person(run, communes):
        return []
    # «Anh Siu …» at the beginning of a sentence: the title has a capital too.
    is_family_doan = run[0].low == "đoàn" and len(run) > 2
    if (run[0].low in BODIES and not is_family_doan) or _is_title(run[0]):
        return []
    if titled:
        return run if len(run) > 1 or len(run[0].text) > 1 else []
    return run if names.is_person(run) and _is_written_so(run[0]) else []


def _is_written_so(word: Word) -> bool:
    """«Biển» is no «Biện»: a family name stands there with its own marks, or with none."""
    known = {name.lower() for line in gazetteer.lines("families.txt") for name in line.split()}
    return word.low in known or word.low.isascii() or "'" in flat(word.text)


def _is_title(word: Word) -> bool:
    return word.low in _phrases("titles.txt")


def _known_end(run: list[Word]) -> int:
    """Where the run stops being a name: before a word that begins a body or a title."""
    for place, word in enumerate(run[1:], start=1):
        if word.low in BODIES - {"đoàn", "trung", "công", "hội"} or (
            word.text.isupper() and len(word.text) > 2
        ):
            return place
    return len(run)


def _joined(words: list[Word]) -> str:
    return "_".join(word.low for word in words)


def _ends_with_title(words: list[Word]) -> bool:
    tail = [word.low for word in words[-LONGEST_TITLE:]]
    return any(
        " ".join(tail[-length:]) in _phrases("titles.txt") for length in range(1, len(tail) + 1)
    )


def _is_no_person(run: list[Word], communes: dict[str, str]) -> bool:
    said = names.phrase(run)
    if said.lower() in _phrases("not_people.txt"):
        return True
    if any(f"{kind} {said.lower()}" in communes for kind in ("xã", "phường", "thị trấn")):
        return True
    return gazetteer.key(said) in gazetteer.default().known_names


def _speaks_for(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    near = before.rpartition(".")[2] + " " + after.partition(".")[0]
    return bool(SPEAKS_FOR.search(near))


def _once(found: list[Person]) -> list[Person]:
    """«Siu Blơih» and later «Blơih» are one, told by the longer name."""
    kept: list[Person] = []
    keys = {name_key(one.name) for one in found}
    seen = set()
    for one in found:
        key = name_key(one.name)
        is_part = any(other != key and other.endswith(key) for other in keys)
        if key not in seen and not is_part:
            seen.add(key)
            kept.append(one)
    return kept
