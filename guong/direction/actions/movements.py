"""Emulation movements: entered by one person, confirmed by another."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line, nfc
from guong.units.models import Unit, User

from ..models import Directive, Movement


@transaction.atomic
def enter_movement(
    *,
    by: User,
    name: str,
    kind: str,
    launcher: Unit,
    goals: str,
    scope: str,
    criteria: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    measures: str = "",
    directive: Directive | None = None,
) -> Movement:
    """The movement is on record with what Điều 17 of the law of 2022 asks, for a second person."""
    require(by, "direction.enter_movement")
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": "Ngày kết thúc phải sau ngày bắt đầu."})
    said = {
        "kind": kind,
        "launcher": launcher,
        "directive": directive,
        "goals": nfc(goals).strip(),
        "scope": nfc(scope).strip(),
        "criteria": nfc(criteria).strip(),
        "measures": nfc(measures).strip(),
        "ends_on": ends_on,
        "entered_by": by,
    }
    movement, made = Movement.objects.get_or_create(
        name=clean_line(name), starts_on=starts_on, defaults=said
    )
    if not made:
        raise ValidationError({"name": "Phong trào này đã có."})
    journal.record("direction.movement_entered", movement, by=by)
    return movement


@transaction.atomic
def confirm_movement(*, movement: Movement, by: User) -> Movement:
    """A second person agrees; from here the movement may be public and exemplars may be of it."""
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    require(by, "direction.confirm_movement", movement)
    if movement.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    movement.confirmed_by, movement.confirmed_at = by, calendar.now()
    movement.save()
    journal.record("direction.movement_confirmed", movement, by=by)
    return movement
