"""What every bench needs: a clock, the peak of memory, and a bar to be held against."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(figures: dict, name: str) -> Iterator[None]:
    """Put the seconds of the block under `name`, and say them on stderr."""
    started = time.perf_counter()
    yield
    figures[name] = round(time.perf_counter() - started, 3)
    print(f"{name}: {figures[name]} s", file=sys.stderr)


@contextmanager
def burnt(figures: dict, name: str) -> Iterator[None]:
    """Put the processor seconds of the block under `name`: they hardly see the neighbours."""
    started = time.process_time()
    yield
    figures[name] = round(time.process_time() - started, 3)
    print(f"{name}: {figures[name]} s of processor", file=sys.stderr)


def peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def at_least(what: str, measured: float, wanted: float) -> dict:
    return {
        "what": what,
        "measured": round(measured, 1),
        "at least": wanted,
        "met": measured >= wanted,
    }


def at_most(what: str, measured: float, wanted: float) -> dict:
    return {
        "what": what,
        "measured": round(measured, 3),
        "at most": wanted,
        "met": measured <= wanted,
    }


def report(figures: dict, bars: list[dict]) -> None:
    json.dump({"figures": figures | {"peak_mib": peak_mib()}, "bars": bars}, sys.stdout)
