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


def moving(kind: str) -> io.BytesIO:
    """Twenty-five frames."""
    frames = [Image.new("RGB", (40, 20), (shade, 0, 0)) for shade in range(0, 250, 10)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=40)
    out.seek(0)
    return out


def lengthened(kind: bytes, body: bytes) -> io.BytesIO:
    """A PNG with one more chunk after its head."""
    content = picture(kind="PNG").getvalue()
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return io.BytesIO(content[:33] + chunk + content[33:])


def turned(orientation: int) -> io.BytesIO:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture(exif=exif)


@pytest.mark.parametrize(
    "file",
    [
        moving("WEBP"),
        moving("PNG"),
        moving("MPO"),
        picture(icc_profile=b"khong phai ho so mau" * 40),
        picture(kind="PNG", icc_profile=b"khong phai ho so mau" * 40),
        picture(comment=b"noi chup: 13.97, 108.0"),
        picture(xmp=b"<x:xmpmeta>noi chup</x:xmpmeta>"),
        lengthened(b"tEXt", b"Comment\0noi chup"),
        turned(99),
        turned(0),
    ],
    ids=["25 frames webp", "25 frames png", "two in one jpeg", "icc junk jpeg", "icc junk png",
         "comment", "xmp", "text", "orientation 99", "orientation 0"],
)  # fmt: skip
def test_nothing_but_the_first_picture_comes_through(file):
    made, _, size = pictures.reencode(file)

    again = Image.open(io.BytesIO(made))
    assert (again.format, getattr(again, "n_frames", 1), size) == ("JPEG", 1, (40, 20))
    assert dict(again.getexif()) == {} and not {"icc_profile", "comment", "xmp"} & set(again.info)
    assert b"noi chup" not in made


def claiming(width: int, height: int) -> io.BytesIO:
    """A WebP whose head says it is that large."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    content = bytearray(moving("WEBP").getvalue())
    at = content.index(b"VP8X") + 12
    content[at : at + 6] = sides
    return io.BytesIO(bytes(content))


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
        (io.BytesIO(picture((400, 400), kind="PNG").getvalue()[:200]), pictures.UNREADABLE),
        (io.BytesIO(picture((400, 400), kind="WEBP").getvalue()[:60]), pictures.UNREADABLE),
        (claiming(16_383, 16_383), pictures.TOO_LARGE),
        # A text chunk that unpacks to five megabytes.
        (
            lengthened(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 5_000_000)),
            pictures.UNREADABLE,
        ),
        (io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj<</JS(app.alert(1))>>"), pictures.UNREADABLE),
        (io.BytesIO(b"MZ\x90\0" + b"\0" * 200), pictures.UNREADABLE),
        (picture(kind="TIFF"), pictures.UNREADABLE),
        (picture(kind="ICO", size=(32, 32)), pictures.UNREADABLE),
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
