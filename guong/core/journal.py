"""The one door through which the journal is written and read."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from guong.core import calendar

from .models import JournalEntry, JournalText


@dataclass(frozen=True)
class Verb:
    """A verb of the journal: what a reader is told, and who may be told (user, subject) → bool."""

    name: str
    label: str
    may_read: Callable


VERBS: dict[str, Verb] = {}


def register(name: str, label: str, *, readers: Callable) -> None:
    """Make a verb known. Called from a room's `policies.py`; `readers` is a rules predicate."""
    VERBS[name] = Verb(name, label, readers)


def ref(obj: Model | None) -> str:
    """`exemplars.exemplar:12`; empty for nothing."""
    return f"{obj._meta.label_lower}:{obj.pk}" if obj is not None else ""


def record(
    verb: str, target: Model, *, by, subject: Model | None = None, text: str = "", **states
) -> JournalEntry:
    """Write one line, inside the caller's transaction: references, verb and states only.

    What somebody put in their own words goes to a `JournalText`, which can be
    erased on request; the line keeps its salted hash and so stays provable.
    """
    salt = secrets.token_bytes(16)
    entry = _line(verb, target, subject, by, states)
    entry.text_hash = hashlib.sha256(salt + text.encode()).hexdigest() if text else ""
    entry.save()
    if text:
        JournalText.objects.create(entry=entry, salt=salt, text=text)
    return entry


def record_all(verb: str, written: Iterable[tuple[Model, Model | None]], *, by, **states) -> None:
    """The same line for each target and its subject, in one statement; nobody's own words."""
    lines = [_line(verb, target, subject, by, states) for target, subject in written]
    JournalEntry.objects.bulk_create(lines)


def _line(verb: str, target: Model, subject: Model | None, by, states: dict) -> JournalEntry:
    if verb not in VERBS:
        raise LookupError(f"The verb {verb!r} is not registered.")
    return JournalEntry(
        verb=verb, target=ref(target), subject=ref(subject), by=by, at=calendar.now(), states=states
    )


def has_moved_on(record: Model, *, since: set[str]) -> bool:
    """Whether anything but these verbs has been written down about the record."""
    lines = JournalEntry.objects.filter(Q(subject=ref(record)) | Q(target=ref(record)))
    return lines.exclude(verb__in=since).exists()


def history(subject: Model, *, reader) -> Iterable[JournalEntry]:
    """The lines about a subject that this reader may read, oldest first."""
    entries = (
        JournalEntry.objects.filter(subject=ref(subject))
        .select_related("by", "text")
        .order_by("at", "pk")
    )
    return [entry for entry in entries if VERBS[entry.verb].may_read(reader, subject)]
