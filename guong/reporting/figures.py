"""The figures of a period as a table: for the screen, the .docx and the .xlsx alike."""

from dataclasses import dataclass

from guong.core.calendar import Period, previous
from guong.units.models import Unit

from .indicators import ALL
from .models import PeriodicReport


@dataclass(frozen=True)
class Figure:
    """One line of the report: the number, and that of the period before."""

    code: str
    name: str
    unit_of_count: str
    number: int
    before: int
    definition: str

    @property
    def change(self) -> int:
        return self.number - self.before


def figures(period: Period, unit: Unit | None) -> list[Figure]:
    """Count every indicator for the period and the one before."""
    earlier = previous(period)
    return [
        Figure(
            indicator.code,
            indicator.name,
            indicator.unit_of_count,
            indicator.compute(period, unit),
            indicator.compute(earlier, unit),
            indicator.definition,
        )
        for indicator in ALL
    ]


def figures_of(report: PeriodicReport) -> list[Figure]:
    """A sent report shows what was frozen; a draft counts live."""
    live = figures(report.period, None if report.unit.is_root() else report.unit)
    if not report.figures:
        return live
    return [
        Figure(
            figure.code,
            figure.name,
            figure.unit_of_count,
            report.figures.get(figure.code, figure.number),
            figure.before,
            figure.definition,
        )
        for figure in live
    ]
