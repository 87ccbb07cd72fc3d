"""Pictures of stories in the sizes a page needs; made once, kept in the home's cache."""

import io
from dataclasses import dataclass

from django.conf import settings
from PIL import Image

from guong.core import files

WIDTHS = (640, 1200)
QUALITY = 72


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: addresses by width, and the size of the largest."""

    small: str
    large: str
    width: int
    height: int
    bodies: dict


class PictureGone(Exception):
    """The file behind an approved picture is missing or not what was approved; a sentence."""


def shown(sha256: str) -> Shown:
    """The picture in both widths as WebP. Raises PictureGone."""
    bodies, size = {}, (0, 0)
    for width in WIDTHS:
        body, size = _made(sha256, width)
        bodies[f"/anh/{sha256[:16]}-{width}.webp"] = body
    small, large = bodies
    return Shown(small, large, *size, bodies)


def _made(sha256: str, width: int) -> tuple[bytes, tuple[int, int]]:
    cached = settings.HOME / "cache" / "pictures" / f"{sha256}-{width}-{QUALITY}.webp"
    if not cached.exists():
        place = files.place(sha256)
        if not place.exists():
            raise PictureGone(f"Không còn tệp ảnh đã duyệt ({sha256[:12]}…).")
        with Image.open(place) as original:
            picture = original.convert("RGB")
        picture.thumbnail((width, width * 2))
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=QUALITY, method=4)
        cached.parent.mkdir(parents=True, exist_ok=True)
        part = cached.with_suffix(".part")
        part.write_bytes(out.getvalue())
        part.replace(cached)
    body = cached.read_bytes()
    with Image.open(io.BytesIO(body)) as picture:
        return body, picture.size
