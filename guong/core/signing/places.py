"""Where everything of a release lies in a home, and how a file is put there whole."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders of one GUONG_HOME that builder, signer and server share."""

    home: Path

    @property
    def keys(self) -> Path:
        return self.home / "keys"  # private; read by the signer alone

    @property
    def trust(self) -> Path:
        return self.home / "trust"  # public: root.json and every numbered root before it

    @property
    def requests(self) -> Path:
        return self.home / "signing" / "in"

    @property
    def answers(self) -> Path:
        return self.home / "signing" / "out"

    @property
    def signed(self) -> Path:
        return self.home / "signing" / "signed.json"  # public: the last number signed

    @property
    def objects(self) -> Path:
        return self.home / "objects"

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def current(self) -> Path:
        return self.releases / "current"

    @property
    def timestamp(self) -> Path:
        return self.releases / "timestamp.json"

    @property
    def evidence(self) -> Path:
        return self.releases / "evidence"  # bad bytes found by repair; never served

    @property
    def serving(self) -> Path:
        return self.home / "serving"  # what nginx or Caddy reads, beside objects/

    @property
    def serving_current(self) -> Path:
        return self.serving / "current"

    def release(self, number: int) -> Path:
        return self.releases / str(number)

    def shown(self, number: int) -> Path:
        return self.release(number) / "shown.json"  # private: what each page was made of

    def site(self, number: int) -> Path:
        return self.release(number) / "site"

    def tuf(self, number: int) -> Path:
        return self.release(number) / "tuf"

    def unsigned(self, number: int) -> Path:
        return self.tuf(number) / "unsigned.json"

    def object(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.objects / sha256

    def current_number(self) -> int | None:
        """The number `current` points to, or None before the first release."""
        try:
            name = os.readlink(self.current)
        except OSError:
            return None
        return int(name) if name.isdigit() else None


def write_whole(path: Path, body: bytes, mode: int = 0o644) -> None:
    """Put the file there in one step: a reader sees the old bytes or the new ones, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def only_one(lock: Path) -> Iterator[bool]:
    """Yield whether this process holds the lock; the kernel frees it even after kill -9."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
