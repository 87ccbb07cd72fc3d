"""Which files are taken as evidence: by ending and by first bytes, both."""

from pathlib import PurePath

from .files import Refused

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".docx": (OFFICE + "wordprocessingml.document", (b"PK\x03\x04",)),
    ".xlsx": (OFFICE + "spreadsheetml.sheet", (b"PK\x03\x04",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".webp": ("image/webp", (b"RIFF",)),
    ".mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ".m4a": ("audio/mp4", (b"",)),
    ".mp4": ("video/mp4", (b"",)),
}


def accept(name: str, head: bytes) -> str:
    """The content type of a file that may be kept. Raises Refused."""
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    if not head:
        raise Refused("Tệp rỗng. Chọn lại tệp.")
    if ending not in KINDS:
        raise Refused(
            "Không nhận loại tệp này. Dùng PDF, Word, Excel, ảnh JPG/PNG, âm thanh, video."
        )
    content_type, starts = KINDS[ending]
    if ending in (".m4a", ".mp4") and head[4:8] != b"ftyp":
        raise Refused("Tệp không đúng loại như tên của nó. Lưu lại rồi gửi.")
    if not head.startswith(starts):
        raise Refused("Tệp không đúng loại như tên của nó. Lưu lại rồi gửi.")
    return content_type
