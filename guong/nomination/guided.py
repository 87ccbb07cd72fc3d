"""The pages of the guided nomination: one question each, all of them writing one draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar
from guong.core.htmx import render_part
from guong.core.policies import require
from guong.discovery.models import Lead
from guong.exemplars.models import Exemplar
from guong.exemplars.selectors import Match, possible_duplicates
from guong.exemplars.uploads import take_in

from . import actions, papers
from .boxes import Kept, given_up, seen_after, seen_by, sign_of
from .checking import as_word, check
from .framing import MENDING, draft_of, frame, sections_of, slots_of, step_of
from .guided_forms import (
    CHECK,
    CONSENT,
    PAPERS,
    WHO,
    Step,
    after,
)
from .models import DraftFile, GuidedDraft, Nomination
from .selectors import known_of


# --- Begin --------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def start(request):
    """The first question, and what somebody of the branch is writing already."""
    user = _writer(request)
    lead = lead_of(request)
    if request.method == "GET":
        return _ask_who(
            request, None, WHO.asked(None, initial=_first_answers(user, lead)), lead=lead
        )
    asked = WHO.asked(None, request.POST)
    if chosen := _chosen(request):
        answers = WHO.typed(None, request.POST) | known_of(chosen)
        return _on(_started(user, answers, lead, exemplar=chosen), WHO)
    if not asked[0].is_valid() or _must_choose(request, asked[0]):
        return _ask_who(request, None, asked, lead=lead)
    return _on(_started(user, WHO.typed(None, request.POST) | _new(request), lead), WHO)


def _writer(request):
    """Whoever asks, when they may write for their unit."""
    user = request.user
    if not user.unit_id:
        raise PermissionDenied("nomination.start_guided")
    require(user, "nomination.start_guided", user.unit)
    return user


def _first_answers(user, lead) -> dict:
    commune = user.unit.pk if user.unit.kind == "commune" else None
    return {
        "kind": Exemplar.Kind.INDIVIDUAL,
        "commune": commune,
        "full_name": lead.who[:150] if lead else "",
    }


def _started(user, answers, lead, exemplar=None) -> GuidedDraft:
    told = {"did": lead.what} if lead else {}
    return actions.start_guided(
        by=user, unit=user.unit, answers=told | answers, exemplar=exemplar, lead=lead
    )


def lead_of(request) -> Lead | None:
    """The tip the dossier grows from, when the address or the form names one that waits."""
    asked = request.POST.get("lead") or request.GET.get("lead", "")
    if not asked.isdecimal():
        return None
    return Lead.objects.visible_to(request.user).filter(pk=asked, state="received").first()


def _chosen(request) -> Exemplar | None:
    """The life record that was chosen among those that look the same."""
    asked = request.POST.get("exemplar", "")
    if not asked.isdecimal():
        return None
    return _own_records(request.user).filter(pk=asked).first()


def _own_records(user):
    own = Exemplar.objects.visible_to(user).filter(unit__path__startswith=user.branch_path())
    return own.filter(batch="")


def _new(request) -> dict:
    return {"is_new": "1"} if request.POST.get("is_new") else {}


def _alike(form, user) -> list[Match]:
    values = getattr(form, "cleaned_data", {})
    if not values.get("full_name"):
        return []
    return possible_duplicates(
        full_name=values["full_name"],
        kind=values.get("kind", ""),
        commune=values.get("commune"),
        residence=values.get("residence", ""),
        user=user,
    )


def _must_choose(request, form) -> bool:
    """Somebody looks the same and it was not said that this is another."""
    return not request.POST.get("is_new") and bool(_alike(form, request.user))


def _ask_who(request, draft, asked, *, lead=None, clashes=()):
    form = asked[0]
    form.is_valid()  # unbound it is not; bound, what is sound so far can be compared
    found = _alike(form, request.user) if form.is_bound and draft_is_new(draft) else []
    drafts = GuidedDraft.objects.visible_to(request.user).open().select_related("unit", "kept_by")
    context = frame(request, draft, WHO, asked, clashes=clashes) | {
        "lead": lead,
        "duplicates": _with_choice(found, request.user),
        "drafts": [] if draft else list(drafts.order_by("-kept_at", "-pk")[:10]),
        "is_new": request.POST.get("is_new") or (draft and draft.answers.get("is_new")),
    }
    return render(request, "nomination/guided.html", context)


def draft_is_new(draft: GuidedDraft | None) -> bool:
    """It speaks of nobody who has a life record yet."""
    return draft is None or draft.exemplar_id is None


def _with_choice(found: list[Match], user) -> list[tuple[Match, bool]]:
    own = set(
        _own_records(user)
        .filter(pk__in=[m.exemplar.pk for m in found])
        .values_list("pk", flat=True)
    )
    return [(match, match.exemplar.pk in own) for match in found]


@login_required
@require_POST
def alike(request):
    """Who it might be, asked while the name is being typed."""
    user, form = _writer(request), WHO.asked(None, request.POST)[0]
    form.is_valid()
    found = _with_choice(_alike(form, user), user)
    context = {"duplicates": found, "is_new": request.POST.get("is_new")}
    return render_part(request, "nomination/guided.html#alike", context)


# --- One step -------------------------------------------------------------------------


def _on(draft: GuidedDraft, step: Step, *, mending: bool = False):
    onward = CHECK if mending else after(step)
    return redirect("nomination:guided_step", draft.pk, onward.key)


@never_cache  # going back after it was sent leads to the dossier, not to an old form
@login_required
@require_http_methods(["GET", "POST"])
def step(request, pk, key):
    """One question of a draft; whatever was typed is kept, and what is wrong is said."""
    draft, here = draft_of(request, pk), step_of(key)
    if draft.nomination:
        return redirect("nomination:sent", draft.nomination_id)
    if here is CHECK:
        return check(request, draft)
    if request.method == "GET":
        return _ask(request, draft, here, here.asked(draft, initial=_shown_first(draft, here)))
    return _taken(request, draft, here)


def _shown_first(draft: GuidedDraft, here: Step) -> dict:
    first = {}
    if here is CONSENT:
        first = {
            "signer": draft.answers.get("full_name", ""),
            "given_on": calendar.today(),
        }
    return first | draft.answers


def _taken(request, draft, here):
    """Keep what was typed and sent along, then go on, or say what is wrong."""
    answers, seen = _brought(request, draft, here)
    chosen = None
    if WHO.forms[0] in here.forms and draft_is_new(draft):
        answers |= _new(request)
        if chosen := _chosen(request):
            known = known_of(chosen)
            answers |= known
            seen |= {name: sign_of(draft.answers.get(name)) for name in known}  # chosen over them
    kept = actions.keep_answers(
        draft=draft, by=request.user, answers=answers, seen=seen, exemplar=chosen
    )
    draft, clashes = kept.draft, kept.clashes
    refused = _take_files(request, draft)
    # Where two have written, the writer's own words stay in the box.
    asked = here.asked(draft, draft.answers | {one.name: answers[one.name] for one in clashes})
    if clashes:
        return _ask(request, draft, here, asked, refused=refused, clashes=clashes)
    mistakes = [form.errors for form in asked if form.errors]
    is_sound = not mistakes and not refused
    if "later" in request.POST:
        messages.success(request, "Đã lưu. Lần sau mở «Đề cử từng bước» để viết tiếp.")
        return redirect("nomination:guided")
    must_choose = (
        WHO.forms[0] in here.forms and draft_is_new(draft) and _must_choose(request, asked[0])
    )
    if is_sound and not must_choose:
        return _on(draft, here, mending=MENDING in request.GET)
    return _ask(request, draft, here, asked, refused=refused)


def _brought(request, draft: GuidedDraft, here: Step) -> tuple[dict, dict]:
    """What stands in the boxes and is wanted, and what their writer had seen there."""
    left = given_up(request.POST)
    typed = here.typed(draft, request.POST)
    return {name: typed[name] for name in typed if name not in left}, seen_by(request.POST)


def _ask(request, draft, here, asked, *, refused=(), clashes=()):
    if here is WHO:
        return _ask_who(request, draft, asked, clashes=clashes)
    context = frame(request, draft, here, asked, refused, clashes)
    if WHO.forms[0] in here.forms and draft_is_new(draft):
        found = _alike(asked[0], request.user) if asked[0].is_bound else []
        context |= {
            "duplicates": _with_choice(found, request.user),
            "is_new": draft.answers.get("is_new"),
        }
    return render(request, "nomination/guided.html", context)


@login_required
@require_POST
def keep(request, pk, key):
    """What stands in the boxes now, kept quietly."""
    draft, here = draft_of(request, pk), step_of(key)
    answers, seen = _brought(request, draft, here)
    kept = actions.keep_answers(draft=draft, by=request.user, answers=answers, seen=seen)
    shown = seen_after(answers, seen, kept.clashes)
    if kept.clashes:
        return JsonResponse({"refused": _not_kept(here, kept), "seen": shown}, status=409)
    return _kept(seen=shown)


def _not_kept(here: Step, kept: Kept) -> str:
    """Whose words were not written over, said in the place of «Đã lưu lúc …»."""
    fields = {name: field for form in here.asked(kept.draft) for name, field in form.fields.items()}
    told = [f"{one.by} đã lưu ô «{fields[one.name].label}» lúc {one.at}" for one in kept.clashes]
    return (
        f"{'; '.join(told)}. Chữ của bạn ở ô ấy chưa lưu, vẫn còn trên trang này. "
        "Bấm nút đỏ cuối trang để xem hai bản rồi chọn."
    )


@login_required
@require_POST
def keep_new(request):
    """The same before there is a draft: a name makes one, and its addresses come back."""
    user = _writer(request)
    answers = WHO.typed(None, request.POST)
    if not answers["full_name"].strip():
        return _kept()
    draft = _started(user, answers, lead_of(request))
    return _kept(
        page=reverse("nomination:guided_step", args=[draft.pk, WHO.key]),
        keep=reverse("nomination:guided_keep", args=[draft.pk, WHO.key]),
    )


def _kept(**more) -> JsonResponse:
    return JsonResponse({"saved": f"{timezone.localtime(calendar.now()):%H:%M}"} | more)


# --- Pictures and papers ----------------------------------------------------------------


def _take_files(request, draft) -> list[str]:
    """Keep what was sent along; say of each file that was not, why."""
    refused = []
    slots = {f"slot{slot.pk}": slot for slot in slots_of(draft)} if request.FILES else {}
    for name in request.FILES:
        for upload in request.FILES.getlist(name):
            try:
                _take_file(request.user, draft, name, upload, slots.get(name))
            except ValidationError as refusal:
                refused.append(f"{upload.name}: {' '.join(refusal.messages)}")
    return refused


def _take_file(user, draft, name, upload, slot):
    is_consent = name == "consent_paper"
    actions.add_draft_file(
        draft=draft,
        by=user,
        file=take_in(upload, by=user),
        title=upload.name,
        kind=DraftFile.Kind.CONSENT if is_consent else DraftFile.Kind.EVIDENCE,
        slot=slot,
    )


@login_required
@require_POST
def add_file(request, pk, key):
    """Files sent one by one by the page's script; the answer is the lists as they stand now."""
    draft, here = draft_of(request, pk), step_of(key)
    refused = _take_files(request, draft)
    if refused:
        return HttpResponse(" ".join(refused), status=400, content_type="text/plain; charset=utf-8")
    context = {"draft": draft, "sections": sections_of(draft, here), "step": here}
    return HttpResponse(render_to_string("nomination/guided.html#files", context, request))


@login_required
@require_POST
def drop_file(request, pk):
    """One file is not wanted after all."""
    mine = DraftFile.objects.visible_to(request.user).select_related("draft", "file")
    draft_file = get_object_or_404(mine, pk=pk)
    is_consent = draft_file.kind == DraftFile.Kind.CONSENT
    actions.drop_draft_file(draft_file=draft_file, by=request.user)
    messages.success(request, f"Đã bỏ «{draft_file.title}».")
    key = (CONSENT if is_consent else PAPERS).key
    return redirect("nomination:guided_step", draft_file.draft_id, key)


@login_required
@require_POST
def drop(request, pk):
    """The whole draft is not wanted after all."""
    actions.drop_guided(draft=draft_of(request, pk), by=request.user)
    messages.success(request, "Đã bỏ bản viết dở.")
    return redirect("nomination:guided")


@login_required
@require_GET
def consent_form(request, pk):
    """To be printed and signed by hand."""
    draft = draft_of(request, pk)
    return as_word(papers.consent_docx(draft), f"giay-dong-y-{draft.pk}")


@login_required
@require_POST
def copy_last(request, pk):
    """A new draft from the dossier of an earlier year."""
    nomination = get_object_or_404(Nomination.objects.visible_to(request.user), pk=pk)
    try:
        draft = actions.copy_last(nomination=nomination, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("nomination:detail", pk)
    messages.success(request, "Đã chép người và thành tích. Cập nhật con số cho năm nay.")
    return redirect("nomination:guided_step", draft.pk, "deeds")
