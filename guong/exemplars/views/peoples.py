"""The list of peoples, as the statistics name them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require

from .. import actions, forms
from ..models import EthnicGroup

PEOPLES = [
    ("Tên dân tộc", 24, "name"),
    ("Cách viết khác", 40, "other_spellings"),
    ("Theo", 60, "source"),
    ("Người xác minh", 24, "verified_by"),
    ("Ngày xác minh", 14, "verified_on"),
    ("Đang dùng", 12, "is_switched_on"),
    ("Dùng đến ngày", 14, "valid_to"),
]


@login_required
@require_GET
def ethnic_groups(request):
    """How each people is written, where it stands so, whether somebody verified it."""
    rows = EthnicGroup.objects.visible_to(request.user)
    rows = rows.order_by(F("valid_to").asc(nulls_first=True), "name", "pk")
    if made := lists.as_sheet(request, "Danh mục dân tộc", rows, PEOPLES):
        return made
    page = Paginator(rows, 60).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_keep": request.user.has_perm("exemplars.add_ethnic_group"),
        "may_verify": {
            row.pk for row in page if request.user.has_perm("exemplars.verify_ethnic_group", row)
        },
    }
    return render(request, "exemplars/ethnic_groups.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_ethnic_group(request):
    """One more people."""
    require(request.user, "exemplars.add_ethnic_group")
    return form_page(
        request,
        forms.PeopleName(request.POST or None),
        lambda values: actions.add_ethnic_group(by=request.user, **values),
        done="Đã thêm; tên này chưa xác minh.",
        heading="Thêm tên dân tộc",
        submit="Thêm tên",
        to=reverse("exemplars:ethnic_groups"),
        back=reverse("exemplars:ethnic_groups"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def rename_ethnic_group(request, pk):
    """Another spelling."""
    group = _people(request, pk)
    require(request.user, "exemplars.rename_ethnic_group", group)
    initial = {
        "name": group.name,
        "aliases": group.other_spellings,
        "source": group.source,
    }
    return form_page(
        request,
        forms.PeopleName(request.POST or None, initial=initial),
        lambda values: actions.rename_ethnic_group(group=group, by=request.user, **values),
        done="Đã sửa; tên này chờ người khác xác minh.",
        heading=f"Sửa tên: {group}",
        submit="Ghi",
        to=f"{reverse('exemplars:ethnic_groups')}#dan-toc-{pk}",
        back=reverse("exemplars:ethnic_groups"),
        intro="Hồ sơ đã ghi tên cũ không phải sửa: vẫn được đếm vào tên mới.",
    )


@login_required
@require_POST
def verify_ethnic_group(request, pk):
    """A second person has looked."""
    return _change_people(request, pk, actions.verify_ethnic_group, "Đã xác minh tên dân tộc.")


@login_required
@require_POST
def switch_ethnic_group(request, pk):
    """On or off."""
    on = request.POST.get("on") == "1"

    def switch(*, group, by):
        return actions.switch_ethnic_group(group=group, by=by, on=on)

    return _change_people(request, pk, switch, "Đã bật." if on else "Đã tắt; hồ sơ cũ giữ nguyên.")


def _people(request, pk) -> EthnicGroup:
    return get_object_or_404(EthnicGroup.objects.visible_to(request.user), pk=pk)


def _change_people(request, pk, action, done):
    pressed(request, lambda: action(group=_people(request, pk), by=request.user), done)
    return redirect(f"{reverse('exemplars:ethnic_groups')}#dan-toc-{pk}")
