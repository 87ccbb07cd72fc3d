"""Everything that changes a decision."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, codes, journal, notices
from guong.core.papers.registers import next_number
from guong.core.policies import require
from guong.discovery import actions as discovery
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Exemplar
from guong.nomination.models import Nomination
from guong.units.models import Unit, User
from guong.units.selectors import holders

from . import signals
from .models import Decision


@transaction.atomic
def draft(
    *, nomination: Nomination, by: User, issuer: Unit, title: str, citation: str = ""
) -> Decision:
    """A decision waits for its signatory; its nomination has been verified."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "recognition.draft", nomination)
    if not nomination.verifications.filter(state="proven").exists():
        raise ValidationError("Hồ sơ chưa được xác minh đạt nên chưa dự thảo quyết định được.")
    if Decision.objects.filter(nomination=nomination).exists():
        raise ValidationError("Hồ sơ này đã có quyết định.")
    decision = Decision.objects.create(
        nomination=nomination,
        exemplar=nomination.exemplar,
        issuer=issuer,
        title=title,
        citation=citation,
        drafted_by=by,
    )
    journal.record("recognition.drafted", decision, by=by, subject=nomination.exemplar)
    _tell(
        "recognition.drafted",
        decision,
        f"Quyết định công nhận {decision.exemplar} chờ ký.",
        to=holders("leader"),
        by=by,
    )
    return decision


@transaction.atomic
def sign(*, decision: Decision, by: User, signed_on: datetime.date | None = None) -> Decision:
    """The decision has number, date and signatory; the exemplar is recognised from that day."""
    decision = (
        Decision.objects.select_for_update()
        .select_related("exemplar", "issuer")
        .get(pk=decision.pk)
    )
    require(by, "recognition.sign", decision)
    signed_on = signed_on or calendar.today()
    if signed_on > calendar.today():
        raise ValidationError({"signed_on": "Ngày ký chưa tới."})
    if decision.exemplar.holds.filter(state="placed").exists():
        raise ValidationError("Hồ sơ chưa ký được lúc này. Liên hệ bộ phận thường trực.")
    old_state = decision.move_to(Decision.State.SIGNED)
    decision.number = next_number(f"QĐ-{decision.issuer.code}", signed_on.year)
    decision.number_sign = _number_sign(decision)
    decision.signed_on, decision.signatory = signed_on, by
    decision.check_code = codes.drawn("QD")
    decision.save()
    exemplars.mark_recognised(exemplar=decision.exemplar, on=signed_on, by=by)
    journal.record(
        "recognition.signed",
        decision,
        by=by,
        subject=decision.exemplar,
        old=old_state,
        number=decision.number_sign,
    )
    notices.settle("recognition.drafted", decision)
    _tell(
        "recognition.signed",
        decision,
        f"{decision.exemplar} được công nhận theo quyết định {decision.number_sign}.",
        to=_who_introduced(decision),
        by=by,
    )
    for lead in decision.exemplar.leads.filter(state="taken_up"):
        discovery.bore_fruit(lead=lead, by=by)
    return decision


def _tell(kind: str, decision: Decision, sentence: str, **told) -> None:
    url = reverse("recognition:detail", args=[decision.pk])
    notices.tell(kind, decision, sentence, url=url, subject=decision.exemplar, **told)


def _who_introduced(decision: Decision) -> list[User]:
    """Who sent the dossier, and the head of that unit."""
    nomination = decision.nomination
    heads = holders("unit_head", of=[nomination.unit])
    return [*filter(None, [nomination.submitted_by]), *heads]


def _number_sign(decision: Decision) -> str:
    """`07/QĐ-UBND`; in a demo home it can never be taken for a real number."""
    symbol = decision.issuer.doc_symbol or decision.issuer.code
    mark = "MẪU-" if settings.IS_DEMO_HOME else ""
    return f"{mark}{decision.number:02}/QĐ-{symbol}"


@transaction.atomic
def revoke(
    *, decision: Decision, by: User, reason: str, on: datetime.date | None = None
) -> Decision:
    """The decision no longer stands; nothing of it may stay public.

    The exemplar stays recognised only where another signed decision names it.
    """
    decision = Decision.objects.select_for_update().select_related("exemplar").get(pk=decision.pk)
    require(by, "recognition.revoke", decision)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do thu hồi."})
    on = on or calendar.today()
    if on > calendar.today():
        raise ValidationError({"on": "Ngày thu hồi chưa tới."})
    if decision.signed_on and on < decision.signed_on:
        raise ValidationError({"on": "Ngày thu hồi phải sau ngày ký."})
    old_state = decision.move_to(Decision.State.REVOKED)
    decision.revoked_on, decision.revoke_reason, decision.revoked_by = on, reason, by
    decision.save()
    _end_recognition(decision, on, by)
    journal.record(
        "recognition.revoked",
        decision,
        by=by,
        subject=decision.exemplar,
        text=reason,
        old=old_state,
    )
    _tell(
        "recognition.revoked",
        decision,
        f"Quyết định công nhận {decision.exemplar} bị thu hồi.",
        to=[*_who_introduced(decision), *holders("secretariat", "leader")],
        by=by,
    )
    signals.revoked.send(sender=Decision, decision=decision, by=by)
    return decision


@transaction.atomic
def confirm_revocation(*, decision: Decision, by: User) -> Decision:
    """A second person agrees; whoever checks the paper's code reads that it was revoked, and when."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    require(by, "recognition.confirm_revocation", decision)
    if decision.state != Decision.State.REVOKED or decision.revocation_confirmed_by_id:
        raise ValidationError("Quyết định này không chờ ai xác nhận thu hồi.")
    decision.revocation_confirmed_by = by
    decision.save()
    journal.record("recognition.revocation_confirmed", decision, by=by, subject=decision.exemplar)
    return decision


def _end_recognition(decision: Decision, on: datetime.date, by: User) -> None:
    # Held first: two decisions revoked at once must not each take the other for standing.
    exemplar = Exemplar.objects.select_for_update().get(pk=decision.exemplar_id)
    other = exemplar.decisions.standing().order_by("-signed_on", "-pk").first()
    if other:
        exemplars.mark_recognised(exemplar=exemplar, on=other.signed_on, by=by)
    else:
        exemplars.mark_revoked(exemplar=exemplar, on=on, by=by)
