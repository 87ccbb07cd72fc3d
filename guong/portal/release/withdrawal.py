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
    and every kept copy; return how many objects went. What the standing release still shows elsewhere
    stays (a picture two pages share)."""
    with building(home) as places:
        kept, doomed = _kept(places, keys | {ALL})
        doomed -= catalogue.hashes(catalogue.entries(home, places.current_number()))
        store.forget(places, doomed)
        names = set()
        for (name, sha256), numbers in kept.items():
            if sha256 in doomed:
                names.add(name)
                for number in numbers:
                    (places.site(number) / name).unlink(missing_ok=True)
        _clear_evidence(places, {f"objects/{each}" for each in doomed})
        _clear_evidence(places, {f"site/{name}" for name in names})
        for leftover in places.releases.glob(".build-*"):
            shutil.rmtree(leftover)
    return len(doomed)


Kept = dict[tuple[str, str], list[int]]  # target name and hash → the releases that link them


def _kept(places: Places, keys: set[str]) -> tuple[Kept, set[str]]:
    """Everything every release holds, and the hashes of what says something of these inputs.

    Each list is read once: of a large portal that takes seconds, and there are several of them.
    """
    kept: Kept = {}
    named_by_keys: set[str] = set()
    for number in catalogue.numbers(places.home):
        entries = catalogue.entries(places.home, number)
        named = {
            name
            for name, entry in entries.items()
            if keys & {source["key"] for source in entry["custom"].get("inputs", [])}
        }
        for name, entry in entries.items():
            sha256 = entry["hashes"]["sha256"]
            kept.setdefault((name, sha256), []).append(number)
            if base_of(name, entry) in named:
                named_by_keys.add(sha256)
    return kept, named_by_keys


def _clear_evidence(places: Places, names: set[str]) -> None:
    """What repair has put aside is a copy too."""
    for bag in places.evidence.glob("*"):
        for name in names:
            (bag / name).unlink(missing_ok=True)
