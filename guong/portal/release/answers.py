"""One release as the server holds it: which address shows what, with which headers."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from guong.core.signing.places import Places
from guong.core.signing.rules import ABSENT, sha256
from guong.sentinel.manifest import Manifest

from . import store
from .encodings import SUFFIXES
from .pages import paths_of

Headers = list[tuple[str, str]]
PREFERRED = ("br", "gzip")
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
IN_PARTS = ("audio/", "video/")  # players of Apple play nothing that is not given in parts
NOT_REMEMBERED = 8 * 1024 * 1024  # one film must not drive every page out of memory


@dataclass(slots=True)
class Variant:
    """One encoding of a page, ready to be sent."""

    sha256: str
    tag: str
    headers: Headers
    is_in_parts: bool = False


@dataclass(slots=True)
class Entry:
    status: int
    variants: dict[str, Variant]


class Answers:
    """Address → entry, of one verified release."""

    def __init__(self, manifest: Manifest, tuf: dict[str, bytes]):
        self.number = manifest.number
        self.tuf = tuf
        self.routes: dict[str, Entry] = {}
        for name, target in manifest.targets.items():
            if "encoding" not in (target.custom or {}):
                entry = _entry(manifest, name)
                self.routes.update(dict.fromkeys(paths_of(name), entry))
        self.absent = self.routes.get(f"/{ABSENT}")


def _entry(manifest: Manifest, name: str) -> Entry:
    custom = manifest.targets[name].custom or {}
    variants = {}
    for encoding, suffix in {"identity": "", **SUFFIXES}.items():
        target = manifest.targets.get(name + suffix)
        if target is not None:
            variants[encoding] = _variant(custom, encoding, target)
    if len(variants) > 1:
        for variant in variants.values():
            variant.headers.append(("vary", "accept-encoding"))
    return Entry(custom.get("status", 200), variants)


def _variant(custom: dict, encoding: str, target) -> Variant:
    tag = f'"{sha256(target)}"'
    headers = [*custom.get("headers", {}).items(), ("etag", tag)]
    is_in_parts = custom.get("headers", {}).get("content-type", "").startswith(IN_PARTS)
    if is_in_parts:
        headers.append(("accept-ranges", "bytes"))
    if encoding != "identity":
        headers.append(("content-encoding", encoding))
    headers.append(("content-length", str(target.length)))
    return Variant(sha256(target), tag, headers, is_in_parts)


def chosen(accepts: str, entry: Entry) -> Variant:
    """The smallest form the visitor takes; the plain one where nothing else is asked for."""
    variants = entry.variants
    if len(variants) > 1 and accepts:
        taken = _taken(accepts)
        for encoding in PREFERRED:
            if encoding in variants and encoding in taken:
                return variants[encoding]
    return variants["identity"]


def part(asked: str, length: int) -> tuple[int, int] | None:
    """First byte and the one behind the last of what `Range` asks for; None where all is to be sent.

    One stretch only: players ask for nothing else. Raises ValueError when it lies outside.
    """
    found = RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, length - int(last)), length
    else:
        start, end = int(first), min(int(last) + 1, length) if last else length
        if last and int(last) < int(first):
            return None  # no range at all, says RFC 9110: as if nothing had been asked
    if start >= length or start >= end:
        raise ValueError(asked)
    return start, end


def _taken(accepts: str) -> set[str]:
    taken = set()
    for part in accepts.lower().split(","):
        encoding, _, quality = part.strip().partition(";")
        weight = quality.replace(" ", "").removeprefix("q=")
        if weight.strip("0.") or not quality:  # q=0, q=0.0: not wanted
            taken.add(encoding.strip())
    return taken


class Bodies:
    """The bytes by hash: the last used in memory, the rest hashed on their way from the disk."""

    def __init__(self, places: Places, *, room: int = 128 * 1024 * 1024):
        self.places, self.room = places, room
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, sha256: str) -> bytes:
        """Exactly the bytes of this hash. Raises store.Damaged rather than give others."""
        with self._lock:
            body = self._held.get(sha256)
            if body is not None:
                self._held.move_to_end(sha256)
                return body
        body = store.read(self.places, sha256)
        if len(body) <= NOT_REMEMBERED:
            self._hold(sha256, body)
        return body

    def _hold(self, sha256: str, body: bytes) -> None:
        with self._lock:
            if sha256 not in self._held:
                self._held[sha256] = body
                self._weight += len(body)
            while self._weight > self.room:
                self._weight -= len(self._held.popitem(last=False)[1])

    def keep_only(self, hashes: set[str]) -> None:
        """What a release no longer shows leaves memory too: a withdrawn page has no copy here."""
        with self._lock:
            for sha256 in self._held.keys() - hashes:
                self._weight -= len(self._held.pop(sha256))
