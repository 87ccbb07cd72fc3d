"""Pictures are made anew at the first touch: no metadata, no place where it was taken, no riders."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .files import Refused

PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
RIDERS = (b"<script", b"<html", b"<?php", b"<svg", b"<iframe")
UNREADABLE = "Không đọc được ảnh này. Mở ảnh, lưu lại dạng JPG hoặc PNG rồi gửi."
TOO_LARGE = "Ảnh lớn quá 40 triệu điểm ảnh. Thu nhỏ hoặc chụp lại ở cỡ nhỏ hơn rồi gửi."
NOT_A_PICTURE = (
    "Đây là trang web hoặc ảnh SVG, không phải ảnh chụp. Lưu thành JPG hoặc PNG rồi gửi."
)
RIDDEN = "Trong ảnh có giấu mã hoặc tệp khác. Chụp màn hình ảnh rồi gửi ảnh chụp ấy."
HEIC = "Ảnh dạng HEIC của điện thoại. Chọn định dạng «Tương thích nhất» (JPG) rồi gửi lại."


def reencode(file: BinaryIO, max_side: int = 1600) -> tuple[bytes, str, tuple[int, int]]:
    """JPEG bytes, content type and (width, height) of a picture: upright, flat, nothing else in it.

    Raises Refused with a sentence that says what to do.
    """
    file.seek(0)
    _look_at_bytes(file.read())
    file.seek(0)
    picture = _upright(file, max_side)
    picture.thumbnail((max_side, max_side))
    flat = Image.new(
        "RGB", picture.size, "white"
    )  # a new picture: nothing of the old one comes along
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
    else:
        flat.paste(picture.convert("RGB"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), "image/jpeg", flat.size


def _look_at_bytes(content: bytes) -> None:
    """What is no picture at all, and what is a picture and something else too."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        raise Refused(NOT_A_PICTURE)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"):
        raise Refused(HEIC)
    low = content.lower()
    if any(rider in low for rider in RIDERS) or b"PK\x05\x06" in content[-70_000:]:
        raise Refused(RIDDEN)


def _upright(file: BinaryIO, max_side: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", Image.DecompressionBombWarning
            )  # the next line is stricter
            picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > PIXELS:
            raise Refused(TOO_LARGE)
        picture.draft("RGB", (2 * max_side, 2 * max_side))  # a JPEG need not be unpacked in full
        picture.load()
        return ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError as bomb:
        raise Refused(TOO_LARGE) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError) as broken:
        raise Refused(UNREADABLE) from broken
