"""Everything that changes a criteria set."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.units.models import Field, Unit, User

from ..models import CriteriaSet, Criterion, Directive, EvidenceSlot
from ..models.criteria import pack_kinds

KEPT = ("name", "field", "subject_kinds", "award")  # what a clone and the next version take over
ASKED = ("code", "text", "kind", "points", "is_switched_on", "source")


@transaction.atomic
def draft_set(
    *, by: User, issuer: Unit, name: str, award: str, criteria: list[dict], **issued
) -> CriteriaSet:
    """The unit has a draft of criteria of its own.

    `criteria`: dicts of code, text, kind, points, is_switched_on, source and slots (pairs of text
    and how many), in order. `issued`: field, kinds, directive, document, document_on, valid_from,
    valid_until. Raises ValidationError for a set without a criterion, for a code that stands
    twice, for points that are missing or too many, and for days the wrong way round.
    """
    require(by, "direction.draft_set", issuer)
    made = CriteriaSet(issuer=issuer, drafted_by=by, **_values(name=name, award=award, **issued))
    made.save()
    _write(made, criteria)
    journal.record("direction.set_drafted", made, by=by, subject=made)
    return made


@transaction.atomic
def revise_set(
    *,
    criteria_set: CriteriaSet,
    by: User,
    issuer: Unit,
    name: str,
    award: str,
    criteria: list[dict],
    **issued,
) -> CriteriaSet:
    """The draft says what is given now; a set in force is never edited, its next version is."""
    held = _hold(criteria_set)
    require(by, "direction.revise_set", held)
    require(by, "direction.draft_set", issuer)
    if held.state != CriteriaSet.State.DRAFTED:
        raise ValidationError("Bộ đang dùng không sửa được; lập bản mới rồi sửa bản mới.")
    for column, value in _values(name=name, award=award, **issued).items():
        setattr(held, column, value)
    held.issuer = issuer
    # Whoever wrote last is the author: the second person must be somebody else.
    held.drafted_by = by
    held.save()
    held.criteria.all().delete()
    _write(held, criteria)
    journal.record("direction.set_revised", held, by=by, subject=held)
    return held


@transaction.atomic
def clone_set(*, criteria_set: CriteriaSet, by: User, issuer: Unit) -> CriteriaSet:
    """The unit has a draft with the same criteria, which remembers where they came from."""
    require(by, "direction.clone_set", issuer)
    made = _copy(criteria_set, issuer=issuer, parent=criteria_set, drafted_by=by)
    journal.record("direction.set_cloned", made, by=by, subject=made)
    return made


@transaction.atomic
def renew_set(*, criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    """The next version of a set in force is drafted; the old one stays in force until then."""
    held = _hold(criteria_set)
    require(by, "direction.renew_set", held)
    if held.state != CriteriaSet.State.IN_FORCE:
        raise ValidationError("Chỉ lập bản mới của bộ đang dùng.")
    if CriteriaSet.objects.filter(replaces=held).exists():
        raise ValidationError("Bộ này đã có bản mới hơn.")
    made = _copy(
        held,
        issuer=held.issuer,
        parent=held.parent,
        drafted_by=by,
        key=held.key,
        version=held.version + 1,
        replaces=held,
    )
    journal.record("direction.set_renewed", made, by=by, subject=made, version=made.version)
    return made


@transaction.atomic
def put_in_force(*, criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    """A second person has held the draft against its document; from here units are judged by it.

    The version it replaces ends the day before.
    """
    held = _hold(criteria_set)
    require(by, "direction.put_in_force", held)
    begins = _check_issued(held)
    old_state = held.move_to(CriteriaSet.State.IN_FORCE)
    if held.replaces and held.replaces.state == CriteriaSet.State.IN_FORCE:
        earlier = _retire(held.replaces, until=begins - datetime.timedelta(days=1))
        journal.record(
            "direction.set_retired", held.replaces, by=by, subject=held.replaces, old=earlier
        )
    held.put_in_force_by = held.verified_by = by
    held.verified_on = calendar.today()
    held.save()
    journal.record("direction.set_put_in_force", held, by=by, subject=held, old=old_state)
    return held


@transaction.atomic
def retire_set(*, criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    """Nobody new is judged by the set; dossiers that were keep pointing to it."""
    held = _hold(criteria_set)
    require(by, "direction.retire_set", held)
    old_state = _retire(held, until=calendar.today())
    journal.record("direction.set_retired", held, by=by, subject=held, old=old_state)
    return held


@transaction.atomic
def verify_set(*, criteria_set: CriteriaSet, by: User, source: str) -> CriteriaSet:
    """Somebody has held a frame that came switched off against a document; it is a draft now."""
    held = _hold(criteria_set)
    require(by, "direction.verify_set", held)
    if not source.strip():
        raise ValidationError({"source": "Nêu văn bản đã đối chiếu."})
    old_state = held.move_to(CriteriaSet.State.DRAFTED)
    held.source, held.drafted_by = clean_line(source)[:300], by
    held.verified_by, held.verified_on = by, calendar.today()
    held.save()
    journal.record("direction.set_verified", held, by=by, subject=held, old=old_state)
    return held


def _hold(criteria_set: CriteriaSet) -> CriteriaSet:
    return CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)


def _retire(held: CriteriaSet, until: datetime.date) -> str:
    old_state = held.move_to(CriteriaSet.State.RETIRED)
    if until < held.valid_from:  # before its first day: it was in force on none
        held.valid_from = held.valid_until = None
    else:
        held.valid_until = min(until, held.valid_until or until)
    held.save()
    return old_state


def _values(
    *,
    name: str,
    award: str,
    kinds: list[str] | None = None,
    field: Field | None = None,
    directive: Directive | None = None,
    document: str = "",
    document_on: datetime.date | None = None,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> dict:
    if valid_from and valid_until and valid_until < valid_from:
        raise ValidationError({"valid_until": "Ngày hết phải sau ngày bắt đầu."})
    return {
        "name": clean_line(name),
        "award": clean_line(award),
        "subject_kinds": pack_kinds(kinds or []),
        "field": field,
        "directive": directive,
        "document": clean_line(document),
        "document_on": document_on,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }


def _check_issued(held: CriteriaSet) -> datetime.date:
    """The day it begins, or everything the issue lacks."""
    missing, begins = {}, held.valid_from
    if held.issuer is None:
        missing["issuer"] = "Chưa nêu cơ quan ban hành."
    if not held.directive and not held.document:
        missing["document"] = "Chưa nêu văn bản ban hành."
    if begins is not None and held.replaces and held.replaces.valid_from >= begins:
        missing["valid_from"] = "Bản mới phải bắt đầu sau bản nó thay."
    if begins is None:
        missing["valid_from"] = "Chưa nêu ngày bắt đầu dùng."
    if missing or begins is None:
        raise ValidationError(missing)
    return begins


def _copy(origin: CriteriaSet, **fields) -> CriteriaSet:
    kept = {name: getattr(origin, name) for name in KEPT}
    made = CriteriaSet.objects.create(**kept | {"source": origin.source} | fields)
    for criterion in origin.criteria.prefetch_related("slots").order_by("order"):
        asked = {name: getattr(criterion, name) for name in ASKED}
        slots = sorted(criterion.slots.all(), key=lambda slot: slot.order)
        _add(made, criterion.order, asked, [(slot.text, slot.how_many) for slot in slots])
    return made


def _write(held: CriteriaSet, criteria: list[dict]) -> None:
    if not criteria:
        raise ValidationError({"criteria": "Chưa nêu tiêu chí nào."})
    codes = [clean_line(one["code"]) for one in criteria]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValidationError({"criteria": f"Mã tiêu chí nêu hai lần: {', '.join(twice)}."})
    for order, one in enumerate(criteria, start=1):
        asked = {name: one[name] for name in ASKED if name in one}
        is_scored = asked.get("kind") == Criterion.Kind.SCORED
        if is_scored and not asked.get("points"):
            raise ValidationError({"criteria": f"Tiêu chí {one['code']} chưa có điểm tối đa."})
        if not is_scored:
            asked["points"] = None
        _add(held, order, asked, one.get("slots", []))


def _add(held: CriteriaSet, order: int, asked: dict, slots: list[tuple[str, int]]) -> None:
    criterion = Criterion.objects.create(criteria_set=held, order=order, **asked)
    EvidenceSlot.objects.bulk_create(
        EvidenceSlot(criterion=criterion, order=place, text=text, how_many=how_many)
        for place, (text, how_many) in enumerate(slots, start=1)
    )
