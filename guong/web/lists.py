"""Lists from Excel on their way in: one set of pages for every kind a room has registered."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from guong.core import queue, sheets, staging
from guong.core.htmx import render_part
from guong.core.models import Batch
from guong.core.papers import Sheet, write_xlsx
from guong.core.papers.marked import mark_errors
from guong.core.policies import require
from guong.core.states import IllegalMove
from guong.core.vietnamese import legacy
from guong.exemplars.uploads import take_in_picture
from guong.guard import archives, workbooks

from . import list_forms as forms

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKED_WHOLE = 5_000  # rows; a longer workbook comes back as its bad rows alone
NAMED = 20  # of the kept ones, in a message


def _kind(request, name: str) -> staging.Kind:
    """The kind, for whoever may bring such a list in for their unit."""
    kind = staging.KINDS.get(name)
    if kind is None:
        raise Http404
    if not request.user.unit_id:
        raise PermissionDenied(kind.permission)
    require(request.user, kind.permission, request.user.unit)
    return kind


def _batch(request, kind: str, pk: int) -> Batch:
    return get_object_or_404(
        Batch.objects.visible_to(request.user).filter(kind=_kind(request, kind).name), pk=pk
    )


def _sent(request) -> tuple:
    """What a form is bound to: nothing until it was sent, and then even an empty one."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _to(view: str, batch: Batch):
    return redirect(f"web:{view}", batch.kind, batch.pk)


def _kinds_of(user) -> list[staging.Kind]:
    """The kinds of list this person may bring in, the commonest first."""
    kinds = sorted(staging.KINDS.values(), key=lambda kind: kind.name != "nominations")
    return [kind for kind in kinds if user.unit_id and user.has_perm(kind.permission, user.unit)]


@login_required
@require_GET
def imports(request):
    """The one place in the menu; it leads to the first list this person may bring in."""
    kinds = _kinds_of(request.user)
    if not kinds:
        raise PermissionDenied("web.imports")
    return redirect("web:import_list", kinds[0].name)


@login_required
@require_http_methods(["GET", "POST"])
def import_list(request, kind):
    """A workbook, or cells pasted out of one: read and checked, nothing becomes a record yet."""
    kind = _kind(request, kind)
    form = forms.List(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            batch = _staged(request, kind, form.cleaned_data)
        except (sheets.Refused, workbooks.Refused) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", str(refusal))
        else:
            return _to("match" if batch.state == Batch.State.READ else "preview", batch)
    earlier = Batch.objects.visible_to(request.user).filter(kind=kind.name)
    others = [other for other in _kinds_of(request.user) if other is not kind]
    context = {
        "form": form,
        "kind": kind,
        "others": others,
        "earlier": earlier.order_by("-pk")[:10],
        "headings": json.dumps(list(kind.columns.values()), ensure_ascii=False),
    }
    return render(request, "web/import.html", context)


def _staged(request, kind, given) -> Batch:
    who = {"unit": request.user.unit, "by": request.user}
    if given["file"] is None:
        return staging.paste(kind.name, given["pasted"], **who)
    content = _inspected(given["file"])
    return staging.stage(kind.name, content, name=given["file"].name, may_ask=True, **who)


def _inspected(upload) -> bytes:
    workbooks.inspect(upload)
    upload.seek(0)
    return upload.read()


@login_required
@require_GET
def import_template(request, kind):
    """An empty list to fill in: one row as an example, what may be chosen to choose from."""
    kind = _kind(request, kind)
    wide = kind.titles[kind.shown[-1]]
    example = [sheets.EXAMPLE, *(kind.example.get(name, "") for name in kind.columns)]
    sheet = Sheet(
        title=kind.title,
        columns=[(name, 40 if name == wide else 18) for name in ("STT", *kind.titles.values())],
        rows=[example] if kind.example else [],
        is_demo=settings.IS_DEMO_HOME,
        choices={kind.titles[name]: offered for name, offered in kind.choices().items()},
    )
    return _workbook(write_xlsx([sheet]), f"mau-{kind.name}.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def match(request, kind, pk):
    """Each heading of the file beside what it means: asked once, remembered for the unit."""
    batch = _batch(request, kind, pk)
    if batch.state not in {Batch.State.READ, Batch.State.CHECKED}:
        return _to("preview", batch)
    form = forms.Matching(_sent(request)[0], batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            staging.match(
                batch=batch, headings=form.mapping(), unit=request.user.unit, by=request.user
            )
        except sheets.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghép cột; lần sau đơn vị không phải ghép lại.")
            return _to("preview", batch)
    return render(request, "web/match.html", {"form": form, "batch": batch})


@login_required
@require_POST
def recode(request, kind, pk):
    """The person says which old coding the file is in."""
    batch = _batch(request, kind, pk)
    try:
        staging.recode(
            batch=batch,
            coding=request.POST.get("coding", ""),
            unit=request.user.unit,
            by=request.user,
        )
    except sheets.Unmatched:
        return _to("match", batch)
    except (sheets.Refused, IllegalMove) as refusal:
        messages.error(request, getattr(refusal, "message", str(refusal)))
    return _to("preview", batch)


@login_required
@require_GET
def preview(request, kind, pk):
    """Row by row: what will be made, what was repaired, what is wrong, held or double."""
    batch = _batch(request, kind, pk)
    if batch.state == Batch.State.READ:
        return _to("match", batch)
    outcome = request.GET.get("xem", "")
    rows = batch.rows.order_by("line")
    tally = staging.counts(batch)
    progress = {
        "batch": batch,
        "made": tally["created"],
        "to_make": tally["created"] + tally["ready"],
    }
    if request.htmx:
        if batch.state == Batch.State.COMMITTING:
            return render_part(request, "web/preview.html#progress", progress)
        return HttpResponseClientRefresh()  # done: everything around has changed too
    if outcome in tally:
        rows = rows.filter(outcome=outcome)
    kind = staging.KINDS[batch.kind]
    suspected = staging.suspected_coding(batch) if batch.state == Batch.State.CHECKED else ""
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    for row in page:
        row.cells = [
            (kind.titles[name], row.values.get(name) or row.raw.get(name) or "")
            for name in kind.shown
        ]
    context = progress | {
        "kind": kind,
        "page": page,
        "rows": page.object_list,
        "tally": tally,
        "bad": tally["wrong"] + tally["held"],
        "outcome": outcome,
        "shown": [kind.titles[name] for name in kind.shown],
        "total": sum(tally.values()),
        "suspected": suspected,
        "codings": {suspected: legacy.NAMES[suspected]} | legacy.NAMES if suspected else {},
        "mend": forms.Mended(),
        "may_undo": staging.may_undo(batch),
        "takes_pictures": kind.attach is not None,  # a template would call it
    }
    return render(request, "web/preview.html", context)


@login_required
@require_POST
def confirm_list(request, kind, pk):
    """The person has seen the preview: make the records, in the background."""
    batch = _batch(request, kind, pk)
    if batch.state == Batch.State.CHECKED and staging.suspected_coding(batch):
        # Where some cells look old, others are old and do not show it.
        messages.error(request, "Chọn bảng mã của tệp trước khi nhập.")
        return _to("preview", batch)
    also = [int(line) for line in request.POST.getlist("cung-nhap") if line.isdigit()]
    try:
        with transaction.atomic():
            staging.confirm(batch=batch, also=also)
            queue.later("web.jobs.commit_batch", batch.pk, request.user.pk)
    except IllegalMove:
        messages.info(request, "Danh sách này đã được nhập hoặc đang nhập.")
    return _to("preview", batch)


@login_required
@require_POST
def drop_list(request, kind, pk):
    """Nothing of the list is wanted."""
    batch = _batch(request, kind, pk)
    try:
        staging.drop(batch=batch)
    except IllegalMove:
        messages.error(request, "Danh sách đã nhập rồi, không bỏ được nữa.")
        return _to("preview", batch)
    messages.success(request, "Đã bỏ danh sách; chưa có gì được ghi.")
    return redirect("web:import_list", batch.kind)


@login_required
@require_POST
def undo_list(request, kind, pk):
    """What the list has made is taken back, but for what has moved on: that is named."""
    batch = _batch(request, kind, pk)
    try:
        kept = staging.undo(batch=batch, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _to("preview", batch)
    messages.success(request, "Đã hoàn tác danh sách.")
    if kept:
        named = "; ".join(f"dòng {line} {name}: {why}" for line, name, why in kept[:NAMED])
        messages.info(request, f"Giữ lại {len(kept)} hồ sơ đã có người làm tiếp. {named}")
    return _to("preview", batch)


@login_required
@require_POST
def amend(request, kind, pk):
    """The workbook with its bad rows mended: they take the place of the bad ones."""
    batch = _batch(request, kind, pk)
    form = forms.Mended(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Chọn tệp đã sửa rồi gửi.")
        return _to("preview", batch)
    try:
        told = staging.amend(
            batch=batch,
            content=_inspected(form.cleaned_data["mended"]),
            unit=request.user.unit,
            by=request.user,
        )
    except (sheets.Refused, workbooks.Refused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Đã thay {told['mended']} dòng đã sửa; còn {told['bad']} dòng cần sửa."
        )
    return _to("preview", batch)


@login_required
@require_GET
def marked(request, kind, pk):
    """The same workbook with a column «Lỗi» and a comment on each wrong cell."""
    batch = _batch(request, kind, pk)
    kept = staging.workbook_of(batch)
    if kept is None or batch.rows.count() > MARKED_WHOLE:
        return _to("bad_rows", batch)
    made = mark_errors(
        kept,
        sheet=batch.sheet,
        header_line=max(batch.header_lines),
        headings={staging.KINDS[batch.kind].titles[k]: v for k, v in batch.columns.items()},
        bad={row.line: row.told for row in batch.rows.bad().order_by("line")},
    )
    return _workbook(made, f"loi-{batch.pk}.xlsx")


@login_required
@require_GET
def bad_rows(request, kind, pk):
    """Only the rows that could not be taken, with a column that says why."""
    batch = _batch(request, kind, pk)
    titles = staging.KINDS[batch.kind].titles
    sheet = Sheet(
        title="Các dòng cần sửa",
        columns=[("Dòng", 8), *[(name, 18) for name in titles.values()], ("Lỗi", 60)],
        rows=[
            [
                row.line,
                *[str(row.raw.get(name) or "") for name in titles],
                " ".join(f"{title}: {words}" for title, words in row.told),
            ]
            for row in batch.rows.bad().order_by("line")
        ],
        is_demo=settings.IS_DEMO_HOME,
    )
    return _workbook(write_xlsx([sheet]), f"can-sua-{pk}.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def pictures(request, kind, pk):
    """Pictures for the rows of a list, found by what the files are called; a person confirms."""
    batch = _batch(request, kind, pk)
    if staging.KINDS[batch.kind].attach is None:
        raise Http404
    form = forms.Pictures(*_sent(request))
    if request.method == "POST" and form.is_valid():
        taken, refused = _taken(form.cleaned_data["files"], request.user)
        staging.add_pictures(batch, taken)
        for sentence in refused[:NAMED]:
            messages.error(request, sentence)
        return _to("pictures", batch)
    waiting = batch.pictures.filter(is_attached=False).order_by("pk")
    context = {
        "form": form,
        "batch": batch,
        "waiting": waiting,
        "rows": staging.named(batch),
        "attached": batch.pictures.filter(is_attached=True).select_related("row").order_by("pk"),
    }
    return render(request, "web/list_pictures.html", context)


def _taken(uploads, by):
    """The pictures, each made anew by the guard; and a sentence for each that was refused."""
    taken, refused = [], []
    for upload in uploads:
        try:
            for name, picture in forms.pictures_of(upload):
                try:
                    taken.append((name, take_in_picture(picture, by=by)))
                except ValidationError as refusal:
                    refused.append(f"{name}: {' '.join(refusal.messages)}")
        except archives.Refused as refusal:
            refused.append(f"{upload.name}: {refusal}")
    return taken, refused


@login_required
@require_POST
def attach_pictures(request, kind, pk):
    """The pictures go to the records the person left them with."""
    batch = _batch(request, kind, pk)
    chosen = {
        int(name.removeprefix("anh-")): int(row)
        for name, row in request.POST.items()
        if name.removeprefix("anh-").isdigit() and row.isdigit()
    }
    attached = staging.attach_pictures(batch=batch, chosen=chosen, by=request.user)
    messages.success(request, f"Đã gắn {attached} ảnh vào hồ sơ.")
    return _to("pictures", batch)


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
