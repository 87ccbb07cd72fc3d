"""The office's side: what came in, and taking it away once the office has it. Never used by a view."""

import datetime
import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count

from . import places
from .models import Hit, Submission

LEFT_OVER = 3600  # seconds after which a file without a row belongs to nobody
SPOOLED = re.compile(r"[0-9a-f]{32}-[0-9]")


def waiting(most: int = 200) -> list[Submission]:
    """What has not been taken over yet, the oldest first."""
    return list(Submission.objects.order_by("received_at", "pk")[:most])


def files_of(submission: Submission) -> Iterator[tuple[dict, Path]]:
    """Each file of a submission that lies in the spool, with what the row says of it."""
    for entry in submission.files:
        name = str(entry.get("spool", ""))
        path = places.spool() / name
        # The drop box is the outermost room: its row may name nothing but files of its own.
        if SPOOLED.fullmatch(name) and path.is_file() and not path.is_symlink():
            yield entry, path


def forget(submission: Submission) -> None:
    """Take away the row and its files. The row goes last: killed in between, it is done again."""
    for _, path in files_of(submission):
        path.unlink(missing_ok=True)
    submission.delete()


def sweep() -> int:
    """Take away files whose row was never written; return how many."""
    before = time.time() - LEFT_OVER
    wanted = {path for submission in Submission.objects.all() for _, path in files_of(submission)}
    old = [path for path in places.spool().glob("*") if path.lstat().st_mtime < before]
    orphans = [path for path in old if path not in wanted]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def readings(before: datetime.date) -> list[tuple[str, datetime.date, int]]:
    """Page, day and number of readings of every day that is over."""
    days = Hit.objects.filter(on__lt=before).values_list("page", "on")
    return list(days.annotate(number=Count("pk")).order_by("on", "page"))


def forget_readings(before: datetime.date) -> None:
    """The single readings go once the office has counted their days."""
    Hit.objects.filter(on__lt=before).delete()
