"""An archive of pictures, opened without trusting one word of its directory."""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from .files import BROKEN_ARCHIVE, Refused

MEGABYTE = 1024 * 1024
PACKED, ONE, ALL, ENTRIES, RATIO = 100 * MEGABYTE, 20 * MEGABYTE, 200 * MEGABYTE, 300, 100
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")
AGAIN = "Nén lại chỉ các ảnh thành một tệp .zip, không mật khẩu, rồi gửi."


def pictures_in(file: BinaryIO) -> Iterator[tuple[str, io.BytesIO]]:
    """Name and bytes of every picture in a .zip, one at a time; other entries are passed over.

    Raises Refused with a sentence that says what to do, before anything is unpacked where it can.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            _directory(file, entries)
            for entry in entries:
                name = PurePosixPath(_name(entry).replace("\\", "/")).name
                if name.lower().endswith(PICTURES) and not name.startswith("."):
                    yield name, _unpacked(packed, entry)
    except BROKEN_ARCHIVE as broken:
        raise Refused(f"Không mở được tệp nén, có khi tệp bị hỏng. {AGAIN}") from broken


def _directory(file: BinaryIO, entries: list[zipfile.ZipInfo]) -> None:
    file.seek(0, 2)
    if file.tell() > PACKED:
        raise Refused("Tệp nén lớn hơn 100 MB. Chia ảnh thành nhiều lần gửi.")
    if len(entries) > ENTRIES:
        raise Refused(f"Tệp nén có hơn {ENTRIES} tệp. Chia ảnh thành nhiều lần gửi.")
    end, total = 0, 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        total += entry.file_size
        swollen = entry.file_size > MEGABYTE and entry.file_size > RATIO * entry.compress_size
        if swollen or entry.file_size > ONE or total > ALL:
            raise Refused(f"Tệp nén nở ra quá lớn (bom nén?). {AGAIN}")
        if entry.flag_bits & 1:
            raise Refused(f"Tệp nén có mật khẩu. {AGAIN}")
        if entry.header_offset < end or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(f"Tệp nén có phần chồng lên nhau hoặc trỏ đi nơi khác. {AGAIN}")
        end = entry.header_offset + 30 + entry.compress_size


def _name(entry: zipfile.ZipInfo) -> str:
    """Names of Vietnamese files are UTF-8 even where the archive forgets to say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> io.BytesIO:
    with packed.open(entry) as part:
        content = part.read(ONE + 1)
    if len(content) > ONE:
        raise Refused(f"Tệp nén nở ra quá lớn (bom nén?). {AGAIN}")
    return io.BytesIO(content)
