"""Answers of the drop box: released pages with words put in, never cached, never indexed."""

import logging
from html import escape

from django.http import HttpResponse

from . import places
from .codes import ANSWERS
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


def thanks(body: str, code: str, *, is_answered: bool = False) -> HttpResponse:
    """The page without its form, with the code to take home and where its answer will be."""
    later = (
        "<p>Câu trả lời sẽ nằm trên cổng: mở trang "
        f'<a href="{ANSWERS}">Tra câu trả lời</a> và gõ mã này.</p>'
    )
    results = (
        '<div class="promise" role="status"><h2>Đã nhận, cảm ơn bạn</h2>'
        f'<p>Mã của bạn:</p><p class="big">{escape(code)}</p>'
        "<p>Ghi lại hoặc chụp màn hình mã này. Khi muốn hỏi lại, bạn chỉ cần đọc mã; "
        f"không ai khác biết mã của bạn.</p>{later if is_answered else ''}</div>"
    )
    return page(body, Filling(blocks={"results": results}, is_done=True, title="Đã nhận: "))


FOUND = {
    "tra-loi": ("Mã này có trang trả lời", "Mở câu trả lời"),
    "kiem-tra": ("Mã này có trong bản đã ký", "Xem giấy này ghi gì"),
}
NOT_FOUND = {
    "tra-loi": (
        "Chưa có trang cho mã này",
        "Nếu bạn mới gửi, trang có sau lần phát hành tới. Xem lại từng chữ của mã; vẫn không thấy "
        "thì hỏi bộ phận một cửa của xã, phường.",
    ),
    "kiem-tra": (
        "Không có giấy nào mang mã này",
        "Xem lại từng chữ của mã. Mã đúng như in trên giấy mà vẫn không có: giấy mới ký, chưa lên "
        "cổng; đang được xem lại; hoặc không do tỉnh cấp. Hỏi nơi ghi trên giấy.",
    ),
}


def led(body: str, form: str, values: dict, path: str) -> HttpResponse:
    """The form again, and above it the page the code leads to, or that there is none."""
    if path:
        heading, words = FOUND[form]
        said = f'<p class="end"><a class="btn primary" href="{escape(path)}">{words}</a></p>'
    else:
        heading, words = NOT_FOUND[form]
        said = f"<p>{words}</p>"
    results = f'<div class="promise" role="status"><h2>{heading}</h2>{said}</div>'
    return page(body, Filling(values, blocks={"results": results}))
