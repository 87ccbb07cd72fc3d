from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.exemplars import shares
from guong.nomination.models import Nomination
from guong.units.models import Unit

from . import actions, forms, papers
from .models import Decision

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = [
    ("Điển hình", 30, "exemplar"),
    ("Danh hiệu", 40, "title"),
    ("Số", 20, "number_sign"),
    ("Ngày ký", 14, "signed_on"),
    ("Người ký", 24, "signatory"),
    ("Trạng thái", 20, "get_state_display"),
]


@login_required
@require_GET
def decisions(request):
    """Decisions this person may see, and verified nominations without one."""
    rows = Decision.objects.visible_to(request.user).select_related(
        "exemplar", "issuer", "signatory"
    )
    state = request.GET.get("state", "")
    if state in Decision.State:
        rows = rows.filter(state=state)
    rows = rows.order_by("-state_since", "-pk")
    rows, told = shares.narrow(rows, request.GET.get("nhom", ""), "exemplar__")
    if made := lists.as_sheet(request, "Quyết định", rows, SHEET):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    ready = Nomination.objects.visible_to(request.user).filter(
        verifications__state="proven", decision=None
    )
    context = {
        "page": page,
        "state": state,
        "states": Decision.State,
        "shares": told,
        "ready": ready.select_related("exemplar", "unit").order_by("state_since")[:25],
        "may_draft": request.user.has_function("secretariat"),
    }
    return render(request, "recognition/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """A decision for a verified nomination."""
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.user).select_related("exemplar", "unit"), pk=pk
    )
    require(request.user, "recognition.draft", nomination)
    initial = {
        "issuer": Unit.objects.visible_to(request.user).filter(code="UBND").first()
        or nomination.unit,
        "citation": "; ".join(claim.statement for claim in nomination.claims.all())[:800],
    }
    return form_page(
        request,
        forms.NewDecision(request.POST or None, initial=initial),
        lambda values: actions.draft(nomination=nomination, by=request.user, **values),
        done="Đã dự thảo, chờ người ký.",
        heading=f"Dự thảo quyết định: {nomination.exemplar}",
        submit="Lưu dự thảo",
        to=lambda made: reverse("recognition:detail", args=[made.pk]),
        back=reverse("recognition:list"),
    )


def _visible(request, pk):
    return get_object_or_404(
        Decision.objects.visible_to(request.user).select_related(
            "exemplar__commune",
            "exemplar__unit",
            "issuer",
            "nomination__unit",
            "signatory",
            "drafted_by",
            "revocation_confirmed_by",
        ),
        pk=pk,
    )


@login_required
@require_GET
def detail(request, pk):
    """One decision and its next step."""
    decision = _visible(request, pk)
    context = {
        "decision": decision,
        "may_sign": decision.state == "drafted"
        and request.user.has_perm("recognition.sign", decision),
        "may_revoke": decision.state == "signed"
        and request.user.has_perm("recognition.revoke", decision),
        "may_confirm": decision.state == "revoked"
        and decision.revocation_confirmed_by_id is None
        and request.user.has_perm("recognition.confirm_revocation", decision),
        "form": forms.Sign(),
    }
    return render(request, "recognition/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """Number, date and signatory."""
    decision = _visible(request, pk)
    require(request.user, "recognition.sign", decision)
    url = reverse("recognition:detail", args=[pk])
    return form_page(
        request,
        forms.Sign(request.POST or None),
        lambda values: actions.sign(decision=decision, by=request.user, **values),
        done="Đã ký; quyết định đã vào sổ.",
        heading=f"Ký quyết định: {decision.exemplar}",
        submit="Ký và cấp số",
        to=url,
        back=url,
    )


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request, pk):
    """The recognition is taken back."""
    decision = _visible(request, pk)
    require(request.user, "recognition.revoke", decision)
    url = reverse("recognition:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: actions.revoke(decision=decision, by=request.user, **values),
        done="Đã thu hồi. Bản phát hành tới không còn người này; chờ người thứ hai xác nhận.",
        heading=f"Thu hồi: {decision.number_sign}",
        submit="Thu hồi quyết định",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm_revocation(request, pk):
    """The second person, after whom the check code says that it was revoked."""
    decision = _visible(request, pk)
    pressed(
        request,
        lambda: actions.confirm_revocation(decision=decision, by=request.user),
        "Đã xác nhận; tra mã sẽ thấy quyết định đã bị thu hồi.",
    )
    return redirect("recognition:detail", pk)


@login_required
@require_GET
def paper(request, pk):
    """The decision as Word."""
    decision = _visible(request, pk)
    response = HttpResponse(papers.docx(decision), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="quyet-dinh-{pk}.docx"'
    return response
