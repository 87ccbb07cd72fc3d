"""What a release is made of right now, and what it would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from . import kinds
from .models import ReleaseRecord
from .release import builder, catalogue
from .release.pages import Page
from .site import Site


def pages(site: Site) -> Iterator[Page]:
    """Every page of the release in the making; the same address is given once."""
    seen = set()
    for page in (*site.asset_pages(), *(page for kind in kinds.ALL for page in kind.pages(site))):
        if page.path not in seen:
            seen.add(page.path)
            yield page


def gone(standing: set[str]) -> set[str]:
    """Addresses that were public once and are no longer: they answer 410."""
    removed: set[str] = set()
    for record in ReleaseRecord.objects.order_by("number"):
        removed |= set(record.removed)
        removed -= set(record.added)
    return {path for path in removed if path not in standing and not path.startswith("/a/")}


@dataclass(frozen=True)
class Difference:
    """What the next release would change, by address."""

    added: list[str]
    changed: list[str]
    removed: list[str]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def built(at: datetime) -> builder.Built:
    """The next release, laid down and unsigned. Raises NotConfirmed, PictureGone, BadPage, Busy."""
    number = catalogue.next_number(settings.HOME)
    found = list(pages(Site(at=at, number=number)))
    standing = {page.path for page in found}
    current = catalogue.current(settings.HOME)
    return builder.build(settings.HOME, found, number, at, gone=gone(standing) if current else ())
