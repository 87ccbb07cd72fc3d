"""Everything that changes a report, and the button that opens a checklist from its figures."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.calendar import Period, parse_period
from guong.core.papers.registers import next_number
from guong.core.policies import require
from guong.inspection import actions as inspection
from guong.inspection.models import Inspection
from guong.units.models import Unit, User
from guong.units.selectors import holders

from .figures import figures
from .models import PeriodicReport, Population


@transaction.atomic
def open_report(*, unit: Unit, period_code: str, by: User) -> PeriodicReport:
    """The unit's report of the period stands, as a draft that counts live."""
    require(by, "reporting.open_report", unit)
    period = parse_period(period_code)
    report, made = PeriodicReport.objects.get_or_create(
        unit=unit, period_code=period.code, defaults={"written_by": by}
    )
    if made:
        journal.record("reporting.report_opened", report, by=by, period=period.code)
    return report


@transaction.atomic
def write(*, report: PeriodicReport, by: User, narrative: str) -> PeriodicReport:
    """The words of the report are as given."""
    report = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    require(by, "reporting.write", report)
    _must_be_open(report)
    report.narrative, report.written_by = narrative, by
    report.save()
    journal.record("reporting.written", report, by=by)
    return report


def _tell(kind: str, report: PeriodicReport, sentence: str, **told) -> None:
    url = reverse("reporting:detail", args=[report.pk])
    notices.tell(f"reporting.{kind}", report, sentence, url=url, **told)


def _must_be_open(report: PeriodicReport) -> None:
    if not report.can_move_to(PeriodicReport.State.SUBMITTED):
        raise ValidationError("Báo cáo đã gửi. Muốn sửa, xin bộ phận thường trực trả lại.")


@transaction.atomic
def submit(*, report: PeriodicReport, by: User) -> PeriodicReport:
    """The figures are frozen as they are now, under a number of the unit's register."""
    report = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    require(by, "reporting.submit", report)
    old_state = report.move_to(PeriodicReport.State.SUBMITTED)
    report.figures = {
        figure.code: figure.number for figure in figures(report.period, _scope(report.unit))
    }
    if not report.number_sign:
        year = report.period.end.year
        number = next_number(f"BC-{report.unit.code}", year)
        report.number_sign = f"{number:02}/BC-{report.unit.doc_symbol or report.unit.code}"
    report.save()
    journal.record("reporting.submitted", report, by=by, old=old_state, figures=report.figures)
    notices.settle("reporting.returned", report)
    _tell(
        "submitted", report, f"Báo cáo {report} đã gửi, chờ xem.", to=holders("secretariat"), by=by
    )
    return report


def _scope(unit: Unit) -> Unit | None:
    return None if unit.is_root() else unit


@transaction.atomic
def return_(*, report: PeriodicReport, by: User, reason: str) -> PeriodicReport:
    """The report goes back to its unit, which is told what is missing."""
    report = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    require(by, "reporting.return", report)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do trả lại."})
    old_state = report.move_to(PeriodicReport.State.RETURNED)
    report.save()
    journal.record("reporting.returned", report, by=by, text=reason, old=old_state)
    notices.settle("reporting.submitted", report)
    people = [report.written_by, *holders("unit_head", of=[report.unit])]
    _tell("returned", report, f"Báo cáo {report} được trả lại, cần sửa.", to=people, by=by)
    return report


@transaction.atomic
def accept(*, report: PeriodicReport, by: User) -> PeriodicReport:
    """The report is closed: from here only its frozen figures are read."""
    report = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    require(by, "reporting.accept", report)
    old_state = report.move_to(PeriodicReport.State.ACCEPTED)
    report.accepted_by = by
    report.save()
    journal.record("reporting.accepted", report, by=by, old=old_state)
    notices.settle("reporting.submitted", report)
    return report


@transaction.atomic
def prefill(*, unit: Unit, period: Period, by: User) -> Inspection:
    """A checklist of the unit is open, its questions answered as far as the figures go."""
    require(by, "reporting.prefill", unit)
    answers = [
        {
            "question": f"{figure.name} (chỉ tiêu {figure.code})",
            "figure": f"{figure.number} {figure.unit_of_count}",
            "indicator": figure.code,
        }
        for figure in figures(period, _scope(unit))
    ]
    made = inspection.open_checklist(unit=unit, period=period.code, by=by, answers=answers)
    journal.record("reporting.prefilled", made, by=by, period=period.code)
    return made


@transaction.atomic
def record_population(
    *,
    dimension: str,
    numbers: dict[str, int | None],
    counted_on: datetime.date,
    source: str,
    by: User,
) -> int:
    """The groups have these numbers of people, None: not known; return how many were changed."""
    require(by, "reporting.record_population")
    if not source.strip():
        raise ValidationError({"source": "Chưa ghi nguồn số liệu."})
    rows = Population.objects.select_for_update().filter(dimension=dimension)
    known = {row.key: row for row in rows}
    changed = 0
    for key, number in numbers.items():
        row = known.get(key) or Population(dimension=dimension, key=key)
        old = row.number
        if number == old:
            continue
        changed += 1
        if number is None:
            journal.record("reporting.population_recorded", row, by=by, old=old, new=None)
            row.delete()
            continue
        row.number, row.counted_on, row.source = number, counted_on, source.strip()
        row.recorded_by, row.recorded_at = by, calendar.now()
        row.save()
        journal.record("reporting.population_recorded", row, by=by, old=old, new=number)
    return changed
