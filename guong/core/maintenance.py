"""Read-only mode: pages open, nothing is written, while the office is copied or brought up to date."""

from pathlib import Path

from django.conf import settings


def _mark() -> Path:
    return settings.HOME / "MAINTENANCE"


def is_on() -> bool:
    """Whether the office may only be read; asked anew each time, so every process obeys at once."""
    return _mark().exists()


def turn(on: bool) -> None:
    """Begin or end read-only mode; twice is the same as once."""
    if on:
        _mark().touch()
    else:
        _mark().unlink(missing_ok=True)
