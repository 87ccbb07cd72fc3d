"""Taking away: the page answers «đã gỡ», and every copy of its bytes is deleted."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from guong.core.signing.places import Places, write_whole

from . import catalogue, store
from .builder import base_of, building
from .catalogue import Entries
from .pages import ALL, page_name


def keys_of(entries: Entries, paths: Iterable[str] | None = None) -> set[str]:
    """What the pages (all, or those at these URL paths) say something of, by the inputs' keys."""
    names = None if paths is None else {page_name(path) for path in paths}
    return {
        source["key"]
        for name, entry in entries.items()
        if names is None or name in names
        for source in entry["custom"].get("inputs", [])
    }


def owe(home: Path, keys: set[str]) -> None:
    """Write down that these inputs must leave every kept copy: whoever is killed goes on from here."""
    write_whole(_debt(home), json.dumps(sorted(keys | owed(home))).encode())


def owed(home: Path) -> set[str]:
    """What must still leave the kept copies."""
    try:
        return set(json.loads(_debt(home).read_bytes()))
    except FileNotFoundError:
        return set()


def paid(home: Path) -> None:
    """Every kept copy of what was owed is gone."""
    _debt(home).unlink(missing_ok=True)


def _debt(home: Path) -> Path:
    return Places(Path(home)).releases / "to-forget.json"


def purge(home: Path, keys: set[str]) -> int:
    """Delete every page that says something of these inputs, lists and pictures too, from the store
    and every kept copy; return how many objects went. What the standing release shows stays."""
    doomed: set[str] = set()
    named_by = keys | {ALL}
    for number in catalogue.numbers(home):
        entries = catalogue.entries(home, number)
        named = {
            name
            for name, entry in entries.items()
            if named_by & {source["key"] for source in entry["custom"].get("inputs", [])}
        }
        doomed |= {
            entry["hashes"]["sha256"]
            for name, entry in entries.items()
            if base_of(name, entry) in named
        }
    return forget(home, doomed)


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
