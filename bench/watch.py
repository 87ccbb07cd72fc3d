"""A thousand rounds of the watch over a portal nobody has touched: no alarm; and how long one takes.

A release of fourteen pages, served by the embedded server on loopback in the same process.
"""

import contextlib
import io
import json
import os
import statistics
import time
from pathlib import Path

from guong.portal.release.server import Portal
from guong.portal.tests.releasing import listening, page, release, released, site
from guong.sentinel.cli import main as sentinel

from .measuring import at_most, report

ROUNDS = int(os.environ.get("GUONG_BENCH_ROUNDS", 1_000))


def main() -> None:
    home = released(Path(os.environ["GUONG_HOME"]) / "watched")
    release(home, site(*(page(f"/guong/mau-{number}/") for number in range(3, 9))), 2)
    alarms, seconds, asked = 0, [], 0
    with listening(Portal(home)) as address:
        for _ in range(ROUNDS):
            said, started = io.StringIO(), time.perf_counter()
            with contextlib.redirect_stdout(said):
                code = sentinel(["watch", address, "--root", str(home / "trust" / "root.json")])
            seconds.append(time.perf_counter() - started)
            alarms += code != 0
            asked = json.loads(said.getvalue())["requests"]
    report(
        {
            "rounds": ROUNDS,
            "requests_a_round": asked,
            "median_seconds_a_round": round(statistics.median(seconds), 3),
        },
        [at_most("false alarms", alarms, 0)],
    )


if __name__ == "__main__":
    main()
