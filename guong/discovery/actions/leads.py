"""Everything that changes a lead."""

import re
import secrets
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, codes, journal, notices
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.core.vietnamese import clean_line, fold, nfc
from guong.dropbox.codes import answer_path
from guong.exemplars.models import Exemplar
from guong.guard import gazetteer, scorer
from guong.units.models import Field, Unit, User
from guong.units.selectors import holders, require_introducing

from .. import selectors
from ..models import ANSWERED_WITHIN, Lead, LeadAnswer, Letter

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def _new_code() -> str:
    """A code that can be read out over the phone and not be guessed."""
    return f"TIN-{calendar.today().year}-" + "".join(secrets.choice(LETTERS) for _ in range(8))


@transaction.atomic
def receive(
    *,
    by: User,
    source: str,
    unit: Unit | None,
    where: str = "",
    field: Field | None = None,
    files: Iterable[StoredFile] = (),
    intake_id: uuid.UUID | None = None,
    **told,
) -> Lead:
    """A lead lies with the unit; what the guard does not pass waits for a second person.

    `unit` None: the one that owns such leads, by field and place. `intake_id` is the drop box's:
    the same submission moved twice stays one lead. `told`: who, what, contact, via, code; `verdict`
    where the guard has already been asked about this very text. Raises ValidationError without who
    or what.
    """
    if unit is None:
        unit, _why = selectors.owner_of(where, field, calendar.today())
    require(by, "discovery.receive", unit)
    if source in (
        Lead.Source.UNIT,
        Lead.Source.LIST,
    ):  # the public's and the press's are only dealt with
        require_introducing(unit)
    if intake_id and (known := Lead.objects.filter(intake_id=intake_id).first()):
        return known
    lead = _new_lead(
        by=by, source=source, unit=unit, where=where, field=field, intake_id=intake_id, **told
    )
    lead.save()
    if files:
        lead.files.set(files)
    journal.record(
        "discovery.received",
        lead,
        by=by,
        source=source,
        verdict=lead.verdict["verdict"],
    )
    _tell_of_lead(lead, by)
    return lead


@transaction.atomic
def receive_all(*, by: User, unit: Unit, told: list[dict]) -> list[Lead]:
    """The lines of a unit's own list are leads, all or none; the guard was asked when it was checked.

    `told`: who, what, where, contact of each; `exemplar` is the record the list has just made of it:
    then the lead is taken up from the first. Raises ValidationError without who or what.
    """
    require(by, "discovery.receive_all", unit)
    require_introducing(unit)
    leads = Lead.objects.bulk_create(_listed(by=by, unit=unit, **one) for one in told)
    journal.record_all(
        "discovery.received",
        [(lead, lead.exemplar) for lead in leads],
        by=by,
        source=Lead.Source.LIST,
        verdict="pass",
    )
    return leads


def _listed(*, by: User, exemplar: Exemplar | None = None, **told) -> Lead:
    verdict = {"verdict": "pass", "reasons": []}
    lead = _new_lead(by=by, source=Lead.Source.LIST, verdict=verdict, **told)
    # Somebody else's record is tied by `take_up`, which asks who may see it.
    if exemplar is not None and exemplar.introduced_by_id == by.pk:
        _answer_with(lead, exemplar)
    return lead


def _new_lead(
    *,
    by: User,
    source: str,
    who: str,
    what: str,
    where: str = "",
    contact: str = "",
    code: str = "",
    verdict: dict | None = None,
    **fields,
) -> Lead:
    """Unsaved, in the state the guard's verdict leaves it in."""
    is_from_outside = source in Lead.FROM_OUTSIDE
    lead = Lead(
        # The same codes as on the portal: read out over the phone, typed in there.
        code=code or (codes.drawn("GT") if is_from_outside else _new_code()),
        source=source,
        who=clean_line(who)[:200],
        where=clean_line(where)[:200],
        what=nfc(what).strip(),
        contact=clean_line(contact)[:200],
        received_by=by,
        received_at=calendar.now(),
        **fields,
    )
    if not lead.who or not lead.what:
        raise ValidationError("Cần cho biết ai và việc gì.")
    if is_from_outside:
        lead.answer_path = answer_path(lead.code)
        lead.answer_due_on = calendar.add_working_days(calendar.today(), ANSWERED_WITHIN)
    lead.verdict = verdict or scorer.check(lead.words, gazetteer.default()).as_dict()
    passes = lead.verdict["verdict"] == "pass"
    lead.state = Lead.State.RECEIVED if passes else Lead.State.HELD
    return lead


def _tell_of_lead(lead: Lead, by: User) -> None:
    """Whoever deals with it; what the guard holds is the Board's. A unit's own list tells nobody."""
    if lead.state == Lead.State.HELD:
        people, sentence = holders("secretariat"), f"Tin {lead.code} bị giữ, chờ người thứ hai xem."
    elif lead.source in (Lead.Source.CITIZEN, Lead.Source.PRESS):
        people = holders("introducer", "unit_head", of=[lead.unit])
        sentence = f"Có tin phát hiện mới {lead.code} chờ đơn vị xử lý."
    else:
        return
    notices.tell(
        "discovery.received",
        lead,
        sentence,
        to=people,
        url=reverse("discovery:detail", args=[lead.pk]),
        by=by,
    )


def _answer_with(lead: Lead, exemplar: Exemplar) -> str:
    """The lead became this record; return the state it was in."""
    lead.exemplar = exemplar
    lead.answer = "Đã lập hồ sơ để xem xét. Cảm ơn người giới thiệu."
    return lead.move_to(Lead.State.TAKEN_UP)


@transaction.atomic
def take_up(*, lead: Lead, exemplar: Exemplar, by: User) -> Lead:
    """The lead has become a life record, or belongs to one that is there already."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.take_up", lead)
    if not Exemplar.objects.visible_to(by).filter(pk=exemplar.pk).exists():
        raise ValidationError("Không có hồ sơ này trong những hồ sơ bạn được xem.")
    old_state = _answer_with(lead, exemplar)
    lead.save()
    notices.settle("discovery.received", lead)
    journal.record("discovery.taken_up", lead, by=by, subject=exemplar, old=old_state)
    return lead


@transaction.atomic
def decline(*, lead: Lead, by: User, reason: str) -> Lead:
    """The lead is answered with a no and its reason."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.decline", lead)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    old_state = lead.move_to(Lead.State.DECLINED)
    lead.answer = reason
    lead.save()
    notices.settle("discovery.received", lead)
    journal.record("discovery.declined", lead, by=by, text=reason, old=old_state)
    return lead


@transaction.atomic
def hand_over(*, lead: Lead, unit: Unit, by: User, reason: str) -> Lead:
    """The lead lies with another unit, which is told why; its day of answer stays."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.hand_over", lead)
    if lead.state not in (Lead.State.RECEIVED, Lead.State.HELD):
        raise ValidationError("Tin đã xử lý xong, không chuyển được nữa.")
    if unit.pk == lead.unit_id:
        raise ValidationError({"unit": "Tin đang ở chính đơn vị này. Chọn đơn vị khác."})
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do chuyển."})
    old_unit, lead.unit = lead.unit, unit
    lead.save()
    journal.record(
        "discovery.handed_over",
        lead,
        by=by,
        text=reason,
        old=journal.ref(old_unit),
        new=journal.ref(unit),
    )
    return lead


@transaction.atomic
def let_pass(*, lead: Lead, by: User, reason: str) -> Lead:
    """A second person has looked at what the guard held and lets it through."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.let_pass", lead)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do cho qua."})
    old_state = lead.move_to(Lead.State.RECEIVED)
    lead.save()
    journal.record("discovery.let_pass", lead, by=by, text=reason, old=old_state)
    notices.settle("discovery.received", lead)
    _tell_of_lead(lead, by)
    return lead


@transaction.atomic
def bore_fruit(*, lead: Lead, by: User) -> Lead:
    """Whoever gave the lead can read that it led to a recognition; called by recognition."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.bore_fruit", lead)
    if lead.state != Lead.State.TAKEN_UP:
        raise ValidationError("Tin này chưa được lập hồ sơ.")
    lead.answer = "Điển hình đã được công nhận. Cảm ơn người giới thiệu."
    lead.save()
    journal.record("discovery.bore_fruit", lead, by=by, subject=lead.exemplar)
    return lead


# --- Answers -------------------------------------------------------------------
@transaction.atomic
def answer(*, lead: Lead, by: User, text: str) -> LeadAnswer:
    """What the giver of the lead will read waits for a second person; one that waited is replaced."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.answer", lead)
    if not lead.answer_path or lead.state not in (Lead.State.TAKEN_UP, Lead.State.DECLINED):
        raise ValidationError("Chỉ trả lời trên cổng tin từ bên ngoài đã xử lý xong.")
    text = nfc(text).strip()
    _check_answer(lead, text)
    said = {"text": text, "written_by": by, "written_at": calendar.now()}
    made, _ = LeadAnswer.objects.update_or_create(lead=lead, confirmed_by=None, defaults=said)
    journal.record("discovery.answered", made, by=by, subject=lead.exemplar, text=text)
    notices.tell(
        "discovery.answered",
        made,
        f"Câu trả lời cho tin {lead.code} chờ người thứ hai xác nhận.",
        to=[*holders("secretariat"), *holders("unit_head", of=[lead.unit])],
        url=reverse("discovery:answers"),
        subject=lead.exemplar,
        by=by,
    )
    return made


def _check_answer(lead: Lead, text: str) -> None:
    """Anybody can open the page: it names nobody, and the guard must let it pass whole."""
    if not text:
        raise ValidationError({"text": "Chưa có câu trả lời."})
    folded = fold(text)
    private = [fold(part).strip() for part in (lead.who, *lead.contact.split(","))]
    if any(re.search(rf"\b{re.escape(part)}\b", folded) for part in private if len(part) > 2):
        raise ValidationError(
            {
                "text": "Trang trả lời ai cũng mở được: không nêu tên người được giới thiệu, tên hay "
                "số điện thoại người giới thiệu."
            }
        )
    found = scorer.check(text, gazetteer.default())
    if found.verdict != scorer.PASS:
        words = ", ".join(f"«{reason.text}»" for reason in found.reasons[:3])
        raise ValidationError({"text": f"Lớp gác không cho qua: {words}. Sửa rồi gửi lại."})


@transaction.atomic
def confirm_answer(*, answer: LeadAnswer, by: User) -> LeadAnswer:
    """A second person agrees; the answer stands on the portal with the next release."""
    answer = LeadAnswer.objects.select_for_update().select_related("lead").get(pk=answer.pk)
    require(by, "discovery.confirm_answer", answer)
    if answer.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    answer.confirmed_by, answer.confirmed_at = by, calendar.now()
    answer.save()
    notices.settle("discovery.answered", answer)
    journal.record("discovery.answer_confirmed", answer, by=by, subject=answer.lead.exemplar)
    return answer


@transaction.atomic
def take_back(*, lead: Lead, by: User) -> None:
    """A lead a list has brought is gone, as if the list had never come; its lines stay.

    Raises ValidationError when somebody has dealt with it since.
    """
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    require(by, "discovery.take_back", lead)
    if lead.source != Lead.Source.LIST or journal.has_moved_on(lead, since={"discovery.received"}):
        raise ValidationError("Tin đã có người xử lý.")
    journal.record("discovery.taken_back", lead, by=by, subject=lead.exemplar)
    lead.delete()


# --- Letters -------------------------------------------------------------------
@transaction.atomic
def receive_letter(
    *,
    by: User,
    kind: str,
    text: str,
    intake_id: uuid.UUID,
    code: str,
    about: str = "",
    name: str = "",
    contact: str = "",
) -> Letter:
    """What somebody outside wrote waits for an officer; the same submission twice stays one letter."""
    require(by, "discovery.receive_letter")
    if known := Letter.objects.filter(intake_id=intake_id).first():
        return known
    words = nfc(text).strip()
    letter = Letter.objects.create(
        code=code,
        kind=kind,
        about=clean_line(about)[:200],
        exemplar=Exemplar.objects.public().filter(code=clean_line(about).upper()).first(),
        name=clean_line(name)[:120],
        contact=clean_line(contact)[:200],
        text=words,
        verdict=scorer.check(f"{name}\n{words}", gazetteer.default()).as_dict(),
        intake_id=intake_id,
    )
    journal.record("discovery.letter_received", letter, by=by, kind=kind)
    notices.tell(
        "discovery.letter_received",
        letter,
        f"Có thư từ cổng {letter.code}: {letter.get_kind_display().lower()}.",
        to=holders("secretariat", "editor"),
        url=reverse("discovery:letter", args=[letter.pk]),
        subject=letter.exemplar,
        by=by,
    )
    return letter


def _held(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)


@transaction.atomic
def answer_letter(*, letter: Letter, by: User, answer: str) -> Letter:
    """Somebody has done what was asked, or spoken with the writer; it stands what."""
    letter = _held(letter)
    require(by, "discovery.answer_letter", letter)
    if not answer.strip():
        raise ValidationError({"answer": "Ghi lại đã làm gì."})
    old_state = letter.move_to(Letter.State.ANSWERED)
    letter.answer, letter.handled_by = answer, by
    letter.save()
    notices.settle("discovery.letter_received", letter)
    journal.record(
        "discovery.letter_answered",
        letter,
        by=by,
        subject=letter.exemplar,
        text=answer,
        old=old_state,
    )
    return letter


@transaction.atomic
def set_aside_letter(*, letter: Letter, by: User, reason: str) -> Letter:
    """Nothing is done about it; a comment that was on the portal leaves it with the next release."""
    letter = _held(letter)
    require(by, "discovery.set_aside_letter", letter)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    old_state = letter.move_to(Letter.State.SET_ASIDE)
    letter.answer = reason
    letter.handled_by = letter.handled_by or by
    letter.save()
    notices.settle("discovery.letter_received", letter)
    journal.record(
        "discovery.letter_set_aside",
        letter,
        by=by,
        subject=letter.exemplar,
        text=reason,
        old=old_state,
    )
    return letter


@transaction.atomic
def pass_on_letter(
    *, letter: Letter, by: User, who: str, what: str, unit: Unit, where: str = ""
) -> Lead:
    """A letter tells of somebody good: it becomes a lead of that unit, under the letter's code."""
    letter = _held(letter)
    require(by, "discovery.pass_on_letter", letter)
    old_state = letter.move_to(Letter.State.ANSWERED)
    lead = receive(
        by=by,
        source=Lead.Source.CITIZEN,
        who=who,
        where=where,
        what=what,
        contact=", ".join(filter(None, [letter.name, letter.contact])),
        unit=unit,
        code=letter.code,
    )
    letter.answer, letter.handled_by = f"Đã chuyển thành tin phát hiện cho {unit}.", by
    letter.save()
    journal.record(
        "discovery.letter_passed_on", letter, by=by, subject=letter.exemplar, old=old_state
    )
    return lead


@transaction.atomic
def choose_comment(*, letter: Letter, by: User) -> Letter:
    """A first officer would show the comment; what the guard held cannot be chosen."""
    letter = _held(letter)
    require(by, "discovery.choose_comment", letter)
    if letter.kind != Letter.Kind.COMMENT or letter.exemplar_id is None:
        raise ValidationError("Chỉ đăng được lời bình về một gương đang ở trên cổng.")
    if letter.verdict.get("verdict") != scorer.PASS:
        raise ValidationError("Lớp gác giữ lời này; không đăng được.")
    old_state = letter.move_to(Letter.State.CHOSEN)
    letter.handled_by, letter.approved_by = by, None
    letter.save()
    journal.record(
        "discovery.comment_chosen", letter, by=by, subject=letter.exemplar, old=old_state
    )
    return letter


@transaction.atomic
def publish_comment(*, letter: Letter, by: User) -> Letter:
    """A second officer agrees; the comment stands in the next release."""
    letter = _held(letter)
    require(by, "discovery.publish_comment", letter)
    old_state = letter.move_to(Letter.State.PUBLISHED)
    letter.approved_by = by
    letter.save()
    journal.record(
        "discovery.comment_published", letter, by=by, subject=letter.exemplar, old=old_state
    )
    return letter
