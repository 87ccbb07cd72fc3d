"""Of which movement an exemplar came."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.direction.models import Movement

from .. import actions, forms, shares
from ..models import MovementEntry
from ..policies import is_leader, is_secretariat
from .common import life_url, visible

ENTRIES = [
    ("Mã", 16, "exemplar.code"),
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "exemplar.unit"),
    ("Phong trào", 40, "movement"),
    ("Người ghi", 24, "entered_by"),
    ("Người xác nhận", 24, "confirmed_by"),
]


@login_required
@require_GET
def movement_entries(request):
    """Which exemplar came of which movement; `movement` narrows, `state=waiting` wants a second."""
    rows = MovementEntry.objects.visible_to(request.user)
    asked, found = request.GET.get("movement", ""), None
    if asked.isdecimal():
        found = get_object_or_404(Movement.objects.visible_to(request.user), pk=asked)
        rows = rows.filter(movement=found)
    if request.GET.get("state") == "waiting":
        rows = rows.waiting()
    rows = rows.select_related("exemplar__unit", "movement", "entered_by", "confirmed_by")
    rows, told = shares.narrow(rows.order_by("-pk"), request.GET.get("nhom", ""), "exemplar__")
    if made := lists.as_sheet(request, "Gương của phong trào", rows, ENTRIES):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "movement": found,
        "shares": told,
        "may_confirm": is_secretariat(request.user) or is_leader(request.user),
    }
    return render(request, "exemplars/movement_entries.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_movement(request, pk):
    """Say of which movement an exemplar came."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.enter_movement", exemplar)
    url = life_url(pk)
    movements = Movement.objects.public().exclude(entries__exemplar=exemplar)
    return form_page(
        request,
        forms.OfMovement(request.POST or None, movements=movements.order_by("-starts_on", "-pk")),
        lambda values: actions.enter_movement(exemplar=exemplar, by=request.user, **values),
        done="Đã gắn; chờ người thứ hai xác nhận.",
        heading=f"Gắn với phong trào: {exemplar}",
        submit="Gắn với phong trào",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm_movement(request, pk):
    """The second person."""
    entry = get_object_or_404(MovementEntry.objects.visible_to(request.user), pk=pk)
    pressed(request, lambda: actions.confirm_movement(entry=entry, by=request.user), "Đã xác nhận.")
    return redirect(f"{reverse('exemplars:movement_entries')}?movement={entry.movement_id}")
