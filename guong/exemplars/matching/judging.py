"""Who is worth showing to a person, and why: one table of signs, nothing learnt, nothing hidden."""

from dataclasses import dataclass, field
from typing import NamedTuple

from guong.core.vietnamese import fold

from . import deeds, names

SAME_ID = "cùng số căn cước"
SAME_YEAR, NEXT_YEAR = "cùng năm sinh", "năm sinh lệch một năm"
YEARS_APART = {0: SAME_YEAR, 1: NEXT_YEAR}
SAME_COMMUNE, SAME_VILLAGE = "cùng xã, phường", "cùng làng, thôn, tổ"
SAME_DEED = "cùng thành tích"
DEED_OF_ANOTHER = "cùng một thành tích dưới tên khác"


class Asked(NamedTuple):
    """What is known of somebody who is being typed."""

    full_name: str = ""
    other_names: str = ""
    birth_year: int | None = None
    commune: int | None = None
    residence: str = ""
    deed: str = ""
    id_hash: str = ""


@dataclass(slots=True)  # a long list remembers a hundred thousand
class Known:
    """What a record says of itself. `deeds`: its current claims."""

    pk: int
    full_name: str
    other_names: str = ""
    birth_year: int | None = None
    commune: int | None = None
    residence: str = ""
    id_hash: str = ""
    deeds: list[str] = field(default_factory=list)


def judge(asked: Asked, known: Known, communes: frozenset = frozenset()) -> list[str]:
    """The reasons to show this record, the strongest first; none: it is not worth a person's time.

    `communes`: the asked commune and those it was made of; empty when none was asked for.
    """
    year, is_same_id = by_year(asked.birth_year, known.birth_year), _is_same_id(asked, known)
    # Names take longest to compare, and of two people born in other years they say nothing.
    name = _relation(asked, known) if is_same_id or year is not None else ""
    likeness = max([deeds.likeness(asked.deed, deed) for deed in known.deeds], default=0)
    if not (is_same_id or name or likeness >= deeds.SAME):
        return []
    where = [SAME_COMMUNE] if known.commune in communes else []
    if where and _is_same_place(asked.residence, known.residence):
        where.append(SAME_VILLAGE)
    told = [part for part in (name, year) if part] + where
    if is_same_id:
        return [SAME_ID, *told]
    if likeness >= deeds.ALIKE and name and year is not None:
        return [*told, SAME_DEED]
    if likeness >= deeds.SAME and _is_telling(asked, known):
        return [DEED_OF_ANOTHER, *where]
    is_unlike = bool(asked.deed and known.deeds)
    if name and year is not None and _is_enough(name, year, where, asked, known, is_unlike):
        return told
    return []


def _is_same_place(one: str, other: str) -> bool:
    return bool(one) and (one == other or fold(one) == fold(other))


def _is_same_id(asked: Asked, known: Known) -> bool:
    return bool(asked.id_hash) and asked.id_hash == known.id_hash


def _relation(asked: Asked, known: Known) -> str:
    """The strongest relation any of the names has to any other."""
    if not asked.other_names and not known.other_names:
        return names.relation(asked.full_name, known.full_name)
    ours = [asked.full_name, *names.split(asked.other_names)]
    theirs = [known.full_name, *names.split(known.other_names)]
    found = {names.relation(one, other) for one in ours if one for other in theirs}
    return next((way for way in STRONGEST_FIRST if way in found), "")


STRONGEST_FIRST = [
    names.SAME,
    names.UNMARKED,
    names.TURNED,
    names.SHORTENED,
    names.OTHER_MARKS,
    names.CLOSE,
]


def by_year(asked: int | None, known: int | None) -> str | None:
    """The words for the year; None when it is another one, empty when nobody knows."""
    if not asked or not known:
        return ""
    return YEARS_APART.get(abs(asked - known))


def _is_telling(asked: Asked, known: Known) -> bool:
    return any(
        deeds.is_telling(asked.deed, deed) and deeds.likeness(asked.deed, deed) >= deeds.SAME
        for deed in known.deeds
    )


def _is_enough(
    name: str, year: str, where: list, asked: Asked, known: Known, is_unlike: bool
) -> bool:
    """Hundreds share a name; the place must speak for it, or where it is not known the year.

    `is_unlike`: what they did is known of both, and is not the same.
    """
    if asked.commune and known.commune and not where:
        return False
    if name in names.SURE and not is_unlike:
        return bool(where) or _is_all_there_is(year, asked, known)
    if name in names.SURE:  # who did something else: a namesake of the commune, unless more agrees
        is_as_old = year == SAME_YEAR or not (asked.birth_year or known.birth_year)
        return SAME_VILLAGE in where or (bool(where) and is_as_old)
    if is_unlike:
        return SAME_VILLAGE in where and year == SAME_YEAR
    if name == names.SHORTENED:
        return bool(where) and year == SAME_YEAR
    # A slip, or other marks: many real names lie one letter apart.
    return bool(where) and (year == SAME_YEAR or (not year and not asked.birth_year))


def _is_all_there_is(year: str, asked: Asked, known: Known) -> bool:
    """The year agrees, or one of the two says no more than the name."""
    bare = not (asked.commune or asked.birth_year) or not (known.commune or known.birth_year)
    return year == SAME_YEAR or bare
