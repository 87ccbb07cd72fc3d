"""The last page of the guided nomination: looked at, sent, and what happens next."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from guong.core.states import IllegalMove
from guong.exemplars.selectors import is_known_elsewhere, possible_duplicates

from . import actions, papers
from .framing import draft_of, frame
from .guided_forms import CHECK, DEEDS, Said, said
from .models import GuidedDraft, Nomination
from .report import report_of
from .selectors import Status, completeness, usual_days

T = TypeVar("T")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ASK_THE_BOARD = (
    "Có thể đơn vị khác đã giới thiệu người này hoặc việc này. Trước khi gửi, hỏi bộ phận thường trực "
    "(Sở Nội vụ)."
)


def as_word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def _make(draft: GuidedDraft, user, answers: Said) -> Nomination:
    others = []
    if draft.answers.get("is_new") and draft.exemplar_id is None:
        person = answers.person
        found = possible_duplicates(
            full_name=person["full_name"],
            kind=person["kind"],
            birth_year=person.get("birth_year"),
            commune=person["commune"],
            residence=person["residence"],
            deed=answers.claims[0]["statement"],
            user=user,
        )
        others = [match.exemplar for match in found]
    return actions.finish_guided(
        draft=draft,
        by=user,
        person=answers.person,
        told=answers.told,
        claims=answers.claims,
        consent=answers.consent,
        others=others,
    )


def rehearsed(draft: GuidedDraft, user, answers: Said, look: Callable[[Nomination], T]) -> T:
    """What `look` sees of the nomination the draft would become; then all of it is undone.

    So the page before sending says what sending would say, by the same code.
    """
    with transaction.atomic():
        seen = look(_make(draft, user, answers))
        transaction.set_rollback(True)
    return seen


def check(request, draft):
    answers = said(draft)
    context = frame(request, draft, CHECK, []) | {"answers": answers}
    if answers:
        try:
            context |= rehearsed(draft, request.user, answers, _seen)
        except ValidationError as refusal:
            context["general"] = refusal.messages
    if answers and draft.copied_from:
        told = draft.copied_from
        context["unchanged"] = [c["statement"] for c in answers.claims if _stood(told, c)]
    context["to_mend"] = [
        one
        for one, mark in context["marks"]
        if mark == Status.FIX or (one is DEEDS and mark == Status.UNTOUCHED)
    ]
    return render(request, "nomination/guided_check.html", context)


def _stood(earlier: Nomination, claim: dict) -> bool:
    """The dossier before said the very same."""
    return earlier.claims.filter(statement=claim["statement"]).exists()


def _seen(nomination: Nomination) -> dict:
    return {
        "report": report_of(nomination),
        "state": completeness(nomination),
        "exemplar": nomination.exemplar,
    }


@login_required
@require_GET
def preview(request, pk):
    """The achievement report as it would be sent, to be read in Word first."""
    draft = draft_of(request, pk)
    answers = None if draft.nomination else said(draft)
    if answers is None:
        raise Http404(str(pk))
    content = rehearsed(draft, request.user, answers, papers.report_docx)
    return as_word(content, f"bao-cao-thanh-tich-{pk}")


@login_required
@require_POST
def send(request, pk):
    """The draft becomes a nomination and, unless it was to wait, goes to the Board."""
    draft = draft_of(request, pk)
    if draft.nomination:
        return redirect("nomination:sent", draft.nomination_id)
    answers = said(draft)
    if answers is None:
        return redirect("nomination:guided_step", pk, CHECK.key)
    try:
        nomination = _make(draft, request.user, answers)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("nomination:guided_step", pk, CHECK.key)
    if is_known_elsewhere(nomination.exemplar, request.user):
        messages.warning(request, ASK_THE_BOARD)
    if "later" in request.POST or not request.user.has_perm("nomination.submit", nomination):
        messages.success(request, "Đã lập hồ sơ, chưa gửi.")
        return redirect("nomination:detail", nomination.pk)
    try:
        actions.submit(nomination=nomination, by=request.user)
    except ValidationError as refusal:
        messages.error(request, f"Đã lập hồ sơ, chưa gửi được. {' '.join(refusal.messages)}")
        return redirect("nomination:detail", nomination.pk)
    except IllegalMove:
        pass  # pressed twice: the first press has sent it
    return redirect("nomination:sent", nomination.pk)


@login_required
@require_GET
def sent(request, pk):
    """The code, what happens next, and when."""
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.user).select_related("exemplar", "unit"), pk=pk
    )
    if nomination.state != Nomination.State.SUBMITTED:
        return redirect("nomination:detail", pk)
    context = {"nomination": nomination, "usual": usual_days()}
    return render(request, "nomination/sent.html", context)
