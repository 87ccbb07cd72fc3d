from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.exemplars.models import Exemplar
from guong.exemplars.selectors import possible_duplicates
from guong.exemplars.uploads import take_in
from guong.units.models import Unit

from .. import actions, forms, selectors, sorting
from ..marks import marked
from ..models import Lead, LeadAnswer, Letter, PressItem

LEADS = [
    ("Mã", 20, "code"),
    ("Ai", 30, "title"),
    ("Ở đâu", 24, "where"),
    ("Việc gì", 60, "what"),
    ("Nguồn", 30, "way"),
    ("Đơn vị xử lý", 30, "unit"),
    ("Trạng thái", 20, "get_state_display"),
    ("Nhận ngày", 14, "received_at"),
    ("Hẹn trả lời", 14, "answer_due_on"),
]
ANSWERS = [
    ("Mã", 20, "lead.code"),
    ("Giới thiệu ai", 30, "lead.title"),
    ("Đơn vị", 30, "lead.unit"),
    ("Câu trả lời", 60, "text"),
    ("Người viết", 24, "written_by"),
]
INTAKE = [
    ("Mã", 20, "record.code"),
    ("Loại", 22, "label"),
    ("Ai, lời", 60, "title"),
    ("Đơn vị, bài", 30, "about"),
    ("Trạng thái", 20, "record.get_state_display"),
    ("Nhận ngày", 14, "record.received_at"),
    ("Hẹn trả lời", 14, "due_on"),
    ("Quá hạn", 10, "is_late"),
]


@login_required
@require_GET
def leads(request):
    """Leads this person may see, narrowed by state; `waiting` is what wants an answer."""
    rows = Lead.objects.visible_to(request.user).select_related("unit", "exemplar")
    state, source = request.GET.get("state", ""), request.GET.get("source", "")
    today = calendar.today()
    if state in ("waiting", "unanswered"):
        rows = getattr(rows, state)()
    elif state == "overdue":
        rows = rows.overdue(today)
    elif state == "forgotten":
        rows = rows.exclude(forgotten_on=None)
    elif state in Lead.State:
        rows = rows.filter(state=state)
    if source in Lead.Source:
        rows = rows.filter(source=source)
    rows = rows.with_answered().order_by("-received_at", "-pk")
    if made := lists.as_sheet(request, "Tin phát hiện", rows, LEADS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": Lead.State,
        "source": source,
        "sources": Lead.Source,
        "overdue": Lead.objects.visible_to(request.user).overdue(today).count(),
        "may_receive": request.user.has_perm("discovery.receive", request.user.unit),
    }
    return render(request, "discovery/list.html", context)


@login_required
@require_GET
def detail(request, pk):
    """One lead: what was said, what the guard found, what can be done."""
    lead = get_object_or_404(
        Lead.objects.visible_to(request.user).select_related("unit", "exemplar"), pk=pk
    )
    reasons = lead.verdict.get("reasons", [])
    is_decided = lead.state in ("taken_up", "declined")
    written = list(lead.answers.select_related("written_by", "confirmed_by").order_by("-pk"))
    context = {
        "lead": lead,
        "files": list(lead.files.order_by("name", "pk")),
        "answers": [(row, _may_confirm(request.user, row)) for row in written],
        "may_answer": bool(lead.answer_path)
        and is_decided
        and request.user.has_perm("discovery.answer", lead),
        "reasons": reasons,
        "text": marked(lead.words, reasons),
        "matches": _matches(lead, request.user),
        "may_read_contact": request.user.has_perm("discovery.read_contact", lead),
        "may_act": lead.can_move_to("declined")
        and request.user.has_perm("discovery.decline", lead),
        "may_hand_over": lead.state in ("received", "held")
        and request.user.has_perm("discovery.hand_over", lead),
        "press_item": _press_item(lead, request.user),
        "may_let_pass": lead.state == "held" and request.user.has_perm("discovery.let_pass", lead),
        # A dossier is made by a unit; the Board answers, or ties the lead to a file that is there.
        "may_nominate": {"introducer", "unit_head"} & set(request.user.functions()),
    }
    return render(request, "discovery/detail.html", context)


def _press_item(lead, user):
    return PressItem.objects.visible_to(user).filter(lead=lead).first()


def _matches(lead, user):
    if lead.state != Lead.State.RECEIVED:
        return []
    commune = lead.unit if lead.unit.kind == lead.unit.Kind.COMMUNE else None
    return possible_duplicates(full_name=lead.who, commune=commune, user=user)


@login_required
@require_http_methods(["GET", "POST"])
def receive(request):
    """A clerk writes down what was told, or pastes a press text."""
    functions = set(request.user.functions())
    if not functions & {"introducer", "unit_head", "secretariat"}:
        raise PermissionDenied("discovery.receive")
    units = Unit.objects.visible_to(request.user).standing()
    if "secretariat" not in functions:
        units = request.user.branch().standing()

    def act(values):
        upload = values.pop("file")
        files = [take_in(upload, by=request.user)] if upload else []
        return actions.receive(by=request.user, files=files, **values)

    return form_page(
        request,
        forms.NewLead(
            request.POST or None,
            request.FILES or None,
            fields=selectors.fields(),
            units=units,
            by_rule="secretariat" in functions,
            initial={} if "secretariat" in functions else {"unit": request.user.unit},
        ),
        act,
        done="Đã ghi tin.",
        heading="Ghi tin phát hiện",
        submit="Ghi tin",
        to=lambda made: reverse("discovery:detail", args=[made.pk]),
        back=reverse("discovery:list"),
        intro="Lớp gác xem chữ trước khi tin vào hộp; chỗ nào bị giữ được chỉ ra ngay.",
    )


@login_required
@require_POST
def take_up(request, pk):
    """The lead belongs to a life record that is there already."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    require(request.user, "discovery.take_up", lead)
    asked = request.POST.get("exemplar", "")
    exemplar = get_object_or_404(
        Exemplar.objects.visible_to(request.user), pk=asked if asked.isdecimal() else None
    )
    actions.take_up(lead=lead, exemplar=exemplar, by=request.user)
    messages.success(request, f"Đã gắn tin vào hồ sơ {exemplar}.")
    return redirect("discovery:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    return _with_reason(request, pk, "decline", actions.decline, "Không tiếp nhận")


@login_required
@require_http_methods(["GET", "POST"])
def let_pass(request, pk):
    return _with_reason(request, pk, "let_pass", actions.let_pass, "Cho qua")


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """The lead belongs elsewhere."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    require(request.user, "discovery.hand_over", lead)
    return form_page(
        request,
        forms.HandOver(
            request.POST or None, units=Unit.objects.visible_to(request.user).standing()
        ),
        lambda values: actions.hand_over(lead=lead, by=request.user, **values),
        done="Đã chuyển tin.",
        heading=f"Chuyển tin: {lead.title}",
        submit="Chuyển",
        to=reverse("discovery:list"),
        back=reverse("discovery:detail", args=[pk]),
        intro=f"Tin đang ở {lead.unit}. Hẹn trả lời không đổi.",
    )


@login_required
@require_GET
def slip(request, pk):
    """What somebody without an account takes home: the code, and how to ask by it."""
    rows = Lead.objects.visible_to(request.user).select_related("unit").exclude(answer_path="")
    lead = get_object_or_404(rows, pk=pk)
    require(request.user, "discovery.read_contact", lead)
    return render(request, "discovery/slip.html", {"lead": lead})


def _with_reason(request, pk, verb, action, heading):
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    require(request.user, f"discovery.{verb}", lead)
    url = reverse("discovery:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: action(lead=lead, by=request.user, **values),
        done="Đã ghi.",
        heading=f"{heading}: {lead.title}",
        submit=heading,
        to=url,
        back=url,
    )


# --- Answers -------------------------------------------------------------------
def _may_confirm(user, answer):
    return answer.confirmed_by_id is None and user.has_perm("discovery.confirm_answer", answer)


@login_required
@require_GET
def answers(request):
    """Answers that wait for a second person."""
    rows = LeadAnswer.objects.visible_to(request.user).waiting()
    rows = rows.select_related("lead__unit", "written_by").order_by("written_at", "pk")
    if made := lists.as_sheet(request, "Câu trả lời chờ xác nhận", rows, ANSWERS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "discovery/answers.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def answer(request, pk):
    """What whoever gave the lead will read on the portal."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    require(request.user, "discovery.answer", lead)
    url = reverse("discovery:detail", args=[pk])
    return form_page(
        request,
        forms.PublicAnswer(request.POST or None, initial={"text": lead.answer}),
        lambda values: actions.answer(lead=lead, by=request.user, **values),
        done="Đã ghi câu trả lời; chờ người thứ hai xác nhận.",
        heading=f"Trả lời người giới thiệu: {lead.code}",
        submit="Gửi người thứ hai",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm_answer(request, pk):
    """The second person."""
    found = get_object_or_404(LeadAnswer.objects.visible_to(request.user), pk=pk)
    pressed(
        request,
        lambda: actions.confirm_answer(answer=found, by=request.user),
        "Đã xác nhận; câu trả lời lên cổng trong bản phát hành tới.",
    )
    return redirect("discovery:detail", found.lead_id)


# --- Letters -------------------------------------------------------------------
READS_LETTERS = {"secretariat", "editor", "inspector"}


@login_required
@require_GET
def letters(request):
    """The sorting desk: tips and letters of the public in one list, narrowed by kind and state."""
    if not READS_LETTERS & set(request.user.functions()):
        raise PermissionDenied("discovery.letters")
    user, asked = request.user, sorting.Asked.read(request.GET)
    rows = sorting.intake(user, asked)
    if made := lists.as_sheet(request, "Thư, tin từ cổng", sorting.told(rows, user), INTAKE):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": sorting.items(page, user),
        "asked": asked,
        "states": sorting.STATES,
        "kinds": sorting.kinds(),
        "counts": sorting.counts(user, asked),
    }
    return render(request, "discovery/letters.html", context)


def _letter(request, pk):
    return get_object_or_404(
        Letter.objects.visible_to(request.user).select_related("exemplar", "handled_by"), pk=pk
    )


@login_required
@require_GET
def letter(request, pk):
    """One letter: what was written, what the guard found, what can be done."""
    found = _letter(request, pk)
    user, reasons = request.user, found.verdict.get("reasons", [])
    context = {
        "letter": found,
        "reasons": reasons,
        "text": marked(found.text, reasons),
        "may_answer": found.can_move_to("answered")
        and user.has_perm("discovery.answer_letter", found),
        "may_set_aside": found.can_move_to("set_aside")
        and user.has_perm("discovery.set_aside_letter", found),
        "may_pass_on": found.can_move_to("answered")
        and found.kind != Letter.Kind.REMOVE
        and user.has_perm("discovery.pass_on_letter", found),
        "may_choose": found.kind == Letter.Kind.COMMENT
        and found.can_move_to("chosen")
        and user.has_perm("discovery.choose_comment", found),
        "may_publish": found.can_move_to("published")
        and user.has_perm("discovery.publish_comment", found),
    }
    return render(request, "discovery/letter.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def answer_letter(request, pk):
    form = forms.Answer(request.POST or None)
    return _about_letter(request, pk, "answer_letter", actions.answer_letter, form, "Ghi đã xử lý")


@login_required
@require_http_methods(["GET", "POST"])
def set_aside_letter(request, pk):
    form = forms.Reason(request.POST or None)
    return _about_letter(
        request, pk, "set_aside_letter", actions.set_aside_letter, form, "Không xử lý"
    )


@login_required
@require_http_methods(["GET", "POST"])
def pass_on_letter(request, pk):
    """The letter tells of somebody good: a unit gets it as a lead."""
    found = _letter(request, pk)
    require(request.user, "discovery.pass_on_letter", found)
    back = reverse("discovery:letter", args=[pk])
    return form_page(
        request,
        forms.PassOn(
            request.POST or None,
            units=Unit.objects.visible_to(request.user).standing(),
            initial={"what": found.text},
        ),
        lambda values: actions.pass_on_letter(letter=found, by=request.user, **values),
        done="Đã chuyển thành tin phát hiện; người viết tra câu trả lời bằng mã thư.",
        heading=f"Chuyển thành tin phát hiện: {found}",
        submit="Chuyển",
        to=lambda made: reverse("discovery:detail", args=[made.pk]),
        back=back,
        intro="Thư kể về một người tốt thì chuyển cho đơn vị xem và lập hồ sơ.",
    )


def _about_letter(request, pk, verb, action, form, heading):
    found = _letter(request, pk)
    require(request.user, f"discovery.{verb}", found)
    url = reverse("discovery:letter", args=[pk])
    return form_page(
        request,
        form,
        lambda values: action(letter=found, by=request.user, **values),
        done="Đã ghi.",
        heading=f"{heading}: {found}",
        submit=heading,
        to=url,
        back=url,
    )


@login_required
@require_POST
def choose_comment(request, pk):
    return _comment(request, pk, actions.choose_comment, "Đã chọn; chờ người thứ hai đồng ý.")


@login_required
@require_POST
def publish_comment(request, pk):
    done = "Lời bình sẽ lên cổng trong bản phát hành tới."
    return _comment(request, pk, actions.publish_comment, done)


def _comment(request, pk, action, done):
    pressed(request, lambda: action(letter=_letter(request, pk), by=request.user), done)
    return redirect("discovery:letter", pk)
