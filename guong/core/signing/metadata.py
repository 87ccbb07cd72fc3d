"""The TUF metadata of a release: made, written and read in one place for builder and signer."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from guong.sentinel.canonical import Opened

SPEC = "1.0.31"
ONLINE = ("targets", "snapshot", "timestamp")
TIMESTAMP_VALID = timedelta(days=3)
# Freshness is the timestamp's business alone: a portal nobody changed for a year is no lie.
CONTENT_VALID = timedelta(days=3650)
COMPACT = JSONSerializer(compact=True)
MARK = "guong"  # our own field in root and targets: the mark of test keys, the release's time


def seconds(moment: datetime) -> datetime:
    """The moment in UTC without fractions, as TUF writes it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def written(metadata: Metadata) -> bytes:
    return metadata.to_bytes(COMPACT)


def targets(entries: dict[str, dict], number: int, at: datetime) -> Targets:
    """What a release says of itself; the same entries, number and time give the same bytes."""
    files = {name: TargetFile.from_dict(dict(entries[name]), name) for name in sorted(entries)}
    mark = {"number": number, "at": seconds(at).isoformat()}
    return Targets(
        number, SPEC, seconds(at) + CONTENT_VALID, files, unrecognized_fields={MARK: mark}
    )


def snapshot(pins: dict[str, MetaFile], number: int, at: datetime) -> Snapshot:
    """Which version of the list and of each of its parts belongs to release `number`; pins by role."""
    meta = {f"{role}.json": pin for role, pin in pins.items()}
    return Snapshot(number, SPEC, seconds(at) + CONTENT_VALID, meta)


def timestamp(signed_snapshot: Metadata[Snapshot], version: int, now: datetime) -> Timestamp:
    return Timestamp(version, SPEC, seconds(now) + TIMESTAMP_VALID, pinned(signed_snapshot))


def pinned(metadata: Metadata) -> MetaFile:
    """Version, length and hash: two files with one number cannot both be believed."""
    return MetaFile.from_data(metadata.signed.version, written(metadata), ["sha256"])


def unsigned_bytes(signed: Signed) -> bytes:
    return json.dumps(signed.to_dict(), sort_keys=True, separators=(",", ":")).encode()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def read_snapshot(root: Root, body: bytes) -> Metadata[Snapshot] | None:
    """The snapshot if it is signed by the root's snapshot key; otherwise None."""
    return _read(root, body, "snapshot")


def read_timestamp(root: Root, body: bytes) -> Metadata[Timestamp] | None:
    return _read(root, body, "timestamp")


def _read(root: Root, body: bytes, role: str) -> Metadata | None:
    try:
        opened = Opened(body)
        if opened.metadata.signed.type != role:
            return None
        opened.verify(root, role)
    except RepositoryError:
        return None
    return opened.metadata
