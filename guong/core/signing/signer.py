"""The signer: the only reader of the online keys. It never opens the database.

`python -m guong.core.signing.signer HOME` runs it. It answers request files, signs a fresh
timestamp every hour for the release that stands, and remembers in `keys/signer.json` what it has
signed, so that nobody gets a second, different release under one number.
"""

import json
import logging
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.formats import encode_canonical
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Targets

from guong.core import garbage
from guong.sentinel.canonical import CANONICAL

from . import keys, listing, metadata, rules
from .places import Places, only_one, write_whole

log = logging.getLogger(__name__)

FRESH = timedelta(hours=1)
# After signing a release the timestamp rests: a newer one for the old release would make
# the new release look like a step back to whoever has seen it.
SWITCH_WITHIN = timedelta(minutes=10)
LARGEST_REQUEST = 1_000_000
BAD_REQUEST = (KeyError, TypeError, ValueError, AttributeError, OSError, RepositoryError)


class Refusal(Exception):
    """Why the signer does not sign, in a Vietnamese sentence."""


@dataclass
class Memory:
    """What the signer must not forget; lies among the keys, for its eyes only."""

    number: int = 0  # the last release signed
    targets: str = ""  # the hash of what was signed under that number
    signed_at: str = ""
    seen: int = 0  # the highest release ever seen standing
    timestamp: int = 0
    journal: dict = field(default_factory=dict)


class Signer:
    def __init__(self, home: Path, *, persons: int = rules.MINIMUM):
        self.places = Places(Path(home))
        self.persons = persons
        self.root = keys.read_root(home).signed
        self.memory = self._remember()

    def _remember(self) -> Memory:
        path = self.places.keys / "signer.json"
        return Memory(**json.loads(path.read_bytes())) if path.exists() else Memory()

    def _note(self) -> None:
        body = json.dumps(asdict(self.memory)).encode()
        write_whole(self.places.keys / "signer.json", body, keys.OWNER_ONLY)

    def _sign(self, role: str, signed) -> Metadata:
        made = Metadata(signed)
        made.sign(keys.load(self.places, role, self.root.version), signed_serializer=CANONICAL)
        return made

    # --- A release -----------------------------------------------------------
    def sign_release(self, payload: dict, now: datetime) -> dict:
        """Sign targets, snapshot and timestamp of `releases/<number>`, or raise Refusal."""
        new, body = self._asked_for(int(payload["number"]), str(payload["sha256"]))
        self._must_be_new(new, metadata.digest(body))
        standing = self._standing()
        reasons = list(rules.objections(new.targets, standing.entries, self._object, self.persons))
        if reasons:
            more = f" (và {len(reasons) - 3} lý do khác)" if len(reasons) > 3 else ""
            raise Refusal(" ".join(reasons[:3]) + more)
        return self._signed(new, standing, metadata.digest(body), now)

    def _asked_for(self, number: int, sha256: str) -> tuple[Targets, bytes]:
        body = self.places.unsigned(number).read_bytes()
        if metadata.digest(body) != sha256:
            raise Refusal(f"Bản phát hành {number} đã đổi sau khi gửi ký; hãy dựng lại.")
        new = Targets.from_dict(json.loads(body))
        if new.version != number or new.delegations:
            raise Refusal(f"Danh mục của bản phát hành {number} ghi sai số; hãy dựng lại.")
        return new, body

    def _must_be_new(self, new: Targets, sha256: str) -> None:
        """One number, one content: the same again may be signed again, another never."""
        last = self.memory
        if new.version < last.number or (new.version == last.number and sha256 != last.targets):
            raise Refusal(
                f"Số bản phát hành {new.version} đã dùng; dùng số {last.number + 1} trở lên."
            )

    def _standing(self) -> listing.Signed:
        """The release that stands; nothing unless it bears our signature.

        An older one than was seen before is not believed either: then all pages count as new.
        """
        number = self.places.current_number()
        if number is None or number < self.memory.seen:
            return listing.Signed()
        standing = listing.read(self.places, self.root, number)
        if standing.entries:
            self.memory.seen = number
        return standing

    def _object(self, sha256: str) -> bytes:
        return self.places.object(sha256).read_bytes()

    def _signed(self, new: Targets, standing: listing.Signed, sha256: str, now: datetime) -> dict:
        at = datetime.fromisoformat(new.unrecognized_fields[metadata.MARK]["at"])
        key = keys.load(self.places, "targets", self.root.version)
        top = Metadata(listing.head(new, [key.public_key]))
        top.sign(key, signed_serializer=CANONICAL)
        fresh = {
            role: Metadata(part)
            for role, part in listing.split(new).items()
            if not listing.is_kept(part, standing.parts.get(role))
        }
        for part in fresh.values():
            part.sign(key, signed_serializer=CANONICAL)
        pins = {role: metadata.pinned(part) for role, part in fresh.items()}
        pins = {"targets": metadata.pinned(top)} | standing.pins | pins
        snapshot = self._sign("snapshot", metadata.snapshot(pins, new.version, at))
        memory = self.memory
        memory.number, memory.targets, memory.signed_at = new.version, sha256, now.isoformat()
        memory.timestamp += 1
        self._note()  # before the answer: a number once signed stays taken, whatever happens
        timestamp = self._sign("timestamp", metadata.timestamp(snapshot, memory.timestamp, now))
        write_whole(self.places.signed, json.dumps({"number": new.version}).encode())
        return {
            "targets": metadata.written(top).decode(),
            "parts": {
                role: [signature.to_dict() for signature in part.signatures.values()]
                for role, part in fresh.items()
            },
            "snapshot": metadata.written(snapshot).decode(),
            "timestamp": metadata.written(timestamp).decode(),
        }

    # --- By the clock ----------------------------------------------------------
    def refresh(self, now: datetime) -> bool:
        """Sign a timestamp for the standing release when the one beside it is old or of another."""
        number = self.places.current_number()
        snapshot = self._snapshot(number)
        if snapshot is None or not self._is_due(snapshot, now):
            return False
        self.memory.timestamp += 1
        self.memory.seen = max(self.memory.seen, number)
        self._note()
        fresh = self._sign("timestamp", metadata.timestamp(snapshot, self.memory.timestamp, now))
        write_whole(self.places.timestamp, metadata.written(fresh))
        return True

    def _snapshot(self, number: int | None) -> Metadata | None:
        """The standing release's snapshot, if it is ours and not an older one put back."""
        if number is None or number < self.memory.seen:
            return None
        path = self.places.tuf(number) / f"{number}.snapshot.json"
        found = metadata.read_snapshot(self.root, path.read_bytes()) if path.exists() else None
        return found if found and found.signed.version == number else None

    def _is_due(self, snapshot: Metadata, now: datetime) -> bool:
        memory = self.memory
        if snapshot.signed.version < memory.number:
            waits_since = datetime.fromisoformat(memory.signed_at)
            if now - waits_since < SWITCH_WITHIN:
                return False
        if not self.places.timestamp.exists():
            return True
        present = metadata.read_timestamp(self.root, self.places.timestamp.read_bytes())
        if present is None or present.signed.snapshot_meta != metadata.pinned(snapshot):
            return True
        signed_at = present.signed.expires - metadata.TIMESTAMP_VALID
        return now - signed_at >= FRESH

    # --- The journal -------------------------------------------------------------
    def sign_head(self, payload: dict, now: datetime) -> dict:
        """Vouch for the end of the journal's chain; it may only grow."""
        sequence, digest = int(payload["sequence"]), str(payload["digest"])
        before = self.memory.journal
        if before and sequence < before["sequence"]:
            raise Refusal(f"Nhật ký ngắn đi: đã ký đến dòng {before['sequence']}, nay {sequence}.")
        if before and sequence == before["sequence"] and digest != before["digest"]:
            raise Refusal(f"Dòng nhật ký số {sequence} khác với lần ký trước.")
        head = {
            "_type": "journal-head",
            "sequence": sequence,
            "digest": digest,
            "at": metadata.seconds(now).isoformat(),
        }
        key = keys.load(self.places, "snapshot", self.root.version)
        signature = key.sign(encode_canonical(head).encode())
        self.memory.journal = {"sequence": sequence, "digest": digest}
        self._note()
        return {"head": {"signed": head, "signatures": [signature.to_dict()]}}

    # --- Requests ------------------------------------------------------------------
    def answer(self, path: Path, now: datetime) -> None:
        """Answer one request file and take it away; nothing in it can stop the signer."""
        try:
            answer = {"ok": True} | self._answer(_question(path), now)
        except Refusal as refusal:
            answer = {"ok": False, "message": str(refusal)}
        except keys.KeysRefused as trouble:
            answer = {"ok": False, "message": str(trouble)}
        except BAD_REQUEST as trouble:
            log.warning("request %s cannot be read: %r", path.name, trouble)
            answer = {"ok": False, "message": "Bộ ký không đọc được yêu cầu; hãy dựng lại."}
        write_whole(self.places.answers / path.name, json.dumps(answer).encode())
        path.unlink(missing_ok=True)

    def _answer(self, question: dict, now: datetime) -> dict:
        if question["kind"] == "release":
            return self.sign_release(question["payload"], now)
        if question["kind"] == "journal-head":
            return self.sign_head(question["payload"], now)
        raise Refusal("Bộ ký không biết loại yêu cầu này.")


def _question(path: Path) -> dict:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        body = file.read(LARGEST_REQUEST + 1)
    if len(body) > LARGEST_REQUEST:
        raise Refusal("Yêu cầu ký quá lớn.")
    return json.loads(body)


def _sweep(places: Places, now: datetime) -> None:
    """Answers nobody came for: whoever asked was killed. And what a killed signer left half-written:
    only the one that holds the lock writes these files."""
    memory = places.keys / "signer.json"
    for whole in (places.answers / "*.json", places.signed, places.timestamp, memory):
        for path in whole.parent.glob(f".{whole.name}.*.tmp"):
            path.unlink(missing_ok=True)
    for path in places.answers.glob("*.json"):
        if now.timestamp() - path.stat().st_mtime > FRESH.total_seconds():
            path.unlink(missing_ok=True)


def answer_once(home: Path, *, now: datetime | None = None, persons: int = rules.MINIMUM) -> int:
    """Answer what waits and refresh the timestamp if due; return how many things were signed
    or refused. Where another signer is at work this one does nothing."""
    places, now = Places(Path(home)), now or datetime.now(UTC)
    with only_one(places.keys / "signer.lock") as alone:
        if not alone:
            return 0
        waiting = sorted(places.requests.glob("*.json"), key=lambda path: path.name)
        signer = Signer(home, persons=persons)
        _sweep(places, now)
        with garbage.uncollected():
            for path in waiting:
                if re.fullmatch(r"[0-9a-f]{32}\.json", path.name):
                    signer.answer(path, now)
        return len(waiting) + signer.refresh(now)


def serve_forever(
    home: Path,
    *,
    pause: float = 0.2,
    persons: int = rules.MINIMUM,
    until: threading.Event | None = None,
) -> None:
    """Answer until told to stop; a signer without keys waits for them."""
    until = until or threading.Event()
    last_round = 0.0
    while not until.is_set():
        waits = any(Places(Path(home)).requests.glob("*.json"))
        # The timestamp need not be looked at five times a second.
        if waits or time.monotonic() - last_round >= 1:
            last_round = time.monotonic()
            try:
                answer_once(home, persons=persons)
            except keys.KeysRefused as trouble:
                log.warning("%s", trouble)
                until.wait(5)
        until.wait(pause)


@contextmanager
def alongside(home: Path) -> Iterator[None]:
    """A signer for the length of a command, where none runs (demo, tests)."""
    until = threading.Event()
    thread = threading.Thread(
        target=serve_forever, args=(home,), kwargs={"pause": 0.05, "until": until}, daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        until.set()
        thread.join()


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Cách dùng: python -m guong.core.signing.signer GUONG_HOME\n")
        return 2
    until = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    persons = int(os.environ.get("GUONG_PERSONS", rules.MINIMUM))
    serve_forever(Path(arguments[0]), persons=persons, until=until)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
