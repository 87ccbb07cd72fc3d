"""A workbook is looked at before anything opens it. Its name, its sizes and its parts may all lie.

Limits and cases: the bad-input catalogue of the security reference; OWASP on XML and archives.
"""

import re
import stat
import zipfile
from typing import BinaryIO

from .files import BROKEN_ARCHIVE, Refused

MEGABYTE = 1024 * 1024
PACKED, UNPACKED = 20 * MEGABYTE, 200 * MEGABYTE
RATIO, ENTRIES, COLUMNS, ROWS = 100, 2_000, 200, 99_999
SMALL = 1 * MEGABYTE  # below this a part may be squeezed as tightly as it likes
PROLOG = 64 * 1024
CHUNK = 256 * 1024
SAVE_AGAIN = "Mở bằng Excel, chọn Lưu thành, dạng «Excel Workbook (.xlsx)», rồi gửi lại."
COPY_VALUES = "Sao chép bảng, dán dạng giá trị sang một tệp .xlsx mới rồi gửi lại."
BROKEN = f"Tệp bị hỏng hoặc tải chưa xong. {SAVE_AGAIN}"
# Cells beyond column GR (200) or row 99,999: one of them makes a reader reserve the whole square.
FAR_COLUMN = re.compile(rb'<(?:\w+:)?c\b[^>]{0,80}?\br="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d')
FAR_ROW = re.compile(rb'<(?:\w+:)?(?:row|c)\b[^>]{0,80}?\br="[A-Z]{0,3}\d{6}')
ROOT = re.compile(rb"<[A-Za-z_]")
DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE
)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]{0,4000}>", re.IGNORECASE)
OUTWARD = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)
CARRIERS = (
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".cmd",
    ".ps1",
    ".jar",
    ".zip",
    ".rar",
    ".7z",
    ".scr",
)


def inspect(file: BinaryIO) -> None:
    """Refuse what is not a plain .xlsx of sane size. Raises Refused with a Vietnamese sentence.

    Leaves the file at its beginning. Nothing is unpacked to disk, no part is kept in memory whole.
    """
    _outside(file)
    try:
        with zipfile.ZipFile(file) as packed:
            _directory(packed)
            _names(packed)
            for entry in packed.infolist():
                _part(packed, entry)
    except BROKEN_ARCHIVE as broken:
        raise Refused(BROKEN) from broken
    file.seek(0)


def _outside(file: BinaryIO) -> None:
    """Size and first bytes."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(4096)
    if size == 0:
        raise Refused("Tệp rỗng (0 byte). Chọn lại tệp, hoặc lưu lại rồi gửi.")
    if size > PACKED:
        raise Refused("Tệp lớn hơn 20 MB. Bỏ ảnh khỏi bảng hoặc chia nhỏ danh sách rồi gửi lại.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read():
            raise Refused("Tệp có mật khẩu. Bỏ mật khẩu (Tệp, Thông tin, Bảo vệ) rồi gửi lại.")
        raise Refused(f"Đây là tệp .xls dạng cũ. {SAVE_AGAIN}")
    if not head.startswith(b"PK"):
        raise Refused(f"{_what_it_is(head)} {SAVE_AGAIN}")
    file.seek(0)


def _what_it_is(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"%pdf"):
        return "Đây là tệp PDF, không phải bảng Excel."
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "Đây là trang web lưu với đuôi .xlsx, không phải bảng Excel."
    if b"\x00" not in head and (b"," in head or b";" in head or b"\t" in head):
        return "Đây là tệp CSV (chữ) mang đuôi .xlsx, không phải bảng Excel."
    return "Đây không phải tệp Excel .xlsx."


def _directory(packed: zipfile.ZipFile) -> None:
    """The directory of the archive, before one byte is unpacked."""
    entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = sum(entry.compress_size for entry in entries)
    swollen = any(entry.file_size > SMALL and entry.file_size > RATIO * max(entry.compress_size, 1)
                  for entry in entries)  # fmt: skip
    if (
        len(entries) > ENTRIES
        or unpacked > UNPACKED
        or swollen
        or (unpacked > SMALL and unpacked > RATIO * max(squeezed, 1))
    ):
        raise Refused(f"Tệp nở ra quá lớn khi mở (bom nén?). {COPY_VALUES}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại.")
    _places(entries)


def _places(entries: list[zipfile.ZipInfo]) -> None:
    """Parts that lie over one another, twice, outside, or are pointers to elsewhere."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused(f"Các phần bên trong tệp chồng lên nhau. {COPY_VALUES}")
        end = entry.header_offset + 30 + entry.compress_size
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len({name.lower() for name in names}) < len(names):
        raise Refused(f"Tệp có hai phần trùng tên bên trong. {COPY_VALUES}")
    for name, entry in zip(names, entries, strict=True):
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if (
            name.startswith("/")
            or ".." in name.split("/")
            or ":" in name
            or "\x00" in name
            or is_link
        ):
            raise Refused(f"Tệp có đường dẫn lạ bên trong. {COPY_VALUES}")


def _names(packed: zipfile.ZipFile) -> None:
    """Which parts there are, and which may not be there."""
    names = [name.lower() for name in packed.namelist()]
    if "xl/workbook.bin" in names:
        raise Refused(f"Đây là tệp .xlsb (nhị phân). {SAVE_AGAIN}")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Refused("Đây là tệp Word hoặc PowerPoint, không phải bảng Excel. Chọn lại tệp.")
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise Refused(f"Đây không phải tệp Excel .xlsx. {SAVE_AGAIN}")
    if any(
        part in name for part in ("vbaproject", "/macrosheets/", "/dialogsheets/") for name in names
    ):
        raise Refused(f"Tệp có mã lệnh (macro). {SAVE_AGAIN}")
    if any(
        "/embeddings/" in name or "/activex/" in name or name.endswith(CARRIERS) for name in names
    ):
        raise Refused(f"Tệp có tệp khác nhúng bên trong. {COPY_VALUES}")
    if any("/externallinks/" in name or name.endswith("xl/connections.xml") for name in names):
        raise Refused(f"Tệp nối tới tệp hay nguồn dữ liệu khác. {COPY_VALUES}")


def _part(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """One part, read in pieces; XML must be plain UTF-8 without declarations of its own."""
    name = entry.filename.lower()
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    with packed.open(entry) as part:
        head = part.read(PROLOG)
        _prolog(head)
        if name.endswith(".rels"):
            _relations(head + part.read(UNPACKED))
        elif (
            name == "[content_types].xml"
            and b"macroenabled" in (head + part.read(UNPACKED)).lower()
        ):
            raise Refused(f"Tệp là dạng có macro (.xlsm). {SAVE_AGAIN}")
        elif "/worksheets/" in name:
            _cells(head, part)


def _prolog(head: bytes) -> None:
    root = ROOT.search(head)
    before = head[: root.start()] if root else head
    if b"\x00" in head[:200] or DECLARED.search(before):
        raise Refused(f"Phần bên trong tệp dùng bảng mã lạ. {SAVE_AGAIN}")
    if b"<!doctype" in before.lower() or b"<!entity" in before.lower() or not root:
        raise Refused(f"Phần bên trong tệp có khai báo XML lạ. {SAVE_AGAIN}")


def _relations(xml: bytes) -> None:
    for relation in RELATION.findall(xml):
        if OUTWARD.search(relation) and not HYPERLINK.search(relation):
            raise Refused(f"Tệp lấy một phần nội dung từ nơi khác. {COPY_VALUES}")


def _cells(head: bytes, part) -> None:
    """No cell so far out that the square around it would fill the memory."""
    piece, rest = head, b""
    while piece:
        text = rest + piece
        if FAR_COLUMN.search(text):
            raise Refused("Bảng rộng quá 200 cột. Xoá các cột trống bên phải rồi gửi lại.")
        if FAR_ROW.search(text):
            raise Refused(
                "Bảng dài quá 99.999 dòng. Xoá dòng trống bên dưới hoặc chia nhỏ danh sách."
            )
        piece, rest = part.read(CHUNK), text[-200:]
