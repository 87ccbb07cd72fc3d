from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from guong.core import files, lists
from guong.core import notices as told
from guong.core.models import Notice, StoredFile
from guong.exemplars.forms import Reason
from guong.exemplars.models import Exemplar
from guong.exemplars.selectors import where_now

from . import desk, lives, quick
from .templatetags import parts

FUNCTION_HELP = {
    "introducer": ("nomination:guided", "Đề cử một điển hình"),
    "unit_head": ("nomination:guided", "Đề cử một điển hình"),
    "secretariat": ("direction:register", "Đăng ký văn bản chỉ đạo"),
    "editor": ("publicity:untold", "Viết bài mới"),
    "inspector": ("reporting:report", "Mở phiếu kiểm tra từ báo cáo"),
    "leader": ("reporting:report", "Xem báo cáo kỳ này"),
    "verifier": ("appraisal:list", "Hồ sơ cần xác minh"),
    "administrator": ("units:open_account", "Mở tài khoản"),
}

NOTICES = [
    ("Thông báo", 80, "sentence"),
    ("Lúc", 18, lambda row: f"{localtime(row.created_at):%H:%M %d/%m/%Y}"),
    ("Đã xem", 12, lambda row: row.read_at is not None),
]


@login_required
@require_GET
def today(request):
    """The home of each function: numbers that are links, then what waits."""
    tiles, waiting = desk.today_for(request.user)
    first = next(
        (FUNCTION_HELP[name] for name in request.user.functions() if name in FUNCTION_HELP), None
    )
    context = {"tiles": tiles, "waiting": waiting, "first_step": first}
    return render(request, "web/today.html", context)


@login_required
@require_GET
def life(request, pk):
    """Everything this reader may know of one exemplar, on one page; of one taken up, where it went."""
    if (kept := where_now(pk, request.user)) is not None:
        return redirect("web:life", kept.pk)
    exemplar = get_object_or_404(
        Exemplar.objects.visible_to(request.user).select_related("unit", "commune", "field"), pk=pk
    )
    return render(request, "web/life.html", {"life": lives.life(exemplar, request.user)})


@login_required
@require_GET
def search(request):
    """Quick search over what this person may see."""
    asked = request.GET.get("q", "")
    found = quick.search(asked, request.user)
    template = "web/search.html" + ("#found" if request.htmx else "")
    return render(request, template, {"asked": asked, "found": found})


@login_required
@require_GET
def notices(request):
    """What this person was told: unread ones first and the same things together, then the rest."""
    rows = Notice.objects.visible_to(request.user).annotate(is_unread=Q(read_at=None))
    rows = rows.order_by("-is_unread", "-created_at", "-pk")
    if made := lists.as_sheet(request, "Thông báo", rows, NOTICES):
        return made
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    unread: dict[str, list[Notice]] = {}
    for notice in page:
        if notice.is_unread:
            unread.setdefault(notice.heading, []).append(notice)
    read = [notice for notice in page if not notice.is_unread]
    return render(request, "web/notices.html", {"page": page, "unread": unread, "read": read})


def _own_notice(request, pk) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)


@login_required
@require_POST
def open_notice(request, pk):
    """To the page it is about; from here it is read."""
    notice = _own_notice(request, pk)
    told.read(notice)
    return redirect(notice.url)


@login_required
@require_POST
def read_notice(request, pk):
    """Seen, without opening it."""
    told.read(_own_notice(request, pk))
    return redirect("web:notices")


@login_required
@require_POST
def read_notices(request):
    """All seen."""
    many = told.read_all(request.user)
    messages.success(request, f"Đã đánh dấu {many} thông báo là đã xem.")
    return redirect("web:notices")


@login_required
@require_GET
def file(request, sha256):
    """A file, by the permission of whoever owns it; to all others it does not exist."""
    stored = get_object_or_404(StoredFile, sha256=sha256)
    try:
        return files.serve(request.user, stored)
    except (PermissionDenied, FileNotFoundError) as refusal:
        raise Http404(sha256) from refusal


@login_required
@require_GET
def picture(request, pk):
    """The picture of an exemplar, shown in the page to whoever may open the file."""
    exemplar = get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)
    if exemplar.picture is None or not files.place(exemplar.picture.sha256).exists():
        raise Http404(str(pk))
    response = FileResponse(
        files.place(exemplar.picture.sha256).open("rb"),
        content_type=exemplar.picture.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


@login_required
@require_GET
def style(request):
    """Every component once."""
    if not request.user.has_function("administrator"):
        raise Http404(request.path)
    form = Reason({"reason": ""})
    return render(request, "web/style.html", {"form": form, "icons": sorted(parts.ICONS)})
