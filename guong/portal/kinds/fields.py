"""Fields of life: what there is in each."""

from dataclasses import dataclass, field

from guong.units.models import Field

from ..site import Site
from . import feeds
from .around import FIELDS, path_of_field


@dataclass
class FieldPage:
    """A field with at least one card or story."""

    field: Field
    stories: list = field(default_factory=list)
    cards: list = field(default_factory=list)

    @property
    def path(self) -> str:
        return path_of_field(self.field)

    @property
    def feed(self) -> str:
        return f"{self.path}tin.xml"

    @property
    def inputs(self) -> tuple:
        return tuple(one.input for one in (*self.stories, *self.cards))


def standing(site: Site) -> list[FieldPage]:
    """The fields something can be read about, in their official order."""
    found: dict[int, FieldPage] = {}
    for name, rows in (("stories", site.stories), ("cards", site.cards)):
        for row in rows:
            subject = row.exemplar.field
            if subject is not None:
                getattr(found.setdefault(subject.pk, FieldPage(subject)), name).append(row)
    return sorted(found.values(), key=lambda page: (page.field.order, page.field.pk))


def pages(site: Site):
    """The list of fields, and a page and a feed for each."""
    every = tuple(one for page in site.fields for one in page.inputs)
    yield site.page(FIELDS, "fields.html", {"fields": site.fields}, every)
    for one in site.fields:
        yield site.page(one.path, "field.html", {"field": one}, one.inputs)
        if one.stories:
            yield feeds.page(site, one.feed, f"{one.field}: chuyện mới", one.stories)
