"""The slots after «tỉnh», «Báo», «Đài …», «xã»: a place or a press body stands there."""

from . import names
from .gazetteer import Gazetteer, key
from .names import following, has_body, is_foreign, is_person, known_length, phrase, with_tail
from .reading import Found, Reading, Word

# After «tỉnh» these make another word: Tỉnh ủy, Tỉnh đoàn, tỉnh lỵ.
GOES_WITH_TINH = frozenset("ủy uỷ đoàn đội lỵ lị lộ thành hội táo giấc dậy ngộ đảng".split())
STATIONS = (
    ("phát", "thanh", "truyền", "hình"),
    ("phát", "thanh", "và", "truyền", "hình"),
    ("phát", "thanh", "truyền", "thanh", "truyền", "hình"),
    ("pt", "th"),
    ("ptth",),
    ("truyền", "hình"),
)
STATION_OWNERS = frozenset("viet nam|tinh|huyen|thi xa|thanh pho|quan|tp|trung uong|ky thuat so|khu vuc|"
                           "xa|phuong|cong an|nhan dan|quoc hoi|quoc phong".split("|"))  # fmt: skip
OFFICIALS = frozenset(
    "tịch thư đốc trưởng viên huy ủy uỷ chí ông bà biểu tướng tá chánh phó".split()
)
NOT_A_PROVINCE = "Sau «{}» phải là tên một tỉnh, mà «{}» không phải. Đối chiếu với văn bản gốc."
NOT_PRESS = "Sau «{}» phải là tên một tỉnh hay một cơ quan báo chí, mà «{}» không phải."


def after_province(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    run = following(reading, index)
    if not run or run[0].low in GOES_WITH_TINH:
        return None
    if known_length(run, gazetteer.place_keys) or known_length(run, names.phrases("places.txt")):
        return None
    if names.begins_body(run, gazetteer) or _is_abroad(reading, run):
        return None
    if is_person(run) and _is_official(reading, index):
        return None
    shown = with_tail(reading, run, index)
    return Found("province", shown[0].start, shown[-1].end,
                 NOT_A_PROVINCE.format(reading.words[index].text, phrase(shown)))  # fmt: skip


def _is_official(reading: Reading, index: int) -> bool:
    """A title stands before: «Chủ tịch UBND tỉnh …» is followed by a person's name."""
    return any(word.low in OFFICIALS for word in reading.words[max(0, index - 9) : index])


def _is_abroad(reading: Reading, run: list[Word]) -> bool:
    """A country is named within the next few words: «tỉnh … (Campuchia)»."""
    after = reading.text[run[-1].end : run[-1].end + 40]
    for sign in "(),.;":
        after = after.replace(sign, " ")
    return any(f" {country} " in f" {key(after)} " for country in names.phrases("countries.txt"))


def after_press(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    run = following(reading, index)
    if known_length(run, gazetteer.place_keys) or is_press(reading, index):
        return None
    if run[0].text.isupper() or _is_abroad(reading, run) or has_body(run[:2], gazetteer):
        return None
    shown = with_tail(reading, run, index)
    return Found("province", shown[0].start, shown[-1].end,
                 NOT_PRESS.format(reading.words[index].text, phrase(shown)))  # fmt: skip


def is_press(reading: Reading, index: int) -> bool:
    """The next words begin with the name of a press body or a general word."""
    return bool(known_length(reading.words[index + 1 : index + 5], names.phrases("press.txt")))


def after_station(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    words = reading.words
    for kind in STATIONS:
        last = index + len(kind)
        if tuple(word.low for word in words[index + 1 : last + 1]) != kind:
            continue
        run = following(reading, last)
        if not run or known_length(run, gazetteer.place_keys) or key(run[0].text) in STATION_OWNERS:
            return None
        if known_length(run, STATION_OWNERS) or has_body(run[:2], gazetteer):
            return None
        shown = with_tail(reading, run, last)
        name = phrase(words[index : last + 1])
        return Found(
            "province", shown[0].start, shown[-1].end, NOT_PRESS.format(name, phrase(shown))
        )
    return None


def after_commune(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """Commune names are too many to list; a foreign one of several words is none."""
    run = following(reading, index)
    if not run or known_length(run, gazetteer.place_keys):
        return None
    if not all(is_foreign(word.text) for word in run[:2]) or len(run) < 2:
        return None
    return Found("province", run[0].start, run[-1].end,
                 NOT_A_PROVINCE.format(reading.words[index].text, phrase(run))
                 .replace("tên một tỉnh", "tên một xã, phường"))  # fmt: skip
