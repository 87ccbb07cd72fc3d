"""Everything that changes what the public sees, and the sorting of what the public sent."""

import io
import logging
from collections.abc import Iterable
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from guong.core import calendar, files, journal
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.core.signing.places import Places
from guong.discovery import actions as discovery
from guong.discovery.models import Lead, Letter
from guong.discovery.selectors import owner_of
from guong.dropbox import collecting
from guong.dropbox.models import Submission
from guong.guard import pictures, recordings
from guong.guard.files import Refused
from guong.publicity import actions as publicity
from guong.publicity.models import StoryApproval
from guong.recognition import actions as recognition
from guong.recognition.models import Decision
from guong.units.models import User

from . import causes
from .kinds.stories import path_of, reading_of
from .models import DailyReading, GuardFinding, ReleaseRecord, SiteInput, TakeDown
from .release.pages import page_name
from .release.publisher import Published
from .site import package_hash

AT_ONCE = 500  # stories asked for by their ids
log = logging.getLogger(__name__)


@transaction.atomic
def confirm_package(*, by: User) -> SiteInput:
    """A first administrator has looked at the package's own pages as they are now."""
    require(by, "portal.confirm_package")
    confirmation, made = SiteInput.objects.get_or_create(
        sha256=package_hash(), defaults={"confirmed_by": by}
    )
    if made:
        journal.record("portal.package_confirmed", confirmation, by=by)
    return confirmation


@transaction.atomic
def second_package(*, confirmation: SiteInput, by: User) -> SiteInput:
    """A second administrator agrees; from here releases may carry these pages."""
    confirmation = SiteInput.objects.select_for_update().get(pk=confirmation.pk)
    require(by, "portal.second_package", confirmation)
    if confirmation.second_by_id is None:
        confirmation.second_by, confirmation.second_at = by, calendar.now()
        confirmation.save()
        journal.record("portal.package_seconded", confirmation, by=by)
    return confirmation


@transaction.atomic
def publish(*, made: Published, by: User) -> ReleaseRecord:
    """A release that stands is on record, and its stories carry the day they came on the portal.

    Called again for the same release it changes nothing: whoever was killed goes on here.
    """
    require(by, "portal.publish")
    record, _ = ReleaseRecord.objects.update_or_create(
        number=made.number,
        defaults={
            "published_by": by,
            "published_at": made.at,
            "added": list(made.added),
            "changed": list(made.changed),
            "removed": list(made.removed),
        },
    )
    day, shown = calendar.today(), Places(settings.HOME).site(made.number)
    waiting = StoryApproval.objects.public().filter(released_on=None).only("slug")
    # A release of new numbers alone, or of older content, does not bring what waits.
    new = [one for one in waiting.iterator() if (shown / page_name(path_of(one))).is_symlink()]
    for start in range(0, len(new), AT_ONCE):
        publicity.mark_released(approvals=new[start : start + AT_ONCE], on=day, by=by)
    journal.record("portal.published", record, by=by, number=made.number)
    return record


@transaction.atomic
def count_readings(*, days: list[tuple], by: User) -> int:
    """The readings of days that are over stand by page and day; the same days again change nothing.

    `days`: (page, day, number). Names that are no story of ours are left out: anybody may ask for any.
    Returns how many were kept.
    """
    require(by, "portal.count_readings")
    ours = {reading_of(pk) for pk in StoryApproval.objects.values_list("page_id", flat=True)}
    kept = [day for day in days if day[0] in ours]
    for page, on, number in kept:
        DailyReading.objects.update_or_create(page=page, on=on, defaults={"number": number})
    if kept:
        journal.record("portal.readings_counted", by, by=by, days=len(kept))
    return len(kept)


@transaction.atomic
def take_down(*, approval: StoryApproval, by: User, reason: str) -> StoryApproval:
    """The story may not be public any more; the release that follows at once leaves it out."""
    require(by, "portal.take_down")
    gone = publicity.withdraw(approval=approval, by=by, reason=reason)
    note_take_downs(keys={f"story:{gone.pk}"}, by=by)
    journal.record("portal.taken_down", gone, by=by, subject=gone.exemplar)
    return gone


@transaction.atomic
def note_take_downs(*, keys: Iterable[str], by: User) -> list[TakeDown]:
    """Each cause that took inputs off the standing release is listed once; return the new ones.

    `keys`: of inputs that may no longer be shown. Called again for the same it changes nothing.
    """
    require(by, "portal.note_take_downs")
    number = Places(settings.HOME).current_number() or 0
    # What nobody caused has no line to be known again by: the release it stood in says it.
    rows = TakeDown.objects.filter(from_release=number).values_list("keys", flat=True)
    fresh = sorted(set(keys) - {key for noted in rows for key in noted})
    known, made = causes.records(fresh), []
    for (cause, exemplar), gone in _by_cause(fresh, known).items():
        row = TakeDown.objects.select_for_update().filter(cause=cause).first() if cause else None
        if row is None:
            row = TakeDown(cause=cause, exemplar=exemplar)
            made.append(row)
        if cause is not None:
            row.taken_by, row.taken_at = None if cause.by.is_system else cause.by, cause.at
        row.keys, row.from_release = sorted({*row.keys, *gone}), number
        row.save()
    for row in made:
        journal.record("portal.take_down_noted", row, by=by, number=number)
    return made


def _by_cause(keys: list[str], known: dict) -> dict:
    """The keys by (cause, exemplar); what went by itself stands together by whom it is about."""
    found: dict = {}
    for key in keys:
        record = known.get(key)
        cause, exemplar = causes.cause(key, record), causes.exemplar_of(key, record)
        found.setdefault((cause, exemplar), []).append(key)
    return found


@transaction.atomic
def confirm_take_down(*, removal: TakeDown, by: User) -> TakeDown:
    """A second person has looked at what one took off the portal, and agrees.

    A revocation is confirmed with it by whoever may: the public then reads that it was revoked.
    """
    removal = _unseen(removal)
    require(by, "portal.confirm_take_down", removal)
    if removal.seen_by_id is None and removal.taken_by_id:
        _see(removal, by)
        journal.record("portal.take_down_confirmed", removal, by=by, subject=removal.exemplar)
        _confirm_revocation(removal, by)
    return removal


@transaction.atomic
def object_to_take_down(*, removal: TakeDown, by: User, reason: str) -> TakeDown:
    """A second person does not agree: the ordinary way of two persons begins, nothing comes back yet.

    A story is sent for approval again, a comment chosen again, by whoever may; for all else the page
    says where to begin. Raises the ValidationError of that beginning.
    """
    removal = _unseen(removal)
    require(by, "portal.object_to_take_down", removal)
    if not reason.strip():
        raise ValidationError({"reason": "Nêu vì sao nên đưa lại."})
    if removal.seen_by_id or not removal.taken_by_id:
        raise ValidationError("Lần gỡ này không chờ ai xem lại.")
    removal.objection = reason.strip()
    _see(removal, by)
    journal.record(
        "portal.take_down_objected", removal, by=by, subject=removal.exemplar, text=reason
    )
    _begin_again(removal, by)
    return removal


def _unseen(removal: TakeDown) -> TakeDown:
    return TakeDown.objects.select_for_update().get(pk=removal.pk)


def _see(removal: TakeDown, by: User) -> None:
    removal.seen_by, removal.seen_at = by, calendar.now()
    removal.save()


def _confirm_revocation(removal: TakeDown, by: User) -> None:
    decision = causes.target_of(removal.cause)
    if not isinstance(decision, Decision) or decision.revocation_confirmed_by_id:
        return
    if by.has_perm("recognition.confirm_revocation", decision):
        recognition.confirm_revocation(decision=decision, by=by)


def _begin_again(removal: TakeDown, by: User) -> None:
    record = causes.target_of(removal.cause)
    if isinstance(record, StoryApproval):
        is_alive = record.page.approvals.filter(state__in=["writing", "checking"]).exists()
        if not is_alive and by.has_perm("publicity.send_for_approval", record.page):
            publicity.send_for_approval(page=record.page, by=by)
    elif isinstance(record, Letter):
        is_free = record.can_move_to(Letter.State.CHOSEN)
        if is_free and by.has_perm("discovery.choose_comment", record):
            discovery.choose_comment(letter=record, by=by)


@transaction.atomic
def note_findings(*, found: list, by: User) -> list[GuardFinding]:
    """What the guard did not pass stands on the desk, each text of a record once; return the new ones.

    `found`: `guarding.Found`. One that was gone and is back counts as new; one let pass stays so,
    unless it is blocked now.
    """
    require(by, "portal.note_findings")
    new = []
    for one in found:
        row = GuardFinding.objects.select_for_update().of(one.text).first()
        is_known = row is not None and row.gone_at is None and row.verdict == one.verdict.verdict
        if row is None:
            row = GuardFinding(subject=journal.ref(one.text.record), sha256=one.text.sha256)
        said = one.verdict.as_dict()
        row.verdict, row.reasons = said["verdict"], said["reasons"]
        row.title, row.url, row.exemplar_id = (
            one.text.title[:200],
            one.text.url,
            one.text.exemplar_id,
        )
        row.writers, row.is_public = sorted(one.text.writers), one.text.source is not None
        row.gone_at = None
        if row.verdict == "block":
            row.let_pass_by, row.let_pass_at, row.reason = None, None, ""
        row.save()
        if not is_known:
            new.append(row)
            journal.record(
                "portal.found_by_guard", row, by=by, subject=row.exemplar, verdict=row.verdict
            )
    return new


@transaction.atomic
def finish_rescan(*, read: int, standing: list, by: User) -> int:
    """What the guard no longer finds is off the desk; return how many. `standing`: texts still held."""
    require(by, "portal.finish_rescan")
    held = {(journal.ref(text.record), text.sha256) for text in standing}
    gone = [row.pk for row in GuardFinding.objects.open() if (row.subject, row.sha256) not in held]
    GuardFinding.objects.filter(pk__in=gone).update(gone_at=calendar.now())
    journal.record("portal.rescanned", by, by=by, read=read, held=len(held))
    return len(gone)


@transaction.atomic
def let_pass(*, finding: GuardFinding, by: User, reason: str) -> GuardFinding:
    """A second person takes this very text upon themselves; a changed text is looked at anew."""
    finding = GuardFinding.objects.select_for_update().get(pk=finding.pk)
    require(by, "portal.let_pass", finding)
    if finding.verdict == "block":
        raise ValidationError("Lớp gác chặn nội dung này: phải sửa, không cho qua được.")
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do cho qua."})
    finding.let_pass_by, finding.let_pass_at, finding.reason = by, calendar.now(), reason
    finding.save()
    journal.record("portal.let_pass", finding, by=by, subject=finding.exemplar, text=reason)
    return finding


@transaction.atomic
def note_training(*, trained, by: User) -> None:
    """It is on record what the home's own model was made of. `trained`: `guarding.Trained`."""
    require(by, "portal.note_training")
    journal.record(
        "portal.guard_trained",
        by,
        by=by,
        stories=trained.stories,
        left_out=trained.left_out,
        words=trained.words,
        sha256=trained.sha256,
    )


@transaction.atomic
def forget_findings(*, record: Model, by: User) -> int:
    """What was quoted of a record, and called it by name, is gone; return how many findings."""
    require(by, "portal.forget_findings")
    findings = GuardFinding.objects.filter(subject=journal.ref(record))
    for finding in findings:
        journal.record("portal.finding_forgotten", finding, by=by)
    return findings.delete()[0]


LETTERS = {
    "hoc-theo": Letter.Kind.LEARN,
    "rut-bai": Letter.Kind.REMOVE,
    "gop-y": Letter.Kind.FEEDBACK,
    "phan-anh": Letter.Kind.COMPLAINT,
    "binh-luan": Letter.Kind.COMMENT,
}


@transaction.atomic
def take_in(*, submission: Submission, by: User) -> Lead | Letter:
    """A tip is a lead of the commune that was chosen, anything else a letter; twice it stays one."""
    require(by, "portal.take_in")
    take = _letter if submission.form in LETTERS else _lead
    taken = take(submission, by)
    journal.record("portal.taken_in", taken, by=by)
    return taken


def _letter(submission: Submission, by: User) -> Letter:
    words = submission.payload
    return discovery.receive_letter(
        by=by,
        kind=LETTERS[submission.form],
        about=words["about"],
        name=words["name"],
        contact=words["contact"],
        text=words["text"],
        intake_id=submission.pk,
        code=submission.code,
    )


def _lead(submission: Submission, by: User) -> Lead:
    words = submission.payload
    return discovery.receive(
        by=by,
        source=Lead.Source.SELF if words.get("relation") == "self" else Lead.Source.CITIZEN,
        via=Lead.Via.PORTAL,
        who=words["who"],
        where=words["where"],
        what=words["what"],
        contact=words["contact"],
        unit=owner_of(words["commune"], None, calendar.today())[0],
        files=_files(submission, by),
        intake_id=submission.pk,
        code=submission.code,
    )


def _files(submission: Submission, by: User) -> list[StoredFile]:
    """Every file of a tip; only the officer who handles it may open them."""
    return [_kept(entry, place, by) for entry, place in collecting.files_of(submission)]


def _kept(entry: dict, place: Path, by: User) -> StoredFile:
    """The file made anew, without where and by whom it was taken.

    What cannot be read stays as it came: somebody may have meant well, and it is only ever downloaded.
    """
    name, content_type, body = entry["name"], "application/octet-stream", place.read_bytes()
    try:
        if entry.get("kind") == "image":
            body, content_type, _ = pictures.reencode(io.BytesIO(body))
            name = f"{PurePath(name).stem}.jpg"
        else:
            found = recordings.cleaned(io.BytesIO(body))
            body, content_type = found.body, found.content_type
    except Refused as refusal:
        log.info("a file of %s is kept as it came: %s", entry.get("spool"), refusal)
    return files.store(io.BytesIO(body), name=name, content_type=content_type, by=by)
