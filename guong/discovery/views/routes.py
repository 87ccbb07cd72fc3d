from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.forms import form_page
from guong.core.policies import require
from guong.units.models import Unit

from .. import actions, forms, selectors
from ..models import Keeping, Lead, Route

READERS = {"introducer", "unit_head", "secretariat", "inspector", "data_protection"}
ROUTES = [
    ("Lĩnh vực", 40, lambda row: str(row.field or "Mọi tin khác")),
    ("Đơn vị xử lý", 40, "unit"),
    ("Ai đặt", 24, "set_by"),
    ("Đặt ngày", 14, "set_at"),
]
KEEPINGS = [
    ("Áp dụng từ", 14, "valid_from"),
    ("Số ngày", 10, "days"),
    ("Căn cứ", 60, "reason"),
    ("Ai đặt", 24, "set_by"),
]


def _may_read(user) -> None:
    if not READERS & set(user.functions()):
        raise PermissionDenied("discovery.routes")


@login_required
@require_GET
def routes(request):
    """Which unit owns which leads: a field's row, else the commune, else the row for all others."""
    _may_read(request.user)
    rows = Route.objects.visible_to(request.user).select_related("field", "unit", "set_by")
    rows = rows.order_by("field__order", "pk")
    if made := lists.as_sheet(request, "Nơi xử lý tin", rows, ROUTES):
        return made
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "may_set": request.user.has_perm("discovery.set_route"),
        "last": selectors.owner_of("", None, calendar.today())[0],
    }
    return render(request, "discovery/routes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_route(request):
    """Leads of a field go to a unit from now on."""
    require(request.user, "discovery.set_route")
    url = reverse("discovery:routes")
    form = forms.NewRoute(
        request.POST or None,
        fields=selectors.fields(),
        units=Unit.objects.visible_to(request.user).standing(),
    )
    return form_page(
        request,
        form,
        lambda values: actions.set_route(by=request.user, **values),
        done="Đã đặt. Tin cũ vẫn ở chỗ cũ.",
        heading="Giao tin cho đơn vị",
        submit="Đặt nơi xử lý",
        to=url,
        back=url,
    )


@login_required
@require_POST
def remove_route(request, pk):
    """The field has no unit of its own any more."""
    route = get_object_or_404(Route.objects.visible_to(request.user), pk=pk)
    actions.remove_route(route=route, by=request.user)
    messages.success(request, "Đã bỏ. Tin mới theo xã, phường.")
    return redirect("discovery:routes")


# --- How long personal data is kept ------------------------------------------------
@login_required
@require_GET
def keeping(request):
    """For how many days after a refusal, since when, by what; and how many leads that concerns."""
    _may_read(request.user)
    rows = Keeping.objects.visible_to(request.user).select_related("set_by").order_by("-valid_from")
    if made := lists.as_sheet(request, "Thời hạn giữ dữ liệu cá nhân", rows, KEEPINGS):
        return made
    leads = Lead.objects.visible_to(request.user)
    context = {
        "page": Paginator(rows, 25).get_page(request.GET.get("page")),
        "days": Keeping.objects.visible_to(request.user).days_on(calendar.today()),
        "forgotten": leads.exclude(forgotten_on=None).count(),
        "kept": leads.filter(state=Lead.State.DECLINED, forgotten_on=None, exemplar=None).count(),
        "may_set": request.user.has_perm("discovery.set_keeping"),
    }
    return render(request, "discovery/keeping.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_keeping(request):
    """Another number of days from a day on."""
    require(request.user, "discovery.set_keeping")
    url = reverse("discovery:keeping")
    return form_page(
        request,
        forms.NewKeeping(request.POST or None, initial={"valid_from": calendar.today()}),
        lambda values: actions.set_keeping(by=request.user, **values),
        done="Đã đặt thời hạn.",
        heading="Đặt thời hạn giữ dữ liệu cá nhân",
        submit="Đặt thời hạn",
        to=url,
        back=url,
        intro="Áp dụng cho tin không tiếp nhận. Mã, trạng thái và câu trả lời vẫn giữ.",
    )
