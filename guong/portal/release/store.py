"""The content store: every file once, by its hash, never written again."""

import hashlib
import os
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from guong.core.signing.places import Places

READ_ONLY = 0o444


class Damaged(Exception):
    """The object's bytes are gone or are not those of its name."""

    def __init__(self, sha256: str):
        super().__init__(sha256)
        self.sha256 = sha256


def put(places: Places, body: bytes) -> str:
    """Keep the bytes; return their hash. What lies there already is looked at, not believed:
    a power cut may have left an empty file under the right name."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = places.object(sha256)
    if not _holds(path, body):
        beside = path.with_name(f".{sha256}.{os.getpid()}.{threading.get_ident()}.tmp")
        handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            os.fchmod(handle, READ_ONLY)
        beside.replace(path)
    return sha256


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except FileNotFoundError:
        return False


def read(places: Places, sha256: str) -> bytes:
    """The object's bytes, hashed on the way. Raises Damaged."""
    try:
        body = places.object(sha256).read_bytes()
    except OSError:
        raise Damaged(sha256) from None
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Damaged(sha256)
    return body


def forget(places: Places, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        places.object(sha256).unlink(missing_ok=True)


def sweep(places: Places) -> None:
    """Take away what a killed build left half-written."""
    for path in places.objects.glob(".*.tmp"):
        path.unlink(missing_ok=True)


@cache
def checked(places: Places) -> "Checked":
    """What this process has hashed so far in that home."""
    return Checked(places)


class Checked:
    """Remembers which objects were hashed, for as long as their inode does not change.

    The change time cannot be set by who alters a file, so a look at it saves reading 20,000
    pages again for one new story.
    """

    def __init__(self, places: Places):
        self.places = places
        self._objects = str(places.objects)
        self._seen: dict[str, tuple] = {}

    def damaged(self, hashes: Iterable[str]) -> list[str]:
        """Those of the objects whose bytes are not what their name says."""
        return [sha256 for sha256 in sorted(set(hashes)) if not self.is_sound(sha256)]

    def is_sound(self, sha256: str) -> bool:
        """Whether the object's bytes are there and what its name says."""
        try:
            stat = os.stat(f"{self._objects}/{sha256}")
            mark = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            if self._seen.get(sha256) != mark:
                read(self.places, sha256)
                self._seen[sha256] = mark
        except (OSError, Damaged):
            self._seen.pop(sha256, None)
            return False
        return True
