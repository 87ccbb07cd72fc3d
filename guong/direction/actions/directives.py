"""Everything that changes a directive and its tasks."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.units.models import Unit, User
from guong.units.selectors import holders

from ..models import Assignment, Directive, Task


@transaction.atomic
def register(
    *,
    by: User,
    number: str,
    sign: str,
    issued_on: datetime.date,
    issuer: Unit,
    summary: str,
    tasks: list[dict],
    legal_bases: str = "",
) -> Directive:
    """The document is on record and each of its tasks lies with the units it names.

    `tasks`: dicts of text, due_on, quota, units (an iterable of Unit).
    """
    require(by, "direction.register")
    if not tasks:
        raise ValidationError({"tasks": "Chưa nêu nhiệm vụ nào."})
    if issued_on > calendar.today():
        raise ValidationError({"issued_on": "Ngày ban hành chưa tới."})
    identity = {"number": number, "sign": sign, "issued_on": issued_on, "issuer": issuer}
    said = {"summary": clean_line(summary), "legal_bases": legal_bases, "registered_by": by}
    # One step: two people may press at the same moment.
    directive, made = Directive.objects.get_or_create(**identity, defaults=said)
    if not made:
        raise ValidationError({"number": "Văn bản này đã được đăng ký."})
    for task in tasks:
        _hand_out(directive, task, by)
    journal.record("direction.registered", directive, by=by, subject=directive)
    return directive


def _hand_out(directive: Directive, values: dict, by: User) -> None:
    units = list(values["units"])
    if not units:
        raise ValidationError({"units": "Chưa chọn đơn vị thực hiện."})
    if values["due_on"] <= directive.issued_on:
        raise ValidationError({"due_on": "Hạn phải sau ngày ban hành."})
    task = Task.objects.create(
        directive=directive,
        text=clean_line(values["text"]),
        due_on=values["due_on"],
        quota=values.get("quota", 1),
    )
    Assignment.objects.bulk_create(Assignment(task=task, unit=unit) for unit in units)
    notices.tell(
        "direction.assigned",
        task,
        f"Nhiệm vụ mới theo {directive.number_sign}, hạn {task.due_on:%d/%m/%Y}: {task.text}",
        to=holders("unit_head", of=units),
        url=reverse("direction:detail", args=[directive.pk]),
        by=by,
    )


@transaction.atomic
def acknowledge(*, assignment: Assignment, by: User, in_charge: str) -> Assignment:
    """The unit knows of its task and has named who sees to it."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    require(by, "direction.acknowledge", assignment)
    if not in_charge.strip():
        raise ValidationError({"in_charge": "Chưa nêu người phụ trách."})
    old_state = assignment.move_to(Assignment.State.ACKNOWLEDGED)
    assignment.in_charge = clean_line(in_charge)
    assignment.acknowledged_by, assignment.acknowledged_at = by, calendar.now()
    assignment.save()
    heads = holders("unit_head", of=[assignment.unit])
    notices.settle("direction.assigned", assignment.task, of=heads)
    journal.record(
        "direction.acknowledged",
        assignment,
        by=by,
        subject=assignment.task.directive,
        old=old_state,
    )
    return assignment
