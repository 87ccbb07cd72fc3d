"""`python -m guong.portal.release.follow --home DIR`: keeps nginx or Caddy on the release that stands.

They serve `serving/current`, which changes only here, after the whole release was read from the root
down and every byte hashed: by the embedded server's own `Standing`, so both show the same. A bad
release is refused and the last good one stays; bytes damaged later are taken off within a minute.
"""

import argparse
import logging
import signal
import sys
import threading
import time
from pathlib import Path

from guong.core.signing.places import Places

from . import shelves
from .answers import Answers
from .standing import LOOK_EVERY, Standing

log = logging.getLogger(__name__)
EXAMINE_EVERY = 60  # seconds between two looks at every object's inode


class Refused(Exception):
    """What stands on the disk may not be shown; the text is a Vietnamese sentence."""


class Follower:
    """The shelves of one home, and what lies on them."""

    def __init__(self, home: Path):
        self.places = Places(Path(home))
        self.standing = Standing(self.places)
        self._laid: tuple | None = None
        self._unfit: tuple[tuple, str] | None = None  # what was refused, and why
        self._folder = self.places.serving_current
        self._stamped: dict[str, bytes] = {}
        self._damaged: set[str] = set()
        self._examined = time.monotonic()

    def start(self) -> None:
        """Lay out what stands now. Raises Refused; then the shelves are as they were."""
        self.standing.refresh()
        answers, number = self.standing.answers, self.places.current_number()
        if answers is None and number is None and not self.places.serving_current.exists():
            shelves.lay_nothing(self.places)
        elif answers is None and number is not None:
            raise Refused(f"Bản phát hành {number} không qua được kiểm tra.")
        else:
            self.step()
            if answers is not None and answers.number != number:
                raise Refused(
                    f"Bản phát hành {number} không qua được kiểm tra; cổng ở bản {answers.number}."
                )

    def step(self) -> bool:
        """Follow the standing release; return whether something was laid anew. Raises Refused."""
        answers = self.standing.present()
        if answers is None:
            return False
        self._must_not_go_back()
        if time.monotonic() - self._examined > EXAMINE_EVERY:
            self.examine()
        mark = (answers, frozenset(self._damaged))
        if self._laid == mark:
            self._stamp(answers)
            return False
        if self._unfit is None or self._unfit[0] != mark:
            self._lay(answers, mark)
        if self._unfit:
            raise Refused(self._unfit[1])
        return True

    def examine(self) -> None:
        """Look whether every object is still what was hashed."""
        self._damaged = self.standing.damaged()
        self._examined = time.monotonic()
        if self._damaged:
            log.error("%s damaged objects are taken off the portal", len(self._damaged))

    def _must_not_go_back(self) -> None:
        number, laid = self.places.current_number() or 0, shelves.laid_number(self.places)
        if number < laid:
            raise Refused(f"Bản {number} cũ hơn bản đang bày ({laid}); không quay lại.")

    def _stamp(self, answers: Answers) -> None:
        """The hourly timestamp, or a new root, beside the same pages."""
        if self._stamped != answers.tuf:
            self._stamped = dict(answers.tuf)
            shelves.stamp(self._folder, answers)

    def _lay(self, answers: Answers, mark: tuple) -> None:
        """Once for each release, also when it is refused: looking costs seconds of a large one."""
        try:
            self._folder = shelves.lay(self.places, answers, self._damaged)
        except shelves.Unfit as unfit:
            self._unfit = (mark, str(unfit))
        else:
            self._unfit = None
            self._laid, self._stamped = mark, dict(answers.tuf)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guong.portal.release.follow", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    options = parser.parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    follower, told, step = Follower(options.home), "", None
    while not stopped.is_set():
        try:
            (step or follower.start)()
            told = ""
        except Refused as refused:
            if str(refused) != told:
                log.error("%s", refused)
            told = str(refused)
        step = follower.step
        stopped.wait(LOOK_EVERY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
