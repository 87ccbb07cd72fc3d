from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.exemplars import shares
from guong.exemplars.models import Exemplar

from . import actions, forms, policies, selectors
from .models import Adoption

LIBRARY = [
    ("Điển hình", 30, "full_name"),
    ("Cách làm", 60, "summary"),
    ("Nơi", 30, lambda row: row.commune or row.unit),
    ("Lĩnh vực", 24, "field"),
]
ADOPTIONS = [
    ("Đơn vị học theo", 30, "unit"),
    ("Học theo ai", 30, "exemplar"),
    ("Cách học", 16, "get_manner_display"),
    ("Việc học theo", 50, "practice"),
    ("Bắt đầu", 14, "started_on"),
    ("Trạng thái", 20, "get_state_display"),
]
FOLLOWED = [
    ("Điển hình", 30, "full_name"),
    ("Nơi", 30, lambda row: row.commune or row.unit),
    ("Số nơi học theo", 14, "following"),
    ("Các nơi học theo", 60, lambda row: ", ".join(str(one.unit) for one in row.followers)),
]


@login_required
@require_GET
def adoptions(request):
    """The ledger as this person may see it, and what the own unit could learn from."""
    rows = Adoption.objects.visible_to(request.user).select_related(
        "exemplar__unit", "unit", "registered_by"
    )
    state = request.GET.get("state", "")
    if state in Adoption.State:
        rows = rows.filter(state=state)
    rows = rows.order_by("-started_on", "-pk")
    if made := lists.as_sheet(request, "Nhân rộng", rows, ADOPTIONS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    lines = [
        (
            row,
            not row.confirmed_by_id and policies.confirms(request.user, row),
            bool(row.MOVES.get(row.state)) and policies.reports(request.user, row),
        )
        for row in page
    ]
    context = {"page": page, "lines": lines, "state": state, "states": Adoption.State}
    return render(request, "replication/list.html", context)


@login_required
@require_GET
def lineage(request):
    """Who is followed, and by whom."""
    rows = selectors.followed(request.user)
    rows, told = shares.narrow(rows, request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, "Ai học theo ai", rows, FOLLOWED):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "replication/lineage.html", {"page": page, "shares": told})


@login_required
@require_GET
def library(request):
    """Recognised exemplars of other units: whom the own unit could follow."""
    if not request.user.unit_id:
        raise Http404("no unit")
    rows = (
        Exemplar.objects.recognised()
        .exclude(unit__path__startswith=request.user.branch_path())
        .exclude(conflicts__user=request.user)
        .select_related("unit", "commune", "field")
        .order_by("-recognised_on", "-pk")
    )
    rows, told = shares.narrow(rows, request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, "Có thể học theo", rows, LIBRARY):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "replication/library.html", {"page": page, "shares": told})


@login_required
@require_http_methods(["GET", "POST"])
def register(request, pk):
    """«Đơn vị tôi học theo»."""
    exemplar = get_object_or_404(
        Exemplar.objects.recognised().exclude(conflicts__user=request.user), pk=pk
    )
    require(request.user, "replication.register", request.user.unit)
    return form_page(
        request,
        forms.NewAdoption(request.POST or None, initial={"in_charge": request.user.full_name}),
        lambda values: actions.register(
            exemplar=exemplar, unit=request.user.unit, by=request.user, **values
        ),
        done="Đã đăng ký. Nơi có điển hình sẽ xác nhận.",
        heading=f"Đơn vị tôi học theo: {exemplar}",
        submit="Đăng ký học theo",
        to=reverse("replication:list"),
        back=reverse("replication:library"),
    )


@login_required
@require_POST
def confirm(request, pk):
    """The source says yes."""
    adoption = get_object_or_404(Adoption.objects.visible_to(request.user), pk=pk)
    pressed(request, lambda: actions.confirm(adoption=adoption, by=request.user), "Đã xác nhận.")
    return redirect("replication:list")


@login_required
@require_http_methods(["GET", "POST"])
def report_progress(request, pk):
    """How it goes with what was taken over."""
    adoption = get_object_or_404(
        Adoption.objects.visible_to(request.user).select_related("exemplar", "unit"), pk=pk
    )
    require(request.user, "replication.report_progress", adoption)
    return form_page(
        request,
        forms.Progress(request.POST or None, adoption=adoption),
        lambda values: actions.report_progress(adoption=adoption, by=request.user, **values),
        done="Đã ghi.",
        heading=f"Tình hình: {adoption}",
        submit="Ghi tình hình",
        to=reverse("replication:list"),
        back=reverse("replication:list"),
    )
