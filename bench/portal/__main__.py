"""Puts the parts of the package together."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django

from ..measuring import at_least, at_most, report

SIZES = [int(size) for size in os.environ.get("GUONG_BENCH_STORIES", "1000").split(",")]
SEARCHED = int(os.environ.get("GUONG_BENCH_PAGES", 100_000))
PARTS = ["stories", "serving", "browsing", "searching", "repairing"]
ONLY = os.environ.get("GUONG_BENCH_ONLY", ",".join(PARTS)).split(",")


def step(home: Path, *words: str) -> dict:
    """One step of `bench.portal.stories` in its own process and this home."""
    environment = os.environ | {"GUONG_HOME": str(home)}
    told = subprocess.run(
        [sys.executable, "-m", "bench.portal.stories", *words],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    print(f"{home.name} {' '.join(words)}: {told}", file=sys.stderr)
    return json.loads(told)


def releases(home: Path, size: int, figures: dict) -> str:
    """A release of so many stories, then one of them changed; return the first story's address."""
    # The scratch home was just made by `guong init`; each size gets a copy of it.
    shutil.copytree(home.parent, home, ignore=shutil.ignore_patterns("stories-*"))
    made = step(home, "make", str(size))
    assert made["public"] == size, made
    for name in ("full", "change", "take_down", "lay"):
        figures |= {f"{name}_{size}_{what}": value for what, value in step(home, name).items()}
    return f"/chuyen/{made['slug']}/"


def main() -> None:
    place, figures, bars = Path(os.environ["GUONG_HOME"]), {}, []
    if {"stories", "serving", "browsing"} & set(ONLY):
        for size in SIZES:
            home = place / f"stories-{size}"
            path = releases(home, size, figures)
            bars += [
                at_most(
                    f"{size} stories: seconds from the press until it stands, {what}",
                    figures[f"change_{size}_{name}"],
                    5,
                )
                for what, name in (
                    ("one change, first of its process", "press_seconds"),
                    ("one change more", "again_press_seconds"),
                )
            ]
            bars += [
                at_most(
                    f"{size} stories: seconds until {what}",
                    figures[f"take_down_{size}_{name}"],
                    most,
                )
                for what, name, most in (
                    ("what is taken down is off the portal", "stands_seconds", 60),
                    ("the next one is", "again_stands_seconds", 60),
                    ("no kept copy holds it", "seconds", 300),
                )
            ]
    if "serving" in ONLY:
        from . import serving

        figures |= serving.compare(home, path)
        bars.append(
            at_most("nginx as shipped, from a plain file", figures["nginx_from_plain"], 1.2)
        )
        bars.append(
            at_most("embedded server, from a plain file", figures["embedded_from_plain"], 6)
        )
    if "browsing" in ONLY:
        from . import browsing

        figures |= browsing.measure(home, path)
        bars.append(at_most("story: LCP, ms", figures["story_lcp"], 3_500))
        bars.append(at_most("story: CLS", figures["story_cls"], 0.05))
        bars.append(at_most("story: INP, ms", figures["story_inp"], 200))
        bars.append(at_most("story: blocked, ms", figures["story_blocked"], 150))
    django.setup()
    if "searching" in ONLY:
        from . import searching

        figures |= searching.measure(place, SEARCHED)
        for name, p50, p99 in (("newest", 1.5, 15), ("ranked", 15, 100)):
            bars.append(at_most(f"search, {name}: p50 ms", figures[f"search_{name}_p50_ms"], p50))
            bars.append(at_most(f"search, {name}: p99 ms", figures[f"search_{name}_p99_ms"], p99))
        bars.append(at_most("search file, MB", figures["search_bytes"] / 1e6, 100))
    if "repairing" in ONLY:
        from . import repairing

        figures |= repairing.measure(place / "repairing")
        bars.append(at_most("repair of 10,000 files, seconds", figures["repair_seconds"], 60))
        bars.append(
            at_least("bad bytes kept as evidence", figures["repair_evidence"], repairing.FILES)
        )
    report(figures, bars)


if __name__ == "__main__":
    main()
