"""Putting the standing release's bytes back, without keys; what was found is kept as evidence."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tuf.api.metadata import TargetFile

from guong.core.signing.places import Places
from guong.core.signing.rules import sha256
from guong.sentinel.manifest import Manifest, base_name
from guong.sentinel.verdict import Stopped

from . import store
from .builder import building, link_target
from .encodings import SUFFIXES, decoded, encoded
from .loading import read_release
from .pages import BadPage


@dataclass
class Repaired:
    """What a repair found and did; names are targets."""

    number: int
    checked: int = 0
    relinked: list[str] = field(default_factory=list)  # the link was gone or led elsewhere
    restored: list[str] = field(default_factory=list)  # the bytes were bad and are good again
    removed: list[str] = field(default_factory=list)  # lay there without being in the list
    lost: list[str] = field(default_factory=list)  # no sound copy found: restore a backup
    evidence: Path | None = None

    @property
    def is_sound(self) -> bool:
        return not self.lost


def check(home: Path) -> list[str]:
    """What is wrong with the standing release, as Vietnamese sentences; nothing is changed."""
    places = Places(Path(home))
    try:
        manifest = _standing(places)
    except (BadPage, Stopped) as trouble:
        return [str(trouble)]
    bad = set(store.Checked(places).damaged({sha256(e) for e in manifest.targets.values()}))
    faults = []
    for name, target in manifest.targets.items():
        if sha256(target) in bad:
            faults.append(f"Tệp {name} đã hỏng hoặc mất trong kho.")
        if not _is_linked(places, manifest.number, name, target):
            faults.append(f"Tệp {name} trên cổng không dẫn vào kho.")
    return faults + [f"Tệp lạ trên cổng: {name}." for name in _strangers(places, manifest)]


def repair(home: Path, *, sources: Iterable[Path] = (), at: datetime | None = None) -> Repaired:
    """Make the standing release's files what was signed; needs no key.

    A bad object is made anew from the page's other encodings, or taken from `sources`
    (`objects/` folders of a copy of this home); every candidate is hashed before use.
    """
    with building(home) as places:
        manifest = _standing(places)
        work = _Repair(places, manifest, list(sources), at or datetime.now(UTC))
        work.objects()
        work.strangers()
        work.links()
        return work.done


class _Repair:
    def __init__(self, places: Places, manifest: Manifest, sources: list[Path], at: datetime):
        self.places, self.manifest, self.sources = places, manifest, sources
        self.bag = places.evidence / at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.done = Repaired(manifest.number, checked=len(manifest.targets))

    def objects(self) -> None:
        targets = self.manifest.targets
        bad = set(store.Checked(self.places).damaged({sha256(e) for e in targets.values()}))
        for name, target in targets.items():
            if sha256(target) in bad:
                self._object(name, target)

    def _object(self, name: str, target: TargetFile) -> None:
        path = self.places.object(sha256(target))
        good = self._sound_copy(name, target)
        if path.exists() and not _is_sound(path, target):
            self._keep_evidence(path, f"objects/{path.name}")
        if good is None:
            self.done.lost.append(name)
        else:
            store.put(self.places, good)
            self.done.restored.append(name)

    def _sound_copy(self, name: str, target: TargetFile) -> bytes | None:
        for candidate in self._candidates(name, target):
            if len(candidate) == target.length and _hash(candidate) == sha256(target):
                return candidate
        return None

    def _candidates(self, name: str, target: TargetFile):
        for path in [self.places.object(sha256(target))] + [
            source / sha256(target) for source in self.sources
        ]:
            if path.is_file():
                yield path.read_bytes()
        plain = self._plain(base_name(name, target))
        if plain is not None:
            encoding = (target.custom or {}).get("encoding")
            yield encoded(encoding, plain) if encoding else plain

    def _plain(self, base: str) -> bytes | None:
        """The page's plain bytes, from whichever of its encodings is sound."""
        for encoding, suffix in ({"": ""} | SUFFIXES).items():
            target = self.manifest.targets.get(base + suffix)
            try:
                if target is not None:
                    body = store.read(self.places, sha256(target))
                    return decoded(encoding, body) if encoding else body
            except store.Damaged:
                continue
        return None

    def links(self) -> None:
        for name, target in self.manifest.targets.items():
            if not _is_linked(self.places, self.manifest.number, name, target):
                self._link(name, target)

    def _link(self, name: str, target: TargetFile) -> None:
        path = self.places.site(self.manifest.number) / name
        if path.is_symlink() or path.exists():
            self._keep_evidence(path, f"site/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        os.symlink(link_target(name, target.to_dict()), path)
        self.done.relinked.append(name)

    def strangers(self) -> None:
        for name in _strangers(self.places, self.manifest):
            self._keep_evidence(self.places.site(self.manifest.number) / name, f"site/{name}")
            self.done.removed.append(name)

    def _keep_evidence(self, path: Path, name: str) -> None:
        """Move the bad bytes aside; a link is followed once, so that its bytes are kept too."""
        kept = self.bag / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            kept.with_name(kept.name + ".link").write_text(os.readlink(path))
            if path.is_file():
                shutil.copyfile(path, kept)
            path.unlink()
        else:
            shutil.move(path, kept)
        self.done.evidence = self.bag


def _standing(places: Places) -> Manifest:
    number = places.current_number()
    if number is None:
        raise BadPage("Chưa có bản phát hành nào.")
    return read_release(places, number)


def _is_linked(places: Places, number: int, name: str, target: TargetFile) -> bool:
    try:
        return os.readlink(places.site(number) / name) == link_target(name, target.to_dict())
    except OSError:
        return False


def _strangers(places: Places, manifest: Manifest) -> list[str]:
    """Files that lie on the portal's disk without being in the list."""
    site = places.site(manifest.number)
    found = (
        (Path(folder) / file).relative_to(site).as_posix()
        for folder, folders, files in os.walk(site)
        for file in files + [each for each in folders if (Path(folder) / each).is_symlink()]
    )
    return sorted(name for name in found if name not in manifest.targets)


def _is_sound(path: Path, target: TargetFile) -> bool:
    return _hash(path.read_bytes()) == sha256(target)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
