"""What stands on the portal and may no longer be shown, and the release that is only without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from guong.core.signing.places import Places
from guong.core.signing.rules import address
from guong.direction.models import Movement
from guong.discovery.models import LeadAnswer, Letter
from guong.exemplars.models import Consent, Exemplar, MovementEntry
from guong.honours.models import HonourEntry
from guong.publicity.models import StoryApproval
from guong.recognition.models import Decision
from guong.replication.models import Adoption

from . import selectors
from .kinds.fixed import TRANSPARENCY
from .release import builder, catalogue
from .release.pages import ALL
from .site import Site

LARGE = 50_000  # files of a release; some half a minute for all the lists


def _stories() -> Iterable[str]:
    public = StoryApproval.objects.public()
    # The older text of a story that has been corrected: out with the next release, not at once.
    replaced = Q(state=StoryApproval.State.WITHDRAWN, withdrawn_on=None)
    rows = StoryApproval.objects.filter(
        Q(pk__in=public.values("pk")) | (replaced & Q(page__in=public.values("page")))
    )
    return map(str, rows.values_list("pk", flat=True))


def _cards() -> Iterable[str]:
    rows = Exemplar.objects.public().only("code", "kind", "birth_year")
    return (row.code for row in rows if not row.is_minor)


def _ids(rows) -> Iterable[str]:
    return map(str, rows.values_list("pk", flat=True))


# Kind of input → what of it may be shown today. Another kind concerns nobody who could be taken off.
MAY_BE_SHOWN = {
    "story": _stories,
    "card": _cards,
    "picture": lambda: Consent.objects.to_pictures().values_list("exemplar__code", flat=True),
    "honour": lambda: _ids(HonourEntry.objects.public()),
    "adoption": lambda: _ids(Adoption.objects.public()),
    "comment": lambda: _ids(Letter.objects.public()),
    "answer": lambda: _ids(LeadAnswer.objects.public()),
    "decision": lambda: _ids(Decision.objects.public()),
    "movement": lambda: _ids(Movement.objects.public()),
    "tie": lambda: _ids(MovementEntry.objects.public()),
}


@dataclass(frozen=True)
class Overdue:
    """What must leave the portal: inputs, and the pages that are of such an input alone."""

    keys: frozenset[str]
    paths: frozenset[str]

    def __bool__(self):
        return bool(self.keys)


def overdue() -> Overdue:
    """What the standing release still shows although a consent ran out, a hold was placed, …"""
    shown = _shown()
    keys = forbidden({key for keys in shown.values() for key in keys})
    paths = {path for path, named in shown.items() if _is_only_of(path, named, keys)}
    return Overdue(frozenset(keys), frozenset(paths))


def _is_only_of(path: str, named: list[str], keys: set[str]) -> bool:
    """A page or picture of something forbidden alone; any other page goes on without it."""
    if path.startswith(selectors.FILES):
        return not keys.isdisjoint(named)
    return selectors.is_of_one(path) and named[:1] != [] and named[0] in keys


def forbidden(keys: Iterable[str]) -> set[str]:
    """Which of these inputs may not be shown today."""
    told = [key.partition(":") for key in keys]
    return {
        f"{kind}:{name}"
        for kind, may_be_shown in MAY_BE_SHOWN.items()
        for name in {name for of, _, name in told if of == kind}.difference(may_be_shown())
    }


def _shown() -> dict[str, list[str]]:
    home = Path(settings.HOME)
    return _shown_by(home, Places(home).current_number())


@lru_cache(maxsize=1)  # asked every minute
def _shown_by(home: Path, number: int | None) -> dict[str, list[str]]:
    """Address → keys of the inputs (the page's own first) of every page that is not «đã gỡ»."""
    return {
        address(name): [
            source["key"] for source in entry["custom"]["inputs"] if source["key"] != "site"
        ]
        for name, entry in catalogue.entries(home, number).items()
        if "encoding" not in entry["custom"] and entry["custom"].get("status") != 410
    }


def reduced(found: Overdue, at: datetime) -> builder.Built:
    """The standing release, unsigned, without what was found: pages, pictures, each mention in a list.

    What waits for its own release goes on waiting. Raises as `selectors.built`.
    """
    shown, number = _shown(), _next()
    touched = {path for path, keys in shown.items() if {*keys} & {*found.keys, ALL}} - found.paths
    site = Site(at, number, only=frozenset(shown) - found.paths)
    made = {page.path: page for page in selectors.pages(site)}
    wanted = touched | found.paths | {TRANSPARENCY}  # a picture may be of another story too
    again = [page for path, page in made.items() if path in wanted]
    return builder.amend(settings.HOME, again, number, at, gone=wanted - made.keys())


def is_large() -> bool:
    """Whether making the lists anew takes so long that what is removed must not wait for it."""
    home = Path(settings.HOME)
    return len(catalogue.entries(home, Places(home).current_number())) > LARGE


def buried(found: Overdue, at: datetime) -> builder.Built | None:
    """Only what is of those alone answers «đã gỡ»; None when it does already.

    For when lists cannot be made anew, because the package waits for its second administrator or
    a file of another story is damaged: that must not keep a person on the portal.
    """
    if not found.paths:
        return None
    return builder.amend(settings.HOME, [], _next(), at, gone=found.paths)


def _next() -> int:
    return catalogue.next_number(settings.HOME)
