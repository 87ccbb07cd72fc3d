"""A sound and a film for the sample province, made on the spot: no voice, no face, nobody's work."""

import io
import math
import struct
import wave

from PIL import Image, ImageDraw

RATE = 8000
BEATS = (196, 247, 294, 247, 196, 294, 247, 196)  # Hz, one every 0.4 s: bars struck, not a song
FILM = (320, 180)
SECONDS, EACH = 6, 4  # pictures a second: enough for a sun to rise by
BRANDS = b"isom" + bytes(4) + b"isomiso8mp41av01"
CAPTIONS = """WEBVTT

00:00:00.000 --> 00:00:02.000
[Không có tiếng] Mặt trời lên sau dãy đồi.

00:00:02.000 --> 00:00:06.000
[Không có tiếng] Nắng đi từ trái sang phải; hình do máy vẽ.
"""
TRANSCRIPT = "[Tám tiếng gõ do máy tạo, cao thấp xen nhau, nhỏ dần. Không có lời nói.]"


def sound() -> bytes:
    """A WAV of struck bars that fade: 26 kB."""
    step = int(RATE * 0.4)
    points = bytes(
        128
        + int(
            90 * math.exp(-(n % step) / 900) * math.sin(2 * math.pi * BEATS[n // step] * n / RATE)
        )
        for n in range(step * len(BEATS))
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setparams((1, 1, RATE, 0, "NONE", ""))
        written.writeframes(points)
    return out.getvalue()


def film() -> bytes:
    """An MP4 of a sun over hills, in AV1: Pillow writes such pictures one after another as AVIF,
    which is an MP4 but for the names of its brand and of what handles its track.
    """
    pictures = [_hills(n / (SECONDS * EACH)) for n in range(SECONDS * EACH)]
    out = io.BytesIO()
    pictures[0].save(
        out,
        "AVIF",
        save_all=True,
        append_images=pictures[1:],
        duration=1000 // EACH,
        quality=60,
        speed=8,
        max_threads=1,
    )
    written = bytearray(out.getvalue())
    size = struct.unpack_from(">I", written)[0]
    written[8:size] = BRANDS.ljust(size - 8, b"\0")
    handler = written.index(b"hdlr", written.index(b"mdia")) + 12
    written[handler : handler + 4] = b"vide"
    return bytes(written)


def _hills(part: float) -> Image.Image:
    picture = Image.new("RGB", FILM, "#F3E3C7")
    pen = ImageDraw.Draw(picture)
    x, y = 20 + 240 * part, 70 - 50 * math.sin(math.pi * part)
    pen.ellipse((x, y, x + 40, y + 40), fill="#E8B95B")
    pen.polygon([(0, 180), (0, 120), (90, 82), (200, 128), (320, 92), (320, 180)], fill="#4F7A5F")
    pen.polygon([(0, 180), (0, 150), (140, 128), (320, 156), (320, 180)], fill="#1F6B4A")
    return picture
