"""A release as who does not trust the disk reads it: from the root down."""

from datetime import datetime, timedelta

from guong.core import garbage
from guong.core.signing.places import Places
from guong.sentinel.manifest import Manifest, read_manifest, read_timestamp
from guong.sentinel.verdict import Stopped


def read_release(places: Places, number: int) -> Manifest:
    """The signed list of a release, every part verified against this home's root. Raises Stopped."""
    timestamp = newest_timestamp(places, number)

    def fetch(file: str) -> bytes | None:
        if file == "timestamp.json":
            return timestamp
        path = places.tuf(number) / file
        return path.read_bytes() if path.exists() else None

    with garbage.uncollected():
        manifest = read_manifest(root(places), fetch)
        len(manifest.targets)  # here the whole list is at hand: a bad part is found now, not later
    return manifest


def newest_timestamp(places: Places, number: int) -> bytes | None:
    """The freshest timestamp that belongs to this release.

    The one beside the releases is signed anew every hour; just after a switch it is still that
    of the release before, and the release's own serves until the signer has been by.
    """
    own = places.tuf(number) / "timestamp.json"
    fitting = [
        (version, body)
        for path in (own, places.timestamp)
        if path.exists() and (version := _version(places, body := path.read_bytes(), number))
    ]
    return max(fitting)[1] if fitting else None


def _version(places: Places, body: bytes, number: int) -> int:
    """The timestamp's version; 0 when it is not ours or of another release."""
    try:
        timestamp = read_timestamp(root(places), body).signed
    except Stopped:
        return 0
    return timestamp.version if timestamp.snapshot_meta.version == number else 0


def root(places: Places) -> bytes:
    return (places.trust / "root.json").read_bytes()


def time_left(places: Places, now: datetime) -> timedelta | None:
    """Until the standing release's timestamp runs out (negative: it has); None before the first."""
    number = places.current_number()
    body = newest_timestamp(places, number) if number is not None else None
    return read_timestamp(root(places), body).signed.expires - now if body else None
