"""Signed, checked, switched: a release becomes what the portal shows."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Metadata, Signature, Snapshot

from guong.core import garbage
from guong.core.signing import listing, metadata, requests
from guong.core.signing.places import Places, write_whole
from guong.sentinel.manifest import Manifest
from guong.sentinel.verdict import Stopped

from . import catalogue, store
from .builder import Built, Laid, building, lay_down
from .loading import read_release

KEEP = 5  # releases kept for going back
ANSWERED_WITHIN, PAGES_A_SECOND = 120, 500  # by a signer on a slow machine beside others
CLEAR_AT = 8  # looking through all of them takes long, so not after every release
DROPPED = ".dropped-{}"  # beside the releases, until its links are deleted


class NotPublished(Exception):
    """The release was made but does not stand; the text is a Vietnamese sentence."""


@dataclass(frozen=True)
class Published:
    """A release that stands now."""

    number: int
    at: datetime
    pages: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def publish(home: Path, built: Built, *, timeout: float | None = None) -> Published:
    """Have the release signed, check every byte of it, and let it stand.

    The signer is waited for `timeout` seconds, without one as long as so many pages may take it.

    Killed before the switch, the old release stands and the same call goes on; killed after it,
    the new one stands. Raises requests.Refused, requests.NoAnswer or NotPublished, each a sentence.
    """
    with building(home) as places, garbage.uncollected():
        _have_signed(places, built, patience(built) if timeout is None else timeout)
        _must_be_sound(places, built.number)
        os.sync()  # what is switched to must outlive a power cut
        switch(places, built.number)
    return Published(built.number, built.at, built.pages, built.added, built.changed, built.removed)


def patience(built: Built) -> float:
    """Seconds after which a signer that has not answered is not going to."""
    return ANSWERED_WITHIN + built.pages / PAGES_A_SECOND


def renew(home: Path, number: int, at: datetime, *, timeout: float | None = None) -> Published:
    """The standing content under a new number: after new keys, everything is signed again."""
    with building(home) as places:
        built = lay_down(places, Laid.standing(places), number, at)
    return publish(home, built, timeout=timeout)


def _have_signed(places: Places, built: Built, timeout: float) -> None:
    asked = requests.request(
        places.home, "release", {"number": built.number, "sha256": built.sha256}
    )
    answer = requests.wait(places.home, asked, timeout)
    folder, number = places.tuf(built.number), built.number
    write_whole(folder / f"{number}.targets.json", answer["targets"].encode())
    _write_parts(places, number, answer)
    write_whole(folder / f"{number}.snapshot.json", answer["snapshot"].encode())
    for root in places.trust.glob("*root.json"):
        write_whole(folder / root.name, root.read_bytes())
    write_whole(folder / "timestamp.json", answer["timestamp"].encode())


def _write_parts(places: Places, number: int, answer: dict) -> None:
    """The parts of the list: what was signed anew is written, the rest taken over as it stands."""
    folder, standing = places.tuf(number), places.current_number()
    made = catalogue.release(places.home, number)
    entries = catalogue.entries(places.home, number)
    parts = listing.split(metadata.targets(entries, number, made.at))
    snapshot = Metadata[Snapshot].from_bytes(answer["snapshot"].encode()).signed
    for role, file in listing.files_of(snapshot).items():
        if role in answer["parts"]:
            found = [Signature.from_dict(each) for each in answer["parts"][role]]
            signed = Metadata(parts[role], {each.keyid: each for each in found})
            (folder / file).write_bytes(metadata.written(signed))
        elif role in parts and standing != number and not (folder / file).exists():
            os.link(places.tuf(standing or 0) / file, folder / file)


def _must_be_sound(places: Places, number: int) -> Manifest:
    try:
        manifest = read_release(places, number)
    except Stopped as stopped:
        raise NotPublished(f"Bản phát hành {number}: {stopped}") from None
    hashes = {target.hashes["sha256"] for target in manifest.targets.values()}
    bad = store.checked(places).damaged(hashes)
    if bad:
        raise NotPublished(
            f"Bản phát hành {number} có {len(bad)} tệp hỏng trong kho; hãy dựng lại."
        )
    return manifest


def switch(places: Places, number: int) -> None:
    """Let `current` point to the release; a rename, so there is always one that stands."""
    beside = places.releases / f".current.{os.getpid()}.tmp"
    beside.unlink(missing_ok=True)
    beside.symlink_to(str(number))
    beside.replace(places.current)


def is_to_clear(home: Path) -> bool:
    """Whether so many older releases lie there that it is time to drop some, or one half dropped."""
    places = Places(Path(home))
    return len(_behind(places)) > CLEAR_AT or any(places.releases.glob(DROPPED.format("*")))


def clear(home: Path, *, keep: int = KEEP) -> int:
    """Drop all releases but the last ones, and the objects nobody links to; return how many went.

    They are put aside while nobody builds. To delete the hundred thousand links of a large one takes
    minutes, for which nobody has to wait; whoever is killed in between goes on the next time.
    """
    with building(home) as places, garbage.uncollected():
        behind = _behind(places)
        signed = [number for number in behind if catalogue.is_signed(places, number)]
        doomed = set(behind) - set(signed[-keep:])
        for number in doomed:
            places.release(number).rename(places.releases / DROPPED.format(number))
        wanted: set[str] = set()
        for number in catalogue.numbers(places.home):
            wanted |= catalogue.hashes(catalogue.entries(places.home, number))
        present = {path.name for path in places.objects.iterdir() if not path.name.startswith(".")}
        store.forget(places, present - wanted)
    for folder in places.releases.glob(DROPPED.format("*")):
        shutil.rmtree(folder)
    return len(doomed)


def _behind(places: Places) -> list[int]:
    standing = places.current_number() or 0
    return [number for number in catalogue.numbers(places.home) if number <= standing]
