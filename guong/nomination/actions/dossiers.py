"""The dossier itself: drafted, answered, sent, judged, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.core.states import IllegalMove
from guong.direction.models import CriteriaSet, Criterion, EvidenceSlot
from guong.discovery import actions as discovery
from guong.discovery.models import Lead
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Claim, Evidence, Exemplar
from guong.units.models import Unit, User
from guong.units.selectors import holders, require_introducing

from ..models import CriterionAnswer, Nomination, SlotFilling
from ..selectors import fitting_sets, incomplete, judged_by, lapsed
from .partners import TO_SIGN, lapse

REASON_LENGTH = 20  # letters: «sửa lại» tells nobody what to do


@transaction.atomic
def draft(
    *,
    by: User,
    unit: Unit,
    exemplar: Exemplar,
    claims: list[Claim],
    lead: Lead | None = None,
    **words: str,
) -> Nomination:
    """The unit has a draft that names the claims it stands for; its lead is answered.

    `words`: the report (`did`, `results`, `worth`), where there is one.
    """
    require(by, "nomination.draft", unit)
    [nomination] = _draft([Nomination(exemplar=exemplar, lead=lead, **words)], [claims], by, unit)
    if lead is not None and lead.state == Lead.State.RECEIVED:
        discovery.take_up(lead=lead, exemplar=exemplar, by=by)
    return nomination


@transaction.atomic
def draft_all(*, by: User, unit: Unit, leads: list[Lead]) -> list[Nomination]:
    """A draft for each line of a list, all or none, with every claim of the record its lead became."""
    require(by, "nomination.draft_all", unit)
    prefetch_related_objects(leads, "exemplar__claims")
    drafts = [Nomination(exemplar=lead.exemplar, lead=lead) for lead in leads]
    return _draft(drafts, [list(lead.exemplar.claims.all()) for lead in leads], by, unit)


def _draft(
    drafts: list[Nomination], claims: list[list[Claim]], by: User, unit: Unit
) -> list[Nomination]:
    """Each draft, unsaved so far, stands with the claims beside it."""
    require_introducing(unit)
    exemplars = [draft.exemplar for draft in drafts]
    if Nomination.objects.open().filter(exemplar__in=exemplars, unit=unit).exists():
        raise ValidationError("Đơn vị đang có một hồ sơ đề cử mở cho điển hình này.")
    for draft in drafts:
        draft.unit, draft.drafted_by = unit, by
    Nomination.objects.bulk_create(drafts)
    named_by = Nomination.claims.through
    named_by.objects.bulk_create(
        named_by(nomination=draft, claim=claim)
        for draft, named in zip(drafts, claims, strict=True)
        for claim in named
    )
    journal.record_all("nomination.drafted", zip(drafts, exemplars, strict=True), by=by)
    return drafts


@transaction.atomic
def choose_set(*, nomination: Nomination, by: User, criteria_set: CriteriaSet) -> Nomination:
    """The dossier is judged by this version; what was answered to another stays with that one."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.choose_set", nomination)
    _must_be_with_its_unit(nomination)
    if not fitting_sets(nomination).filter(pk=criteria_set.pk).exists():
        raise ValidationError(
            {"criteria_set": "Bộ này không đang dùng, hoặc không dành cho đối tượng, lĩnh vực này."}
        )
    nomination.criteria_set = criteria_set
    nomination.save()
    journal.record("nomination.set_chosen", nomination, by=by, subject=nomination.exemplar)
    _ask_anew(nomination, by)
    return nomination


@transaction.atomic
def answer(
    *,
    nomination: Nomination,
    criterion: Criterion,
    by: User,
    words: str = "",
    points: int | None = None,
    fillings: dict[EvidenceSlot, list[Evidence]] | None = None,
) -> CriterionAnswer:
    """One criterion of the dossier's set is answered: in words, in points, by evidence in its places."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.answer", nomination)
    _must_be_with_its_unit(nomination)
    if criterion.criteria_set != judged_by(nomination):
        raise ValidationError("Hồ sơ đang xét theo bộ tiêu chí khác. Tải lại trang.")
    if points is not None and points > (criterion.points or 0):
        raise ValidationError({"points": f"Điểm tối đa là {criterion.points or 0}."})
    fillings = fillings or {}
    for slot, pieces in fillings.items():
        if slot.criterion_id != criterion.pk:
            raise ValidationError("Chỗ minh chứng này thuộc tiêu chí khác.")
        if any(piece.exemplar_id != nomination.exemplar_id for piece in pieces):
            raise ValidationError("Minh chứng này thuộc hồ sơ khác.")
    made, _ = CriterionAnswer.objects.update_or_create(
        nomination=nomination,
        criterion=criterion,
        defaults={"words": words.strip(), "points": points, "by": by, "at": calendar.now()},
    )
    made.fillings.all().delete()
    SlotFilling.objects.bulk_create(
        SlotFilling(answer=made, slot=slot, evidence=piece)
        for slot, pieces in fillings.items()
        for piece in pieces
    )
    journal.record("nomination.answered", made, by=by, subject=nomination.exemplar)
    _ask_anew(nomination, by)
    return made


def _ask_anew(nomination: Nomination, by: User) -> None:
    """Whoever signed it as it was before is asked at once; other changes are seen by the clock."""
    for one in lapsed(nomination):
        lapse(sign_off=one, by=by)


def _must_be_with_its_unit(nomination: Nomination) -> None:
    if not nomination.is_with_its_unit:
        raise IllegalMove(f"{nomination}: {nomination.state}")


@transaction.atomic
def submit(*, nomination: Nomination, by: User) -> Nomination:
    """Hand the nomination to the secretariat; from here the list of its claims is frozen."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.submit", nomination)
    if missing := incomplete(nomination):
        raise ValidationError({"claims": missing})

    # The version of this day stays with the dossier, whatever is put in force later.
    nomination.criteria_set = judged_by(nomination)
    old_state = nomination.move_to(Nomination.State.SUBMITTED)
    nomination.submitted_by = by
    nomination.save()

    journal.record(
        "nomination.submitted", nomination, by=by, subject=nomination.exemplar, old=old_state
    )
    notices.settle("nomination.returned", nomination)
    _tell(
        "nomination.submitted",
        nomination,
        f"{nomination.unit} gửi hồ sơ {nomination.exemplar}, chờ tiếp nhận.",
        to=holders("secretariat"),
        by=by,
    )
    return nomination


def _tell(kind: str, nomination: Nomination, sentence: str, **told) -> None:
    # Part of the transaction: nobody hears of a change that was rolled back, none is forgotten.
    url = reverse("nomination:detail", args=[nomination.pk])
    notices.tell(kind, nomination, sentence, url=url, subject=nomination.exemplar, **told)


def _of_its_unit(nomination: Nomination) -> list[User]:
    """Who wrote it, who sent it, and the head of the unit."""
    people = [nomination.drafted_by, nomination.submitted_by]
    return [*filter(None, people), *holders("unit_head", of=[nomination.unit])]


@transaction.atomic
def return_(*, nomination: Nomination, by: User, reason: str) -> Nomination:
    """Send the nomination back to its unit, saying what is missing."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.return", nomination)
    if len(reason.strip()) < REASON_LENGTH:
        raise ValidationError(
            {"reason": "Nói rõ thiếu gì, sửa thế nào (ít nhất hai mươi chữ cái)."}
        )

    old_state = nomination.move_to(Nomination.State.RETURNED)
    nomination.return_reason = reason
    nomination.save()

    journal.record(
        "nomination.returned",
        nomination,
        by=by,
        subject=nomination.exemplar,
        text=reason,
        old=old_state,
    )
    notices.settle("nomination.submitted", nomination)
    _tell(
        "nomination.returned",
        nomination,
        f"Hồ sơ {nomination.exemplar} được trả lại, cần bổ sung.",
        to=_of_its_unit(nomination),
        by=by,
        letter=notices.Letter(
            "Có hồ sơ cần bổ sung",
            f"Hồ sơ số {nomination.pk} được trả lại: {reverse('nomination:inbox')}",
        ),
    )
    return nomination


@transaction.atomic
def accept(*, nomination: Nomination, by: User) -> Nomination:
    """The Board has taken the nomination in; a verifier may now go and look."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.accept", nomination)
    old_state = nomination.move_to(Nomination.State.ACCEPTED)
    nomination.save()
    journal.record(
        "nomination.accepted", nomination, by=by, subject=nomination.exemplar, old=old_state
    )
    notices.settle("nomination.submitted", nomination)
    _tell(
        "nomination.accepted",
        nomination,
        f"Hồ sơ {nomination.exemplar} đã được tiếp nhận.",
        to=_of_its_unit(nomination),
        by=by,
    )
    verifiers = holders("verifier", over=nomination.unit)
    _tell(
        "nomination.to_verify",
        nomination,
        f"Hồ sơ {nomination.exemplar} của {nomination.unit} chờ người đi xác minh.",
        to=[person for person in verifiers if person.pk != nomination.submitted_by_id],
        by=by,
    )
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, by: User, reason: str) -> Nomination:
    """The unit no longer proposes the exemplar, and says why; the life record stays."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.withdraw", nomination)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do rút."})
    old_state = nomination.move_to(Nomination.State.WITHDRAWN)
    nomination.withdraw_reason = reason
    nomination.save()
    _nobody_signs(nomination)
    notices.settle("nomination.returned", nomination)
    journal.record(
        "nomination.withdrawn",
        nomination,
        by=by,
        subject=nomination.exemplar,
        text=reason,
        old=old_state,
    )
    return nomination


def _nobody_signs(nomination: Nomination) -> None:
    """It is not put forward: no head of another unit need look at it any more."""
    for asked in nomination.sign_offs.all():
        notices.settle(TO_SIGN, asked)


@transaction.atomic
def take_back(*, nomination: Nomination, by: User) -> None:
    """A draft a list has just made is gone, with the lead and the life record it came with.

    Raises ValidationError when the draft has moved on, or anybody has added to the life record.
    """
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.take_back", nomination)
    exemplar, lead = nomination.exemplar, nomination.lead
    if nomination.state != Nomination.State.DRAFT:
        raise ValidationError("Hồ sơ đề cử không còn là dự thảo.")
    if lead is None or lead.source != Lead.Source.LIST:
        raise ValidationError("Dự thảo này không do danh sách tạo ra.")
    journal.record("nomination.taken_back", nomination, by=by, subject=exemplar)
    _nobody_signs(nomination)
    nomination.delete()
    discovery.take_back(lead=lead, by=by)
    exemplars.take_back(exemplar=exemplar, by=by)
