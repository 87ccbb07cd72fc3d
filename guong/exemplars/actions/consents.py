"""A person's yes to one purpose, a hold, a stated conflict."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal, notices
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.core.vietnamese import (
    clean_line,
)
from guong.units.models import User

from ..models import (
    Conflict,
    Consent,
    Exemplar,
    Hold,
)


@transaction.atomic
def record_consent(
    *,
    exemplar: Exemplar,
    by: User,
    purpose: str,
    signer: str,
    method: str = "paper",
    given_on: datetime.date | None = None,
    expires_on: datetime.date | None = None,
    proof: StoredFile | None = None,
) -> Consent:
    """The person's yes to one purpose is on record."""
    require(by, "exemplars.record_consent", exemplar)
    given_on = given_on or calendar.today()
    if given_on > calendar.today():
        raise ValidationError({"given_on": "Ngày đồng ý chưa tới."})
    if expires_on and expires_on < given_on:
        raise ValidationError({"expires_on": "Ngày hết hạn phải sau ngày đồng ý."})
    consent = Consent.objects.create(
        exemplar=exemplar,
        purpose=purpose,
        signer=clean_line(signer),
        method=method,
        given_on=given_on,
        expires_on=expires_on,
        proof=proof,
        recorded_by=by,
    )
    journal.record("exemplars.consent_recorded", consent, by=by, subject=exemplar, purpose=purpose)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User) -> Consent:
    """The yes no longer holds; the next release leaves out what leaned on it."""
    consent = Consent.objects.select_for_update().select_related("exemplar").get(pk=consent.pk)
    require(by, "exemplars.withdraw_consent", consent.exemplar)
    if consent.withdrawn_on:
        raise ValidationError("Sự đồng ý này đã được rút rồi.")
    consent.withdrawn_on = calendar.today()
    consent.save()
    journal.record(
        "exemplars.consent_withdrawn",
        consent,
        by=by,
        subject=consent.exemplar,
        purpose=consent.purpose,
    )
    return consent


@transaction.atomic
def place_hold(*, exemplar: Exemplar, by: User, reason: str) -> Hold:
    """Everything public about the exemplar stops until a second person lifts the hold."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.place_hold", exemplar)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    if exemplar.holds.filter(state=Hold.State.PLACED).exists():
        raise ValidationError("Hồ sơ này đang tạm dừng rồi.")
    hold = Hold.objects.create(exemplar=exemplar, reason=reason, placed_by=by)
    journal.record("exemplars.hold_placed", hold, by=by, subject=exemplar, text=reason)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, by: User, reason: str) -> Hold:
    """The file goes on; a second person has said why."""
    hold = Hold.objects.select_for_update().select_related("exemplar").get(pk=hold.pk)
    require(by, "exemplars.lift_hold", hold)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do gỡ."})
    old_state = hold.move_to(Hold.State.LIFTED)
    hold.lifted_by, hold.lift_reason = by, reason
    hold.save()
    journal.record(
        "exemplars.hold_lifted", hold, by=by, subject=hold.exemplar, text=reason, old=old_state
    )
    return hold


@transaction.atomic
def declare_conflict(*, exemplar: Exemplar, by: User) -> Conflict:
    """«Tôi có liên quan»: from now on the file does not exist for this person."""
    require(by, "exemplars.declare_conflict", exemplar)
    # Asked twice it is refused above: who is involved no longer sees the file.
    conflict = Conflict.objects.create(user=by, exemplar=exemplar)
    notices.forget([by.pk], exemplar)
    journal.record("exemplars.conflict_declared", conflict, by=by, subject=exemplar)
    return conflict
