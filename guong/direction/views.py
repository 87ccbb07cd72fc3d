from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.forms import form_page, pressed, spread
from guong.core.policies import require

from . import actions, forms, papers, selectors
from .models import Assignment, CriteriaSet, Directive, Movement, Rule

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
MOVEMENTS = [
    ("Phong trào", 40, "name"),
    ("Hình thức", 24, "get_kind_display"),
    ("Nơi phát động", 30, "launcher"),
    ("Từ ngày", 14, "starts_on"),
    ("Đến ngày", 14, "ends_on"),
]
SETS = [
    ("Bộ tiêu chí", 40, "name"),
    ("Cơ quan ban hành", 30, "issuer"),
    ("Lĩnh vực", 24, "field"),
    ("Xét cho", 30, "award"),
    ("Trạng thái", 20, "get_state_display"),
    ("Dùng từ ngày", 14, "valid_from"),
    ("Đến hết ngày", 14, "valid_until"),
]
RULES = [
    ("Quy định", 40, "name"),
    ("Loại", 20, "get_kind_display"),
    ("Điều khoản", 40, "article"),
    ("Từ ngày", 14, "valid_from"),
    ("Đến hết ngày", 14, "valid_until"),
    ("Đang bật", 10, "is_switched_on"),
    ("Xác minh ngày", 14, "verified_on"),
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
    rows = rows.order_by("-starts_on", "-pk")
    if made := lists.as_sheet(request, "Phong trào thi đua", rows, MOVEMENTS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
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
    pressed(
        request,
        lambda: actions.confirm_movement(movement=found, by=request.user),
        "Đã xác nhận; phong trào lên cổng trong bản phát hành tới.",
    )
    return redirect("direction:movement", pk)


# --- criteria sets ------------------------------------------------------------
@login_required
@require_GET
def criteria(request):
    """The criteria sets this person may read, by unit, field and state."""
    form = forms.NarrowingSets(request.GET, user=request.user)
    rows = form.narrow(CriteriaSet.objects.visible_to(request.user))
    rows = rows.select_related("issuer", "field", "directive").by_state()
    if made := lists.as_sheet(request, "Bộ tiêu chí", rows, SETS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "is_narrowed": any(form.cleaned_data.values()),
        "may_draft": request.user.has_perm("direction.draft_set", request.user.unit),
    }
    return render(request, "direction/criteria.html", context)


def _visible_set(request, pk) -> CriteriaSet:
    rows = CriteriaSet.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "issuer", "field", "directive", "parent__issuer", "replaces", "verified_by"
        ),
        pk=pk,
    )


@login_required
@require_GET
def criteria_set(request, pk):
    """One set as it is printed: its criteria in order, its versions, how it differs from its parent."""
    found = _visible_set(request, pk)
    origin = found.replaces or found.parent
    may = {
        verb: found.may(verb) and request.user.has_perm(f"direction.{verb}", found)
        for verb in ("revise_set", "renew_set", "put_in_force", "retire_set", "verify_set")
    }
    may["clone_set"] = request.user.has_perm("direction.clone_set", request.user.unit)
    context = {
        "set": found,
        "criteria": selectors.criteria_of(found),
        "versions": selectors.versions(found, request.user),
        "origin": origin,
        "changes": selectors.changes(found, origin) if origin else [],
        "may": may,
        "is_author": found.drafted_by_id == request.user.pk,
    }
    return render(request, "direction/criteria_set.html", context)


@login_required
@require_GET
def export_set(request, pk):
    """The same page as a workbook."""
    found = _visible_set(request, pk)
    response = HttpResponse(papers.workbook(found, request.user), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="tieu-chi-{pk}.xlsx"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def draft_set(request):
    """A new set of criteria, written by hand."""
    require(request.user, "direction.draft_set", request.user.unit)

    def act(values):
        return actions.draft_set(by=request.user, **values)

    return _write_set(
        request,
        act,
        initial={"issuer": request.user.unit_id},
        rows=[],
        heading="Soạn bộ tiêu chí",
        back=reverse("direction:criteria"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def revise_set(request, pk):
    """The draft is written over."""
    found = _visible_set(request, pk)
    require(request.user, "direction.revise_set", found)

    def act(values):
        return actions.revise_set(criteria_set=found, by=request.user, **values)

    return _write_set(
        request,
        act,
        initial={name: getattr(found, name) for name in forms.Criteria.base_fields},
        rows=[_as_row(criterion) for criterion in selectors.criteria_of(found)],
        heading=f"Sửa dự thảo: {found}",
        back=reverse("direction:criteria_set", args=[pk]),
    )


def _as_row(criterion) -> dict:
    row = {name: getattr(criterion, name) for name in ("code", "text", "kind", "points")}
    slots = "\n".join(f"{slot.how_many} x {slot.text}" for slot in criterion.slots_in_order)
    return row | {"slots": slots, "is_switched_on": criterion.is_switched_on}


def _write_set(request, act, *, initial, rows, heading, back):
    """The form and as many criteria below it as are asked for; «thêm chỗ» loses nothing typed."""
    data = request.POST or None
    form = forms.Criteria(data, initial=initial, user=request.user)
    criteria = forms.CriterionRows(data, initial=rows, prefix="tc")
    if data and "more" in data:
        typed = [forms.as_typed(row, data) for row in criteria.forms]
        initial = forms.as_typed(form, data)
        form = forms.Criteria(initial=initial, user=request.user)
        criteria = forms.CriterionRows(initial=typed, prefix="tc")
    elif request.method == "POST" and form.is_valid() and criteria.is_valid():
        try:
            made = act({**form.cleaned_data, "criteria": criteria.values()})
        except ValidationError as refusal:
            spread(form, refusal)
        else:
            messages.success(request, "Đã lưu dự thảo. Người khác xem lại rồi đưa vào dùng.")
            return redirect("direction:criteria_set", made.pk)
    context = {"form": form, "criteria": criteria, "heading": heading, "back": back}
    return render(request, "direction/write_set.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def clone_set(request, pk):
    """A draft of one's own from somebody else's set."""
    found = _visible_set(request, pk)
    require(request.user, "direction.clone_set", request.user.unit)
    form = forms.ForUnit(
        request.POST or None, user=request.user, initial={"issuer": request.user.unit_id}
    )
    return form_page(
        request,
        form,
        lambda values: actions.clone_set(criteria_set=found, by=request.user, **values),
        done="Đã nhân bản. Sửa cho hợp đơn vị, ghi văn bản ban hành.",
        heading=f"Nhân bản: {found}",
        submit="Nhân bản",
        to=lambda made: reverse("direction:revise_set", args=[made.pk]),
        back=reverse("direction:criteria_set", args=[pk]),
        intro="Bản mới nhớ nó lấy từ bộ nào; khác ở đâu xem được bất cứ lúc nào.",
    )


@login_required
@require_http_methods(["GET", "POST"])
def verify_set(request, pk):
    """A frame that came switched off becomes a draft."""
    found = _visible_set(request, pk)
    require(request.user, "direction.verify_set", found)
    url = reverse("direction:criteria_set", args=[pk])
    return form_page(
        request,
        forms.Compared(request.POST or None),
        lambda values: actions.verify_set(criteria_set=found, by=request.user, **values),
        done="Đã xác minh; khung nay là dự thảo.",
        heading=f"Xác minh: {found}",
        submit="Xác minh",
        to=url,
        back=url,
    )


@login_required
@require_POST
def renew_set(request, pk):
    """The next version is drafted."""
    return _move_set(request, pk, actions.renew_set, "Đã lập bản mới; bản cũ vẫn dùng.")


@login_required
@require_POST
def put_in_force(request, pk):
    """A second person says: by this one judges from now on."""
    return _move_set(request, pk, actions.put_in_force, "Đã đưa vào dùng.")


@login_required
@require_POST
def retire_set(request, pk):
    """Nobody new is judged by it."""
    return _move_set(request, pk, actions.retire_set, "Đã thôi dùng; hồ sơ cũ vẫn chỉ vào bộ này.")


def _move_set(request, pk, action, done):
    try:
        moved = action(criteria_set=_visible_set(request, pk), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("direction:criteria_set", pk)
    messages.success(request, done)
    return redirect("direction:criteria_set", moved.pk)


# --- rules --------------------------------------------------------------------
@login_required
@require_GET
def rules(request):
    """Every rule with its article, its days, whether somebody verified it and whether it speaks."""
    rows = Rule.objects.visible_to(request.user).select_related("verified_by", "replaced_by")
    rows = rows.speaking_first()
    if made := lists.as_sheet(request, "Quy định", rows, RULES):
        return made
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_add": request.user.has_perm("direction.add_rule"),
        "may_switch": request.user.has_perm("direction.switch_rule"),
        "may_verify": {
            row.pk for row in page if request.user.has_perm("direction.verify_rule", row)
        },
        "today": calendar.today(),
    }
    return render(request, "direction/rules.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_rule(request):
    """One more rule as data."""
    require(request.user, "direction.add_rule")
    return form_page(
        request,
        forms.NewRule(request.POST or None, user=request.user),
        lambda values: actions.add_rule(by=request.user, **values),
        done="Đã thêm; quy định còn tắt và chưa xác minh.",
        heading="Thêm quy định",
        submit="Thêm quy định",
        to=reverse("direction:rules"),
        back=reverse("direction:rules"),
        intro="Quy định mới chưa chặn ai: người khác đối chiếu với văn bản rồi mới bật.",
    )


@login_required
@require_POST
def verify_rule(request, pk):
    """A second person has read the article."""
    return _change_rule(request, pk, actions.verify_rule, "Đã xác minh quy định.")


@login_required
@require_POST
def switch_rule(request, pk):
    """On or off."""
    on = request.POST.get("on") == "1"

    def switch(*, rule, by):
        return actions.switch_rule(rule=rule, by=by, on=on)

    return _change_rule(request, pk, switch, "Đã bật quy định." if on else "Đã tắt quy định.")


def _change_rule(request, pk, action, done):
    rule = get_object_or_404(Rule.objects.visible_to(request.user), pk=pk)
    pressed(request, lambda: action(rule=rule, by=request.user), done)
    return redirect(f"{reverse('direction:rules')}#quy-dinh-{pk}")
