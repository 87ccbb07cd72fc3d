"""Where an exemplar belongs on the portal: its commune, its field, and what is at their addresses."""

from dataclasses import dataclass, field

from guong.core.vietnamese import slug
from guong.exemplars.models import Exemplar
from guong.units.models import Field, Unit

from ..site import Site
from . import feeds
from .paging import inputs_of, leaves, older

PLACES, FIELDS = "/noi/", "/linh-vuc/"


def path_of_place(unit: Unit) -> str:
    # With the code: two communes may bear one name.
    return f"{PLACES}{slug(str(unit))}-{slug(unit.code)}/"


def path_of_field(subject: Field) -> str:
    return f"{FIELDS}{slug(subject.code)}/"


def commune_of(exemplar: Exemplar) -> Unit | None:
    """Where the exemplar is at home, if that is a commune at all."""
    unit = exemplar.commune or exemplar.unit
    return unit if unit.kind == Unit.Kind.COMMUNE else None


@dataclass
class Gathered:
    """What there is in one commune, or in one field of life: at least one card or story."""

    subject: Unit | Field
    path: str
    stories: list = field(default_factory=list)
    cards: list = field(default_factory=list)

    @property
    def feed(self) -> str:
        return f"{self.path}tin.xml"

    def pages(self, site: Site, template: str, name: str):
        """Its page, older leaves, and a feed where there are stories."""
        stories = leaves(self.stories, self.path)
        cards = leaves(self.cards, f"{self.path}guong/")
        context = {
            name: self.subject,
            "stories": stories[0],
            "cards": cards[0],
            "numbers": {"stories": len(self.stories), "cards": len(self.cards)},
            "feed": self.feed,
        }
        yield site.page(self.path, template, context, inputs_of(stories[0], cards[0]))
        yield from older(site, stories, f"{self.subject}: chuyện cũ hơn")
        yield from older(site, cards, f"{self.subject}: gương đã công nhận trước")
        if self.stories:
            yield feeds.page(site, self.feed, f"{self.subject}: chuyện mới", self.stories)


def gather(site: Site, key) -> dict[int, Gathered]:
    """Stories and cards by what `key` says of their exemplar: (subject, path), or None."""
    found: dict[int, Gathered] = {}
    for name, rows in (("stories", site.stories), ("cards", site.cards)):
        for row in rows:
            where = key(row.exemplar)
            if where is not None:
                subject, path = where
                gathered = found.setdefault(subject.pk, Gathered(subject, path))
                getattr(gathered, name).append(row)
    return found


class Around:
    """What a story and a card say of their exemplar's surroundings. Needs `exemplar`."""

    exemplar: Exemplar

    @property
    def place(self) -> str:
        return str(self.exemplar.commune or self.exemplar.unit)

    @property
    def place_path(self) -> str:
        unit = commune_of(self.exemplar)
        return path_of_place(unit) if unit else ""

    @property
    def field(self) -> str:
        return str(self.exemplar.field or "")

    @property
    def field_path(self) -> str:
        return path_of_field(self.exemplar.field) if self.exemplar.field else ""
