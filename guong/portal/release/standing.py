"""Which release the server shows: the newest that passes every check, else the last that did."""

import logging
import os
import re
import threading
import time

from guong.core.signing.places import Places
from guong.core.signing.rules import sha256
from guong.sentinel.manifest import Manifest
from guong.sentinel.verdict import Stopped

from . import catalogue, loading, store
from .answers import Answers, Bodies

log = logging.getLogger(__name__)
ROOT_FILE = re.compile(r"([0-9]+\.)?root\.json")
LOOK_EVERY = 0.5  # seconds between two looks at `current`
TRY_AGAIN = 30  # seconds after a release was refused: repair may have put its bytes back


class Standing:
    """The release in memory; looks now and then whether another stands on the disk."""

    def __init__(self, places: Places):
        self.places = places
        self.bodies = Bodies(places)
        self.answers: Answers | None = None
        self._checked = store.Checked(places)
        self._mark: tuple | None = None
        self._next_look = 0.0
        self._loading = threading.Lock()

    def present(self) -> Answers | None:
        """What to answer from. A new release is loaded aside while the old one goes on."""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOK_EVERY
            if self._mark != self._look():
                threading.Thread(target=self.refresh, daemon=True).start()
        return self.answers

    def damaged(self) -> set[str]:
        """The hashes of the shown release whose bytes are no longer what was signed."""
        if self.answers is None:
            return set()
        entries = self.answers.routes.values()
        return set(self._checked.damaged({v.sha256 for e in entries for v in e.variants.values()}))

    def _look(self) -> tuple:
        """What changes when a release, a timestamp or a root is put in place."""
        paths = (self.places.timestamp, self.places.trust / "root.json")
        return (self.places.current_number(), *(_stamp(path) for path in paths))

    def refresh(self) -> None:
        """Take over what stands on the disk, if it is sound; otherwise go on as before."""
        if not self._loading.acquire(blocking=False):
            return
        try:
            mark = self._look()
            number = mark[0]
            if number is not None and not (self._is_shown(number) and self._stamp_anew(number)):
                self._take_over(number)
            self._mark = mark
            if number is not None and not self._is_shown(number):
                self._mark, self._next_look = None, time.monotonic() + TRY_AGAIN
        finally:
            self._loading.release()

    def _is_shown(self, number: int) -> bool:
        return self.answers is not None and self.answers.number == number

    def _stamp_anew(self, number: int) -> bool:
        """The hourly case: only the timestamp changed. False when more is needed."""
        fresh = loading.newest_timestamp(self.places, number)
        if fresh is None:
            return False
        self.answers.tuf |= {"timestamp.json": fresh} | _roots(self.places)
        return True

    def _take_over(self, number: int) -> None:
        if self.answers is not None and number < self.answers.number:
            log.error(
                "release %s is older than the one shown (%s): refused", number, self.answers.number
            )
            return
        # A fresh process has no last good release in memory: it looks for one on the disk.
        older = (
            [] if self.answers else [n for n in catalogue.numbers(self.places.home) if n < number]
        )
        for candidate in [number, *reversed(older)]:
            answers = self._loaded(candidate)
            if answers is not None:
                self.answers = answers
                return

    def _loaded(self, number: int) -> Answers | None:
        try:
            manifest = loading.read_release(self.places, number)
        except (OSError, Stopped) as trouble:
            log.error("release %s refused: %s", number, trouble)
            return None
        hashes = {sha256(target) for target in manifest.targets.values()}
        bad = self._checked.damaged(hashes)
        if bad:
            log.error("release %s refused: %s damaged objects, first %s", number, len(bad), bad[0])
            return None
        self.bodies.keep_only(hashes)
        return self._answers(manifest)

    def _answers(self, manifest: Manifest) -> Answers:
        timestamp = loading.newest_timestamp(self.places, manifest.number)
        return Answers(manifest, _metadata(self.places, manifest, timestamp))


def _metadata(places: Places, manifest: Manifest, timestamp: bytes) -> dict[str, bytes]:
    """The files under /tuf/: those the chain names, and nothing that may lie beside them."""
    folder = places.tuf(manifest.number)
    named = {name: (folder / name).read_bytes() for name in manifest.files}
    return named | _roots(places) | {"timestamp.json": timestamp}


def _roots(places: Places) -> dict[str, bytes]:
    found = (path for path in places.trust.iterdir() if ROOT_FILE.fullmatch(path.name))
    return {path.name: path.read_bytes() for path in found}


def _stamp(path) -> tuple | None:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return (stat.st_ino, stat.st_mtime_ns)
