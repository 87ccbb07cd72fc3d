"""What lies in the home: which releases, which stands, what each holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from guong.core.signing import metadata, requests
from guong.core.signing.places import Places

from . import store
from .pages import BadPage, Page

Entries = dict[str, dict]  # target name → {length, hashes, custom}


@dataclass(frozen=True)
class Release:
    """One release as it lies on the disk."""

    number: int
    at: datetime
    pages: int
    is_signed: bool
    is_current: bool


def current(home: Path) -> Release | None:
    """The release that stands; None before the first."""
    number = Places(Path(home)).current_number()
    return release(home, number) if number is not None else None


def listing(home: Path) -> list[Release]:
    """Every release there is, newest first."""
    return [release(home, number) for number in reversed(numbers(home))]


def next_number(home: Path) -> int:
    """The number for the next build: above everything built or signed so far."""
    standing = Places(Path(home)).current_number() or 0
    return max(standing, requests.last_signed(home)) + 1


def numbers(home: Path) -> list[int]:
    folder = Places(Path(home)).releases
    if not folder.is_dir():
        return []
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())


def release(home: Path, number: int) -> Release:
    places = Places(Path(home))
    listed = _listed(places, number)
    return Release(
        number=number,
        at=datetime.fromisoformat(listed[metadata.MARK]["at"]),
        pages=sum("encoding" not in entry["custom"] for entry in listed["targets"].values()),
        is_signed=is_signed(places, number),
        is_current=places.current_number() == number,
    )


def entries(home: Path, number: int | None) -> Entries:
    """What a release says of its files (as it lies there: who must believe it verifies first).

    Read alone: several callers share it.
    """
    return _listed(Places(Path(home)), number)["targets"] if number is not None else {}


def shown(home: Path, number: int | None) -> dict[str, str]:
    """Target name → what its page was made of (`Page.made_of`), as far as the release still knows."""
    if number is None:
        return {}
    try:
        return json.loads(Places(Path(home)).shown(number).read_bytes())
    except FileNotFoundError:
        return {}


def kept_pages(home: Path, number: int) -> Iterator[Page]:
    """The pages of an older release whose bytes are still whole. Raises BadPage when it is not kept."""
    if number not in numbers(home):
        raise BadPage(f"Không có bản phát hành {number} trong kho.")
    places = Places(Path(home))
    for name, entry in entries(home, number).items():
        if "encoding" in entry["custom"]:
            continue
        try:
            body = store.read(places, entry["hashes"]["sha256"])
        except store.Damaged:
            continue  # withdrawn since, or lost
        yield Page.kept(name, entry["custom"], body)


def is_signed(places: Places, number: int) -> bool:
    return (places.tuf(number) / "timestamp.json").exists()


def hashes(of: Entries) -> set[str]:
    return {entry["hashes"]["sha256"] for entry in of.values()}


def _listed(places: Places, number: int) -> dict:
    stat = (path := places.unsigned(number)).stat()
    return _read(path, (stat.st_ino, stat.st_size, stat.st_mtime_ns))


@lru_cache(maxsize=2)  # a publish looks at the standing and the next one a dozen times
def _read(path: Path, mark: tuple) -> dict:
    return json.loads(path.read_bytes())
