"""Which files are taken as evidence: by ending and by first bytes, both."""

from pathlib import PurePath

from .files import Refused
from .letters import DIRECTIONS

OFFICE = "application/vnd.openxmlformats-officedocument."
# ending: (content type, where the mark stands, the marks)
KINDS = {
    ".pdf": ("application/pdf", 0, (b"%PDF-",)),
    ".docx": (OFFICE + "wordprocessingml.document", 0, (b"PK\x03\x04",)),
    ".xlsx": (OFFICE + "spreadsheetml.sheet", 0, (b"PK\x03\x04",)),
    ".jpg": ("image/jpeg", 0, (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", 0, (b"\xff\xd8\xff",)),
    ".png": ("image/png", 0, (b"\x89PNG\r\n\x1a\n",)),
    ".webp": ("image/webp", 8, (b"WEBP",)),
    ".mp3": ("audio/mpeg", 0, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    ".m4a": ("audio/mp4", 4, (b"ftyp",)),
    ".mp4": ("video/mp4", 4, (b"ftyp",)),
}
ADVICE = {
    ".doc": "Mở bằng Word, lưu thành .docx hoặc .pdf rồi gửi lại.",
    ".xls": "Mở bằng Excel, lưu thành .xlsx rồi gửi lại.",
    ".heic": "Trong máy ảnh điện thoại chọn định dạng «Tương thích nhất» (JPG) rồi chụp lại.",
    ".zip": "Giải nén rồi gửi từng tệp.",
    ".rar": "Giải nén rồi gửi từng tệp.",
    ".svg": "Lưu ảnh thành .png rồi gửi lại.",
    ".mov": "Xuất phim thành .mp4 rồi gửi lại.",
}  # fmt: skip
TAKEN = "Nhận: PDF, Word (.docx), Excel (.xlsx), ảnh JPG, PNG, WebP, âm thanh MP3, M4A, phim MP4."
ACTIVE = (b"<script", b"<html", b"<svg", b"<?php", b"<!doctype html")


def accept(name: str, head: bytes) -> str:
    """The content type of a file that may be kept, by its name and first bytes (4 KB do).

    Raises Refused with a sentence that says what to do.
    """
    if any(sign in DIRECTIONS or ord(sign) < 32 for sign in name):
        raise Refused("Tên tệp có ký tự ẩn. Đổi tên tệp rồi gửi lại.")
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    if not head:
        raise Refused("Tệp rỗng (0 byte). Chọn lại tệp.")
    if ending not in KINDS:
        raise Refused(
            f"Không nhận loại tệp này («{ending or 'không có đuôi'}»). {ADVICE.get(ending, TAKEN)}"
        )
    content_type, place, marks = KINDS[ending]
    if not head.startswith(marks, place):
        raise Refused(f"Tệp không đúng loại «{ending}» như tên của nó. Lưu lại đúng loại rồi gửi.")
    if any(sign in head[:4096].lower() for sign in ACTIVE):
        raise Refused(
            "Tệp có mã trang web trộn bên trong. Mở, lưu hoặc in lại thành PDF, JPG rồi gửi."
        )
    return content_type
