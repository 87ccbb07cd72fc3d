from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from guong.core.forms import form_page
from guong.core.policies import require
from guong.units.models import Unit

from . import actions, forms
from .marks import marked
from .models import Lead


@login_required
@require_GET
def leads(request):
    """Leads this person may see, narrowed by state; `waiting` is what wants an answer."""
    rows = Lead.objects.visible_to(request.user).select_related("unit", "exemplar")
    state = request.GET.get("state", "")
    if state == "waiting":
        rows = rows.waiting()
    elif state in Lead.State:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-received_at", "-pk"), 25).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Lead.State}
    return render(request, "discovery/list.html", context)


@login_required
@require_GET
def detail(request, pk):
    """One lead: what was said, what the guard found, what can be done."""
    lead = get_object_or_404(
        Lead.objects.visible_to(request.user).select_related("unit", "exemplar", "file"), pk=pk
    )
    reasons = lead.verdict.get("reasons", [])
    context = {
        "lead": lead,
        "reasons": reasons,
        "text": marked(f"{lead.who}\n{lead.where}\n{lead.what}", reasons),
        "may_read_contact": request.user.has_perm("discovery.read_contact", lead),
        "may_act": lead.can_move_to("declined")
        and request.user.has_perm("discovery.decline", lead),
        "may_let_pass": lead.state == "held"
        and request.user.has_perm("discovery.let_pass", lead),
    }
    return render(request, "discovery/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def receive(request):
    """A clerk writes down what was told, or pastes a press text."""
    functions = set(request.user.functions())
    if not functions & {"introducer", "unit_head", "secretariat"}:
        raise PermissionDenied("discovery.receive")
    units = Unit.objects.standing() if "secretariat" in functions else request.user.branch()
    return form_page(
        request,
        forms.NewLead(request.POST or None, units=units, initial={"unit": request.user.unit}),
        lambda values: actions.receive(by=request.user, **values),
        done="Đã ghi tin.",
        heading="Ghi tin phát hiện",
        submit="Ghi tin",
        to=lambda made: reverse("discovery:detail", args=[made.pk]),
        back=reverse("discovery:list"),
        intro="Lớp gác xem chữ trước khi tin vào hộp; chỗ nào bị giữ được chỉ ra ngay.",
    )


@login_required
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    return _with_reason(request, pk, "decline", actions.decline, "Không tiếp nhận")


@login_required
@require_http_methods(["GET", "POST"])
def let_pass(request, pk):
    return _with_reason(request, pk, "let_pass", actions.let_pass, "Cho qua")


def _with_reason(request, pk, verb, action, heading):
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    require(request.user, f"discovery.{verb}", lead)
    url = reverse("discovery:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: action(lead=lead, by=request.user, **values),
        done="Đã ghi.",
        heading=f"{heading}: {lead.who}",
        submit=heading,
        to=url,
        back=url,
    )
