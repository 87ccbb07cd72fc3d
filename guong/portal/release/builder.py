"""From pages to a release directory: laid down beside, then put in its place in one step."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

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


def build(
    home: Path, pages: Iterable[Page], number: int, at: datetime, *, gone: Iterable[str] = ()
) -> Built:
    """Lay down release `number` from the pages; the standing one is not touched.

    `gone` are URL paths that answer 410 with the body of `/410.html`; name them in every
    build, since a release knows only what it is made of. Raises BadPage or Busy.
    """
    with building(home) as places:
        entries = _stored(places, pages)
        for path in sorted(set(gone)):
            bury(entries, page_name(path))
        return lay_down(places, entries, number, at)


def amend(
    home: Path, pages: Iterable[Page], number: int, at: datetime, *, gone: Iterable[str] = ()
) -> Built:
    """The standing release with only these pages put in or replaced, under a new number.

    For one approval, or the nightly numbers: nothing else is rendered or compressed again.
    """
    with building(home) as places:
        entries = catalogue.entries(home, places.current_number())
        fresh = _stored(places, pages)
        for name in [name for name, entry in entries.items() if base_of(name, entry) in fresh]:
            del entries[name]
        entries |= fresh
        for path in sorted(set(gone)):
            bury(entries, page_name(path))
        return lay_down(places, entries, number, at)


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


def _stored(places: Places, pages: Iterable[Page]) -> Entries:
    store.sweep(places)
    entries: Entries = {}
    pages = iter(pages)
    with ThreadPoolExecutor(THREADS) as pool:  # compressing leaves Python's lock alone
        while batch := list(islice(pages, AT_ONCE)):
            for page, made in zip(
                batch, pool.map(lambda page: _kept(places, page), batch), strict=True
            ):
                if page.name in entries:
                    raise BadPage(f"Hai trang cùng địa chỉ {page.path}.")
                entries.update(made)
    return entries


def _kept(places: Places, page: Page) -> Entries:
    """The page and its encodings, kept in the store, as entries of the list."""
    made = {page.name: _entry(places, page.body, page.custom())}
    if page.is_text:
        for encoding, body in encodings(page.body).items():
            name = page.name + SUFFIXES[encoding]
            made[name] = _entry(places, body, {"encoding": encoding})
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


def lay_down(places: Places, entries: Entries, number: int, at: datetime) -> Built:
    """The directory of release `number`: links into the store and the unsigned list.

    Everything is made in a hidden directory first; a build killed at any point leaves at most
    that one, which the next build clears.
    """
    for name in (rules.GONE, rules.ABSENT):
        if name not in entries:
            raise BadPage(f"Thiếu trang /{name}: mỗi bản phát hành phải có.")
    _must_be_free(places, number)
    for leftover in places.releases.glob(".build-*"):
        shutil.rmtree(leftover)
    beside = places.releases / f".build-{number}"
    _link_all(beside / "site", entries)
    body = metadata.unsigned_bytes(metadata.targets(entries, number, at))
    write_whole(beside / "tuf" / "unsigned.json", body)
    folder = places.release(number)
    if folder.exists():  # built before and never switched to
        shutil.rmtree(folder)
    beside.rename(folder)
    return _compared(places, entries, number, at, metadata.digest(body))


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


def _compared(places: Places, new: Entries, number: int, at: datetime, sha256: str) -> Built:
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
    )


def base_of(name: str, entry: dict) -> str:
    """The target this one is an encoding of, or itself."""
    suffix = SUFFIXES.get(entry["custom"].get("encoding", ""), "")
    return name.removesuffix(suffix) if suffix else name


def _is_newly_gone(base: str, new: Entries, old: Entries) -> bool:
    return new[base]["custom"].get("status") == 410 != old[base]["custom"].get("status")


def _addresses(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(rules.address(name) for name in names))
