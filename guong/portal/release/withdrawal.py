"""Taking away: the page answers «đã gỡ», and every copy of its bytes is deleted."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from guong.core.signing.places import Places

from . import catalogue, store
from .builder import building, bury, lay_down
from .pages import BadPage, page_name
from .publisher import Published, publish


def withdraw(
    home: Path, paths: Iterable[str], number: int, at: datetime, *, timeout: float = 120
) -> Published:
    """The standing release without these pages, signed (one person is enough) and switched to.

    Lists that name the pages stay as they are until the next build; the words themselves are gone
    at once, from the store and from every release that is kept.
    """
    with building(home) as places:
        entries = catalogue.entries(home, places.current_number())
        buried: set[str] = set()
        for path in paths:
            name = page_name(path)
            if name not in entries or entries[name]["custom"].get("status", 200) != 200:
                raise BadPage(f"Trang {path} không có trong bản đang đăng.")
            buried |= bury(entries, name)
        built = lay_down(places, entries, number, at)
    published = publish(home, built, timeout=timeout)
    forget(home, buried)
    return published


def forget(home: Path, hashes: Iterable[str]) -> int:
    """Delete these bytes from the store and every kept copy; return how many objects went.

    What the standing release still shows elsewhere stays (a picture two pages share).
    """
    with building(home) as places:
        wanted = catalogue.hashes(catalogue.entries(home, places.current_number()))
        doomed = set(hashes) - wanted
        store.forget(places, doomed)
        names = _unlink(places, doomed)
        _clear_evidence(places, {f"objects/{each}" for each in doomed})
        _clear_evidence(places, {f"site/{name}" for name in names})
        for leftover in places.releases.glob(".build-*"):
            shutil.rmtree(leftover)
    return len(doomed)


def _unlink(places: Places, doomed: set[str]) -> set[str]:
    """Take the links away in every release; return the names they had."""
    names = set()
    for number in catalogue.numbers(places.home):
        for name, entry in catalogue.entries(places.home, number).items():
            if entry["hashes"]["sha256"] in doomed:
                (places.site(number) / name).unlink(missing_ok=True)
                names.add(name)
    return names


def _clear_evidence(places: Places, names: set[str]) -> None:
    """What repair has put aside is a copy too."""
    for bag in places.evidence.glob("*"):
        for name in names:
            (bag / name).unlink(missing_ok=True)
