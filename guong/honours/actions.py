"""Everything that changes an honour roll."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.exemplars.models import Exemplar
from guong.units.models import Unit, User

from .models import HonourEntry, HonourRoll


@transaction.atomic
def open_roll(*, by: User, title: str, given_on: datetime.date, organiser: Unit) -> HonourRoll:
    """A round of honour stands and takes entries."""
    require(by, "honours.open_roll")
    title = clean_line(title)
    if HonourRoll.objects.filter(title=title, given_on=given_on).exists():
        raise ValidationError({"title": "Đợt tôn vinh này đã có."})
    roll = HonourRoll.objects.create(
        title=title, given_on=given_on, organiser=organiser, opened_by=by
    )
    journal.record("honours.roll_opened", roll, by=by)
    return roll


@transaction.atomic
def enter(*, roll: HonourRoll, exemplar: Exemplar, by: User, citation: str) -> HonourEntry:
    """The exemplar is in the roll, waiting for a second person."""
    roll = HonourRoll.objects.select_for_update().get(pk=roll.pk)
    require(by, "honours.enter", exemplar)
    if not exemplar.is_recognised:
        raise ValidationError({"exemplar": "Chỉ tôn vinh điển hình đã được công nhận."})
    if roll.entries.filter(exemplar=exemplar).exists():
        raise ValidationError({"exemplar": "Điển hình này đã có trong danh sách."})
    entry = HonourEntry.objects.create(
        roll=roll, exemplar=exemplar, citation=clean_line(citation), entered_by=by
    )
    journal.record("honours.entered", entry, by=by, subject=exemplar)
    return entry


@transaction.atomic
def confirm(*, entry: HonourEntry, by: User) -> HonourEntry:
    """A second person agrees; from here the entry counts and may be public."""
    entry = HonourEntry.objects.select_for_update().get(pk=entry.pk)
    require(by, "honours.confirm", entry)
    if entry.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    entry.confirmed_by, entry.confirmed_at = by, calendar.now()
    entry.save()
    journal.record("honours.confirmed", entry, by=by, subject=entry.exemplar)
    return entry
