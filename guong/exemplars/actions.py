"""Everything that changes a life record. Upper rooms write through these."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.models import StoredFile
from guong.core.papers.registers import next_number
from guong.core.policies import require
from guong.core.vietnamese import (
    clean_line,
    fold,
    name_key,
    repair_id_number,
    sort_key,
    suggest_given_name,
)
from guong.direction.models import Movement
from guong.units.models import Field, Unit, User

from . import merging
from .identity import keyed_hash, lock, unlock
from .matching import index
from .models import (
    Check,
    Claim,
    Conflict,
    Consent,
    Evidence,
    Exemplar,
    Hold,
    Identity,
    Judgement,
    Merge,
    MovementEntry,
    RestrictedValue,
)
from .policies import STAYS

# What is written down about a record while a list makes it, and while it is taken back again.
MADE_BY_A_LIST = {
    "exemplars.added",
    "exemplars.identity_recorded",
    "discovery.received",
    "discovery.taken_back",
    "nomination.drafted",
    "nomination.taken_back",
}
CLAIM_FIELDS = ("statement", "metric", "before", "after", "measure", "since", "place")


@transaction.atomic
def add(
    *,
    by: User,
    unit: Unit,
    kind: str,
    full_name: str,
    claims: list[dict],
    identity: dict | None = None,
    batch: str = "",
    introduced_on: datetime.date | None = None,
    **fields,
) -> Exemplar:
    """A life record stands, with a code and its first claims.

    `claims`: dicts of statement, metric, before, after, measure, since, place. `identity`: what
    `record_identity` takes. `fields`: any other field of Exemplar. Raises ValidationError without
    a name or a claim, and for a number that is no ID number.
    """
    require(by, "exemplars.add", unit)
    full_name = clean_line(full_name)
    if not full_name:
        raise ValidationError({"full_name": "Chưa có tên."})
    if not claims:
        raise ValidationError({"claims": "Chưa nêu thành tích nào."})
    introduced_on = introduced_on or calendar.today()
    given = fields.pop("given_name", "") or suggest_given_name(full_name)
    exemplar = Exemplar.objects.create(
        code=f"GU-{introduced_on.year}-{next_number('GU', introduced_on.year):05}",
        unit=unit,
        kind=kind,
        full_name=full_name,
        given_name=given,
        search_key=_search_key(full_name, fields.get("other_names", "")),
        sort_key=sort_key(full_name, given),
        name_key=name_key(full_name)[:150],
        introduced_on=introduced_on,
        introduced_by=by,
        unit_named=unit.name,
        batch=batch,
        **fields,
    )
    index.write_names(exemplar)
    for claim in claims:
        _new_claim(exemplar, by, claim)
    journal.record("exemplars.added", exemplar, by=by, subject=exemplar)
    if identity:
        recorded = _write_identity(exemplar, by, **identity)
        journal.record("exemplars.identity_recorded", recorded, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def finish_batch(*, batch: str, unit: Unit, by: User) -> int:
    """The records a list has made no longer say «đang nhập»; return how many."""
    require(by, "exemplars.finish_batch", unit)
    made = Exemplar.objects.filter(batch=batch, unit=unit).update(batch="")
    journal.record("exemplars.batch_finished", unit, by=by, batch=batch, made=made)
    return made


def _search_key(full_name: str, other_names: str = "") -> str:
    """What the quick search looks through: the folded names, their initials, apostrophes dropped."""
    folded = fold(f"{full_name} {other_names}")
    initials = "".join(word[0] for word in fold(full_name).split())
    bare = folded.replace("'", "")
    return f"{folded} {initials} {bare} {name_key(full_name)}"[:400]


def _new_claim(exemplar: Exemplar, by: User, fields: dict) -> Claim:
    claim = Claim.objects.create(
        exemplar=exemplar,
        stated_by=by,
        **{name: fields[name] for name in CLAIM_FIELDS if fields.get(name) not in (None, "")},
    )
    index.write_deed(claim)
    return claim


@transaction.atomic
def state_claim(*, exemplar: Exemplar, by: User, **fields) -> Claim:
    """One more achievement is claimed; unproven until somebody has checked it."""
    require(by, "exemplars.state_claim", exemplar)
    if not fields.get("statement", "").strip():
        raise ValidationError({"statement": "Chưa nêu thành tích."})
    claim = _new_claim(exemplar, by, fields)
    journal.record("exemplars.claim_stated", claim, by=by, subject=exemplar)
    return claim


@transaction.atomic
def revise_claim(*, claim: Claim, by: User, **fields) -> Claim:
    """The claim's next version stands; the one in use is untouched and stays what was checked."""
    claim = Claim.objects.select_for_update().select_related("exemplar").get(pk=claim.pk)
    require(by, "exemplars.revise_claim", claim.exemplar)
    if Claim.objects.filter(replaces=claim).exists():
        raise ValidationError("Thành tích này đã có bản mới hơn. Tải lại trang rồi sửa bản mới.")
    values = {name: getattr(claim, name) for name in CLAIM_FIELDS} | fields
    if not values["statement"].strip():
        raise ValidationError({"statement": "Chưa nêu thành tích."})
    revised = Claim.objects.create(
        exemplar=claim.exemplar,
        key=claim.key,
        version=claim.version + 1,
        replaces=claim,
        stated_by=by,
        **values,
    )
    index.write_deed(revised)
    journal.record(
        "exemplars.claim_revised", revised, by=by, subject=claim.exemplar, version=revised.version
    )
    return revised


@transaction.atomic
def add_evidence(
    *,
    exemplar: Exemplar,
    by: User,
    kind: str,
    title: str,
    file: StoredFile | None = None,
    testimony: str = "",
    taken_on: datetime.date | None = None,
) -> Evidence:
    """A paper, a picture or a testimony lies with the file."""
    require(by, "exemplars.add_evidence", exemplar)
    if file is None and not testimony.strip():
        raise ValidationError({"file": "Chọn một tệp, hoặc ghi lời xác nhận."})
    evidence = Evidence.objects.create(
        exemplar=exemplar,
        kind=kind,
        title=clean_line(title)[:200],
        file=file,
        testimony=testimony,
        taken_on=taken_on,
        added_by=by,
    )
    journal.record("exemplars.evidence_added", evidence, by=by, subject=exemplar, kind=kind)
    return evidence


@transaction.atomic
def record_check(
    *, claim: Claim, by: User, result: str, evidence: Evidence | None = None, note: str = ""
) -> Check:
    """Somebody has held this version of the claim against the evidence."""
    require(by, "exemplars.record_check", claim.exemplar)
    if result == Check.Result.PROVEN and evidence is None:
        raise ValidationError({"evidence": "Muốn ghi «đã kiểm chứng» phải chọn minh chứng."})
    if evidence is not None and evidence.exemplar_id != claim.exemplar_id:
        raise ValidationError({"evidence": "Minh chứng này thuộc hồ sơ khác."})
    check = Check.objects.create(
        claim=claim, evidence=evidence, result=result, note=note, by=by, on=calendar.today()
    )
    journal.record("exemplars.check_recorded", check, by=by, subject=claim.exemplar, result=result)
    return check


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
    journal.record("exemplars.conflict_declared", conflict, by=by, subject=exemplar)
    return conflict


@transaction.atomic
def record_identity(*, exemplar: Exemplar, by: User, **given) -> Identity:
    """What may only be read by permission is on record, each value with its legal basis and source.

    `given`: legal_basis, source, and any of id_number, birth_date, phone, ethnic_group; `declined`: the
    kinds the person does not wish to name. What is left blank stays as it was: nobody has to read the
    old values to add to them. Raises ValidationError for a number that is no ID number.
    """
    require(by, "exemplars.record_identity", exemplar)
    identity = _write_identity(exemplar, by, **given)
    journal.record(
        "exemplars.identity_recorded",
        identity,
        by=by,
        subject=exemplar,
        kinds=sorted(exemplar.restricted_values.values_list("kind", flat=True)),
    )
    return identity


def _write_identity(
    exemplar: Exemplar,
    by: User,
    *,
    legal_basis: str,
    source: str,
    id_number: str = "",
    birth_date: datetime.date | None = None,
    phone: str = "",
    ethnic_group: str = "",
    declined: Iterable[str] = (),
) -> Identity:
    if not legal_basis.strip():
        raise ValidationError({"legal_basis": "Chưa ghi căn cứ xử lý dữ liệu cá nhân."})
    if not source.strip():
        raise ValidationError({"source": "Chưa ghi nguồn."})
    number = repair_id_number(id_number)
    if number.message:
        raise ValidationError({"id_number": number.message})
    values = {
        "id_number": number.value,
        "birth_date": birth_date.isoformat() if birth_date else "",
        "phone": phone,
        "ethnic_group": ethnic_group,
    }
    said = {"legal_basis": legal_basis, "source": source[:200], "recorded_on": calendar.today()}
    told = {kind: value for kind, value in values.items() if value or kind in declined}
    exemplar.restricted_values.filter(kind__in=told).delete()
    RestrictedValue.objects.bulk_create(
        RestrictedValue(
            exemplar=exemplar,
            kind=kind,
            sealed=lock(value),
            is_declined=not value,
            recorded_by=by,
            **said,
        )
        for kind, value in told.items()
    )
    known = {"id_hash": keyed_hash(number.value), "id_last_digits": number.value[-4:]}
    return Identity.objects.update_or_create(
        exemplar=exemplar, defaults=known if number.value else {}
    )[0]


@transaction.atomic
def read_identity(
    *, exemplar: Exemplar, by: User, is_whole: bool = False
) -> list[tuple[RestrictedValue, str]]:
    """Each value and what it says, and a line that says who looked; `is_whole`: every digit."""
    require(by, "exemplars.read_identity", exemplar)
    values = list(exemplar.restricted_values.order_by("pk"))
    journal.record(
        "exemplars.identity_read",
        exemplar,
        by=by,
        subject=exemplar,
        kinds=[value.kind for value in values],
        whole=is_whole,
    )
    return [(value, _shown(value, is_whole)) for value in values]


def _shown(value: RestrictedValue, is_whole: bool) -> str:
    if value.is_declined:
        return "không muốn nêu"
    said = unlock(value.sealed)
    if value.kind == RestrictedValue.Kind.ID_NUMBER and not is_whole:
        return f"•••••{said[-4:]}"
    if value.kind == RestrictedValue.Kind.BIRTH_DATE:
        return f"{datetime.date.fromisoformat(said):%d/%m/%Y}"
    return said


DESCRIBED = """full_name given_name other_names sex birth_year commune residence occupation
labour_category leadership_level area_class scope field summary""".split()


@transaction.atomic
def describe(
    *, exemplar: Exemplar, by: User, other_fields: Iterable[Field] | None = None, **fields
) -> Exemplar:
    """The record says what is known now; the journal names what was changed, not the words."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.describe", exemplar)
    name = clean_line(fields.get("full_name", exemplar.full_name))
    if not name:
        raise ValidationError({"full_name": "Chưa có tên."})
    given = {column: value for column, value in fields.items() if column in DESCRIBED}
    given["full_name"] = name
    changed = sorted(
        column for column, value in given.items() if getattr(exemplar, column) != value
    )
    for column in changed:
        setattr(exemplar, column, given[column])
    if "full_name" in changed and "given_name" not in changed:
        exemplar.given_name = suggest_given_name(name)
    exemplar.search_key = _search_key(name, exemplar.other_names)
    exemplar.sort_key = sort_key(name, exemplar.given_name)
    exemplar.name_key = name_key(name)[:150]
    exemplar.save()
    if other_fields is not None:
        exemplar.other_fields.set([one for one in other_fields if one != exemplar.field])
    index.write_names(exemplar)
    journal.record("exemplars.described", exemplar, by=by, subject=exemplar, changed=changed)
    return exemplar


@transaction.atomic
def set_picture(*, exemplar: Exemplar, by: User, file: StoredFile) -> Exemplar:
    """The file has a face, or a landscape."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.set_picture", exemplar)
    exemplar.picture = file
    exemplar.save()
    journal.record("exemplars.picture_set", exemplar, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def mark_recognised(*, exemplar: Exemplar, on: datetime.date, by: User) -> Exemplar:
    """A signed decision names the exemplar; called by recognition."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.mark_recognised", exemplar)
    exemplar.recognised_on, exemplar.revoked_on = on, None
    exemplar.grade = Exemplar.Grade.EXEMPLAR
    exemplar.save()
    journal.record("exemplars.recognised", exemplar, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def mark_revoked(*, exemplar: Exemplar, on: datetime.date, by: User) -> Exemplar:
    """The decision was revoked; nothing of it may stay public. Called by recognition."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.mark_revoked", exemplar)
    if exemplar.recognised_on is None or on < exemplar.recognised_on:
        raise ValidationError({"on": "Ngày thu hồi phải sau ngày công nhận."})
    exemplar.revoked_on = on
    exemplar.save()
    journal.record("exemplars.recognition_revoked", exemplar, by=by, subject=exemplar)
    return exemplar


# --- Movements -----------------------------------------------------------------
@transaction.atomic
def enter_movement(*, exemplar: Exemplar, movement: Movement, by: User) -> MovementEntry:
    """The exemplar is said to have come of the movement; a second person has yet to agree."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.enter_movement", exemplar)
    if movement.confirmed_by_id is None:
        raise ValidationError({"movement": "Phong trào này chưa được người thứ hai xác nhận."})
    entry, made = MovementEntry.objects.get_or_create(
        exemplar=exemplar, movement=movement, defaults={"entered_by": by}
    )
    if not made:
        raise ValidationError({"movement": "Hồ sơ này đã gắn với phong trào ấy."})
    journal.record("exemplars.movement_entered", entry, by=by, subject=exemplar)
    return entry


@transaction.atomic
def confirm_movement(*, entry: MovementEntry, by: User) -> MovementEntry:
    """A second person agrees; from here the movement's page may name the exemplar."""
    entry = MovementEntry.objects.select_for_update().select_related("exemplar").get(pk=entry.pk)
    require(by, "exemplars.confirm_movement", entry)
    if entry.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    entry.confirmed_by, entry.confirmed_at = by, calendar.now()
    entry.save()
    journal.record("exemplars.movement_confirmed", entry, by=by, subject=entry.exemplar)
    return entry


@transaction.atomic
def take_back(*, exemplar: Exemplar, by: User) -> None:
    """A record a list has just made is gone, with its claims and identity; its lines stay.

    Raises ValidationError when anything else has been written down about it since.
    """
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.take_back", exemplar)
    if journal.has_moved_on(exemplar, since=MADE_BY_A_LIST):
        raise ValidationError("Hồ sơ đã có người làm tiếp.")
    journal.record("exemplars.taken_back", exemplar, by=by, subject=exemplar)
    exemplar.restricted_values.all().delete()
    Identity.objects.filter(exemplar=exemplar).delete()
    exemplar.claims.all().delete()
    exemplar.delete()


@transaction.atomic
def judge(*, exemplar: Exemplar, other: Exemplar, by: User, verdict: str, reason: str) -> Judgement:
    """Somebody has said whether the two are the same; the pair is not suggested again.

    Said anew, the last word counts; the journal keeps every one.
    """
    require(by, "exemplars.judge", exemplar)
    require(by, "exemplars.judge", other)
    if exemplar == other:
        raise ValidationError("Chọn hai hồ sơ khác nhau.")
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    judgement = _judged(exemplar, other, by, verdict, reason)
    journal.record("exemplars.judged", judgement, by=by, subject=exemplar, text=reason, new=verdict)
    return judgement


def _judged(one: Exemplar, other: Exemplar, by: User, verdict: str, reason: str) -> Judgement:
    first, second = sorted((one, other), key=lambda exemplar: exemplar.pk)
    said = {"verdict": verdict, "reason": reason[:300], "by": by, "on": calendar.today()}
    return Judgement.objects.update_or_create(first=first, second=second, defaults=said)[0]


@transaction.atomic
def merge(*, kept: Exemplar, merged: Exemplar, by: User, reason: str) -> Merge:
    """One record is taken up into the other: whatever pointed to it follows, its names are aliases.

    Raises ValidationError for a record a decision names (it must be the one that is kept), and where a
    room above says that it stays.
    """
    kept, merged = _both(kept, merged)
    require(by, "exemplars.merge", kept)
    require(by, "exemplars.merge", merged)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    _refuse_what_stays(kept, merged)
    moved = merging.move(merged, kept)
    before = merging.fill(kept, merged)
    before["search_key"] = [kept.search_key, _search_key(kept.full_name, kept.other_names)]
    kept.search_key = before["search_key"][1]
    kept.save()
    merged.merged_into = kept
    merged.save()
    index.write_names(kept)
    _judged(kept, merged, by, Judgement.Verdict.SAME, reason)
    made = Merge.objects.create(
        kept=kept,
        merged=merged,
        by=by,
        reason=reason[:300],
        moved=moved,
        before=before,
        recognised_on=kept.recognised_on.isoformat() if kept.recognised_on else "",
    )
    for subject in (kept, merged):
        journal.record("exemplars.merged", made, by=by, subject=subject, text=reason)
    return made


def _both(kept: Exemplar, merged: Exemplar) -> tuple[Exemplar, Exemplar]:
    """The two records, held in one order whoever is kept: two merges cannot wait for each other."""
    keys = [kept.pk, merged.pk]
    held = {
        row.pk: row
        for row in Exemplar.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len(held) < len(keys):
        raise ValidationError("Chọn hai hồ sơ khác nhau.")
    return held[kept.pk], held[merged.pk]


def _refuse_what_stays(kept: Exemplar, merged: Exemplar) -> None:
    if kept.recognised_on and merged.recognised_on:
        raise ValidationError(
            "Cả hai hồ sơ đều có quyết định đã ký, không gộp được: hai quyết định nêu hai hồ sơ. "
            "Xét lại từng quyết định trước."
        )
    if merged.recognised_on:
        raise ValidationError(
            "Hồ sơ có quyết định đã ký phải là hồ sơ được giữ. Mở hồ sơ kia rồi gộp theo chiều "
            "ngược lại."
        )
    for stays in STAYS:
        if sentence := stays(merged):
            raise ValidationError(sentence)


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, reason: str) -> Merge:
    """The two are two again, each with what it had; what came later stays with the kept record.

    Raises ValidationError once a decision rests on both, or the kept record was itself taken up.
    """
    merge = Merge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
    require(by, "exemplars.undo_merge", merge)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do tách."})
    if merge.undone_at:
        raise ValidationError("Hai hồ sơ này đã được tách lại rồi.")
    if merging.is_recognised_since(merge):
        raise ValidationError(
            "Sau khi gộp đã có quyết định ký cho hồ sơ này. Thu hồi quyết định không đủ để tách: giữ "
            "nguyên, ghi rõ trong hồ sơ."
        )
    kept, merged = merge.kept, merge.merged
    merging.put_back(merge)
    merging.restore(kept, merge.before)
    kept.save()
    merged.merged_into = None
    merged.save()
    index.write_names(kept)
    _judged(kept, merged, by, Judgement.Verdict.DIFFERENT, reason)
    merge.undone_at, merge.undone_by, merge.undo_reason = calendar.now(), by, reason[:300]
    merge.save()
    for subject in (kept, merged):
        journal.record("exemplars.merge_undone", merge, by=by, subject=subject, text=reason)
    return merge
