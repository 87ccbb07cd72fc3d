"""The dynamic paths of the portal: search, forms, counter. Bad input gets a sentence, never a 500."""

import base64
import logging
import sqlite3
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import load_handler
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.views.decorators.http import require_GET, require_POST, require_safe

from . import answers, doors, found, intake, places, spool
from .codes import LOOKUPS
from .forms import FORMS, TRAP, typed
from .search import TooBroad, facets, search
from .shells import Filling

log = logging.getLogger(__name__)
SUGGESTIONS = 8
LARGEST = 12 * 1024 * 1024  # of a whole question, as the portal's server
UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError)
TOO_LARGE = (
    "Nội dung gửi lên quá lớn. Bấm Quay lại, bỏ bớt ảnh rồi gửi lại: chữ bạn viết vẫn còn đó."
)
DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SEARCHES_COUNTED = 60  # seconds
tips = doors.Throttle()
lookups = doors.Throttle(per_address=60)
# Titles are asked for while somebody types, and a whole office may stand behind one address.
searches = doors.Throttle(per_address=900, per_form=9_000, window=SEARCHES_COUNTED)
readings = doors.Throttle(per_address=120, per_form=6_000, window=60)


# --- Search -----------------------------------------------------------------
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """What the standing release says about some words."""
    body = answers.shell("tim/shell.html")
    if body is None:
        return answers.plain(503, answers.NOTHING_RELEASED)
    words = request.GET.get("q", "")[:200]
    if words.strip() and not searches.lets_in("tim", doors.address_of(request)):
        return _asked_too_often(request, body, words)
    if "goi-y" in request.GET:
        return answers.fragment(_suggested(words))
    view = found.View.read(request.GET.get("xem", ""))
    results = _results(words, view) if words.strip() else ""
    return answers.page(body, Filling({"q": words}, blocks={"results": results}))


def _asked_too_often(request: HttpRequest, body: str, words: str) -> HttpResponse:
    """A sentence and when to come back; who is still typing reads nothing and is answered on Enter."""
    if "goi-y" in request.GET:
        answer = answers.fragment("")
    else:
        said = found.sentence("Nhiều người tìm cùng lúc. Xin tìm lại sau một phút.")
        answer = answers.page(body, Filling({"q": words}, blocks={"results": said}))
    answer.status_code = 429
    answer["Retry-After"] = str(SEARCHES_COUNTED)
    return answer


def _suggested(words: str) -> str:
    try:
        pages = search(places.site() / places.SEARCH_FILE, words, SUGGESTIONS, ranked=True)
    except (TooBroad, sqlite3.Error):
        return ""  # who types on will be answered when they press
    return found.suggestions(pages)


def _results(words: str, view: found.View) -> str:
    file = places.site() / places.SEARCH_FILE
    size = found.PAGE_SIZE
    try:
        known = facets(file, words)
        narrowed = found.values(view, known)
        pages = search(
            file,
            words,
            size + 1,
            offset=(view.number - 1) * size,
            ranked=view.order == "dung",
            **(narrowed or {}),
        )
        known = known if not narrowed else known | facets(file, words, **narrowed)
    except TooBroad:
        return found.sentence("Câu tìm rộng quá. Xin viết thêm vài chữ.")
    except sqlite3.Error as trouble:
        log.warning("search file: %r", trouble)
        return found.sentence("Phần tìm kiếm tạm nghỉ. Xin thử lại sau ít phút.")
    if not pages:
        return found.sentence(
            "Chưa thấy trang nào. Thử ít chữ hơn, hoặc viết tên không dấu: «ro cham», «ia dok»."
        )
    shown = view if narrowed is not None else replace(view, narrowed={})
    return found.listing(pages[:size], shown, known, has_more=len(pages) > size)


# --- Forms ------------------------------------------------------------------
@require_POST
def receive(request: HttpRequest, form: str) -> HttpResponse:
    """One form a visitor sends: kept and answered with a code, or shown again with what is wrong."""
    body = answers.shell(f"gui/{form}/shell.html") if form in FORMS else None
    if body is None:
        return answers.plain(404, "Không có mẫu gửi này.")
    sized = spool.Sized(request)
    try:
        sent = _read(request, sized)
    except RequestDataTooBig:
        return answers.refusal(body, {}, {"": TOO_LARGE}, 413)
    except UNREADABLE:
        sentence = "Nội dung gửi lên bị đứt giữa chừng. Xin gửi lại."
        return answers.refusal(body, {}, {"": sentence}, 400)
    values = typed(sent)
    refused, status = _refused(request, form, sized)
    if refused:
        return answers.refusal(body, values, refused, status)
    filled = FORMS[form](sent, request.FILES)
    if not filled.is_valid():
        return answers.refusal(body, values, filled.sentences(), 400)
    if not tips.lets_in(form, doors.address_of(request)):
        sentence = "Nhiều lời đến cùng lúc. Xin gửi lại sau mười phút."
        return answers.refusal(body, values, {"": sentence}, 429)
    try:
        code = intake.submit(form, filled.payload(), filled.sent_files())
    except intake.NotKept:
        log.exception("a submission of %s was not kept", form)
        sentence = "Chưa lưu được. Xin bấm gửi lại sau ít phút."
        return answers.refusal(body, values, {"": sentence}, 503)
    return answers.thanks(body, code, is_answered=form == "gioi-thieu")


def _read(request: HttpRequest, sized: spool.Sized) -> QueryDict:
    """Parse what was sent. Raises RequestDataTooBig, or one of UNREADABLE."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise RequestDataTooBig
    keepers = [load_handler(name, request) for name in settings.FILE_UPLOAD_HANDLERS]
    request.upload_handlers = [sized, *keepers]
    return request.POST


def _refused(request: HttpRequest, form: str, sized: spool.Sized) -> tuple[dict[str, str], int]:
    """Why it is not even looked at, and with which status; nothing when it is."""
    if not doors.is_from_our_page(request):
        return {"": "Mẫu này chỉ gửi được từ trang của cổng. Mở lại trang rồi gửi giúp."}, 403
    if request.POST.get(TRAP):
        return {"": "Có một ô để trống mà máy của bạn đã tự điền. Bấm gửi lần nữa là được."}, 400
    if sized.too_large:
        most = spool.LARGEST_FILE // 1024 // 1024
        return {"anh": f"Tệp «{sized.too_large[0]}» lớn hơn {most} MB. Chọn tệp nhỏ hơn."}, 413
    return {}, 200


# --- Codes ------------------------------------------------------------------
@require_POST
def find_page(request: HttpRequest, form: str) -> HttpResponse:
    """A code somebody typed in, answered with the released page it leads to. Nothing is kept."""
    body = answers.shell(f"gui/{form}/shell.html")
    if body is None:
        return answers.plain(404, "Không có mẫu gửi này.")
    try:
        values = typed(_read(request, spool.Sized(request)))
    except RequestDataTooBig:
        return answers.refusal(body, {}, {"": TOO_LARGE}, 413)
    except UNREADABLE:
        sentence = "Nội dung gửi lên bị đứt giữa chừng. Xin gửi lại."
        return answers.refusal(body, {}, {"": sentence}, 400)
    if not doors.is_from_our_page(request):
        sentence = "Mẫu này chỉ gửi được từ trang của cổng. Mở lại trang rồi gửi giúp."
        return answers.refusal(body, values, {"": sentence}, 403)
    if not values.get("ma", "").strip():
        return answers.refusal(body, values, {"ma": "Viết mã ghi trên giấy của bạn."}, 400)
    if not lookups.lets_in(form, doors.address_of(request)):
        sentence = "Nhiều người hỏi cùng lúc. Xin hỏi lại sau mười phút."
        return answers.refusal(body, values, {"": sentence}, 429)
    path = LOOKUPS[form](values["ma"])
    is_there = (places.site() / path[1:] / "index.html").is_file()
    return answers.led(body, form, values, path if is_there else "")


# --- Counter ----------------------------------------------------------------
@require_GET
def count(request: HttpRequest, page: str) -> HttpResponse:
    """One reading of one page: the page and the day. Counting never costs a reader the picture."""
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") in doors.OWN_SITES
    if is_ours and readings.lets_in("dem", doors.address_of(request)):
        intake.count(page)
    return HttpResponse(DOT, content_type="image/gif", headers=answers.HEADERS)


# --- Everything else ---------------------------------------------------------
def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return answers.plain(404, "Không có trang này.")


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return answers.plain(400, "Địa chỉ hoặc nội dung gửi lên không đúng.")


def broken(request: HttpRequest) -> HttpResponse:
    return answers.plain(500, "Hệ thống trục trặc. Xin thử lại sau ít phút.")
