"""A workbook is looked at before anything opens it. Never trust its name."""

import re
import zipfile
from typing import BinaryIO

from .files import Refused

PACKED = 20 * 1024 * 1024
UNPACKED = 200 * 1024 * 1024
RATIO = 100
ENTRIES = 2000
COLUMNS = 200
SAVE_AGAIN = "Mở bằng Excel, chọn Lưu thành, dạng «Excel Workbook (.xlsx)», rồi gửi lại."
DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}\d+:([A-Z]{1,3})(\d+)"')


def inspect(file: BinaryIO) -> None:
    """Refuse what is not a plain .xlsx of sane size. Raises Refused with a Vietnamese sentence."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if size == 0:
        raise Refused("Tệp rỗng. Chọn lại tệp.")
    if size > PACKED:
        raise Refused("Tệp lớn hơn 20 MB. Bỏ ảnh khỏi bảng hoặc chia nhỏ danh sách.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"Tệp dạng .xls cũ hoặc có mật khẩu. {SAVE_AGAIN}")
    if not head.startswith(b"PK\x03\x04"):
        raise Refused(f"Đây không phải tệp Excel .xlsx. {SAVE_AGAIN}")
    try:
        with zipfile.ZipFile(file) as packed:
            _entries(packed)
            _parts(packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise Refused(f"Tệp bị hỏng hoặc tải chưa xong. {SAVE_AGAIN}") from broken
    file.seek(0)


def _entries(packed: zipfile.ZipFile) -> None:
    """The directory of the archive, before one byte is unpacked."""
    entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked > squeezed * RATIO:
        raise Refused("Tệp nở ra quá lớn khi mở. Sao chép bảng sang một tệp mới rồi gửi lại.")
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace(
            "\\", "/"
        ).split("/"):
            raise Refused(f"Tệp có đường dẫn lạ bên trong. {SAVE_AGAIN}")


def _parts(packed: zipfile.ZipFile) -> None:
    names = packed.namelist()
    if "xl/workbook.xml" not in names:
        raise Refused(f"Đây không phải tệp Excel .xlsx. {SAVE_AGAIN}")
    lower = [name.lower() for name in names]
    if any(
        name.endswith("vbaproject.bin") or "/embeddings/" in name or "/activex/" in name
        for name in lower
    ):
        raise Refused("Tệp có mã lệnh (macro) hoặc tệp nhúng. Lưu lại dạng .xlsx không macro.")
    if any("/externallinks/" in name for name in lower):
        raise Refused("Tệp nối tới tệp khác. Sao chép bảng, dán dạng giá trị sang tệp mới.")
    for name in names:
        if name.endswith((".xml", ".rels")):
            with packed.open(name) as part:
                head = part.read(8192)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused(f"Tệp có khai báo lạ bên trong. {SAVE_AGAIN}")
            if found := DIMENSION.search(head):
                _dimension(found[1].decode())


def _dimension(letters: str) -> None:
    width = 0
    for letter in letters:
        width = width * 26 + ord(letter) - 64
    if width > COLUMNS:
        raise Refused("Bảng rộng quá 200 cột. Xoá các cột trống bên phải rồi gửi lại.")
