"""A list held against what its unit has on record, and against itself: in memory, no question a line.

A line may cost ten microseconds. So a list is searched by names in every spelling where the year may be
the same, ID numbers and deeds told in the same words; slips and paraphrases are found by the record's
own page.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from guong.core.lines import Line
from guong.core.vietnamese import fold, fold_all
from guong.units.models import Unit

from ..identity import keyed_hashes
from ..models import Claim, Exemplar
from . import names
from .judging import YEARS_APART, Asked, Known, judge

ByName = dict[str, list[Known]]
FURTHEST = max(YEARS_APART)  # of two years of birth that may be one


class Roll:
    """Who is known to a unit and its branch, and who stood earlier in the same list."""

    def __init__(self, unit: Unit):
        self.commune = unit.pk if unit.kind == Unit.Kind.COMMUNE else None
        self.places = unit.same_place() if self.commune else frozenset()
        self.by_year: dict[int, ByName] = defaultdict(dict)  # 0: nobody knows
        self.about: dict[int, list[ByName]] = {}  # of a year: those who may be as old
        self.by_deed: dict[str, list[Known]] = {}
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
            called = [known.full_name, *names.split(known.other_names)]
            self._remember(known, map(_letters, map(names.words, called)), map(fold, known.deeds))

    def _remember(self, known: Known, called: Iterable[str], deeds: Iterable[str]) -> None:
        by_name = self.by_year[known.birth_year or 0]
        for letters in called:
            by_name.setdefault(letters, []).append(known)
        for deed in deeds:
            self.by_deed.setdefault(deed, []).append(known)
        if known.id_hash:
            self.by_hash[known.id_hash] = known

    def like(self, lines: Sequence[Line]) -> list[list[dict]]:
        """Of each line, records and earlier lines that may be the same, each with its reasons."""
        hashes = keyed_hashes([line.values["id_number"] for line in lines])
        called = names.words_of_all([line.values["full_name"] for line in lines])
        deeds = fold_all([line.values["statement"] for line in lines])
        found = []
        for line, id_hash, words, deed in zip(lines, hashes, called, deeds, strict=True):
            values = line.values
            me = Known(
                -line.number,  # a line is no record yet
                values["full_name"],
                "",
                values["birth_year"],
                self.commune,
                values["residence"],
                id_hash,
                [values["statement"]],
            )
            letters = _letters(words)
            near = self._near(me, letters, deed)
            found.append(self._judged(me, near) if near else [])
            self._remember(me, (letters,), (deed,))
        return found

    def _near(self, me: Known, letters: str, deed: str) -> list[Known]:
        near = [
            known
            for by_name in self._as_old(me.birth_year or 0)
            if letters in by_name
            for known in by_name[letters]
        ]
        near += self.by_deed.get(deed, ())
        if me.id_hash in self.by_hash:
            near.append(self.by_hash[me.id_hash])
        return near

    def _as_old(self, year: int) -> Iterable[ByName]:
        """The names of those who may be as old: whose year nobody knows may be as old as anybody."""
        if not year:
            return self.by_year.values()
        if year not in self.about:
            years = (0, *range(year - FURTHEST, year + FURTHEST + 1))
            self.about[year] = [self.by_year[one] for one in years]
        return self.about[year]

    def _judged(self, me: Known, near: list[Known]) -> list[dict]:
        asked = _asked(me)
        return [
            _shown(known) | {"why": ", ".join(why)}
            for known in _once(near)
            if (why := judge(asked, known, self.places))
        ]


def _shown(known: Known) -> dict:
    if known.pk < 0:
        return {"line": -known.pk, "title": f"dòng {-known.pk}"}
    return {"ref": f"exemplars.exemplar:{known.pk}", "title": known.full_name}


def _letters(words: tuple[str, ...]) -> str:
    """The letters of a name in order: its words may be turned, or written in one."""
    return "".join(sorted("".join(words)))


def _once(near: list[Known]) -> list[Known]:
    """Records first, then lines from the top."""
    if len(near) == 1:
        return near
    once = {known.pk: known for known in near}
    return [once[pk] for pk in sorted(once, key=lambda pk: (pk < 0, abs(pk)))]


def _asked(me: Known) -> Asked:
    return Asked(me.full_name, "", me.birth_year, me.commune, me.residence, me.deeds[0], me.id_hash)
