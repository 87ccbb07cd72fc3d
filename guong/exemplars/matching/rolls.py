"""A list held against what its unit has on record, and against itself: in memory, no question a line.

Ten thousand lines leave a line eighty microseconds. So a list is searched by names in every spelling
where the year may be the same, ID numbers and deeds told in the same words; slips and paraphrases are
found by the record's own page.
"""

from functools import lru_cache

from guong.core.vietnamese import fold
from guong.units.models import Unit

from ..identity import keyed_hash
from ..models import Claim, Exemplar
from . import names
from .judging import Asked, Known, by_year, judge


class Roll:
    """Who is known to a unit and its branch, and who stood earlier in the same list."""

    def __init__(self, unit: Unit):
        self.commune = unit.pk if unit.kind == Unit.Kind.COMMUNE else None
        self.places = unit.same_place() if self.commune else frozenset()
        self.by_key: dict[str, list[Known]] = {}
        self.by_hash: dict[str, Known] = {}
        # The own branch only: a duplicate must not tell of somebody else's draft.
        rows = Exemplar.objects.standing().filter(unit__path__startswith=unit.path).order_by("pk")
        told = dict(
            Claim.objects.current()
            .filter(exemplar__in=rows)
            .values_list("exemplar_id", "statement")
            .iterator(chunk_size=2000)
        )
        columns = (
            "pk full_name other_names birth_year commune_id residence identity__id_hash".split()
        )
        for row in rows.values_list(*columns).iterator(chunk_size=2000):
            known = Known(
                *row[:6], id_hash=row[6] or "", deeds=[told[row[0]]] if row[0] in told else []
            )
            called = (known.full_name, *names.split(known.other_names))
            keys = [key for name in called for key in _keys(name)]
            self._remember(known, keys + [fold(deed) for deed in known.deeds])

    def _remember(self, known: Known, keys: list[str]) -> None:
        for key in keys:
            self.by_key.setdefault(key, []).append(known)
        if known.id_hash:
            self.by_hash[known.id_hash] = known

    def like(self, line: int, values: dict) -> list[dict]:
        """Records and earlier lines that may be the same as a line, each with its reasons."""
        number = values["id_number"]
        me = Known(
            -line,  # a line is no record yet
            values["full_name"],
            birth_year=values.get("birth_year"),
            commune=self.commune,
            residence=values["residence"],
            id_hash=keyed_hash(number) if number else "",
            deeds=[values["statement"]],
        )
        *called, deed = keys = [*_keys(me.full_name), fold(me.deeds[0])]
        near = [
            known
            for key in called
            for known in self.by_key.get(key, ())
            if by_year(me.birth_year, known.birth_year) is not None
        ]
        near += self.by_key.get(deed, ())
        if me.id_hash in self.by_hash:
            near.append(self.by_hash[me.id_hash])
        found = self._judged(me, near) if near else []
        self._remember(me, keys)
        return found

    def _judged(self, me: Known, near: list[Known]) -> list[dict]:
        asked = _asked(me)
        return [
            _called(known) | {"why": ", ".join(why)}
            for known in _once(near)
            if (why := judge(asked, known, self.places))
        ]


def _called(known: Known) -> dict:
    if known.pk < 0:
        return {"line": -known.pk, "title": f"dòng {-known.pk}"}
    return {"ref": f"exemplars.exemplar:{known.pk}", "title": known.full_name}


@lru_cache(maxsize=4096)
def _keys(name: str) -> tuple[str, str]:
    found = names.words(name)
    return "".join(found), ".".join(sorted(found))


def _once(near: list[Known]) -> list[Known]:
    return list({known.pk: known for known in near}.values())


def _asked(me: Known) -> Asked:
    return Asked(me.full_name, "", me.birth_year, me.commune, me.residence, me.deeds[0], me.id_hash)
