from functools import cache

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.forms import form_page, pressed, spread
from guong.core.htmx import render_part
from guong.core.policies import require
from guong.core.states import IllegalMove
from guong.direction import actions as direction
from guong.direction.models import Rule, RuleOverride
from guong.exemplars import actions as exemplars
from guong.exemplars import shares
from guong.exemplars.cards import claim_card
from guong.exemplars.selectors import is_known_elsewhere, possible_duplicates

from . import actions, forms, papers
from .cards import still_missing, where_to_go_on
from .checking import ASK_THE_BOARD, as_word
from .guided import lead_of as _lead
from .models import GuidedDraft, Nomination, SignOff
from .report import report_of
from .selectors import Answered, completeness, fitting_sets, judged_by, standings
from .signed import content_of, criteria_lines, hash_of

OVERRIDES = [
    ("Quy định", 40, "rule"),
    ("Lý do", 60, "reason"),
    ("Người cho qua", 24, "by"),
    ("Ngày", 14, "on"),
]
SIGN_OFFS = [
    ("Mã", 16, "nomination.exemplar.code"),
    ("Điển hình", 30, "nomination.exemplar"),
    ("Đơn vị lập hồ sơ", 30, "nomination.unit"),
    ("Đơn vị được mời", 30, "unit"),
    ("Ý kiến", 24, "get_state_display"),
    ("Lý do", 40, "reason"),
    ("Từ ngày", 14, "state_since"),
]
DRAFTS = [
    ("Tên", 30, str),
    ("Đơn vị", 30, "unit"),
    ("Người bắt đầu", 24, "by"),
    ("Tới đâu", 60, still_missing),
]
SHEET = [
    ("Mã", 16, "exemplar.code"),
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "unit"),
    ("Trạng thái", 20, "get_state_display"),
    ("Từ ngày", 14, "state_since"),
]


@login_required
@require_GET
def inbox(request):
    """Nominations this user may see, narrowed by state; htmx redraws the list alone."""
    nominations = (
        Nomination.objects.visible_to(request.user)
        .select_related("exemplar", "unit")
        .order_by("-state_since", "-pk")
    )
    state = request.GET.get("state", "")
    if state in Nomination.State:
        nominations = nominations.filter(state=state)
    nominations, told = shares.narrow(nominations, request.GET.get("nhom", ""), "exemplar__")
    template = "nomination/inbox.html" + ("#list" if request.htmx else "")
    if made := lists.as_sheet(request, "Đề cử", nominations, SHEET):
        return made
    page = Paginator(nominations, 25).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Nomination.State, "shares": told}
    return render(request, template, context)


@login_required
@require_GET
def guided_drafts(request):
    """Guided drafts that were begun and not sent, and are this person's to go on with."""
    rows = GuidedDraft.objects.visible_to(request.user).waiting_for(request.user)
    rows = rows.select_related("unit", "by", "kept_by").order_by("-kept_at", "-pk")
    if made := lists.as_sheet(request, "Bản đề cử viết dở", rows, DRAFTS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    found = [(one, still_missing(one), where_to_go_on(one)) for one in page]
    return render(request, "nomination/guided_drafts.html", {"page": page, "rows": found})


def _visible(request, pk):
    return get_object_or_404(
        Nomination.objects.visible_to(request.user).select_related(
            "exemplar__unit", "unit", "lead", "drafted_by", "submitted_by"
        ),
        pk=pk,
    )


@login_required
@require_GET
def detail(request, pk):
    """One nomination: what it claims, what is missing, the next step."""
    nomination = _visible(request, pk)
    return render(request, "nomination/detail.html", _shown(request, nomination))


def _shown(request, nomination) -> dict:
    claims = nomination.claims.prefetch_related("checks__evidence", "checks__by").order_by("pk")
    state, user = completeness(nomination), request.user
    may_submit = nomination.is_with_its_unit and user.has_perm("nomination.submit", nomination)
    sets = list(fitting_sets(nomination)) if may_submit else []
    evidence = list(nomination.exemplar.evidence.order_by("-added_at", "-pk")) if may_submit else []
    return {
        "nomination": nomination,
        "cards": [claim_card(claim) for claim in claims],
        "state": state,
        "replies": [(one, _reply(one, evidence)) for one in state.criteria],
        "sets": sets,
        "may_submit": may_submit,
        "may_copy": nomination.state in ("accepted", "withdrawn")
        and user.has_perm("nomination.copy_last", nomination),
        "may_judge": nomination.state == "submitted"
        and user.has_perm("nomination.accept", nomination),
        "may_override": nomination.state in ("draft", "submitted", "returned")
        and user.has_perm("direction.override_rule", nomination),
    }


def _reply(answered: Answered, evidence, data=None) -> forms.CriterionReply:
    found = answered.answer
    initial = {"words": found.words, "points": found.points} if found else {}
    for filled in answered.slots:
        initial[f"slot{filled.slot.pk}"] = [str(piece.pk) for piece in filled.evidence]
    return forms.CriterionReply(
        data, criterion=answered.criterion, evidence=evidence, initial=initial
    )


@login_required
@require_POST
def choose_set(request, pk):
    """By another of the sets that fit."""
    nomination = _visible(request, pk)
    require(request.user, "nomination.choose_set", nomination)
    form = forms.ChosenSet(request.POST, fitting=fitting_sets(nomination))
    if form.is_valid():
        actions.choose_set(nomination=nomination, by=request.user, **form.cleaned_data)
        messages.success(request, "Hồ sơ xét theo bộ tiêu chí vừa chọn.")
    else:
        messages.error(request, "Bộ này không đang dùng. Chọn bộ khác trong danh sách.")
    return redirect(f"{reverse('nomination:detail', args=[pk])}#tieu-chi")


@login_required
@require_POST
def answer(request, pk, criterion_pk):
    """One criterion is answered; htmx redraws the dossier's part alone."""
    nomination = _visible(request, pk)
    require(request.user, "nomination.answer", nomination)
    criteria_set = judged_by(nomination)
    if criteria_set is None:
        raise Http404
    criterion = get_object_or_404(criteria_set.criteria.in_order(), pk=criterion_pk)
    evidence = list(nomination.exemplar.evidence.order_by("-added_at", "-pk"))
    form = forms.CriterionReply(request.POST, criterion=criterion, evidence=evidence)
    if form.is_valid():
        try:
            actions.answer(
                nomination=nomination, criterion=criterion, by=request.user, **form.reply()
            )
        except ValidationError as refusal:
            spread(form, refusal)
    if form.errors:
        messages.error(request, f"Tiêu chí {criterion.code}: {_first_error(form)}")
    else:
        messages.success(request, f"Đã lưu tiêu chí {criterion.code}.")
    if request.htmx:
        # What was typed stays in sight when it was refused.
        shown = _shown(request, nomination) | {"opened": criterion.pk}
        shown["replies"] = [
            (one, form if form.errors and one.criterion == criterion else reply)
            for one, reply in shown["replies"]
        ]
        return render_part(request, "nomination/detail.html#dossier", shown)
    return redirect(f"{reverse('nomination:detail', args=[pk])}#tieu-chi-{criterion_pk}")


def _first_error(form) -> str:
    return " ".join(error for errors in form.errors.values() for error in errors)


@login_required
@require_http_methods(["GET", "POST"])
def override_rule(request, pk, rule_pk):
    """The Board lets this dossier pass a rule, and says why."""
    nomination = _visible(request, pk)
    require(request.user, "direction.override_rule", nomination)
    rule = get_object_or_404(Rule.objects.visible_to(request.user), pk=rule_pk)
    url = reverse("nomination:detail", args=[pk])
    return form_page(
        request,
        forms.PassReason(request.POST or None),
        lambda values: direction.override_rule(
            rule=rule,
            subject=nomination,
            about=nomination.exemplar,
            by=request.user,
            **values,
        ),
        done="Đã cho qua; lý do nằm trong danh sách.",
        heading=f"Cho qua: {rule.name}",
        submit="Cho qua",
        to=url,
        back=url,
        intro=f"{nomination.exemplar}, {nomination.unit}. Quy định: {rule.cited}.",
    )


@login_required
@require_GET
def overrides(request):
    """Every time somebody let a dossier pass a rule, among the dossiers this person may see."""
    dossiers = Nomination.objects.visible_to(request.user)
    rows = RuleOverride.objects.of_those(dossiers).select_related("rule", "by")
    rows = rows.order_by("-on", "-pk")
    named = cache(lambda: dict(dossiers.values_list("pk", "exemplar__full_name")))
    columns = [("Hồ sơ", 30, lambda row: named()[row.subject_id]), *OVERRIDES]
    if made := lists.as_sheet(request, "Quy định được cho qua", rows, columns):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    of = dossiers.select_related("exemplar", "unit").in_bulk([row.subject_id for row in page])
    context = {"page": page, "rows": [(row, of[row.subject_id]) for row in page]}
    return render(request, "nomination/overrides.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request):
    """A nomination by hand: the life record and its draft in one go."""
    require(request.user, "nomination.draft", request.user.unit)
    lead = _lead(request)
    initial = {"full_name": lead.who, "statement": lead.what[:500]} if lead else {}
    form = forms.NewNomination(request.POST or None, initial=initial)
    duplicates = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        duplicates = _alike(values, request.user)
        if not duplicates or request.POST.get("is_new"):
            try:
                nomination = _draft(request.user, dict(values), lead, duplicates)
            except ValidationError as refusal:
                spread(form, refusal)
            else:
                messages.success(request, "Đã lập dự thảo. Kiểm tra lại rồi gửi.")
                if is_known_elsewhere(nomination.exemplar, request.user):
                    messages.warning(request, ASK_THE_BOARD)
                return redirect("nomination:detail", nomination.pk)
    return render(
        request, "nomination/new.html", {"form": form, "duplicates": duplicates, "lead": lead}
    )


@login_required
@require_POST
def alike(request):
    """Who it might be, asked while the form is being filled in; what is wrong so far is not told."""
    require(request.user, "nomination.draft", request.user.unit)
    form = forms.NewNomination(request.POST)
    form.is_valid()
    said = form.cleaned_data
    context = {"duplicates": _alike(said, request.user) if said.get("full_name") else []}
    return render_part(request, "nomination/new.html#alike", context)


def _alike(said, user):
    return possible_duplicates(
        full_name=said["full_name"],
        kind=said.get("kind", ""),
        birth_year=said.get("birth_year"),
        commune=said.get("commune"),
        residence=said.get("residence", ""),
        deed=said.get("statement", ""),
        user=user,
    )


@transaction.atomic
def _draft(by, values, lead, duplicates):
    claim = {name: values.pop(name) for name in ("statement", "before", "after", "measure")}
    exemplar = exemplars.add(by=by, unit=by.unit, claims=[claim], **values)
    for match in duplicates:  # «đây là người khác» was ticked: the pair is not asked again
        if by.has_perm("exemplars.judge", match.exemplar):
            exemplars.judge(
                exemplar=exemplar,
                other=match.exemplar,
                by=by,
                verdict="different",
                reason="Nói khi lập hồ sơ đề cử.",
            )
    return actions.draft(
        by=by, unit=by.unit, exemplar=exemplar, claims=list(exemplar.claims.all()), lead=lead
    )


@login_required
@require_POST
def submit(request, pk):
    return _move(request, pk, actions.submit, "Đã gửi hồ sơ tới bộ phận thường trực.")


@login_required
@require_POST
def accept(request, pk):
    return _move(request, pk, actions.accept, "Đã tiếp nhận. Người xác minh sẽ đến xem.")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """The unit no longer proposes, and says why."""
    nomination = _visible(request, pk)
    require(request.user, "nomination.withdraw", nomination)
    url = reverse("nomination:detail", args=[pk])
    return form_page(
        request,
        forms.WithdrawReason(request.POST or None),
        lambda values: actions.withdraw(nomination=nomination, by=request.user, **values),
        done="Đã rút hồ sơ.",
        heading=f"Rút hồ sơ: {nomination.exemplar}",
        submit="Rút hồ sơ",
        to=url,
        back=url,
        intro="Hồ sơ đã rút không gửi lại được; hồ sơ gương vẫn còn, muốn đề cử lại thì lập hồ sơ mới.",
    )


def _move(request, pk, action, done):
    nomination = _visible(request, pk)
    try:
        nomination = action(nomination=nomination, by=request.user)
    except IllegalMove as refusal:
        messages.error(request, refusal.message)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    if request.htmx:
        return render_part(request, "nomination/inbox.html#row", {"nomination": nomination})
    return redirect("nomination:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def return_(request, pk):
    """Back to the unit, with what is missing."""
    nomination = _visible(request, pk)
    require(request.user, "nomination.return", nomination)
    url = reverse("nomination:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: actions.return_(nomination=nomination, by=request.user, **values),
        done="Đã trả lại; đơn vị được báo.",
        heading=f"Trả lại: {nomination.exemplar}",
        submit="Trả lại",
        to=url,
        back=url,
    )


# --- Papers -------------------------------------------------------------------------
PAPERS = {
    "bao-cao-thanh-tich": papers.report_docx,
    "to-trinh": papers.submission_docx,
}


@login_required
@require_GET
def paper(request, pk, kind):
    """The report or the submission of one dossier, for Word."""
    nomination = _visible(request, pk)
    if kind not in PAPERS:
        raise Http404(kind)
    return as_word(PAPERS[kind](nomination), f"{kind}-{nomination.exemplar.code}")


@login_required
@require_GET
def list_paper(request):
    """Everybody the own unit has put forward this year, for Word."""
    unit = request.user.unit
    if unit is None:
        raise Http404
    sent = Nomination.objects.visible_to(request.user).sent_in(calendar.today().year)
    rows = sent.filter(unit=unit).select_related("exemplar__commune", "criteria_set")
    listed = list(rows.prefetch_related("claims").order_by("exemplar__sort_key", "pk"))
    return as_word(papers.list_docx(unit, listed), f"danh-sach-{calendar.today().year}")


# --- Several units together -----------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def ask_unit(request, pk):
    """Another unit is to put the exemplar forward too."""
    nomination = _visible(request, pk)
    require(request.user, "nomination.ask_unit", nomination)
    url = reverse("nomination:detail", args=[pk])
    return form_page(
        request,
        forms.Partner(request.POST or None, nomination=nomination),
        lambda values: actions.ask_unit(nomination=nomination, by=request.user, **values),
        done="Đã mời. Người đứng đầu đơn vị ấy được báo và thấy hồ sơ ở «Hôm nay».",
        heading=f"Mời đơn vị cùng đề cử: {nomination.exemplar}",
        submit="Mời ký",
        to=url,
        back=url,
        intro="Đơn vị được mời đọc được hồ sơ này, và chỉ hồ sơ này. Chưa ký đủ thì chưa gửi được.",
    )


@login_required
@require_POST
def drop_unit(request, pk):
    """A unit is not asked any more."""
    asked = get_object_or_404(
        SignOff.objects.visible_to(request.user).select_related("nomination"), pk=pk
    )
    require(request.user, "nomination.drop_unit", asked.nomination)
    actions.drop_unit(sign_off=asked, by=request.user)
    messages.success(request, f"Đã thôi mời {asked.unit}.")
    return redirect("nomination:detail", asked.nomination_id)


@login_required
@require_GET
def sign_offs(request):
    """Dossiers on which this unit was asked to sign; `state=asked` those that wait for oneself."""
    rows = SignOff.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    if state == "asked":
        rows = rows.waiting_for(request.user)
    rows = rows.select_related("nomination__exemplar", "nomination__unit", "unit").order_by("-pk")
    if made := lists.as_sheet(request, "Cùng đề cử", rows, SIGN_OFFS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "nomination/sign_offs.html", {"page": page, "state": state})


def _asked(request, pk) -> SignOff:
    rows = SignOff.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("nomination__exemplar", "nomination__unit", "unit", "said_by"), pk=pk
    )


@login_required
@require_GET
def sign_off(request, pk):
    """The dossier as it prints, for the head of a unit that is asked to stand for it too."""
    asked = _asked(request, pk)
    nomination = asked.nomination
    criteria_set = judged_by(nomination)
    context = {
        "asked": asked,
        "report": report_of(nomination, criteria_set),
        "criteria": criteria_lines(nomination),
        "read": hash_of(content_of(nomination, criteria_set)),
        "standing": next(
            one for one in standings(nomination, criteria_set) if one.sign_off == asked
        ),
        "may_say": asked.is_waiting and request.user.has_perm("nomination.sign_off", asked),
    }
    return render(request, "nomination/sign_off.html", context)


@login_required
@require_POST
def sign(request, pk):
    """Yes."""
    read = request.POST.get("read", "")
    pressed(
        request,
        lambda: actions.sign_off(sign_off=_asked(request, pk), by=request.user, read=read),
        "Đã ký cùng đề cử.",
    )
    return redirect("nomination:sign_off", pk)


@login_required
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    """No, and why."""
    asked = _asked(request, pk)
    require(request.user, "nomination.decline", asked)
    url = reverse("nomination:sign_off", args=[pk])
    return form_page(
        request,
        forms.DeclineReason(request.POST or None),
        lambda values: actions.decline(sign_off=asked, by=request.user, **values),
        done="Đã ghi ý kiến; đơn vị lập hồ sơ đọc được lý do.",
        heading=f"Không đồng ý cùng đề cử: {asked.nomination.exemplar}",
        submit="Không đồng ý",
        to=url,
        back=url,
    )
