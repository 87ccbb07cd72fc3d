"""Is a text about somebody worth a look? Points with reasons, and who, where and how much it names.

Nothing is learnt and nothing hidden: lists of words in `data/`, points in this file, a sentence and a
place in the text for each. A score puts articles in an order; a person decides.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from guong.core.vietnamese import clean_text
from guong.guard import gazetteer
from guong.guard.letters import UPPER, flat

from .people import Person, people

DATA = Path(__file__).parent / "data"
WORTH_A_LOOK = 0.5
LONGEST = 60_000  # signs of an article that are read
MOST_FACTS, MOST_NAMES = 8, 5
# Code → points of the first, the second, … different finding; further ones add nothing.
POINTS = {
    "person": (22,),
    "official": (8,),
    "collective": (16,),
    "household": (12,),
    "place": (18,),
    "province": (10,),
    "deed": (18, 8, 6),
    "figure": (5, 5, 5),
    "selfless": (6, 6),
    "praise": (5, 5, 5),
    "lasting": (6,),
}
FEW_MARKS = 0.05  # share of letters; Vietnamese prose has a quarter
TAKEN_AWAY = 3  # different phrases of one other kind that count
WITHOUT = {  # what is missing, and the most a text can then have
    "deed": (0.3, "Không thấy việc tốt nào được kể: không quá 30 điểm."),
    "who": (0.4, "Không thấy tên người, nhóm hay gia đình nào: không quá 40 điểm."),
    "here": (0.45, "Việc ở tỉnh khác, không thấy xã, phường nào của tỉnh: không quá 45 điểm."),
}
SAID = {
    "person": "Nêu tên người: {}.",
    "official": "Chỉ nêu tên người đang nói thay cơ quan: {}.",
    "collective": "Nêu một tập thể: {}.",
    "household": "Nêu một gia đình: {}.",
    "place": "Ở trong tỉnh: {}.",
    "province": "Nhắc tới tỉnh: {}.",
    "deed": "Kể một việc làm: {}.",
    "figure": "Có con số: {}.",
    "selfless": "Làm không vì mình: {}.",
    "praise": "Đã có người quý trọng, noi theo: {}.",
    "lasting": "Làm đã lâu: {}.",
}
OTHERWISE = "Giống tin {}: {}."


@dataclass(frozen=True)
class Places:
    """Communes by each name they have or had, lower case → what they are called today."""

    communes: dict[str, str] = field(default_factory=dict)
    provinces: frozenset[str] = frozenset()  # names of the own province, lower case

    @cached_property
    def bare(self) -> dict[str, str]:
        return {flat(said): today for said, today in self.communes.items()}


@dataclass(frozen=True)
class Reason:
    """Why points were given or taken, and where in the text it stands; start = end: nowhere."""

    code: str
    points: int
    start: int
    end: int
    text: str
    message: str


@dataclass(frozen=True)
class Score:
    """0 to 1, the reasons in the order of the text, and what the text proposes."""

    text: str  # cleaned; the spans are places in it
    score: float
    reasons: tuple[Reason, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]
    kind: str  # as Exemplar.Kind, or empty
    field: str  # code of a field, or empty
    facts: tuple[str, ...]

    @property
    def is_worth_a_look(self) -> bool:
        return self.score >= WORTH_A_LOOK


@dataclass(frozen=True)
class Told:
    """A text as the lists read it: lower case, as long as the text; without marks when it has none."""

    text: str
    plain: str
    is_bare: bool

    def shown(self, span: tuple[int, int]) -> str:
        return self.text[slice(*span)]


@dataclass(frozen=True)
class Found:
    """One sign in the text: what it is of, where, and the words a reader is shown."""

    code: str
    start: int
    end: int
    shown: str


def score(text: str, places: Places) -> Score:
    """Read one article. Never raises; an empty text has no points."""
    told = _told(clean_text(text[:LONGEST]))
    named = people(told.text, places.communes)
    where = list(_places(told, places))
    deeds = list(_deeds(told))
    facts = list(_figures(told))
    found = [
        *(Found(*_of_person(one)) for one in named),
        *_groups(told, bool(named)),
        *_here(where, told, places),
        *(one for one, _ in deeds),
        *(Found("figure", *span, told.shown(span)) for span in facts),
        *_of_list("selfless", "selfless.txt", told),
        *_of_list("praise", "praise.txt", told),
        *_of_list("lasting", "lasting.txt", told),
    ]
    reasons = [*_pointed(found, told), *_otherwise(told)]
    reasons, total = _held_down(reasons, elsewhere=_is_elsewhere(told, places, where))
    return Score(
        text=told.text,
        score=round(total, 2),
        reasons=tuple(sorted(reasons, key=lambda one: (one.start, -one.points))),
        who=_who(found, named),
        where=tuple(dict.fromkeys(one.shown for one in where))[:MOST_NAMES],
        kind=_kind(found, told.plain),
        field=_field(deeds),
        facts=tuple(dict.fromkeys(_clause(told.text, *span) for span in facts))[:MOST_FACTS],
    )


# --- Words ----------------------------------------------------------------------
MOVED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
MOVABLE = re.compile("|".join(MOVED))


def lowered(text: str) -> str:
    """Lower case, «hoà» as «hòa»; exactly as long as the text, so that what is found can be shown."""
    low = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return MOVABLE.sub(lambda match: MOVED[match[0]], low)


def _told(text: str) -> Told:
    """Who has no Vietnamese keys writes hardly any mark: then the lists are read without, too."""
    letters = [sign for sign in text if sign.isalpha()]
    is_bare = sum(not sign.isascii() for sign in letters) < FEW_MARKS * len(letters)
    return Told(text, flat(text) if is_bare else lowered(text), is_bare)


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and line[0] != "#"]


def _any_of(phrases: Iterable[str], bare: bool) -> re.Pattern:
    write = flat if bare else lowered
    longest_first = sorted({write(one.strip()) for one in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@lru_cache(maxsize=16)
def _list(name: str, bare: bool) -> re.Pattern:
    return _any_of(",".join(_lines(name)).split(","), bare)


@lru_cache(maxsize=2)
def _deed_lists(bare: bool) -> list[tuple[str, re.Pattern]]:
    split = (line.partition(":") for line in _lines("deeds.txt"))
    return [(code, _any_of(phrases.split(","), bare)) for code, _, phrases in split]


@lru_cache(maxsize=2)
def _other_lists(bare: bool) -> list[tuple[str, int, re.Pattern]]:
    made = []
    for line in _lines("otherwise.txt"):
        head, _, phrases = line.partition(":")
        kind, _, points = head.partition("|")
        made.append((kind, int(points), _any_of(phrases.split(","), bare)))
    return made


def _of_list(code: str, name: str, told: Told) -> Iterator[Found]:
    for match in _list(name, told.is_bare).finditer(told.plain):
        yield Found(code, *match.span(), told.shown(match.span()))


# --- Who ------------------------------------------------------------------------
def _of_person(one: Person) -> tuple[str, int, int, str]:
    return "official" if one.is_official else "person", one.start, one.end, one.name


SMALL = "|".join(
    "của và vì tình nghĩa xanh phụ nữ nông dân cựu chiến binh thanh niên thiện nguyện làng thôn buôn "
    "tổ phố".split()
)
NAME_AFTER = re.compile(rf"(?:\s+(?:{SMALL}))*(?:\s+(?:[{UPPER}\d][\w'’]*|{SMALL}))+")


def _groups(told: Told, is_anybody_named: bool) -> Iterator[Found]:
    """Collectives with the name that goes on from the word; a family only where nobody is named."""
    for match in _list("collectives.txt", told.is_bare).finditer(told.plain):
        start, end = match.span()
        after = NAME_AFTER.match(told.text, end)
        if after and re.search(rf"[{UPPER}\d]", after[0]):
            name = _bare_end(told.text[start : after.end()])
            yield Found("collective", start, start + len(name), name)
    if not is_anybody_named:
        yield from _of_list("household", "households.txt", told)


def _bare_end(name: str) -> str:
    return re.sub(rf"(?:\s+(?:{SMALL}))+$", "", name)


def _who(found: list[Found], named: list[Person]) -> tuple[str, ...]:
    persons = [one.name for one in named if not one.is_official]
    groups = [one.shown for one in found if one.code == "collective"]
    officials = [one.name for one in named if one.is_official]
    return tuple(dict.fromkeys([*persons, *groups, *officials]))[:MOST_NAMES]


def _kind(found: list[Found], plain: str) -> str:
    codes = {one.code for one in found}
    if "person" in codes:
        return "individual"
    if "collective" in codes:
        return "collective"
    if "household" in codes:
        return "household"
    return "model" if "mô hình" in plain else ""


# --- Where ----------------------------------------------------------------------
COMMUNE = re.compile(
    rf"(?<!\w)(?P<kind>[Xx][ãa]|[Pp]h(?:ườ|uo)ng|[Tt]h(?:ị|i) tr(?:ấ|a)n)\s+"
    rf"(?P<name>[{UPPER}\d][\w'’ʼ]*(?:[ -][{UPPER}\d][\w'’ʼ]*){{0,4}})"
)


def _places(told: Told, places: Places) -> Iterator[Found]:
    """Communes named with «xã», «phường»; the longest known name wins. Former names tell today's."""
    known = places.bare if told.is_bare else places.communes
    for match in COMMUNE.finditer(told.text):
        words = told.plain[match.start("name") : match.end("name")].split(" ")
        kind = told.plain[slice(*match.span("kind"))]
        for length in range(len(words), 0, -1):
            said = " ".join([kind, *words[:length]])
            if today := known.get(said):
                end = match.start("name") + len(said) - len(kind) - 1
                shown = told.text[match.start() : end]
                is_today = told.is_bare or lowered(today) == said
                shown = today if is_today else f"{shown}, nay là {today}"
                yield Found("place", match.start(), end, shown)
                break


def _here(where: list[Found], told: Told, places: Places) -> Iterator[Found]:
    yield from where
    if not where and places.provinces:
        for match in _province_names(places.provinces, told.is_bare).finditer(told.plain):
            yield Found("province", *match.span(), told.shown(match.span()))


@lru_cache(maxsize=4)
def _province_names(names: frozenset[str], bare: bool) -> re.Pattern:
    return _any_of(names, bare)


def _is_elsewhere(told: Told, places: Places, where: list[Found]) -> bool:
    """Another province is named and nothing of ours."""
    if where or not places.provinces:
        return False
    is_ours = _province_names(places.provinces, told.is_bare).search(told.plain)
    return not is_ours and bool(_other_provinces(told.is_bare).search(told.plain))


@lru_cache(maxsize=2)
def _other_provinces(bare: bool) -> re.Pattern:
    return _any_of(gazetteer.lines("provinces.txt"), bare)


# --- What -----------------------------------------------------------------------
def _deeds(told: Told) -> Iterator[tuple[Found, str]]:
    for code, pattern in _deed_lists(told.is_bare):
        for match in pattern.finditer(told.plain):
            yield Found("deed", *match.span(), told.shown(match.span())), code


def _field(deeds: list[tuple[Found, str]]) -> str:
    """The field most deeds are of; the general one only when no other is there."""
    codes = [code for _, code in deeds]
    special = [code for code in codes if code != "nguoi-tot-viec-tot"] or codes
    return max(special, key=special.count) if special else ""


NUMBER_WORDS = "hai|ba|bốn|sáu|bảy|tám|chín|mười|hàng chục|hàng trăm|hàng nghìn|mấy chục"


@lru_cache(maxsize=2)
def _figure(bare: bool) -> re.Pattern:
    units = _list("figures.txt", bare).pattern
    words = flat(NUMBER_WORDS) if bare else lowered(NUMBER_WORDS)
    number = rf"(?:\d[\d.,]*|{words})"
    times = "trieu|ty|nghin|tram|chuc|muoi" if bare else "triệu|tỷ|nghìn|trăm|chục|mươi"
    return re.compile(rf"(?<![\w.,/-]){number}\s*(?:(?:{times})\s+)?{units}(?!\s*\d)")


DAY_BEFORE = re.compile(r"(?:ngày|mùng|lúc|ngay|mung|luc)\s+$")


def _figures(told: Told) -> Iterator[tuple[int, int]]:
    for match in _figure(told.is_bare).finditer(told.plain):
        # «ngày 5 tháng 3»: a date, no result.
        if not DAY_BEFORE.search(told.plain[max(0, match.start() - 6) : match.start()]):
            yield match.span()


def _clause(text: str, start: int, end: int) -> str:
    """The figure with the few words before it that say of what."""
    before = re.search(r"(?:[^\s.,;:!?]+\s+){0,4}$", text[max(0, start - 60) : start])
    return " ".join((before[0] + text[start:end]).split())


# --- Points ---------------------------------------------------------------------
def _pointed(found: list[Found], told: Told) -> Iterator[Reason]:
    """Points for each sign that is different from those before it; the further ones are not told."""
    codes = {one.code for one in found}
    # Who is named counts once, as the clearest that is there.
    clearest = next(
        (code for code in ("person", "collective", "official", "household") if code in codes), ""
    )
    for code, points in POINTS.items():
        if code in ("person", "collective", "official", "household") and code != clearest:
            continue
        different = {lowered(one.shown): one for one in reversed(found) if one.code == code}
        first = sorted(different.values(), key=lambda one: one.start)
        for one, number in zip(first, points, strict=False):
            message = SAID[code].format(f"«{one.shown}»")
            said = told.shown((one.start, one.end))
            yield Reason(code, number, one.start, one.end, said, message)


def _otherwise(told: Told) -> Iterator[Reason]:
    for kind, points, pattern in _other_lists(told.is_bare):
        different = {match[0]: match for match in reversed(list(pattern.finditer(told.plain)))}
        for match in sorted(different.values(), key=lambda one: one.start())[:TAKEN_AWAY]:
            said = told.shown(match.span())
            yield Reason(
                "otherwise", points, *match.span(), said, OTHERWISE.format(kind, f"«{said}»")
            )


def _held_down(reasons: list[Reason], *, elsewhere: bool) -> tuple[list[Reason], float]:
    """The points together as 0 to 1, and what a text without deed, person or place can have at most."""
    codes = {one.code for one in reasons}
    total = min(1.0, max(0.0, sum(one.points for one in reasons) / 100))
    missing = []
    if "deed" not in codes:
        missing.append("deed")
    if not codes & {"person", "collective", "official", "household"}:
        missing.append("who")
    if elsewhere:
        missing.append("here")
    for name in missing:
        most, message = WITHOUT[name]
        total = min(total, most)
        reasons = [*reasons, Reason(f"without_{name}", 0, 0, 0, "", message)]
    return reasons, total
