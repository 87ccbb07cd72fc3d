"""The released bytes as nginx and Caddy serve them: on shelves, one for each kind of answer.

Their configuration (deploy/) is fixed and never written by us: it says which headers go with which
shelf. A page lies on the shelf whose headers are exactly the signed ones, and a release with a page
that fits none is refused. Only what is in the signed list lies here, under the name of its address,
so an encoding has no address of its own.
"""

import os
import shutil
from collections.abc import Iterator, Set
from pathlib import Path, PurePosixPath

from guong.core.signing.places import Places, write_whole

from .answers import Answers, Entry
from .encodings import SUFFIXES
from .pages import FOREVER, POLICY, SHORT, TEXT
from .words import BUSY, CLOSED, LONG_QUERY, MENDING, READ_ONLY, TOO_LARGE, refusal

FORMS = ("identity", *SUFFIXES)
# Content types by the ending of an address; both configurations hold this very table (tested).
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sqlite3": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
FEED = "application/atom+xml; charset=utf-8"
EVERYWHERE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
BRIEF, QUIET = {"cache-control": SHORT}, {"cache-control": SHORT, "x-robots-tag": "noindex"}
# Shelf → status and the headers beside those above; «feed» alone has a content type of its own.
SHELVES: dict[str, tuple[int, dict[str, str]]] = {
    "page": (200, BRIEF),
    "kept": (200, {"cache-control": FOREVER}),
    "quiet": (200, QUIET),
    "feed": (200, BRIEF),
    "gone": (410, QUIET),
    "absent": (404, QUIET),
}
MENDED = "mending"  # the shelf of addresses whose bytes are damaged: 503 until they are put back
OF_THE_ANSWER = {"accept-ranges", "etag", "vary", "content-encoding", "content-length"}
WORDS = {
    "400.html": LONG_QUERY,
    "405.html": READ_ONLY,
    "413.html": TOO_LARGE,
    "busy.html": BUSY,
    "closed.html": CLOSED,
    "mending.html": MENDING,
}


class Unfit(ValueError):
    """A page fits no shelf; the text is a Vietnamese sentence."""


def shelf_of(path: str, entry: Entry) -> str:
    """Where the page lies. Raises Unfit when no shelf answers exactly what was signed."""
    plain = dict(entry.variants["identity"].headers)
    signed = {name: value for name, value in plain.items() if name not in OF_THE_ANSWER}
    usual = TYPES.get(PurePosixPath(path).suffix)
    for shelf, (status, headers) in SHELVES.items():
        # Who is told «gone» gets the page that says so, whatever was at the address.
        kind = {"feed": FEED, "gone": TYPES[".html"]}.get(shelf, usual)
        if (status, EVERYWHERE | headers | {"content-type": kind}) != (entry.status, signed):
            continue
        if bool(TEXT.match(kind)) == (len(entry.variants) == len(FORMS)):
            return shelf
    raise Unfit(
        f"Trang {path} có dòng đầu mà cấu hình nginx, Caddy chưa biết ({signed}, mã {entry.status}); "
        "cổng vẫn ở bản trước. Cần bản mới của deploy/."
    )


def lay(places: Places, answers: Answers, damaged: Set[str] = frozenset()) -> Path:
    """Lay the release out and let `serving/current` point there, in one step. Raises Unfit."""
    beside = _empty(places)
    made: set[str] = set()
    for name, sha256 in _links(answers, damaged):
        parent, _, _ = name.rpartition("/")
        if parent not in made:
            (beside / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        # From serving/<release>/<form>/<shelf>/… to the home: relative, so that it can be moved.
        os.symlink("../" * (name.count("/") + 2) + f"objects/{sha256}", f"{beside}/{name}")
    stamp(beside, answers)
    _write_words(beside)
    folder = places.serving / f"{answers.number}.{_turn(places)}"
    beside.rename(folder)
    _switch(places, folder)
    return folder


def lay_nothing(places: Places) -> Path:
    """Before the first release: every address says that the portal has not opened."""
    beside = _empty(places)
    _write_words(beside)
    folder = places.serving / f"0.{_turn(places)}"
    beside.rename(folder)
    _switch(places, folder)
    return folder


def stamp(folder: Path, answers: Answers) -> None:
    """The metadata under /tuf/: the verified bytes themselves."""
    for name, body in sorted(answers.tuf.items()):
        path = folder / "tuf" / name
        if not path.exists() or path.read_bytes() != body:
            write_whole(path, body)


def laid_number(places: Places) -> int:
    """The release `serving/current` shows; 0 before the first."""
    try:
        return int(os.readlink(places.serving_current).partition(".")[0])
    except (OSError, ValueError):
        return 0


def _links(answers: Answers, damaged: Set[str]) -> Iterator[tuple[str, str]]:
    """Name in the tree and hash of the bytes, for every address and form."""
    for path, entry in answers.routes.items():
        if path.endswith("/"):
            continue  # the same as its index.html
        shelf = shelf_of(path, entry)
        for form, variant in entry.variants.items():
            place = MENDED if variant.sha256 in damaged else shelf
            yield f"{form}/{place}{path}", variant.sha256


def _empty(places: Places) -> Path:
    beside = places.serving / ".laying"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    return beside


def _write_words(folder: Path) -> None:
    for name, told in WORDS.items():
        write_whole(folder / "words" / name, refusal(*told).body)


def _turn(places: Places) -> int:
    """One release may be laid out more than once: after a repair, after damage."""
    turns = [int(path.name.partition(".")[2]) for path in places.serving.glob("[0-9]*.[0-9]*")]
    return max(turns, default=0) + 1


def _switch(places: Places, folder: Path) -> None:
    before = os.readlink(places.serving_current) if places.serving_current.is_symlink() else ""
    beside = places.serving / ".current"
    beside.unlink(missing_ok=True)
    beside.symlink_to(folder.name)
    beside.replace(places.serving_current)
    for other in places.serving.glob("[0-9]*.[0-9]*"):
        if other.name not in (folder.name, before):  # who is just being answered reads the former
            shutil.rmtree(other)
