"""Sounds and films of stories, and their captions, as released files."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from guong.core import files
from guong.core.vietnamese import format_number
from guong.publicity import content as contents

from .pictures import PictureGone, approved

CAPTIONS = "text/vtt; charset=utf-8"
MB = 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """A sound or film as a page shows it."""

    kind: str
    title: str
    source: str
    rights: str
    sha256: str
    path: str
    content_type: str
    said: str  # the words in it
    size: str  # in words: who reads on a weak line decides by it
    width: int
    height: int
    captions: str  # the address, of a film
    bodies: dict[str, tuple[Callable[[], bytes] | bytes, str]] = field(compare=False)


def heard(told: dict) -> Heard:
    """One recording of an approved story. Raises PictureGone when its file is not there."""
    sha256 = told["sha256"]
    place = files.place(sha256)
    if not place.exists():
        raise PictureGone(f"Không còn tệp âm thanh, phim đã duyệt ({sha256[:12]}…).")
    path = f"/tep/{sha256[:16]}{told['ending']}"
    bodies = {path: (partial(approved, sha256), told["content_type"])}
    captions = ""
    if told["captions"]:
        text = told["captions"].encode()
        captions = f"/tep/{hashlib.sha256(text).hexdigest()[:16]}.vtt"
        bodies[captions] = (text, CAPTIONS)
    return Heard(
        kind=told["kind"],
        title=told["title"],
        source=told["source"],
        rights=told["rights"],
        sha256=sha256,
        path=path,
        content_type=told["content_type"],
        said=contents.spoken(told),
        size=f"{format_number(f'{max(0.1, place.stat().st_size / MB):.1f}')} MB",
        width=told["width"],
        height=told["height"],
        captions=captions,
        bodies=bodies,
    )
