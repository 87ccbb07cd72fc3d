"""What an indicator is: a code, a name, a unit of count and the rows behind the figure."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from guong.core.calendar import Period
from guong.exemplars.models import Exemplar
from guong.units.models import Unit


@dataclass(frozen=True)
class Indicator:
    """One figure. `rows` gives the exemplars, or records, that the figure is the number of."""

    code: str  # as in the catalogue of docs/glossary.md; never reused, never renumbered
    name: str
    unit_of_count: str
    rows: Callable[[Period, Unit | None], QuerySet]

    def compute(self, period: Period, unit: Unit | None) -> int:
        """The figure of a unit and those below it, or of the province when `unit` is None."""
        return self.rows(period, unit).count()

    @property
    def definition(self) -> str:
        """The definition as printed: the docstring of the rows."""
        return " ".join((self.rows.__doc__ or "").split())


def within(rows: QuerySet, unit: Unit | None, path: str = "unit__path") -> QuerySet:
    """Narrow rows to a unit's branch."""
    return rows.filter(**{f"{path}__startswith": unit.path}) if unit else rows


def exemplars_of(records: QuerySet, unit: Unit | None) -> QuerySet:
    """The distinct exemplars that have at least one of the records, of a unit's branch."""
    found = Exemplar.objects.filter(pk__in=records.values("exemplar"))
    return within(found, unit)
