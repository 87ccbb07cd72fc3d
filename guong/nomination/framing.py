"""What the pages of a guided draft share: the draft itself, the steps around a question, the files."""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guong.core import calendar
from guong.direction.models import CriteriaSet, EvidenceSlot
from guong.units.models import Field

from .boxes import Clash, in_words, seen_in
from .guided_forms import (
    CHECK,
    CONSENT,
    IN_ORDER,
    MOST_WORDS,
    PAPERS,
    STEPS,
    WHO,
    Step,
    count_words,
)
from .models import DraftFile, GuidedDraft
from .selectors import Status

MENDING = "sua"  # in the address: came from the last page, goes straight back to it


def draft_of(request, pk) -> GuidedDraft:
    drafts = GuidedDraft.objects.visible_to(request.user)
    return get_object_or_404(
        drafts.select_related("unit", "exemplar", "nomination", "copied_from", "lead"), pk=pk
    )


def step_of(key: str) -> Step:
    if key not in STEPS:
        raise Http404(key)
    return STEPS[key]


def frame(request, draft, here, asked, refused=(), clashes=()) -> dict:
    """What every step shows around its question."""
    errors = [
        (bound.auto_id, bound.label, error)
        for form in asked
        for bound in form
        for error in bound.errors
    ]
    general = [error for form in asked for error in form.non_field_errors()]
    marks = [
        (one, one.status(draft) if draft and one is not CHECK else Status.UNTOUCHED)
        for one in IN_ORDER
    ]
    return {
        "draft": draft,
        "step": here,
        "number": IN_ORDER.index(here) + 1 if here in IN_ORDER else 0,
        "marks": marks,
        "asked": asked,
        "errors": errors,
        "general": general,
        "refused": refused,
        "clashes": _shown(asked, clashes),
        "seen": seen_in(asked, {one.name: "" for one in clashes}),
        "wrong": len(errors) + len(general) + len(refused) + len(clashes),
        "back": _back(draft, here),
        "mending": MENDING in request.GET,
        "sections": sections_of(draft, here) if draft else [],
        "most_words": MOST_WORDS,
        "words": count_words(draft.answers) if draft else 0,
        "is_copied": bool(draft and draft.copied_from_id),
        "key": f"u{request.user.pk}-n{draft.pk if draft else 'moi'}-",
    }


def _shown(asked, clashes) -> list[tuple[BoundField, Clash, str]]:
    """Each box two people wrote in, and the other's words as the page would say them."""
    boxes = {bound.name: bound for form in asked for bound in form}
    return [
        (boxes[one.name], one, in_words(boxes[one.name].field, one.theirs))
        for one in clashes
        if one.name in boxes
    ]


def _back(draft, here) -> str:
    if draft is None or here is WHO:
        return reverse("nomination:inbox")
    if here not in IN_ORDER:
        return reverse("nomination:guided_step", args=[draft.pk, WHO.key])
    return reverse(
        "nomination:guided_step", args=[draft.pk, IN_ORDER[IN_ORDER.index(here) - 1].key]
    )


@dataclass(frozen=True)
class Section:
    """A place where files may be laid, and those that lie there."""

    name: str
    title: str
    files: list[DraftFile]
    slot: EvidenceSlot | None = None


def sections_of(draft: GuidedDraft, here: Step) -> list[Section]:
    """On the page of papers: a place for whatever there is, then one for each paper the criteria ask."""
    files = list(draft.files.select_related("file").order_by("pk"))
    if here is CONSENT:
        signed = [one for one in files if one.kind == DraftFile.Kind.CONSENT]
        return [Section("consent_paper", "Ảnh chụp giấy đồng ý", signed)]
    if here is not PAPERS:
        return []
    evidence = [one for one in files if one.kind == DraftFile.Kind.EVIDENCE]
    slots = slots_of(draft)
    known = {slot.pk for slot in slots}
    rest = [one for one in evidence if one.slot_id not in known]
    return [Section("other", "Ảnh và giấy tờ chung", rest)] + [
        Section(
            f"slot{slot.pk}", slot.text, [one for one in evidence if one.slot_id == slot.pk], slot
        )
        for slot in slots
    ]


def slots_of(draft: GuidedDraft) -> list[EvidenceSlot]:
    """The places of the criteria the dossier would be judged by, the required ones first."""
    field = draft.answers.get("field", "")
    fitting = CriteriaSet.objects.in_force(calendar.today()).fitting(
        unit=draft.unit,
        kind=draft.answers.get("kind", "individual"),
        field=Field.objects.filter(pk=field).first() if str(field).isdecimal() else None,
    )
    found = fitting.nearest_first(draft.unit).first()
    if found is None:
        return []
    criteria = sorted(
        found.criteria.switched_on().in_order(), key=lambda one: one.kind != one.Kind.REQUIRED
    )
    return [slot for criterion in criteria for slot in criterion.slots_in_order]
