"""Answers of the drop box: released pages with words put in, never cached, never indexed."""

import logging
from html import escape

from django.http import HttpResponse

from . import places
from .shells import Filling, error_list, fill

log = logging.getLogger(__name__)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}
NOTHING_RELEASED = "Cổng chưa đăng trang này. Xin quay lại sau."


def plain(status: int, sentence: str) -> HttpResponse:
    """One sentence, for who asks for what no page of ours leads to."""
    return HttpResponse(
        f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8", headers=HEADERS
    )


def shell(name: str) -> str | None:
    """The released page to be filled, or None before a release that has it."""
    try:
        return (places.site() / name).read_text(encoding="utf-8")
    except OSError:
        log.warning("no shell %s in the standing release", name)
        return None


def page(body: str, filling: Filling, status: int = 200) -> HttpResponse:
    return HttpResponse(fill(body, filling), status=status, headers=HEADERS)


def fragment(html: str) -> HttpResponse:
    """A piece of a page, for the script that asked for it."""
    return HttpResponse(html, headers=HEADERS)


def refusal(body: str, values: dict, errors: dict[str, str], status: int) -> HttpResponse:
    """The form again with what was typed and what is wrong; the key "" is about the whole."""
    filling = Filling(values, errors, {"errors": error_list(errors)}, title="Lỗi: ")
    answer = page(body, filling, status)
    if status in {429, 503}:
        answer["Retry-After"] = "600"
    return answer


def thanks(body: str, code: str) -> HttpResponse:
    """The page without its form, with the code to take home."""
    results = (
        '<div class="promise" role="status"><h2>Đã nhận, cảm ơn bạn</h2>'
        f'<p>Mã của bạn:</p><p class="big">{escape(code)}</p>'
        "<p>Ghi lại hoặc chụp màn hình mã này. Khi muốn hỏi lại, bạn chỉ cần đọc mã; "
        "không ai khác biết mã của bạn.</p></div>"
    )
    return page(body, Filling(blocks={"results": results}, is_done=True, title="Đã nhận: "))
