"""Pictures are made anew at the first touch: no metadata, no place where it was taken, no riders."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .files import Refused

PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def reencode(file: BinaryIO, max_side: int = 1600) -> tuple[bytes, str, tuple[int, int]]:
    """JPEG bytes, content type and (width, height) of a picture turned upright. Raises Refused."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > PIXELS:
                raise Refused("Ảnh lớn quá 40 triệu điểm. Chụp lại ở cỡ nhỏ hơn.")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as broken:
        raise Refused("Không đọc được ảnh này. Lưu lại dạng JPG hoặc PNG rồi gửi.") from broken
    upright.thumbnail((max_side, max_side))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), "image/jpeg", flat.size
