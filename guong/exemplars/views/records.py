"""The list of records, what is known of one, and advice while writing."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page
from guong.core.policies import require
from guong.guard.superlatives import superlatives

from .. import actions, forms, papers, shares
from ..models import Exemplar
from ..policies import CLEARS_UP
from ..uploads import take_in_picture
from .common import life_url, visible

# The boxes that ask for advice.
ADVISED = ("statement", "summary", "words", "did", "results", "worth")
LONGEST = 4000


def narrowed(request, form):
    rows = Exemplar.objects.visible_to(request.user).select_related("unit", "commune", "field")
    return form.narrow(rows).order_by("-introduced_on", "-pk")


@login_required
@require_GET
def exemplars(request):
    """The life records this person may open, narrowed by words, place, field, kind and state."""
    form = forms.Narrowing(request.GET)
    rows, told = shares.narrow(narrowed(request, form), request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, "Danh sách điển hình", rows, papers.COLUMNS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "shares": told,
        "is_narrowed": any(form.cleaned_data.values()),
        "may_nominate": {"introducer", "unit_head"} & set(request.user.functions()),
        "may_clear_up": CLEARS_UP & set(request.user.functions()),
    }
    return render(request, "exemplars/list.html", context)


@login_required
@require_POST
def advise(request):
    """Which words of what is being typed want a figure; keeps nothing, stops nobody."""
    written = next((request.POST[name] for name in ADVISED if name in request.POST), "")
    context = {
        "advice": superlatives(written[:LONGEST], has_figure=bool(request.POST.get("after")))
    }
    return render(request, "exemplars/_advice.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_picture(request, pk):
    """A face, or a landscape."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.set_picture", exemplar)

    def act(values):
        file = take_in_picture(values["file"], by=request.user)
        return actions.set_picture(exemplar=exemplar, by=request.user, file=file)

    return form_page(
        request,
        forms.NewPicture(request.POST or None, request.FILES or None),
        act,
        done="Đã đặt ảnh.",
        heading=f"Đặt ảnh: {exemplar}",
        submit="Đặt ảnh",
        to=life_url(pk),
        back=life_url(pk),
        intro="Ảnh chỉ hiện trong hồ sơ. Muốn lên cổng phải có sự đồng ý «đăng ảnh».",
    )


@login_required
@require_http_methods(["GET", "POST"])
def describe(request, pk):
    """What is known of the exemplar now."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.describe", exemplar)
    return form_page(
        request,
        forms.Description(request.POST or None, instance=visible(request, pk)),
        lambda values: actions.describe(exemplar=exemplar, by=request.user, **values),
        done="Đã ghi lời mô tả.",
        heading=f"Sửa lời mô tả: {exemplar}",
        submit="Ghi",
        to=life_url(pk),
        back=life_url(pk),
        intro="Chức vụ, giới tính, địa bàn chỉ dùng để đếm: không danh sách, tệp xuất nào nêu ai là gì.",
    )
