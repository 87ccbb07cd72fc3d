"""Pictures are made anew: upright, flat, and nothing else in them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from guong.guard import pictures


def picture(size=(40, 20), mode="RGB", color="red", kind="JPEG", **options) -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    out.seek(0)
    return out


def with_exif() -> io.BytesIO:
    """A picture lying on its side that says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "noi chup"
    exif.get_ifd(0x8825)[2] = (13.0, 58.0, 30.0)
    left = Image.new("RGB", (40, 20), "blue")
    left.paste("red", (0, 0, 20, 20))
    out = io.BytesIO()
    left.save(out, "JPEG", exif=exif, quality=95)
    out.seek(0)
    return out


def huge_png() -> io.BytesIO:
    """30,000 × 30,000 points in a few bytes: only the head of it is true."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def test_a_large_picture_comes_back_smaller():
    made, content_type, size = pictures.reencode(picture((3200, 1600)))

    assert (content_type, size) == ("image/jpeg", (1600, 800))
    assert Image.open(io.BytesIO(made)).size == (1600, 800)


def test_it_stands_upright_and_keeps_no_metadata():
    made, _, size = pictures.reencode(with_exif())

    again = Image.open(io.BytesIO(made))
    red, _, blue = again.getpixel((10, 5))
    assert size == (20, 40)
    assert dict(again.getexif()) == {} and "exif" not in again.info
    assert red > 200 > 100 > blue
    assert b"noi chup" not in made


@pytest.mark.parametrize(
    "file",
    [
        picture(mode="RGBA", color=(255, 0, 0, 0), kind="PNG"),
        picture(mode="P", color=3, kind="PNG"),
        picture(mode="LA", color=(9, 0), kind="PNG"),
        picture(mode="I;16", color=900, kind="PNG"),
        picture(mode="1", color=1, kind="PNG"),
        picture(mode="CMYK", color=(0, 0, 0, 0)),
        picture(mode="RGBA", color=(0, 0, 0, 0), kind="WEBP"),
    ],
)
def test_every_kind_of_picture_becomes_a_plain_jpeg(file):
    made, _, size = pictures.reencode(file)

    again = Image.open(io.BytesIO(made))
    assert (again.format, again.mode, size) == ("JPEG", "RGB", (40, 20))


def test_what_was_transparent_becomes_white():
    made, *_ = pictures.reencode(picture(mode="RGBA", color=(255, 0, 0, 0), kind="PNG"))

    assert min(Image.open(io.BytesIO(made)).getpixel((5, 5))) > 250


def ridden(rider: bytes) -> io.BytesIO:
    return io.BytesIO(picture().getvalue() + rider)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (huge_png(), pictures.TOO_LARGE),
        (picture((8000, 5001), mode="1", color=0, kind="PNG"), pictures.TOO_LARGE),
        (
            io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
            pictures.NOT_A_PICTURE,
        ),
        (io.BytesIO(b"\xef\xbb\xbf <!DOCTYPE html><html></html>"), pictures.NOT_A_PICTURE),
        (ridden(b"<script>alert(1)</script>"), pictures.RIDDEN),
        (ridden(b"<HTML>"), pictures.RIDDEN),
        (ridden(b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18), pictures.RIDDEN),
        (io.BytesIO(b"\0\0\0\x18ftypheic\0\0\0\0"), pictures.HEIC),
        (io.BytesIO(picture((400, 400)).getvalue()[:400]), pictures.UNREADABLE),
        (picture(kind="GIF"), pictures.UNREADABLE),
        (picture(kind="BMP"), pictures.UNREADABLE),
        (io.BytesIO(b"\xff\xd8\xff" + b"\0" * 100), pictures.UNREADABLE),
        (io.BytesIO(b""), pictures.UNREADABLE),
    ],
    ids=lambda value: "" if isinstance(value, io.BytesIO) else value[:20],
)
def test_what_is_no_honest_picture_is_refused(file, sentence):
    with pytest.raises(pictures.Refused) as refusal:
        pictures.reencode(file)

    assert str(refusal.value) == sentence
