from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.exemplars import shares
from guong.exemplars.models import Exemplar

from . import actions, forms
from .models import HonourEntry, HonourRoll
from .policies import is_second

ROLLS = [
    ("Đợt", 40, str),
    ("Ngày", 14, "given_on"),
    ("Nơi tổ chức", 30, "organiser"),
    ("Đã xác nhận", 12, "confirmed"),
    ("Chờ", 10, "waiting"),
]
WAITING = [
    ("Đợt", 30, "roll"),
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "exemplar.unit"),
    ("Vì", 50, "citation"),
    ("Người ghi", 24, "entered_by"),
]
ENTRIES = [
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "exemplar.unit"),
    ("Vì", 50, "citation"),
    ("Người xác nhận", 24, "confirmed_by"),
]


@login_required
@require_GET
def rolls(request):
    """Honour rolls; `state=waiting` lists the entries that want a second person."""
    if request.GET.get("state") == "waiting":
        rows = HonourEntry.objects.visible_to(request.user).waiting()
        rows = rows.select_related("exemplar__unit", "roll", "entered_by").order_by("pk")
        rows, told = shares.narrow(rows, request.GET.get("nhom", ""), "exemplar__")
        if made := lists.as_sheet(request, "Tên chờ xác nhận", rows, WAITING):
            return made
        page = Paginator(rows, 25).get_page(request.GET.get("page"))
        context = {"page": page, "shares": told, "may_confirm": is_second(request.user)}
        return render(request, "honours/waiting.html", context)
    # Who is involved must not even count the entry.
    seen = Q(entries__in=HonourEntry.objects.visible_to(request.user))
    rows = (
        HonourRoll.objects.visible_to(request.user)
        .select_related("organiser")
        .annotate(
            confirmed=Count("entries", filter=seen & Q(entries__confirmed_by__isnull=False)),
            waiting=Count("entries", filter=seen & Q(entries__confirmed_by=None)),
        )
        .order_by("-given_on", "-pk")
    )
    if made := lists.as_sheet(request, "Đợt tôn vinh", rows, ROLLS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_open": request.user.has_perm("honours.open_roll")}
    return render(request, "honours/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_roll(request):
    """A new round of honour."""
    require(request.user, "honours.open_roll")
    return form_page(
        request,
        forms.NewRoll(request.POST or None, initial={"organiser": request.user.unit}),
        lambda values: actions.open_roll(by=request.user, **values),
        done="Đã mở đợt tôn vinh.",
        heading="Mở đợt tôn vinh",
        submit="Mở đợt",
        to=lambda made: reverse("honours:roll", args=[made.pk]),
        back=reverse("honours:list"),
    )


@login_required
@require_GET
def roll(request, pk):
    """One roll and its entries."""
    found = get_object_or_404(
        HonourRoll.objects.visible_to(request.user).select_related("organiser"), pk=pk
    )
    entries = (
        HonourEntry.objects.visible_to(request.user)
        .filter(roll=found)
        .select_related("exemplar__unit", "entered_by", "confirmed_by")
        .order_by("exemplar__sort_key", "pk")
    )
    entries, told = shares.narrow(entries, request.GET.get("nhom", ""), "exemplar__")
    if made := lists.as_sheet(request, f"Tôn vinh {found}", entries, ENTRIES):
        return made
    context = {
        "roll": found,
        "shares": told,
        "page": Paginator(entries, 25).get_page(request.GET.get("page")),
        "may_enter": request.user.has_perm("honours.open_roll"),
        "may_confirm": is_second(request.user),
    }
    return render(request, "honours/roll.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request, pk):
    """One exemplar into the roll."""
    found = get_object_or_404(HonourRoll.objects.visible_to(request.user), pk=pk)
    require(request.user, "honours.open_roll")
    url = reverse("honours:roll", args=[pk])
    exemplars = Exemplar.objects.visible_to(request.user).recognised().exclude(honours__roll=found)
    return form_page(
        request,
        forms.NewEntry(request.POST or None, exemplars=exemplars.order_by("sort_key", "pk")),
        lambda values: actions.enter(roll=found, by=request.user, **values),
        done="Đã ghi; người thứ hai xác nhận.",
        heading=f"Ghi vào: {found}",
        submit="Ghi vào danh sách",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm(request, pk):
    """The second person."""
    entry = get_object_or_404(HonourEntry.objects.visible_to(request.user), pk=pk)
    pressed(request, lambda: actions.confirm(entry=entry, by=request.user), "Đã xác nhận.")
    return redirect("honours:roll", entry.roll_id)
