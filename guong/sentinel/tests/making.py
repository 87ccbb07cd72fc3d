"""A release's metadata made by hand: the sentinel's tests know no room, as it does not."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ROLES = ("root", "targets", "snapshot", "timestamp")


@dataclass
class Release:
    """Signed metadata as files by name; keys can be handed over to a second one."""

    number: int = 1
    keys: dict = field(
        default_factory=lambda: {role: CryptoSigner.generate_ed25519() for role in ROLES}
    )
    files: dict = field(default_factory=dict)

    def make(self) -> "Release":
        targets = self.sign("targets", Targets(self.number, expires=LATER, targets=contents()))
        snapshot = self.sign(
            "snapshot",
            Snapshot(self.number, expires=LATER, meta={"targets.json": pinned(targets)}),
        )
        timestamp = Timestamp(self.number, expires=LATER, snapshot_meta=pinned(snapshot))
        self.files |= {
            "root.json": self.root(1, self.keys["root"]),
            f"{self.number}.targets.json": targets.to_bytes(),
            f"{self.number}.snapshot.json": snapshot.to_bytes(),
            "timestamp.json": self.sign("timestamp", timestamp).to_bytes(),
        }
        return self

    def root(self, version: int, *signers) -> bytes:
        root = Root(version, expires=LATER, consistent_snapshot=True)
        for role, key in self.keys.items():
            root.add_key(key.public_key, role)
        metadata = Metadata(root)
        for signer in signers:
            metadata.sign(signer, append=True)
        return metadata.to_bytes()

    def sign(self, role: str, signed) -> Metadata:
        metadata = Metadata(signed)
        metadata.sign(self.keys[role])
        return metadata


def contents() -> dict:
    return {"index.html": TargetFile.from_data("index.html", b"home")}


def pinned(metadata: Metadata) -> MetaFile:
    return MetaFile.from_data(metadata.signed.version, metadata.to_bytes(), ["sha256"])


def altered(body: bytes, **more) -> bytes:
    """The same signatures over other words."""
    parsed = json.loads(body)
    parsed["signed"] |= more
    return json.dumps(parsed).encode()
