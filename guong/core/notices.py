"""The one door through which somebody is told of something; letters only follow it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from guong.core import calendar, queue

from .journal import ref
from .models import Notice

KEPT = datetime.timedelta(days=365)  # after it was read

KINDS: dict[str, str] = {}
_INVOLVED: list[Callable[[str], Iterable[int]]] = []


@dataclass(frozen=True)
class Letter:
    """How the notice is told by mail. No name and no reason in it: these wait behind the login."""

    subject: str
    text: str


def register(kind: str, heading: str) -> None:
    """Make a kind of notice known; the heading stands above several of them."""
    KINDS[kind] = heading


def unless(involved: Callable[[str], Iterable[int]]) -> None:
    """Ask this of every notice: subject (`exemplars.exemplar:12`) → keys of those who must not hear."""
    _INVOLVED.append(involved)


def tell(
    kind: str,
    about: Model | str,
    sentence: str,
    *,
    to: Iterable,
    url: str,
    by=None,
    subject: Model | None = None,
    letter: Letter | None = None,
) -> int:
    """Tell people, inside the caller's transaction, what has happened and where; return how many hear.

    Whoever did it hears nothing, nor who is involved with the subject. An unread notice of the same
    kind about the same record gives way. `about` may be a name where no record stands for the thing;
    `url` is an address of this office.
    """
    if kind not in KINDS:
        raise LookupError(f"The notice {kind!r} is not registered.")
    receivers = {person.pk: person for person in to if person.may_log_in()}
    if by is not None:
        receivers.pop(by.pk, None)
    for involved in _INVOLVED if subject is not None else ():
        for key in involved(ref(subject)):
            receivers.pop(key, None)
    if not receivers:
        return 0
    about = about if isinstance(about, str) else ref(about)
    unread = Notice.objects.filter(kind=kind, about=about, read_at=None)
    unread.filter(to__in=receivers).delete()
    Notice.objects.bulk_create(
        [
            Notice(
                to=person,
                kind=kind,
                about=about,
                subject=ref(subject),
                sentence=sentence[:300],
                url=url,
                letter_subject=letter.subject if letter else "",
                letter_text=letter.text if letter else "",
            )
            for person in receivers.values()
        ],
        ignore_conflicts=True,  # two told at once of the same: one is enough
    )
    if letter:
        made = unread.filter(to__in=receivers, mailed_at=None).exclude(to__email="")
        if keys := list(made.order_by("pk").values_list("pk", flat=True)):
            queue.later("core.jobs.deliver", *keys)
    return len(receivers)


def settle(kind: str, about: Model, *, of: Iterable | None = None) -> None:
    """The thing is done, whoever did it: nobody, or none of these people, need look any more."""
    unread = Notice.objects.filter(kind=kind, about=ref(about), read_at=None)
    if of is not None:
        unread = unread.filter(to__in=of)
    unread.update(read_at=calendar.now())


def forget(people: Iterable[int], subject: Model) -> None:
    """These people are involved now: what they were told about the subject is gone."""
    Notice.objects.filter(to__in=people, subject=ref(subject)).delete()


def read(notice: Notice) -> None:
    """Its receiver has seen it."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=calendar.now())


def read_all(user) -> int:
    """The person has seen all there is; return how many were unread."""
    return Notice.objects.visible_to(user).unread().update(read_at=calendar.now())


def prune() -> int:
    """What was read a year ago is gone; called by the clock."""
    return Notice.objects.filter(read_at__lt=calendar.now() - KEPT).delete()[0]
