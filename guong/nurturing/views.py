from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from guong.core import calendar, lists
from guong.core.forms import form_page
from guong.core.policies import require
from guong.exemplars.models import Exemplar

from . import actions, forms
from .models import Visit
from .policies import cares

SHOWN = {"due": "Đến hạn, quá hạn", "coming": "Sắp tới, trong 30 ngày"}
SHEET = [
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị đi thăm", 30, "unit"),
    ("Ngày thăm", 14, "visited_on"),
    ("Tình hình", 50, "found"),
    ("Khó khăn, cần giúp", 40, "needs"),
    ("Lần tới", 14, "next_on"),
]


@login_required
@require_GET
def visits(request):
    """Visits this person may see, or only those whose next day has come or comes soon."""
    rows = Visit.objects.visible_to(request.user).select_related("exemplar", "unit")
    state = request.GET.get("state", "")
    if state in SHOWN:
        rows = getattr(rows, state)(calendar.today()).order_by("next_on", "pk")
    else:
        rows = rows.order_by("-visited_on", "-pk")
    if made := lists.as_sheet(request, "Thăm, bồi dưỡng", rows, SHEET):
        return made
    context = {
        "page": Paginator(rows, 25).get_page(request.GET.get("page")),
        "state": state,
        "states": SHOWN,
        "may_visit": cares(request.user),
    }
    return render(request, "nurturing/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def record_visit(request, pk):
    """A visit to one exemplar."""
    exemplar = get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)
    require(request.user, "nurturing.record_visit", exemplar)
    url = reverse("web:life", args=[pk])
    return form_page(
        request,
        forms.NewVisit(request.POST or None),
        lambda values: actions.record_visit(
            exemplar=exemplar, unit=request.user.unit, by=request.user, **values
        ),
        done="Đã ghi lần thăm.",
        heading=f"Ghi lần thăm: {exemplar}",
        submit="Ghi lần thăm",
        to=url,
        back=url,
    )
