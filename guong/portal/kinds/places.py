"""What there is in one commune, and the tile map of all of them as a way in."""

import csv
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from guong.units.models import Unit

from ..searchfile import Document
from ..site import Site
from . import feeds
from .around import PLACES, commune_of, path_of_place

TILES = Path(__file__).parents[1] / "data" / "tiles.csv"
SIDE = 44  # of a tile, in units of the drawing
STEPS = (1, 3, 6, 10)  # from how many on a tile is one shade darker
SEATS = {"23575", "21583"}  # Pleiku, Quy Nhơn


@dataclass
class Place:
    """A commune with at least one card or story."""

    unit: Unit
    stories: list = field(default_factory=list)
    cards: list = field(default_factory=list)

    @property
    def path(self) -> str:
        return path_of_place(self.unit)

    @property
    def feed(self) -> str:
        return f"{self.path}tin.xml"

    @cached_property
    def inputs(self) -> tuple:
        return tuple(one.input for one in (*self.stories, *self.cards))


@dataclass(frozen=True)
class Tile:
    """One commune on the map: how many cards it has, where it leads (nowhere while it has none)."""

    name: str
    number: int
    path: str
    x: int
    y: int
    is_seat: bool

    @property
    def shade(self) -> int:
        return sum(self.number >= step for step in STEPS)

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + 21, self.y + 27


def standing(site: Site) -> dict[int, Place]:
    """Every commune something can be read about, by its id."""
    found: dict[int, Place] = {}
    for name, rows in (("stories", site.stories), ("cards", site.cards)):
        for row in rows:
            unit = commune_of(row.exemplar)
            if unit is not None:
                getattr(found.setdefault(unit.pk, Place(unit)), name).append(row)
    return found


def tiles(site: Site) -> list[Tile]:
    """All communes of the map that stand today, row by row."""
    communes = {unit.code: unit for unit in Unit.objects.standing().communes()}
    with TILES.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (int(row["row"]), int(row["column"])))
    return [_tile(row, communes[row["code"]], site) for row in rows if row["code"] in communes]


def _tile(row: dict, unit: Unit, site: Site) -> Tile:
    place = site.places.get(unit.pk)
    return Tile(
        name=str(unit),
        number=len(place.cards) if place else 0,
        path=place.path if place else "",
        x=int(row["column"]) * SIDE + 1,
        y=int(row["row"]) * SIDE + 1,
        is_seat=row["code"] in SEATS,
    )


def pages(site: Site):
    """The map with its table, and a page and a feed for each place."""
    places = sorted(site.places.values(), key=lambda place: place.unit.sort_key)
    every = tuple(one for place in places for one in place.inputs)
    yield site.page(PLACES, "places.html", {"tiles": tiles(site), "places": places}, every)
    for place in places:
        yield site.page(place.path, "place.html", {"place": place}, place.inputs)
        if place.stories:
            yield feeds.page(site, place.feed, f"{place.unit}: chuyện mới", place.stories)


def documents(site: Site):
    """Places as the search knows them."""
    for place in site.places.values():
        yield Document(
            path=place.path,
            title=str(place.unit),
            kind="Nơi",
            place=str(place.unit),
            lead=f"{len(place.cards)} gương, {len(place.stories)} chuyện ở đây.",
        )
