"""Pictures of stories in the sizes a page needs; made once, kept in the home's cache."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

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
    bodies: dict[str, Callable[[], bytes]] = field(
        compare=False
    )  # by address, which holds the hash


class PictureGone(Exception):
    """The file behind an approved picture is missing or not what was approved; a sentence."""


def shown(sha256: str) -> Shown:
    """The picture in both widths as WebP. Raises PictureGone."""
    made = {f"/anh/{sha256[:16]}-{width}-{QUALITY}.webp": _made(sha256, width) for width in WIDTHS}
    small, large = made
    with Image.open(made[large]) as picture:
        size = picture.size
    return Shown(small, large, *size, {path: cached.read_bytes for path, cached in made.items()})


def _made(sha256: str, width: int) -> Path:
    """Where the picture of that width lies; made of the approved file if it is not there yet."""
    cached = settings.HOME / "cache" / "pictures" / f"{sha256}-{width}-{QUALITY}.webp"
    if not cached.exists():
        out = io.BytesIO()
        with Image.open(io.BytesIO(_approved(sha256))) as original:
            picture = original.convert("RGB")
        picture.thumbnail((width, width * 2))
        picture.save(out, "WEBP", quality=QUALITY, method=4)
        cached.parent.mkdir(parents=True, exist_ok=True)
        part = cached.with_suffix(".part")
        part.write_bytes(out.getvalue())
        part.replace(cached)
    return cached


def _approved(sha256: str) -> bytes:
    try:
        body = files.place(sha256).read_bytes()
    except FileNotFoundError:
        raise PictureGone(f"Không còn tệp ảnh đã duyệt ({sha256[:12]}…).") from None
    if hashlib.sha256(body).hexdigest() != sha256:
        raise PictureGone(f"Tệp ảnh ({sha256[:12]}…) không còn đúng bản đã duyệt.")
    return body
