"""Everything that changes the care for an exemplar."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.exemplars.models import Exemplar
from guong.units.models import Unit, User

from .models import Visit


@transaction.atomic
def record_visit(
    *,
    exemplar: Exemplar,
    unit: Unit,
    by: User,
    visited_on: datetime.date,
    found: str,
    needs: str = "",
    next_on: datetime.date | None = None,
) -> Visit:
    """Somebody was there; what was found and when to come again is on record."""
    require(by, "nurturing.record_visit", exemplar)
    if visited_on > calendar.today():
        raise ValidationError({"visited_on": "Ngày thăm chưa tới."})
    if next_on and next_on <= visited_on:
        raise ValidationError({"next_on": "Lần tới phải sau ngày thăm."})
    if not exemplar.is_recognised:
        raise ValidationError("Chỉ ghi thăm điển hình đã được công nhận.")
    visit = Visit.objects.create(
        exemplar=exemplar,
        unit=unit,
        visited_on=visited_on,
        found=found,
        needs=needs,
        next_on=next_on,
        recorded_by=by,
    )
    journal.record("nurturing.visit_recorded", visit, by=by, subject=exemplar)
    return visit
