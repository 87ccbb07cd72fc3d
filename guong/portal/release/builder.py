"""From pages to a release directory: laid down beside, then put in its place in one step."""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from guong.core.batches import batched
from guong.core.signing import metadata, rules
from guong.core.signing.places import Places, only_one, write_whole

from . import catalogue, store
from .catalogue import Entries
from .encodings import SUFFIXES, encodings
from .pages import BadPage, Page, page_name

THREADS = 2
AT_ONCE = 200
PATIENCE = 60  # seconds to wait for another build


class Busy(Exception):
    """Another release is being made; the text is a Vietnamese sentence."""


@dataclass(frozen=True)
class Built:
    """An unsigned release, and what it changes. Paths are URL paths of pages."""

    number: int
    at: datetime
    folder: Path
    sha256: str  # of the unsigned list: what the signer is asked to sign
    pages: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    rendered: tuple[str, ...] = ()  # pages that were made anew; all others were taken over


@dataclass
class Laid:
    """What a release consists of: entries of the list, and what each page was made of."""

    entries: Entries = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # target name → Page.made_of
    rendered: list[str] = field(default_factory=list)  # paths of the pages made anew

    @classmethod
    def standing(cls, places: Places) -> "Laid":
        """That of the release the portal shows; empty before the first."""
        number = places.current_number()
        home = places.home
        return cls(dict(catalogue.entries(home, number)), catalogue.shown(home, number))

    def drop(self, names: set[str]) -> None:
        """Leave out these pages with their encodings."""
        self.shown = {name: made for name, made in self.shown.items() if name not in names}
        self.entries = {
            name: entry for name, entry in self.entries.items() if base_of(name, entry) not in names
        }

    def bury(self, paths: Iterable[str]) -> None:
        """Let these URL paths answer «đã gỡ»."""
        for path in sorted(set(paths)):
            bury(self.entries, page_name(path))
            self.shown.pop(page_name(path), None)


def build(
    home: Path,
    pages: Iterable[Page],
    number: int,
    at: datetime,
    *,
    gone: Iterable[str] = (),
    is_full: bool = False,
) -> Built:
    """Lay down release `number` from the pages; the standing one is not touched.

    A page that is made of the same as the standing one is taken over with its encodings; with
    `is_full` every page is made anew. `gone` are URL paths that answer 410 with the body of
    `/410.html`; name them in every build, since a release knows only what it is made of. Raises
    BadPage or Busy.
    """
    with building(home) as places:
        laid = _stored(places, pages, Laid() if is_full else Laid.standing(places))
        laid.bury(gone)
        return lay_down(places, laid, number, at)


def amend(
    home: Path, pages: Iterable[Page], number: int, at: datetime, *, gone: Iterable[str] = ()
) -> Built:
    """The standing release with only these pages put in or replaced, under a new number.

    For the nightly numbers: nothing else is even looked at.
    """
    with building(home) as places:
        laid = Laid.standing(places)
        fresh = _stored(places, pages, Laid())
        laid.drop(set(fresh.entries))
        laid.entries |= fresh.entries
        laid.shown |= fresh.shown
        laid.rendered = fresh.rendered
        laid.bury(gone)
        return lay_down(places, laid, number, at)


@contextmanager
def building(home: Path) -> Iterator[Places]:
    """Only one process at a time makes, switches or clears releases."""
    places = Places(Path(home))
    deadline = time.monotonic() + PATIENCE
    while True:
        with only_one(places.releases / ".lock") as alone:
            if alone:
                places.objects.mkdir(parents=True, exist_ok=True)
                yield places
                return
        if time.monotonic() > deadline:
            raise Busy("Một bản phát hành khác đang được dựng; hãy đợi xong rồi làm lại.")
        time.sleep(0.1)


def _stored(places: Places, pages: Iterable[Page], before: Laid) -> Laid:
    """Every page in the store: taken over from `before` where it was made of the same, else made."""
    store.sweep(places)
    laid = Laid()
    with ThreadPoolExecutor(THREADS) as pool:  # compressing leaves Python's lock alone
        for batch in batched(pages, AT_ONCE):
            # Rendered in this thread, where the database is at hand; compressed in the others.
            made = [
                _taken_over(places, page, before) or _begun(pool, places, page) for page in batch
            ]
            for page, found in zip(batch, made, strict=True):
                if page.name in laid.entries:
                    raise BadPage(f"Hai trang cùng địa chỉ {page.path}.")
                if isinstance(found, Future):
                    laid.rendered.append(page.path)
                    found = found.result()
                laid.entries.update(found)
                if page.made_of:
                    laid.shown[page.name] = page.made_of
    return laid


def _taken_over(places: Places, page: Page, before: Laid) -> Entries | None:
    """The page as it stands, if it was made of the same and every byte of it is sound."""
    if not page.made_of or before.shown.get(page.name) != page.made_of:
        return None
    suffixes = ("", *SUFFIXES.values()) if page.is_text else ("",)
    found = {page.name + suffix: before.entries.get(page.name + suffix) for suffix in suffixes}
    sound = store.checked(places).is_sound
    if not all(entry and sound(entry["hashes"]["sha256"]) for entry in found.values()):
        return None
    return found | {page.name: found[page.name] | {"custom": page.custom()}}


def _begun(pool: ThreadPoolExecutor, places: Places, page: Page) -> Future:
    return pool.submit(_kept, places, page, page.body)


def _kept(places: Places, page: Page, body: bytes) -> Entries:
    """The page and its encodings, kept in the store, as entries of the list."""
    made = {page.name: _entry(places, body, page.custom())}
    if page.is_text:
        for encoding, packed in encodings(body).items():
            name = page.name + SUFFIXES[encoding]
            made[name] = _entry(places, packed, {"encoding": encoding})
    return made


def _entry(places: Places, body: bytes, custom: dict) -> dict:
    sha256 = store.put(places, body)
    return {"length": len(body), "hashes": {"sha256": sha256}, "custom": custom}


def bury(entries: Entries, name: str) -> set[str]:
    """Let the page answer «đã gỡ»; return the hashes that stood there."""
    grave = entries.get(rules.GONE)
    if grave is None:
        raise BadPage(f"Thiếu trang /{rules.GONE}: không có lời báo «đã gỡ».")
    names = [name + suffix for suffix in ("", *SUFFIXES.values())]
    stood = {entries[each]["hashes"]["sha256"] for each in names if each in entries}
    for each in names:
        entries.pop(each, None)
    withdrawn = {"withdrawn": sorted(stood)} if stood else {}
    entries[name] = grave | {"custom": grave["custom"] | withdrawn}
    for suffix in SUFFIXES.values():
        if rules.GONE + suffix in entries:
            entries[name + suffix] = entries[rules.GONE + suffix]
    return stood


def lay_down(places: Places, laid: Laid, number: int, at: datetime) -> Built:
    """The directory of release `number`: links into the store and the unsigned list.

    Everything is made in a hidden directory first; a build killed at any point leaves at most
    that one, which the next build clears.
    """
    for name in (rules.GONE, rules.ABSENT):
        if name not in laid.entries:
            raise BadPage(f"Thiếu trang /{name}: mỗi bản phát hành phải có.")
    _must_be_free(places, number)
    for leftover in places.releases.glob(".build-*"):
        shutil.rmtree(leftover)
    beside = places.releases / f".build-{number}"
    _link_all(beside / "site", laid.entries)
    body = metadata.unsigned_bytes(metadata.targets(laid.entries, number, at))
    write_whole(beside / "tuf" / "unsigned.json", body)
    write_whole(beside / "shown.json", json.dumps(laid.shown, sort_keys=True).encode())
    folder = places.release(number)
    if folder.exists():  # built before and never switched to
        shutil.rmtree(folder)
    beside.rename(folder)
    return _compared(places, laid, number, at, metadata.digest(body))


def _must_be_free(places: Places, number: int) -> None:
    standing = places.current_number() or 0
    if number <= standing:
        raise BadPage(f"Số bản phát hành {number} đã dùng; bản đang đăng là {standing}.")


def _link_all(site: Path, entries: Entries) -> None:
    made: set[str] = set()
    for name, entry in entries.items():
        parent, _, _ = name.rpartition("/")
        if parent not in made:
            (site / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        os.symlink(link_target(name, entry), f"{site}/{name}")


def link_target(name: str, entry: dict) -> str:
    """From the link's folder to the object: relative, so that a home can be moved."""
    # releases/<number>/site/<name's folders>/ → home
    return "../" * (3 + name.count("/")) + "objects/" + entry["hashes"]["sha256"]


def _compared(places: Places, laid: Laid, number: int, at: datetime, sha256: str) -> Built:
    new = laid.entries
    old = catalogue.entries(places.home, places.current_number())
    added, changed, removed = set(), set(), set()
    for name in new.keys() | old.keys():
        base = base_of(name, new.get(name) or old[name])
        if base not in old:
            added.add(base)
        elif base not in new or _is_newly_gone(base, new, old):
            removed.add(base)
        elif new.get(name) != old.get(name):
            changed.add(base)
    return Built(
        number=number,
        at=at,
        folder=places.release(number),
        sha256=sha256,
        pages=sum("encoding" not in entry["custom"] for entry in new.values()),
        added=_addresses(added),
        changed=_addresses(changed),
        removed=_addresses(removed),
        rendered=tuple(sorted(laid.rendered)),
    )


def base_of(name: str, entry: dict) -> str:
    """The target this one is an encoding of, or itself."""
    suffix = SUFFIXES.get(entry["custom"].get("encoding", ""), "")
    return name.removesuffix(suffix) if suffix else name


def _is_newly_gone(base: str, new: Entries, old: Entries) -> bool:
    return new[base]["custom"].get("status") == 410 != old[base]["custom"].get("status")


def _addresses(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(rules.address(name) for name in names))
