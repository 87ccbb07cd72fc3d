from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core.forms import form_page
from guong.core.policies import require
from guong.exemplars.models import Exemplar

from . import actions, forms
from .models import StoryApproval, StoryPage


@login_required
@require_GET
def stories(request):
    """Stories this person may see, narrowed by state."""
    rows = (
        StoryApproval.objects.visible_to(request.user)
        .select_related("exemplar__unit", "page", "sent_by")
        .order_by("-state_since", "-pk")
    )
    state = request.GET.get("state", "")
    if state in StoryApproval.State:
        rows = rows.filter(state=state)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": StoryApproval.State}
    return render(request, "publicity/list.html", context)


@login_required
@require_GET
def untold(request):
    """Recognised exemplars nobody has written about yet."""
    rows = (
        Exemplar.objects.visible_to(request.user)
        .recognised()
        .exclude(story_approvals__isnull=False)
        .select_related("unit", "commune", "field")
        .prefetch_related("consents")
        .order_by("-recognised_on", "-pk")
    )
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "publicity/untold.html", {"page": page})


@login_required
@require_POST
def start_story(request, pk):
    """From a recognised exemplar to a draft in the newsroom, facts filled in."""
    exemplar = get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)
    try:
        page = actions.start_story(exemplar=exemplar, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("publicity:untold")
    messages.success(request, "Đã tạo bài; các con số đã kiểm chứng được điền sẵn.")
    return redirect("wagtailadmin_pages:edit", page.pk)


@login_required
@require_GET
def detail(request, pk):
    """One story as it waits: the frozen text, what the guard says, who may approve."""
    approval = get_object_or_404(
        StoryApproval.objects.visible_to(request.user).select_related("exemplar", "page"), pk=pk
    )
    context = {
        "approval": approval,
        "authors": approval.authors.select_related("user"),
        "may_approve": request.user.has_perm("publicity.approve", approval),
        "may_write": request.user.has_function("editor"),
        "form": forms.Approve(),
        "back_form": forms.Reason(prefix="back"),
    }
    return render(request, "publicity/detail.html", context)


@login_required
@require_POST
def send_for_approval(request, pk):
    """The draft as it stands now, to a second person."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    page = get_object_or_404(StoryPage, pk=approval.page_id)
    try:
        approval = actions.send_for_approval(page=page, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã gửi. Một người khác sẽ duyệt.")
    return redirect("publicity:detail", approval.pk)


@login_required
@require_POST
def approve(request, pk):
    """Yes to this very text."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    form = forms.Approve(request.POST)
    form.is_valid()
    try:
        actions.approve(approval=approval, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã duyệt. Bài sẽ lên cổng ở bản phát hành tới.")
    return redirect("publicity:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """Back to the writer, with what to mend."""
    return _with_reason(
        request, pk, "send_back", actions.send_back, "Trả bài để sửa", "Đã trả bài."
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Off the portal."""
    return _with_reason(
        request,
        pk,
        "withdraw",
        actions.withdraw,
        "Gỡ bài",
        "Đã gỡ. Bản phát hành tới không còn bài này.",
    )


def _with_reason(request, pk, verb, action, heading, done):
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    require(request.user, f"publicity.{verb}", approval)
    url = reverse("publicity:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: action(approval=approval, by=request.user, **values),
        done=done,
        heading=f"{heading}: {approval}",
        submit=heading,
        to=url,
        back=url,
    )
