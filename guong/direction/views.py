from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page
from guong.core.policies import require

from . import actions, forms
from .models import Assignment, Directive, Movement

KEPT = ("number", "sign", "issued_on", "issuer", "summary", "legal_bases")
ANSWERS = [
    ("Nhiệm vụ", 40, "task"),
    ("Đơn vị", 30, "unit"),
    ("Trạng thái", 20, "get_state_display"),
    ("Người phụ trách", 24, "in_charge"),
    ("Tiếp nhận ngày", 14, "acknowledged_at"),
]
DIRECTIVES = [
    ("Văn bản", 20, str),
    ("Trích yếu", 60, "summary"),
    ("Cơ quan", 30, "issuer"),
    ("Ngày", 14, "issued_on"),
    ("Giao", 10, "given"),
    ("Chưa tiếp nhận", 14, "silent"),
]
SILENT = [
    ("Văn bản", 20, "task.directive"),
    ("Nhiệm vụ", 40, "task"),
    ("Đơn vị", 30, "unit"),
    ("Hạn", 14, "task.due_on"),
]


@login_required
@require_GET
def directives(request):
    """Directives with how many units are still silent; `state=sent` lists the silent tasks."""
    if request.GET.get("state") == "sent":
        rows = (
            Assignment.objects.visible_to(request.user)
            .waiting()
            .select_related("task__directive", "unit")
            .order_by("task__due_on", "pk")
        )
        if made := lists.as_sheet(request, "Nhiệm vụ chưa tiếp nhận", rows, SILENT):
            return made
        page = Paginator(rows, 25).get_page(request.GET.get("page"))
        return render(request, "direction/waiting.html", {"page": page})
    rows = Directive.objects.visible_to(request.user).select_related("issuer")
    rows = rows.with_answers(request.user).order_by("-issued_on", "-pk")
    if made := lists.as_sheet(request, "Văn bản chỉ đạo", rows, DIRECTIVES):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_register": request.user.has_perm("direction.register")}
    return render(request, "direction/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def register(request):
    """A new directive and its task."""
    require(request.user, "direction.register")
    form = forms.NewDirective(request.POST or None)
    return form_page(
        request,
        form,
        lambda values: actions.register(
            by=request.user, tasks=[form.task()], **{name: values[name] for name in KEPT}
        ),
        done="Đã đăng ký văn bản và giao nhiệm vụ.",
        heading="Đăng ký văn bản chỉ đạo",
        submit="Đăng ký và giao nhiệm vụ",
        to=lambda made: reverse("direction:detail", args=[made.pk]),
        back=reverse("direction:list"),
        template="direction/register.html",
        chosen=request.POST.getlist("units"),
    )


@login_required
@require_GET
def detail(request, pk):
    """One directive: its bases, its tasks, who has taken them and who is silent."""
    directive = get_object_or_404(
        Directive.objects.visible_to(request.user).select_related("issuer"), pk=pk
    )
    rows = (
        Assignment.objects.visible_to(request.user)
        .filter(task__directive=directive)
        .select_related("task", "unit", "acknowledged_by")
        .silent_first()
    )
    if made := lists.as_sheet(request, f"Tiếp nhận {directive}", rows, ANSWERS):
        return made
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    own = [
        row
        for row in page
        if row.can_move_to("acknowledged") and request.user.has_perm("direction.acknowledge", row)
    ]
    context = {
        "directive": directive,
        "tasks": directive.tasks.all(),
        "page": page,
        "silent": rows.waiting().count(),
        "own": own[:1],
        "form": forms.InCharge(initial={"in_charge": request.user.full_name}),
    }
    return render(request, "direction/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def acknowledge(request, pk):
    """The unit takes the task and names who sees to it."""
    assignment = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related("task__directive"), pk=pk
    )
    require(request.user, "direction.acknowledge", assignment)
    url = reverse("direction:detail", args=[assignment.task.directive_id])
    return form_page(
        request,
        forms.InCharge(request.POST or None, initial={"in_charge": request.user.full_name}),
        lambda values: actions.acknowledge(assignment=assignment, by=request.user, **values),
        done="Đã tiếp nhận nhiệm vụ.",
        heading="Tiếp nhận nhiệm vụ",
        submit="Tiếp nhận",
        intro=assignment.task.text,
        to=url,
        back=url,
    )


# --- Movements -----------------------------------------------------------------
@login_required
@require_GET
def movements(request):
    """Emulation movements, the newest first; `state=waiting` those that want a second person."""
    rows = Movement.objects.visible_to(request.user).select_related("launcher")
    if request.GET.get("state") == "waiting":
        rows = rows.waiting()
    page = Paginator(rows.order_by("-starts_on", "-pk"), 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_enter": request.user.has_perm("direction.enter_movement")}
    return render(request, "direction/movements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_movement(request):
    """A new movement, for a second person to confirm."""
    require(request.user, "direction.enter_movement")
    directives = Directive.objects.visible_to(request.user).order_by("-issued_on", "-pk")
    return form_page(
        request,
        forms.NewMovement(
            request.POST or None, directives=directives, initial={"launcher": request.user.unit}
        ),
        lambda values: actions.enter_movement(by=request.user, **values),
        done="Đã ghi phong trào; chờ người thứ hai xác nhận.",
        heading="Ghi phong trào thi đua",
        submit="Ghi phong trào",
        to=lambda made: reverse("direction:movement", args=[made.pk]),
        back=reverse("direction:movements"),
        intro="Điều 17 Luật Thi đua, khen thưởng năm 2022: mục tiêu, phạm vi, đối tượng, nội dung, "
        "tiêu chí, thời gian, kế hoạch, biện pháp.",
    )


@login_required
@require_GET
def movement(request, pk):
    """One movement: what was said of it and who stands for it."""
    found = get_object_or_404(
        Movement.objects.visible_to(request.user).select_related(
            "launcher", "directive", "entered_by", "confirmed_by"
        ),
        pk=pk,
    )
    context = {
        "movement": found,
        "may_confirm": found.confirmed_by_id is None
        and request.user.has_perm("direction.confirm_movement", found),
    }
    return render(request, "direction/movement.html", context)


@login_required
@require_POST
def confirm_movement(request, pk):
    """The second person."""
    found = get_object_or_404(Movement.objects.visible_to(request.user), pk=pk)
    try:
        actions.confirm_movement(movement=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã xác nhận; phong trào lên cổng trong bản phát hành tới.")
    return redirect("direction:movement", pk)
