from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require

from . import actions, forms
from .models import ChecklistAnswer, Inspection

SHEET = [
    ("Đơn vị", 30, "unit"),
    ("Kỳ", 14, "period"),
    ("Người kiểm tra", 24, "opened_by"),
    ("Trạng thái", 20, "get_state_display"),
    ("Mở ngày", 14, "opened_at"),
]


@login_required
@require_GET
def inspections(request):
    """Inspections this person may see, newest first."""
    rows = Inspection.objects.visible_to(request.user).select_related("unit", "opened_by")
    state = request.GET.get("state", "")
    if state in Inspection.State:
        rows = rows.filter(state=state)
    rows = rows.order_by("-opened_at", "-pk")
    if made := lists.as_sheet(request, "Kiểm tra", rows, SHEET):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Inspection.State}
    return render(request, "inspection/list.html", context)


def _visible(request, pk):
    return get_object_or_404(
        Inspection.objects.visible_to(request.user).select_related("unit"), pk=pk
    )


@login_required
@require_GET
def detail(request, pk):
    """The checklist: what the system says beside what the inspector finds."""
    inspection = _visible(request, pk)
    is_open = inspection.state == Inspection.State.OPEN
    context = {
        "inspection": inspection,
        "answers": inspection.answers.order_by("order"),
        "findings": inspection.findings.order_by("pk"),
        "results": ChecklistAnswer.Result,
        "may_answer": is_open and request.user.has_perm("inspection.answer", inspection),
    }
    return render(request, "inspection/detail.html", context)


@login_required
@require_POST
def answer(request, pk):
    """The ticked results of the checklist."""
    inspection = _visible(request, pk)
    results, wrong = forms.read_answers(inspection, request.POST)
    if wrong:
        messages.error(request, " ".join(wrong))
        return redirect("inspection:detail", pk)
    actions.answer(inspection=inspection, by=request.user, results=results)
    messages.success(request, f"Đã lưu {len(results)} câu trả lời.")
    return redirect("inspection:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def record_finding(request, pk):
    """One thing to be mended."""
    inspection = _visible(request, pk)
    require(request.user, "inspection.record_finding", inspection)
    url = reverse("inspection:detail", args=[pk])
    return form_page(
        request,
        forms.NewFinding(request.POST or None),
        lambda values: actions.record_finding(inspection=inspection, by=request.user, **values),
        done="Đã ghi tồn tại.",
        heading=f"Ghi tồn tại: {inspection.unit}",
        submit="Ghi tồn tại",
        to=url,
        back=url,
    )


@login_required
@require_POST
def close(request, pk):
    """The end of the inspection."""
    pressed(
        request,
        lambda: actions.close(inspection=_visible(request, pk), by=request.user),
        "Đã kết luận. Đơn vị đọc được kết quả.",
    )
    return redirect("inspection:detail", pk)
