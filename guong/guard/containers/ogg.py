"""Ogg with Opus or Vorbis: page after page; the comments are overwritten with blanks.

In their place and length, so that nothing else moves; only the pages they stood on get a new sum.
"""

import struct
from dataclasses import dataclass

from .found import Found, broken

NAME = "Ogg"
HEAD = struct.Struct("<4sBBqIIIB")
HEADS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}  # what it is → how comments begin
FRAMED = b"\x03vorbis"  # ends with a bit of its own
SUM_AT = 22
POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True)
class Page:
    start: int
    body: int
    end: int
    packets: list[tuple[int, int, bool]]  # where each piece lies, and whether its packet ends there


def is_one(content: bytes) -> bool:
    return content.startswith(b"OggS")


def walk(content: bytes) -> Found:
    """One stream of sound without comments. Raises Refused."""
    pages = _pages(content)
    begin = content[pages[0].body : pages[0].end]
    comments = next((mark for head, mark in HEADS.items() if begin.startswith(head)), None)
    if comments is None:
        raise broken(NAME)
    body = bytearray(content)
    _blank(body, pages, comments)
    return Found(bytes(body), "audio/ogg", ".ogg")


def _pages(content: bytes) -> list[Page]:
    pages: list[Page] = []
    at, stream = 0, None
    while at < len(content):
        if len(content) < at + HEAD.size or content[at : at + 5] != b"OggS\0":
            raise broken(NAME)
        *_, serial, _number, _sum, count = HEAD.unpack_from(content, at)
        table = content[at + HEAD.size : at + HEAD.size + count]
        body = at + HEAD.size + count
        end = body + sum(table)
        if end > len(content) or serial != (stream if pages else serial):
            raise broken(NAME)
        pages.append(Page(at, body, end, _pieces(body, table)))
        at, stream = end, serial
    return pages


def _pieces(at: int, table: bytes) -> list[tuple[int, int, bool]]:
    pieces, start = [], at
    for size in table:
        at += size
        if size < 255:
            pieces.append((start, at, True))
            start = at
    return [*pieces, (start, at, False)] if start < at else pieces


def _blank(body: bytearray, pages: list[Page], mark: bytes) -> None:
    """Overwrite the second packet, on whichever pages it lies."""
    touched, places = [], []
    for page in pages[1:]:
        start, end, is_last = page.packets[0] if page.packets else (0, 0, False)
        places.append((start, end))
        touched.append(page)
        if is_last:
            break
    said = b"".join(body[start:end] for start, end in places)
    room = len(said) - 16
    if not said.startswith(mark) or room < 0:
        raise broken(NAME)
    tail = b"\0\0\0\0\1" if mark == FRAMED else b"\0\0\0\0"
    fresh = mark + struct.pack("<I", room) + b" " * room + tail
    for start, end in places:
        body[start:end], fresh = fresh[: end - start], fresh[end - start :]
    for page in touched:
        body[page.start + SUM_AT : page.start + SUM_AT + 4] = b"\0\0\0\0"
        struct.pack_into("<I", body, page.start + SUM_AT, _sum(body[page.start : page.end]))


def _table() -> list[int]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ (POLYNOMIAL if rest >> 31 else 0)) & 0xFFFFFFFF
        table.append(rest)
    return table


TABLE = _table()


def _sum(page: bytes) -> int:
    """Ogg's own cyclic sum: no reflection, so that of `zlib` is another."""
    rest = 0
    for byte in page:
        rest = (rest << 8 & 0xFFFFFFFF) ^ TABLE[rest >> 24 ^ byte]
    return rest
