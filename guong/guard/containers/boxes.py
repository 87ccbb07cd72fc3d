"""MP4 and M4A: box after box; what is not needed for playing becomes an empty box of the same size.

In its place and length, so that no index inside has to be written anew. Times are set to zero.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..files import Refused
from .found import Found, broken

NAME = "MP4"
NEEDED = {
    b"": {b"ftyp", b"moov", b"mdat", b"moof", b"sidx", b"styp", b"mfra"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"edts", b"mdia", b"tref"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
}
TIMED = {b"mvhd", b"tkhd", b"mdhd"}
CODECS = {b"avc1", b"avc3", b"av01", b"vp09", b"mp4a", b"Opus", b".mp3"}
APPLE = "Phim dạng QuickTime (.mov). Xuất phim thành .mp4 rồi gửi lại."
UNPLAYABLE = (
    "Nhiều điện thoại không mở được phim này. Trong máy quay chọn «Tương thích nhất» (H.264) hoặc "
    "xuất lại MP4 H.264 rồi gửi."
)
MORE_THAN_FILM = (
    "Phim có kèm một dòng dữ liệu khác (có thể là vị trí quay). Xuất lại, chỉ còn hình và tiếng."
)


@dataclass(frozen=True)
class Box:
    name: bytes
    start: int
    body: int
    end: int


def is_one(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def walk(content: bytes) -> Found:
    """Pictures, sound and their index. Raises Refused."""
    if content[8:12] == b"qt  ":
        raise Refused(APPLE)
    body = bytearray(content)
    tracks: list[Box] = []
    _clean(body, b"", 0, len(body), tracks)
    kinds = {_handler(body, track) for track in tracks}
    if not kinds:
        raise broken(NAME)
    if kinds - {b"vide", b"soun"}:
        raise Refused(MORE_THAN_FILM)
    if {_codec(body, track) for track in tracks} - CODECS:
        raise Refused(UNPLAYABLE)
    if b"vide" not in kinds:
        return Found(bytes(body), "audio/mp4", ".m4a")
    film = next(track for track in tracks if _handler(body, track) == b"vide")
    return Found(bytes(body), "video/mp4", ".mp4", *_size(body, film))


def _clean(body: bytearray, around: bytes, start: int, end: int, tracks: list[Box]) -> None:
    for box in _boxes(body, start, end):
        if box.name not in NEEDED[around]:
            body[box.start + 4 : box.start + 8] = b"free"
            body[box.body : box.end] = bytes(box.end - box.body)
            continue
        if box.name in TIMED and box.end - box.body >= 20:
            length = 16 if body[box.body] == 1 else 8
            body[box.body + 4 : box.body + 4 + length] = bytes(length)
        if box.name == b"trak":
            tracks.append(box)
        if box.name in NEEDED:
            _clean(body, box.name, box.body, box.end, tracks)


def _boxes(body: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes that fill this stretch exactly. Raises Refused."""
    while start < end:
        if end - start < 8:
            raise broken(NAME)
        size, name = struct.unpack_from(">I4s", body, start)
        head = 8
        if size == 1 and end - start >= 16:
            size, head = struct.unpack_from(">Q", body, start + 8)[0], 16
        if size == 0:
            size = end - start  # to the end, as the last box may
        if size < head or start + size > end:
            raise broken(NAME)
        yield Box(name, start, start + head, start + size)
        start += size


def _inside(body: bytearray, box: Box, *names: bytes) -> Box:
    for name in names:
        found = next((one for one in _boxes(body, box.body, box.end) if one.name == name), None)
        if found is None:
            raise broken(NAME)
        box = found
    return box


def _handler(body: bytearray, track: Box) -> bytes:
    box = _inside(body, track, b"mdia", b"hdlr")
    return bytes(body[box.body + 8 : box.body + 12])


def _codec(body: bytearray, track: Box) -> bytes:
    box = _inside(body, track, b"mdia", b"minf", b"stbl", b"stsd")
    return bytes(body[box.body + 12 : box.body + 16])


def _size(body: bytearray, track: Box) -> tuple[int, int]:
    box = _inside(body, track, b"tkhd")
    if box.end - box.body < 84:
        raise broken(NAME)
    width, height = struct.unpack_from(">II", body, box.end - 8)
    return width >> 16, height >> 16
