"""The list of a release in 256 parts: one changed page is a few small files to sign and to fetch.

A page's part is told by the hash of its name (TUF's succinct hashed bins, TAP 15). A part that did
not change keeps its version, its signature and its file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from securesystemslib.signer import Key
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Delegations,
    MetaFile,
    Root,
    Snapshot,
    SuccinctRoles,
    TargetFile,
    Targets,
)

from guong.sentinel.canonical import Opened

from .places import Places

BITS = 8  # 2⁸ parts
PREFIX = "phan"

Parts = dict[str, Targets]


@dataclass(frozen=True)
class Signed:
    """What a signed release lists, and its parts as they were signed; empty: nothing to believe."""

    parts: dict[str, Targets] = field(default_factory=dict)
    # Of the parts, as the snapshot has them.
    pins: dict[str, MetaFile] = field(default_factory=dict)
    entries: dict[str, TargetFile] = field(default_factory=dict)


def split(listed: Targets) -> Parts:
    """The 256 parts of a list, empty ones too, each under the list's own number."""
    roles = SuccinctRoles([], 1, BITS, PREFIX)
    files: dict[str, dict[str, TargetFile]] = {name: {} for name in roles.get_roles()}
    for name, target in listed.targets.items():
        files[roles.get_role_for_target(name)][name] = target
    return {
        role: Targets(listed.version, listed.spec_version, listed.expires, entries)
        for role, entries in files.items()
    }


def head(listed: Targets, keys: Iterable[Key]) -> Targets:
    """What stands above the parts: number, time, and by whom each part must be signed."""
    known = {key.keyid: key for key in keys}
    roles = SuccinctRoles(list(known), 1, BITS, PREFIX)
    return Targets(
        listed.version,
        listed.spec_version,
        listed.expires,
        delegations=Delegations(known, succinct_roles=roles),
        unrecognized_fields=listed.unrecognized_fields,
    )


def read(places: Places, root: Root, number: int) -> Signed:
    """A release as this root's keys signed it; empty when one link of the chain does not hold."""
    try:
        opened = Opened(_body(places, number, f"{number}.snapshot.json"))
        opened.verify(root, "snapshot")
        snapshot = opened.metadata.signed
        pins = {name.removesuffix(".json"): pin for name, pin in snapshot.meta.items()}
        top = _part(places, number, pins.pop("targets"), "targets", root)
        if not snapshot.version == top.version == number:
            return Signed()
        parts = {role: _part(places, number, pin, role, top) for role, pin in pins.items()}
    except (OSError, KeyError, ValueError, RepositoryError):
        return Signed()
    entries = dict(top.targets)
    for part in parts.values():
        entries |= part.targets
    return Signed(parts, pins, entries)


def _part(places: Places, number: int, pin: MetaFile, role: str, by: Root | Targets) -> Targets:
    body = _body(places, number, f"{pin.version}.{role}.json")
    pin.verify_length_and_hashes(body)
    opened = Opened(body)
    opened.verify(by, role)
    found = opened.metadata.signed
    if found.version != pin.version:
        raise ValueError(role)
    return found


def _body(places: Places, number: int, name: str) -> bytes:
    return (places.tuf(number) / name).read_bytes()


def is_kept(part: Targets, before: Targets | None) -> bool:
    """Whether the part as it stands says the same already."""
    return before is not None and before.targets == part.targets


def files_of(snapshot: Snapshot) -> dict[str, str]:
    """Role → the name of its file under `tuf/`."""
    return {
        name.removesuffix(".json"): f"{pin.version}.{name}" for name, pin in snapshot.meta.items()
    }
