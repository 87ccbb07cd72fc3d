from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from guong.core import files
from guong.core.models import StoredFile
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
