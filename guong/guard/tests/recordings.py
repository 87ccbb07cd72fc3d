"""Tiny sounds and films made by hand, whole as containers, with labels and riders as asked for."""

import io
import math
import struct
import wave

from guong.guard.containers import ogg

SPOKEN = b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nCh\xc3\xa0o b\xc3\xa0 con.\n"
PLACE = b"13.9833,108.0000"  # what must not survive


def mp3(frames: int = 20, before: bytes = b"", behind: bytes = b"") -> bytes:
    """Frames of 32 kbit/s at 16 kHz with nothing in them."""
    frame = b"\xff\xf3\x48\x00".ljust(144, b"\x00")  # 72,000 × 32 / 16,000
    return before + frame * frames + behind


def id3(said: bytes = PLACE) -> bytes:
    size = bytes((len(said) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + said


def wav(seconds: float = 0.1, rate: int = 8000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setparams((1, 1, rate, 0, "NONE", ""))
        written.writeframes(
            bytes(128 + int(60 * math.sin(n / 5)) for n in range(int(seconds * rate)))
        )
    return out.getvalue()


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), name) + body


def track(handler: bytes = b"vide", codec: bytes = b"avc1", size=(320, 180)) -> bytes:
    width, height = size
    tkhd = b"\0\0\0\7" + b"\xee" * 8 + bytes(64) + struct.pack(">II", width << 16, height << 16)
    entry = struct.pack(">I4s", 8, codec)
    return box(
        b"trak",
        box(b"tkhd", tkhd),
        box(
            b"mdia",
            box(b"mdhd", b"\0\0\0\0" + b"\xee" * 8 + bytes(12)),
            box(b"hdlr", bytes(8) + handler + bytes(13)),
            box(b"minf", box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry))),
        ),
    )


def mp4(*tracks: bytes, brand: bytes = b"isom", behind: bytes = b"", label: bytes = PLACE) -> bytes:
    """An MP4 with a place in its labels; `tracks` are one film track if none is given."""
    return b"".join(
        [
            box(b"ftyp", brand, bytes(4), brand),
            box(
                b"moov",
                box(b"mvhd", bytes(100)),
                *(tracks or [track()]),
                box(b"udta", box(b"\xa9xyz", label)),
            ),
            box(b"mdat", b"\x01" * 64),
            behind,
        ]
    )


def page(body: bytes, sizes: list[int], number: int, serial: int = 7) -> bytes:
    def bytes_with(checksum: int) -> bytes:
        head = ogg.HEAD.pack(b"OggS", 0, 0, 0, serial, number, checksum, len(sizes))
        return head + bytes(sizes) + body

    return bytes_with(ogg._sum(bytes_with(0)))


def opus(label: bytes = PLACE, behind: bytes = b"") -> bytes:
    head = b"OpusHead\x01\x01" + bytes(9)
    said = b"OpusTags" + struct.pack("<I", 3) + b"ten" + struct.pack("<II", 1, len(label)) + label
    lacing = [255] * (len(said) // 255) + [len(said) % 255]
    sound = bytes(40)
    return (
        page(head, [len(head)], 0) + page(said, lacing, 1) + page(sound, [len(sound)], 2) + behind
    )


def vorbis(label: bytes = PLACE) -> bytes:
    head = b"\x01vorbis" + bytes(23)
    said = (
        b"\x03vorbis" + struct.pack("<I", 0) + struct.pack("<II", 1, len(label)) + label + b"\x01"
    )
    setup = b"\x05vorbis" + bytes(20)
    both = page(said + setup, [len(said), len(setup)], 1)
    return page(head, [len(head)], 0) + both


def element(name: int, *inside: bytes) -> bytes:
    body = b"".join(inside)
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return head + b"\x01" + len(body).to_bytes(7, "big") + body


def webm_track(kind: int = 1, codec: bytes = b"V_VP9", size=(320, 180)) -> bytes:
    width, height = (number.to_bytes(2, "big") for number in size)
    return element(
        0xAE,
        element(0x83, bytes([kind])),
        element(0x86, codec),
        element(0x536E, PLACE),
        *([element(0xE0, element(0xB0, width), element(0xBA, height))] if kind == 1 else []),
    )


def webm(*tracks: bytes, doctype: bytes = b"webm", behind: bytes = b"") -> bytes:
    """A WebM with a place among its titles, tags and track names."""
    return (
        element(0x1A45DFA3, element(0x4282, doctype))
        + element(
            0x18538067,
            element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), element(0x7BA9, PLACE)),
            element(0x1654AE6B, *(tracks or [webm_track()])),
            element(0x1F43B675, b"\x01" * 64),
            element(0x1254C367, PLACE * 20),
        )
        + behind
    )


def live_webm(behind: bytes = b"", *, of_all: bool = True) -> bytes:
    """As a browser writes it while somebody speaks: segment and clusters do not say where they end.

    Without `of_all` the list of tracks does not say it either, which nothing writes.
    """
    unknown = b"\x01" + b"\xff" * 7
    clusters = [
        b"\x1f\x43\xb6\x75" + unknown + element(0xE7, bytes([at])) + element(0xA3, b"\x81" * 40)
        for at in range(2)
    ]
    tracks = element(0x1654AE6B, webm_track(2, b"A_OPUS"))
    return (
        element(0x1A45DFA3, element(0x4282, b"webm"))
        + b"\x18\x53\x80\x67"
        + unknown
        + element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), element(0x7BA9, PLACE))
        + (tracks if of_all else tracks[:4] + unknown + tracks[12:])
        + b"".join(clusters)
        + element(0x1254C367, PLACE * 20)
        + behind
    )
