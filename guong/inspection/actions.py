"""Everything that changes an inspection."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.units.models import Unit, User
from guong.units.selectors import holders

from .models import ChecklistAnswer, Finding, Inspection

# What the figures cannot answer; the inspector asks it on the spot.
QUESTIONS = [
    "Đơn vị có kế hoạch phát hiện, bồi dưỡng, nhân rộng điển hình",
    "Đơn vị phân công người phụ trách và có sổ theo dõi",
    "Hồ sơ điển hình có minh chứng và được người khác xác minh",
]


@transaction.atomic
def open_checklist(*, unit: Unit, period: str, by: User, answers: list[dict]) -> Inspection:
    """A checklist is open; `answers` (question, figure, indicator) come first, then the fixed ones."""
    require(by, "inspection.open_checklist", unit)
    if Inspection.objects.filter(unit=unit, period=period, state="open").exists():
        raise ValidationError("Đơn vị này đang có một phiếu kiểm tra mở cho kỳ này.")
    inspection = Inspection.objects.create(unit=unit, period=period, opened_by=by)
    lines = answers + [{"question": question} for question in QUESTIONS]
    for order, line in enumerate(lines, start=1):
        ChecklistAnswer.objects.create(inspection=inspection, order=order, **line)
    journal.record("inspection.opened", inspection, by=by, period=period)
    return inspection


def _hold(inspection: Inspection) -> Inspection:
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if not inspection.can_move_to(Inspection.State.CLOSED):
        raise ValidationError("Phiếu kiểm tra này đã kết luận.")
    return inspection


@transaction.atomic
def answer(*, inspection: Inspection, by: User, results: dict[int, tuple[str, str]]) -> Inspection:
    """The questions are answered; `results`: order → (result, note)."""
    inspection = _hold(inspection)
    require(by, "inspection.answer", inspection)
    for line in inspection.answers.filter(order__in=results):
        line.result, line.note = results[line.order]
        line.save()
    journal.record("inspection.answered", inspection, by=by, answered=len(results))
    return inspection


@transaction.atomic
def record_finding(
    *, inspection: Inspection, by: User, text: str, recommendation: str, due_on: datetime.date
) -> Finding:
    """Something must be mended by the day."""
    inspection = _hold(inspection)
    require(by, "inspection.record_finding", inspection)
    if due_on <= calendar.today():
        raise ValidationError({"due_on": "Hạn khắc phục phải sau hôm nay."})
    finding = Finding.objects.create(
        inspection=inspection, text=text, recommendation=recommendation, due_on=due_on, found_by=by
    )
    journal.record("inspection.finding_recorded", finding, by=by)
    return finding


@transaction.atomic
def close(*, inspection: Inspection, by: User) -> Inspection:
    """The inspection is concluded; its unit may read it."""
    inspection = _hold(inspection)
    require(by, "inspection.close", inspection)
    if inspection.answers.filter(result="").exists():
        raise ValidationError("Còn câu chưa trả lời. Trả lời hết rồi kết luận.")
    old_state = inspection.move_to(Inspection.State.CLOSED)
    inspection.save()
    journal.record("inspection.closed", inspection, by=by, old=old_state)
    notices.tell(
        "inspection.closed",
        inspection,
        f"Có kết luận kiểm tra {inspection.unit}, kỳ {inspection.period}.",
        to=holders("unit_head", of=[inspection.unit]),
        url=reverse("inspection:detail", args=[inspection.pk]),
        by=by,
    )
    return inspection
