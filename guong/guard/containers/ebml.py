"""WebM: element after element; titles, dates, tags and attachments become voids of the same size."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..files import Refused
from .found import Found, broken

NAME = "WebM"
HEAD, SEGMENT, VOID, DOCTYPE = 0x1A45DFA3, 0x18538067, 0xEC, 0x4282
SEEK, INFO, TRACKS, CUES, CLUSTER = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675
TRACK, TRACK_TYPE, CODEC, VIDEO, WIDTH, HEIGHT, LABEL = 0xAE, 0x83, 0x86, 0xE0, 0xB0, 0xBA, 0x536E
SCALE, DURATION, MUXER, WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
# Time, blocks, place, size before, silent tracks, void, checksum.
IN_CLUSTER = {0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854, VOID, 0xBF}
NEEDED = {SEGMENT: {SEEK, INFO, TRACKS, CUES, CLUSTER}, INFO: {SCALE, DURATION, MUXER, WRITER}}
FILM, SOUND = 1, 2
CODECS = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"}
OTHER = "Phim Matroska hoặc WebM lạ. Xuất lại thành MP4 (H.264) hoặc WebM (VP9, Opus) rồi gửi."


@dataclass(frozen=True)
class Element:
    name: int
    start: int
    body: int
    end: int


def is_one(content: bytes) -> bool:
    return content.startswith(b"\x1a\x45\xdf\xa3")


def walk(content: bytes) -> Found:
    """Pictures, sound and their index. Raises Refused."""
    body = bytearray(content)
    outer = [one for one in _elements(body, 0, len(body)) if one.name != VOID]
    if [one.name for one in outer] != [HEAD, SEGMENT]:
        raise broken(NAME)
    if _value(body, outer[0], DOCTYPE) != b"webm":
        raise Refused(OTHER)
    _clean(body, outer[1])
    tracks = [
        track
        for all_of_them in _elements(body, outer[1].body, outer[1].end)
        if all_of_them.name == TRACKS
        for track in _elements(body, all_of_them.body, all_of_them.end)
        if track.name == TRACK
    ]
    kinds = {_number(_value(body, track, TRACK_TYPE)) for track in tracks}
    if not kinds:
        raise broken(NAME)
    if kinds - {FILM, SOUND} or {_value(body, track, CODEC) for track in tracks} - CODECS:
        raise Refused(OTHER)
    for track in tracks:
        for one in _elements(body, track.body, track.end):
            if one.name == LABEL:
                _blank(body, one)
    if FILM not in kinds:
        return Found(bytes(body), "audio/webm", ".weba")
    return Found(bytes(body), "video/webm", ".webm", *_size(body, tracks))


def _clean(body: bytearray, around: Element) -> None:
    for one in _elements(body, around.body, around.end):
        if one.name not in NEEDED[around.name]:
            _blank(body, one)
        elif one.name in NEEDED:
            _clean(body, one)


def _blank(body: bytearray, one: Element) -> None:
    """A void of the same length: its size stands in one byte, or in eight where one is not enough."""
    room = one.end - one.start
    head = b"\xec" + bytes([0x80 | room - 2]) if room < 100 else b"\xec\x01" + _seven(room - 9)
    body[one.start : one.end] = head + bytes(room - len(head))


def _seven(number: int) -> bytes:
    return number.to_bytes(7, "big")


def _elements(body: bytes | bytearray, start: int, end: int) -> Iterator[Element]:
    """The elements that fill this stretch exactly. Raises Refused."""
    while start < end:
        name, sized = _vint(body, start, end, keep=True)
        size, at = _vint(body, sized, end)
        stop = at + size
        if size == (1 << 7 * (at - sized)) - 1:  # all ones: written while it was being recorded
            stop = _open_end(body, name, at, end)
        if stop > end:
            raise broken(NAME)
        yield Element(name, start, at, stop)
        start = stop


def _open_end(body: bytes | bytearray, name: int, at: int, end: int) -> int:
    """Where an element ends that does not say so: a segment with the file, a cluster before the next."""
    if name == SEGMENT:
        return end
    if name != CLUSTER:
        raise broken(NAME)
    while at < end:
        inner, sized = _vint(body, at, end, keep=True)
        if inner not in IN_CLUSTER:
            break
        size, after = _vint(body, sized, end)
        at = after + size
    return at


def _vint(body: bytes | bytearray, at: int, end: int, *, keep: bool = False) -> tuple[int, int]:
    """A number whose first byte says how long it is, and where it ends."""
    first = body[at] if at < end else 0
    length = 9 - first.bit_length()
    if not first or at + length > end:
        raise broken(NAME)
    number = int.from_bytes(body[at : at + length], "big")
    return (number if keep else number & ~(1 << 7 * length)), at + length


def _value(body: bytearray, around: Element, name: int) -> bytes:
    for one in _elements(body, around.body, around.end):
        if one.name == name:
            return bytes(body[one.body : one.end]).rstrip(b"\0")
    return b""


def _number(value: bytes) -> int:
    return int.from_bytes(value, "big")


def _size(body: bytearray, tracks: list[Element]) -> tuple[int, int]:
    for track in tracks:
        for one in _elements(body, track.body, track.end):
            if one.name == VIDEO:
                found = {
                    part.name: _number(body[part.body : part.end])
                    for part in _elements(body, one.body, one.end)
                }
                return found.get(WIDTH, 0), found.get(HEIGHT, 0)
    return 0, 0
