"""What a capitalised phrase can be: a person, a place, a body, a press body; or something that stands
where one of these should."""

from functools import lru_cache

from .gazetteer import Gazetteer, key, lines
from .letters import flat
from .reading import Reading, Word
from .syllables import is_of_the_highlands, is_syllable, is_unmarked_syllable

TITLES = frozenset(
    "ông bà anh chị em cô chú bác cụ già đồng_chí chủ_tịch phó_chủ_tịch bí_thư phó_bí_thư giám_đốc "
    "phó_giám_đốc trưởng phó chánh cục_trưởng chi_cục_trưởng trưởng_ban trưởng_phòng bộ_trưởng "
    "thứ_trưởng thủ_tướng tướng tá thượng_tá đại_tá trung_tá thiếu_tá đại_úy thiếu_tướng đại_biểu "
    "nguyên tỉnh_ủy_viên ủy_viên uỷ_viên hiệu_trưởng viện_trưởng chánh_án tổng_biên_tập nhà_báo "
    "tác_giả trưởng_đoàn chính_ủy chính_trị_viên chỉ_huy chủ_nhiệm thường_trực".split()
)
PLACE_KINDS = frozenset(
    "xã phường huyện quận làng thôn buôn bon plei bản ấp khóm khối tổ thị_trấn thị_xã thành_phố tp "
    "tt tx tdp khu đường phố quốc_lộ tỉnh_lộ sông suối hồ núi đèo cầu chợ vùng vườn miền".split()
)


def phrase(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def is_capital(word: Word) -> bool:
    return word.text[0].isupper()


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """What a person's name begins with, folded."""
    return frozenset(flat(" ".join(lines("families.txt"))).split())


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Words of known places and names that are spelled like no Vietnamese syllable: «Pleiku»."""
    places = [*lines("places.txt"), *lines("provinces.txt")]
    return families() | frozenset(" ".join(map(key, places)).split())


@lru_cache(maxsize=4)
def phrases(file: str) -> frozenset[str]:
    """The lines of a data file, folded."""
    return frozenset(map(key, lines(file)))


@lru_cache(maxsize=32768)
def is_foreign(word: str) -> bool:
    """Letters no Vietnamese syllable, abbreviation or Highlands word is written with."""
    if len(word) < 3 or (word.isupper() and len(word) < 5) or flat(word) in known_words():
        return False
    return not (is_syllable(word) or is_unmarked_syllable(word) or is_of_the_highlands(word))


def is_person(words: list[Word]) -> bool:
    """Begins with a family name or a clan's, and is spelled as names are."""
    if not words or (flat(words[0].text) not in families() and "'" not in flat(words[0].text)):
        return False
    return len(words) > 1 and not any(is_foreign(word.text) for word in words[:2])


def known_length(words: list[Word], names: frozenset[str], longest: int = 5) -> int:
    """How many of the first words are a known name; 0 when none is."""
    for length in range(min(longest, len(words)), 0, -1):
        if key(phrase(words[:length])) in names:
            return length
    return 0


def begins_body(words: list[Word], gazetteer: Gazetteer) -> bool:
    """The phrase begins as names of bodies do: «Sở …», «Nhà văn hóa …»."""
    lows = tuple(word.low for word in words[:4])
    return any(lows[:length] in gazetteer.beginnings for length in (1, 2, 3, 4))


def has_body(words: list[Word], gazetteer: Gazetteer) -> bool:
    """The phrase holds the name of a body or a place: a capitalised beginning anywhere («Sở …»), a
    small one right before a capital («làng Plei …», «công ty …»), or an abbreviation."""
    for index, word in enumerate(words):
        if is_abbreviation(word.text, gazetteer):
            return True
        length = beginning(words[index : index + 4], gazetteer)
        after = words[index + length : index + length + 1]
        if length and (is_capital(word) or not after or is_capital(after[0])):
            return True
    return False


def beginning(words: list[Word], gazetteer: Gazetteer) -> int:
    """How many of the first words are the beginning of a body's or a place's name."""
    lows = tuple(word.low for word in words)
    for length in (3, 2, 1):
        if lows[:length] in gazetteer.beginnings and len(lows) >= length:
            return length
    if "_".join(lows[:2]) in PLACE_KINDS:
        return 2
    return 1 if lows[:1] and lows[0] in PLACE_KINDS else 0


def is_abbreviation(word: str, gazetteer: Gazetteer) -> bool:
    code = word.upper()
    return len(word) > 1 and (word.isupper() or word[1:].isupper() or code in gazetteer.codes)


def is_stranger(run: list[Word], gazetteer: Gazetteer) -> bool:
    """A proper name that is no person's, no place's, no body's, as far as anybody can know."""
    if not run or is_person(run) or has_body(run, gazetteer):
        return False
    if any(known_length(part, gazetteer.known_names) for part in (run, run[-2:], run[-1:])):
        return False
    if any(is_of_the_highlands(word.text) for word in run):
        return False
    return any(key(word.text) not in gazetteer.agency_words for word in run)


def ends_with_title(words: list[Word]) -> bool:
    """«Chủ tịch …», «ông …»: what follows is a person."""
    return any("_".join(word.low for word in words[-length:]) in TITLES for length in (1, 2, 3))


def run_of_capitals(reading: Reading, index: int, longest: int = 6) -> list[Word]:
    """The capitalised words from here on that stand in one phrase."""
    words = reading.words
    run = []
    while index < len(words) and len(run) < longest and is_capital(words[index]):
        run.append(words[index])
        if not reading.joined(index):
            break
        index += 1
    return run


def following(reading: Reading, index: int, longest: int = 5) -> list[Word]:
    """The capitalised words right after a word, of the same phrase."""
    if not reading.joined(index) and reading.gap(index).strip(' “"«('):
        return []
    if "(" in reading.gap(index) or ("\n" in reading.gap(index) and not is_wrapped(reading, index)):
        return []
    return run_of_capitals(reading, index + 1, longest)


LONG_LINE = 60


def is_wrapped(reading: Reading, index: int) -> bool:
    """The line after the word was only broken because it was full; a list or a letterhead is not."""
    end = reading.words[index].end
    return (
        reading.gap(index).count("\n") == 1 and end - reading.text.rfind("\n", 0, end) > LONG_LINE
    )


def names_something(reading: Reading, index: int) -> bool:
    """«Báo Gia Lai», not «báo cáo»: a capital follows."""
    return bool(following(reading, index, 1))


def with_tail(reading: Reading, run: list[Word], index: int) -> list[Word]:
    """A name of one capital and a small word («Xyz abc») is shown whole."""
    after = index + len(run) + 1
    if len(run) == 1 and after < len(reading.words) and reading.joined(after - 1):
        return [*run, reading.words[after]]
    return run
