"""Pictures of stories in the sizes and formats a page needs; made once, kept in the home's cache."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from PIL import Image

from guong.core import files

WIDTHS = (640, 960, 1200)
FALLBACK = 960  # the one JPEG, for browsers of before 2020
MOST = 80 * 1024  # bytes: what a weak line may be asked for before it shows the story
LOOK = 2  # part of the address: raise it with any change of the ways below
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# Downwards until the picture is small enough. One thread: how many there are must not show.
WAYS = {
    "avif": [
        ("AVIF", {"quality": each, "speed": 8, "max_threads": 1}) for each in (45, 34, 25, 18)
    ],
    "webp": [("WEBP", {"quality": each, "method": 4}) for each in (72, 55, 38, 20)],
    "jpg": [("JPEG", {"quality": each, "optimize": True}) for each in (75, 58, 42, 25)],
}


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: addresses by width, and the size of the largest."""

    small: str
    large: str
    width: int
    height: int
    avif: str  # as `srcset` wants it
    webp: str
    fallback: str
    bodies: dict[str, Callable[[], bytes]] = field(
        compare=False
    )  # by address, which holds the hash


class PictureGone(Exception):
    """The file behind something approved is missing or not what was approved; a sentence."""


def shown(sha256: str) -> Shown:
    """The picture in every width and format. Raises PictureGone."""
    wanted = [(width, ending) for ending in ("avif", "webp") for width in WIDTHS]
    wanted.append((FALLBACK, "jpg"))
    paths = {each: f"/anh/{sha256[:16]}-{each[0]}-{LOOK}.{each[1]}" for each in wanted}
    return Shown(
        paths[WIDTHS[0], "webp"],
        paths[WIDTHS[-1], "webp"],
        *_size(_made(sha256, WIDTHS[-1], "webp")),
        avif=_srcset(paths, "avif"),
        webp=_srcset(paths, "webp"),
        fallback=paths[FALLBACK, "jpg"],
        bodies={path: partial(_body, sha256, *each) for each, path in paths.items()},
    )


@cache
def _size(path: Path) -> tuple[int, int]:
    # The path holds the hash: what it once was it remains.
    with Image.open(path) as picture:
        return picture.size


def type_of(path: str) -> str:
    """The content type of a picture's address."""
    return TYPES[path.rpartition(".")[2]]


def _srcset(paths: dict, ending: str) -> str:
    return ", ".join(f"{paths[width, ending]} {width}w" for width in WIDTHS)


def _body(sha256: str, width: int, ending: str) -> bytes:
    return _made(sha256, width, ending).read_bytes()


def _made(sha256: str, width: int, ending: str) -> Path:
    """Where the picture of that width lies; made of the approved file if it is not there yet."""
    cached = settings.HOME / "cache" / "pictures" / f"{sha256}-{width}-{LOOK}.{ending}"
    if not cached.exists():
        with Image.open(io.BytesIO(approved(sha256))) as original:
            picture = original.convert("RGB")
        picture.thumbnail((width, width * 2))
        cached.parent.mkdir(parents=True, exist_ok=True)
        part = cached.with_name(f"{cached.name}.part")
        part.write_bytes(_light(picture, ending))
        part.replace(cached)
    return cached


def _light(picture: Image.Image, ending: str) -> bytes:
    """The best that a weak line may be asked for; the lightest where nothing is light enough."""
    for kind, options in WAYS[ending]:
        out = io.BytesIO()
        picture.save(out, kind, **options)
        if out.tell() <= MOST:
            break
    return out.getvalue()


def approved(sha256: str) -> bytes:
    """The bytes of an approved file. Raises PictureGone unless they are those that were approved."""
    try:
        body = files.place(sha256).read_bytes()
    except FileNotFoundError:
        raise PictureGone(f"Không còn tệp ảnh, âm thanh, phim đã duyệt ({sha256[:12]}…).") from None
    if hashlib.sha256(body).hexdigest() != sha256:
        raise PictureGone(f"Tệp ảnh, âm thanh, phim ({sha256[:12]}…) không còn đúng bản đã duyệt.")
    return body
