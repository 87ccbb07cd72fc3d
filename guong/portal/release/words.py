"""The portal's own few words, for when there is no released page to say it."""

import html
from dataclasses import dataclass
from http import HTTPStatus

from .pages import POLICY

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
    "<title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>"
    '<p><a href="/">Về trang chủ</a></p></main></body></html>\n'
)
# Status, title and text of each; nginx and Caddy say the same.
CLOSED = (503, "Cổng chưa mở", "Cổng chưa có bản phát hành nào. Xin quay lại sau.")
MENDING = (503, "Đang kiểm tra", "Trang này đang được khôi phục. Xin quay lại sau ít phút.")
READ_ONLY = (405, "Không nhận", "Địa chỉ này chỉ để xem.")
BUSY = (503, "Cổng đang bận", "Phần nhận thư và tìm kiếm tạm nghỉ. Xin thử lại sau ít phút.")
TOO_LARGE = (413, "Tệp quá lớn", "Nội dung gửi lên quá lớn. Xin gửi tệp nhỏ hơn 12 MB.")
LONG_QUERY = (400, "Câu tìm quá dài", "Xin tìm bằng ít chữ hơn.")


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: list[tuple[str, str]]


def refusal(status: int, title: str, text: str) -> Answer:
    body = PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
    headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("content-length", str(len(body))),
    ]
    return Answer(status, body, headers)


def line(status: int) -> str:
    """The status line WSGI wants."""
    return f"{status} {HTTPStatus(status).phrase}"
