from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.calendar import parse_period
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.exemplars import shares
from guong.exemplars.models import Exemplar
from guong.inspection.models import Inspection
from guong.units.models import Unit

from . import actions, charts, forms, papers
from . import radar as counted
from .figures import figures, figures_of
from .indicators import BY_CODE
from .models import PeriodicReport, Population

SEES_PROVINCE = {"secretariat", "leader", "inspector"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = [
    ("Tên", 40, str),
    ("Mã", 24, lambda row: getattr(row, "code", "") or row.sha256[:12]),
]

RADAR = [
    ("Chia theo", 18, lambda line: line[0].title),
    ("Nhóm", 34, lambda line: line[1].name),
    ("Tin phát hiện", 14, lambda line: line[1].leads if line[0].has_leads else "–"),
    ("Đề cử", 14, lambda line: "không nêu" if line[1].is_hidden else line[1].nominated),
    (
        "Số dân",
        16,
        lambda line: line[1].people or ("chưa có số dân" if line[0].has_population else "–"),
    ),
    ("Đề cử trên 10.000 dân", 18, lambda line: line[1].in_ten_thousand),
    ("Còn thiếu", 26, lambda line: line[1].said),
]
NOMINATED = [
    ("Mã", 16, "code"),
    ("Tên", 34, "full_name"),
    ("Đơn vị giới thiệu", 30, "unit"),
    ("Ngày giới thiệu", 16, "introduced_on"),
]
LEADS = [
    ("Mã", 20, "code"),
    ("Ai", 34, "who"),
    ("Nguồn", 16, "get_source_display"),
    ("Đơn vị xử lý", 30, "unit"),
    ("Trạng thái", 22, "get_state_display"),
]


def reach(user):
    """The units whose figures this person may ask for."""
    if SEES_PROVINCE & set(user.functions()):
        return Unit.objects.visible_to(user)
    return user.branch()


def scope(request):
    """The period and the unit asked for; a unit's person gets the own unit."""
    code = request.GET.get("ky") or calendar.period_of(calendar.today()).code
    try:
        period = parse_period(code)
    except ValueError as refusal:
        raise Http404(str(refusal)) from refusal
    units = reach(request.user)
    asked = request.GET.get("don_vi", "")
    if asked:
        unit = get_object_or_404(units, pk=asked if asked.isdigit() else 0)
    elif SEES_PROVINCE & set(request.user.functions()):
        unit = None
    else:
        unit = request.user.unit
        if unit is None:
            raise Http404("no unit")
    return period, unit


@login_required
@require_GET
def report(request):
    """The figures of a period, each a link to exactly its rows; the page prints as the paper."""
    period, unit = scope(request)
    found = figures(period, unit)
    root = unit or Unit.objects.visible_to(request.user).get(code="TINH")
    written = PeriodicReport.objects.visible_to(request.user).filter(
        unit=root, period_code=period.code
    )
    context = {
        "period": period,
        "unit": unit,
        "figures": found,
        "chart": mark_safe(charts.bars([(f.code, f.number, f.before) for f in found])),  # noqa: S308
        "form": forms.Asked(initial={"ky": period.code, "don_vi": unit}, units=reach(request.user)),
        "written": written.first(),
        "root": root,
        "may_open": request.user.has_perm("reporting.open_report", root),
        "may_inspect": unit is not None and request.user.has_perm("reporting.prefill", unit),
    }
    return render(request, "reporting/report.html", context)


@login_required
@require_GET
def rows(request, code):
    """The records one figure is the number of. Figure and list come from the same rows."""
    if code not in BY_CODE:
        raise Http404(code)
    period, unit = scope(request)
    indicator = BY_CODE[code]
    found = indicator.rows(period, unit)
    # Who is involved with an exemplar sees that a record is counted, never whose it is.
    hidden = Q(exemplar__conflicts__user=request.user)
    if found.model is Exemplar:
        hidden = Q(conflicts__user=request.user)
    open_rows, told = found.exclude(hidden).order_by("-pk"), None
    if found.model is Exemplar:
        open_rows, told = shares.narrow(open_rows, request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, f"{code} {period}", open_rows, COUNTED):
        return made
    page = Paginator(open_rows, 50).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator,
        "period": period,
        "unit": unit,
        "page": page,
        "shares": told,
        "total": found.count(),
        "is_exemplar": found.model is Exemplar,
    }
    return render(request, "reporting/rows.html", context)


# --- Equity ---------------------------------------------------------------------
def _asked(request) -> counted.Asked:
    require(request.user, "reporting.read_radar")
    period, unit = scope(request)
    return counted.Asked(period, unit, request.user)


@login_required
@require_GET
def radar(request):
    """«Ai còn vắng mặt»: places and groups without a lead or without a nomination in the period."""
    asked = _asked(request)
    sees_province = SEES_PROVINCE & set(request.user.functions())
    # Of the whole and all branches but one, that one could be worked out: only at its widest.
    widest = asked.unit is None if sees_province else asked.unit == request.user.unit
    dimensions = counted.radar(asked, with_peoples=widest)
    lines = [(dimension, group) for dimension in dimensions for group in dimension.groups]
    if made := lists.as_sheet(request, f"Ai còn vắng mặt {asked.period}", lines, RADAR):
        return made
    asking = {"ky": asked.period.code, "don_vi": asked.unit}
    context = {
        "period": asked.period,
        "unit": asked.unit,
        "dimensions": dimensions,
        "is_widest": widest,
        "has_leads": asked.has_leads,
        "unplaced": asked.leads.filter(exemplar=None).count(),
        "form": forms.Asked(initial=asking, units=reach(request.user)),
        "definitions": shares.GROUPS.values(),
        "may_record": request.user.has_perm("reporting.record_population"),
    }
    return render(request, "reporting/radar.html", context)


@login_required
@require_GET
def radar_rows(request, dimension, key):
    """The exemplars, or with `loai=tin` the leads, one number of the radar is the number of."""
    asked = _asked(request)
    if dimension not in counted.KINDS:
        raise Http404(dimension)
    names = counted.KINDS[dimension].groups(asked.period, asked.unit)
    if dimension != "xa":
        names |= {counted.BLANK: "Chưa ghi"}
    if key not in names:
        raise Http404(key)
    is_leads, told = request.GET.get("loai") == "tin" and asked.has_leads, None
    if is_leads:
        rows = counted.leads_of(asked, dimension, key).select_related("unit").order_by("-pk")
    else:
        rows = counted.nominated_of(asked, dimension, key).select_related("unit").order_by("-pk")
        rows, told = shares.narrow(rows, request.GET.get("nhom", ""))
    title = f"{counted.TITLES[dimension]} {names[key]}"
    if made := lists.as_sheet(request, title, rows, LEADS if is_leads else NOMINATED):
        return made
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "shares": told,
        "is_leads": is_leads,
        "dimension": counted.TITLES[dimension],
        "name": names[key],
        "period": asked.period,
        "unit": asked.unit,
    }
    return render(request, "reporting/radar_rows.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def record_population(request, dimension):
    """How many people each group has; what is left blank is not known."""
    require(request.user, "reporting.record_population")
    if dimension not in counted.WITH_POPULATION:
        raise Http404(dimension)
    rows = Population.objects.visible_to(request.user).filter(dimension=dimension)
    last = rows.order_by("-recorded_at").first()
    form = forms.Numbers(
        request.POST or None,
        names=counted.names_of(dimension),
        known=dict(rows.values_list("key", "number")),
        initial={"counted_on": last.counted_on, "source": last.source} if last else None,
    )
    return form_page(
        request,
        form,
        lambda values: actions.record_population(
            dimension=dimension,
            numbers=form.numbers(),
            counted_on=values["counted_on"],
            source=values["source"],
            by=request.user,
        ),
        done="Đã ghi số dân.",
        heading=f"Số dân theo {counted.TITLES[dimension].lower()}",
        submit="Ghi số dân",
        to=reverse("reporting:radar") + f"#{dimension}",
        back=reverse("reporting:radar"),
        template="reporting/population.html",
    )


@login_required
@require_POST
def open_report(request, pk):
    """The unit's own report of the period, to write in."""
    unit = get_object_or_404(reach(request.user), pk=pk)
    require(request.user, "reporting.open_report", unit)
    try:
        made = actions.open_report(
            unit=unit, period_code=request.POST.get("ky", ""), by=request.user
        )
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("reporting:report")
    return redirect("reporting:detail", made.pk)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request, pk):
    """One report: its figures, its words, its next step."""
    found = get_object_or_404(
        PeriodicReport.objects.visible_to(request.user).select_related("unit"), pk=pk
    )
    if request.method == "POST":
        require(request.user, "reporting.write", found)
    posted = request.POST if request.method == "POST" else None
    form = forms.Narrative(posted, initial={"narrative": found.narrative})
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            pk,
            "Đã lưu nhận xét.",
            actions.write,
            report=found,
            narrative=form.cleaned_data["narrative"],
        )
    context = {
        "report": found,
        "figures": figures_of(found),
        "form": form,
        "may_write": request.user.has_perm("reporting.write", found)
        and found.can_move_to(PeriodicReport.State.SUBMITTED),
        "may_accept": request.user.has_perm("reporting.accept", found)
        and found.can_move_to(PeriodicReport.State.ACCEPTED),
    }
    return render(request, "reporting/detail.html", context)


def _answer(request, pk, done, action, **what):
    pressed(request, lambda: action(by=request.user, **what), done)
    return redirect("reporting:detail", pk)


def _visible(request, pk):
    return get_object_or_404(PeriodicReport.objects.visible_to(request.user), pk=pk)


@login_required
@require_POST
def submit(request, pk):
    return _answer(
        request, pk, "Đã gửi; số liệu đã chốt.", actions.submit, report=_visible(request, pk)
    )


@login_required
@require_POST
def accept(request, pk):
    return _answer(
        request, pk, "Đã chấp nhận báo cáo.", actions.accept, report=_visible(request, pk)
    )


@login_required
@require_http_methods(["GET", "POST"])
def return_(request, pk):
    found = _visible(request, pk)
    require(request.user, "reporting.return", found)
    url = reverse("reporting:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: actions.return_(report=found, by=request.user, **values),
        done="Đã trả lại.",
        heading=f"Trả lại báo cáo: {found}",
        submit="Trả lại",
        to=url,
        back=url,
    )


@login_required
@require_GET
def paper(request, pk, kind):
    """The report as Word or Excel, with the very figures of the screen."""
    found = _visible(request, pk)
    made, content_type = (
        (papers.docx(found), WORD) if kind == "docx" else (papers.xlsx(found), EXCEL)
    )
    response = HttpResponse(made, content_type=content_type)
    name = f"bao-cao-{found.unit.code}-{found.period_code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def prefill(request, pk):
    """A checklist of this unit, pre-filled with these figures."""
    unit = get_object_or_404(reach(request.user), pk=pk)
    require(request.user, "reporting.prefill", unit)
    try:
        period = parse_period(request.POST.get("ky", ""))
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("reporting:report")
    try:
        inspection = actions.prefill(unit=unit, period=period, by=request.user)
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
        mine = Inspection.objects.visible_to(request.user)
        standing = mine.filter(unit=unit, period=period.code, state="open").first()
        return (
            redirect("inspection:detail", standing.pk) if standing else redirect("reporting:report")
        )
    messages.success(request, "Đã mở phiếu kiểm tra, số liệu điền sẵn.")
    return redirect("inspection:detail", inspection.pk)
