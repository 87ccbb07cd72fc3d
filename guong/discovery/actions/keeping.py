"""Everything that changes how long personal data of refused leads is kept, and takes it away."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, files, journal, staging
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.units.models import User

from .. import selectors, signals
from ..models import Keeping, Lead, PressItem


@transaction.atomic
def set_keeping(*, by: User, days: int, valid_from: datetime.date, reason: str) -> Keeping:
    """From that day on personal data of refused leads goes after so many days."""
    require(by, "discovery.set_keeping")
    if valid_from < calendar.today():
        raise ValidationError({"valid_from": "Chỉ đặt từ hôm nay trở đi."})
    row, _ = Keeping.objects.update_or_create(
        valid_from=valid_from,
        defaults={
            "days": days,
            "reason": clean_line(reason),
            "set_by": by,
            "set_at": calendar.now(),
        },
    )
    journal.record("discovery.keeping_set", row, by=by, days=days)
    return row


@transaction.atomic
def forget(*, lead: Lead, by: User) -> Lead:
    """Nothing of a refused lead tells of a person any more; code, state and answer stay."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.forget", lead)
    if not Lead.objects.to_forget(selectors.forgets_before()).filter(pk=lead.pk).exists():
        raise ValidationError("Chưa tới hạn xoá dữ liệu cá nhân của tin này.")
    for file in lead.files.all():
        lead.files.remove(file)
        files.forget(file)
    if lead.source == Lead.Source.LIST:
        staging.forget_rows(lead)
    lead.who = lead.where = lead.what = lead.contact = ""
    lead.verdict = {}
    lead.forgotten_on = calendar.today()
    lead.save()
    # The article named the same person; its fingerprint stays, so that it does not come again.
    PressItem.objects.filter(lead=lead).update(
        title="Đã xoá", text="", who=[], where=[], reasons=[], verdict={}, address=""
    )
    journal.record("discovery.forgotten", lead, by=by)
    signals.forgotten.send(sender=Lead, lead=lead, by=by)
    return lead
