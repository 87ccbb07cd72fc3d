"""A dossier on its way: kept while it is typed, made of one piece at the end."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, files, journal
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.direction.models import EvidenceSlot
from guong.discovery.models import Lead
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Claim, Evidence, Exemplar
from guong.units.models import Unit, User

from ..boxes import Kept, clashes_of, parted, sign_of, stamp
from ..models import DraftFile, GuidedDraft, Nomination
from ..selectors import judged_by, known_of
from .dossiers import answer, draft

MOST_FILES = 40
WORDS = ("did", "results", "worth")  # the three questions, and what the dossier keeps of them


@transaction.atomic
def start_guided(
    *,
    by: User,
    unit: Unit,
    answers: dict,
    exemplar: Exemplar | None = None,
    lead: Lead | None = None,
    copied_from: Nomination | None = None,
) -> GuidedDraft:
    """Somebody of the unit has begun to write; no record stands yet."""
    require(by, "nomination.start_guided", unit)
    started = GuidedDraft.objects.create(
        unit=unit,
        answers=answers,
        exemplar=exemplar,
        lead=lead,
        copied_from=copied_from,
        by=by,
        kept_by=by,
    )
    journal.record("nomination.guided_started", started, by=by, subject=exemplar)
    return started


@transaction.atomic
def keep_answers(
    *,
    draft: GuidedDraft,
    by: User,
    answers: dict,
    seen: dict[str, str] | None = None,
    exemplar: Exemplar | None = None,
) -> Kept:
    """What was typed so far is kept as it stands, right or wrong, and over nobody's unseen words.

    `seen`: box → sign of what the writer had before them (`boxes.sign_of`); None: they have seen all.
    Boxes somebody else has saved since are left and come back as clashes. The journal hears of the
    first time a person writes in a draft, not of every pause: see docs/adr/0017. `exemplar`: the life
    record that was chosen instead of typing a person anew.
    """
    draft = _still_open(draft)
    require(by, "nomination.keep_answers", draft)
    both: list[str] = []
    if seen is not None:
        answers, both = parted(draft, by, answers, seen)
    new = [name for name in answers if sign_of(answers[name]) != sign_of(draft.answers.get(name))]
    kept = Kept(draft, clashes_of(draft, both))
    if both and not new:
        return kept
    if draft.kept_by_id != by.pk or exemplar is not None:
        journal.record("nomination.guided_kept", draft, by=by, subject=exemplar or draft.exemplar)
    draft.answers = draft.answers | answers
    draft.exemplar = exemplar or draft.exemplar
    draft.written |= dict.fromkeys(new, stamp(by))
    draft.kept_by, draft.kept_at = by, calendar.now()
    draft.save()
    return kept


@transaction.atomic
def add_draft_file(
    *,
    draft: GuidedDraft,
    by: User,
    file: StoredFile,
    title: str,
    kind: str = DraftFile.Kind.EVIDENCE,
    slot: EvidenceSlot | None = None,
) -> DraftFile:
    """A picture or a paper waits with the draft; the same one twice is one."""
    draft = _still_open(draft)
    require(by, "nomination.add_draft_file", draft)
    if draft.files.count() >= MOST_FILES:
        raise ValidationError(f"Một hồ sơ nhận tối đa {MOST_FILES} tệp. Bỏ bớt rồi thêm.")
    added, is_new = DraftFile.objects.get_or_create(
        draft=draft,
        file=file,
        kind=kind,
        slot=slot,
        defaults={"title": clean_line(title)[:200] or file.name, "added_by": by},
    )
    if is_new:
        journal.record("nomination.draft_file_added", added, by=by, subject=draft.exemplar)
    return added


@transaction.atomic
def drop_draft_file(*, draft_file: DraftFile, by: User) -> None:
    """The file goes, bytes and all, unless another record holds it."""
    draft = _still_open(draft_file.draft)
    require(by, "nomination.drop_draft_file", draft)
    journal.record("nomination.draft_file_dropped", draft_file, by=by, subject=draft.exemplar)
    draft_file.delete()
    files.forget(draft_file.file)


@transaction.atomic
def drop_guided(*, draft: GuidedDraft, by: User) -> None:
    """The draft is thrown away with its files; a nomination made of it stays."""
    draft = GuidedDraft.objects.select_for_update().get(pk=draft.pk)
    require(by, "nomination.drop_guided", draft)
    journal.record("nomination.guided_dropped", draft, by=by, subject=draft.exemplar)
    held = [one.file for one in draft.files.all()]
    draft.delete()
    for file in held:
        files.forget(file)


@transaction.atomic
def copy_last(*, nomination: Nomination, by: User) -> GuidedDraft:
    """A new draft about the same exemplar: the person and what was said, to be brought up to date.

    What verifiers, councils, partners said of the old dossier, and its papers, stay with it.
    """
    require(by, "nomination.copy_last", nomination)
    exemplar = nomination.exemplar
    open_ones = Nomination.objects.open().filter(exemplar=exemplar, unit=nomination.unit)
    if open_ones.exists():
        raise ValidationError("Đơn vị đang có một hồ sơ đề cử mở cho điển hình này.")
    statements = [claim.statement for claim in nomination.claims.order_by("pk")]
    told = {
        "did": nomination.did,
        "results": nomination.results or "\n".join(statements),
        "worth": nomination.worth or exemplar.summary,
    }
    return start_guided(
        by=by,
        unit=nomination.unit,
        answers=known_of(exemplar) | told,
        exemplar=exemplar,
        copied_from=nomination,
    )


@transaction.atomic
def finish_guided(
    *,
    draft: GuidedDraft,
    by: User,
    person: dict,
    told: dict,
    claims: list[dict],
    consent: dict | None = None,
    others: list[Exemplar] = (),
) -> Nomination:
    """Of the draft become a life record, claims, evidence, consent and the nomination; all or nothing.

    `told`: the three answers. `consent`: purposes, signer, given_on. `others`: records it was said
    not to be. Asked twice it answers with the nomination that was made.
    """
    guided = GuidedDraft.objects.select_for_update().get(pk=draft.pk)
    require(by, "nomination.finish_guided", guided)
    if guided.nomination is not None:
        return guided.nomination
    exemplar, named = _person(guided, by, person, told, claims)
    for other in others:
        if by.has_perm("exemplars.judge", other):
            exemplars.judge(
                exemplar=exemplar,
                other=other,
                by=by,
                verdict="different",
                reason="Nói khi lập hồ sơ đề cử.",
            )
    nomination = _dossier(guided, by, exemplar, named, told)
    _lay_in_evidence(guided, nomination, by)
    if consent:
        _record_consent(guided, exemplar, by, consent)
    guided.files.all().delete()  # the files hang on evidence and consent now
    guided.nomination, guided.exemplar = nomination, exemplar
    guided.answers, guided.written = {}, {}
    guided.save()
    journal.record("nomination.guided_finished", guided, by=by, subject=exemplar)
    return nomination


def _still_open(draft: GuidedDraft) -> GuidedDraft:
    draft = GuidedDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.nomination_id:
        raise ValidationError("Bản viết này đã thành hồ sơ đề cử. Mở hồ sơ ấy để sửa tiếp.")
    return draft


def _person(
    guided: GuidedDraft, by: User, person: dict, told: dict, claims: list[dict]
) -> tuple[Exemplar, list[Claim]]:
    """The life record and the claims the dossier names: made, or brought up to date."""
    fields = dict(person)
    others = fields.pop("other_fields", None)
    if guided.exemplar is None:
        exemplar = exemplars.add(
            by=by,
            unit=guided.unit,
            claims=claims,
            summary=told["worth"] or told["did"],
            **fields,
        )
        if others:
            exemplars.describe(exemplar=exemplar, by=by, other_fields=others)
        return exemplar, list(exemplar.claims.order_by("pk"))
    exemplar = guided.exemplar
    if by.has_perm("exemplars.describe", exemplar):
        known = {name: value for name, value in fields.items() if name not in ("kind", "grade")}
        exemplar = exemplars.describe(exemplar=exemplar, by=by, other_fields=others, **known)
    standing = {claim.statement: claim for claim in exemplar.claims.current()}
    return exemplar, [
        standing.get(claim["statement"]) or exemplars.state_claim(exemplar=exemplar, by=by, **claim)
        for claim in claims
    ]


def _dossier(guided, by: User, exemplar: Exemplar, claims: list[Claim], told: dict) -> Nomination:
    return draft(
        by=by,
        unit=guided.unit,
        exemplar=exemplar,
        claims=claims,
        lead=guided.lead,
        **{name: told[name] for name in WORDS},
    )


def _lay_in_evidence(guided: GuidedDraft, nomination: Nomination, by: User) -> None:
    """Each file becomes evidence; those meant for a place of the set lie in it."""
    criteria_set = judged_by(nomination)
    fillings: dict = {}
    for one in guided.files.filter(kind=DraftFile.Kind.EVIDENCE).order_by("pk"):
        piece = exemplars.add_evidence(
            exemplar=nomination.exemplar,
            by=by,
            kind=_kind_of(one.file),
            title=one.title,
            file=one.file,
        )
        criterion = one.slot and one.slot.criterion
        if criterion and criterion.criteria_set == criteria_set:
            fillings.setdefault(criterion, {}).setdefault(one.slot, []).append(piece)
    for criterion, places in fillings.items():
        answer(nomination=nomination, criterion=criterion, by=by, fillings=places)


def _kind_of(file: StoredFile) -> str:
    family = file.content_type.partition("/")[0]
    by_family = {
        "image": Evidence.Kind.PICTURE,
        "audio": Evidence.Kind.RECORDING,
        "video": Evidence.Kind.RECORDING,
    }
    return by_family.get(family, Evidence.Kind.PAPER)


def _record_consent(guided: GuidedDraft, exemplar: Exemplar, by: User, consent: dict) -> None:
    paper = guided.files.filter(kind=DraftFile.Kind.CONSENT).order_by("-pk").first()
    for purpose in consent["purposes"]:
        exemplars.record_consent(
            exemplar=exemplar,
            by=by,
            purpose=purpose,
            signer=consent["signer"],
            given_on=consent["given_on"],
            proof=paper.file if paper else None,
        )
