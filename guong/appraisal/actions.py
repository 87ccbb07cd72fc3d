"""Everything that changes a verification."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Check, Claim, Evidence
from guong.nomination.models import Nomination
from guong.units.models import User
from guong.units.selectors import holders

from .models import Verification


@transaction.atomic
def open_verification(*, nomination: Nomination, by: User) -> Verification:
    """This person goes and looks; the nomination has been accepted."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "appraisal.open_verification", nomination)
    if nomination.state != Nomination.State.ACCEPTED:
        raise ValidationError("Hồ sơ chưa được tiếp nhận nên chưa xác minh được.")
    if nomination.verifications.exists():
        raise ValidationError("Hồ sơ này đã có người xác minh.")
    verification = Verification.objects.create(
        nomination=nomination, verifier=by, introducer=nomination.submitted_by
    )
    journal.record(
        "appraisal.verification_opened", verification, by=by, subject=nomination.exemplar
    )
    notices.settle("nomination.to_verify", nomination)
    return verification


def _hold(verification: Verification) -> Verification:
    return (
        Verification.objects.select_for_update()
        .select_related("nomination__exemplar")
        .get(pk=verification.pk)
    )


@transaction.atomic
def check_claim(
    *,
    verification: Verification,
    claim: Claim,
    by: User,
    result: str,
    evidence: Evidence | None = None,
    note: str = "",
) -> Check:
    """One claim of the nomination has been looked at on the spot."""
    verification = _hold(verification)
    require(by, "appraisal.check_claim", verification)
    if verification.state != Verification.State.OPEN:
        raise ValidationError("Cuộc xác minh này đã kết luận.")
    if not verification.nomination.claims.filter(pk=claim.pk).exists():
        raise ValidationError("Thành tích này không thuộc hồ sơ đang xác minh.")
    check = exemplars.record_check(claim=claim, by=by, result=result, evidence=evidence, note=note)
    journal.record(
        "appraisal.claim_checked",
        check,
        by=by,
        subject=verification.nomination.exemplar,
        result=result,
    )
    return check


@transaction.atomic
def conclude(
    *,
    verification: Verification,
    by: User,
    conclusion: str,
    visited_on: datetime.date,
    eligible: bool = True,
) -> Verification:
    """The verifier has said what was found; proven needs every claim looked at and one proven."""
    verification = _hold(verification)
    require(by, "appraisal.conclude", verification)
    if not conclusion.strip():
        raise ValidationError({"conclusion": "Chưa ghi kết luận."})
    if visited_on > calendar.today():
        raise ValidationError({"visited_on": "Ngày đi xác minh chưa tới."})
    if eligible:
        _must_be_sound(verification)
    new_state = Verification.State.PROVEN if eligible else Verification.State.NOT_ELIGIBLE
    old_state = verification.move_to(new_state)
    verification.conclusion, verification.visited_on = conclusion, visited_on
    verification.save()
    journal.record(
        "appraisal.concluded",
        verification,
        by=by,
        subject=verification.nomination.exemplar,
        text=conclusion,
        old=old_state,
        new=new_state,
    )
    _tell_of_conclusion(verification, by)
    return verification


def _tell_of_conclusion(verification: Verification, by: User) -> None:
    nomination = verification.nomination
    exemplar, people = nomination.exemplar, holders("secretariat")
    sentence = f"Đã xác minh đạt {exemplar}, chờ dự thảo quyết định."
    if verification.state == Verification.State.NOT_ELIGIBLE:
        people += holders("unit_head", of=[nomination.unit])
        people += [nomination.submitted_by] if nomination.submitted_by else []
        sentence = f"Xác minh kết luận {exemplar} chưa đủ điều kiện."
    notices.tell(
        "appraisal.concluded",
        verification,
        sentence,
        to=people,
        url=reverse("nomination:detail", args=[nomination.pk]),
        subject=exemplar,
        by=by,
    )


def _must_be_sound(verification: Verification) -> None:
    claims = list(verification.nomination.claims.prefetch_related("checks"))
    if any(not claim.checks.all() for claim in claims):
        raise ValidationError("Còn thành tích chưa xem. Xem hết từng thành tích rồi kết luận.")
    if not any(claim.is_proven for claim in claims):
        raise ValidationError("Chưa thành tích nào được kiểm chứng nên chưa kết luận đạt được.")
    if verification.nomination.exemplar.holds.filter(state="placed").exists():
        raise ValidationError("Hồ sơ chưa đủ điều kiện kết luận. Liên hệ bộ phận thường trực.")
