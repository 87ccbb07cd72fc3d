"""What there is in one commune, and the tile map of all of them as a way in."""

import csv
from dataclasses import dataclass
from pathlib import Path

from guong.exemplars.models import Exemplar
from guong.units.models import Unit

from ..release.pages import together
from ..searchfile import Document
from ..site import Site
from .around import PLACES, Gathered, commune_of, gather, path_of_place

TILES = Path(__file__).parents[1] / "data" / "tiles.csv"
SIDE = 44  # of a tile, in units of the drawing
STEPS = (1, 3, 6, 10)  # from how many on a tile is one shade darker
SEATS = {"23575", "21583"}  # Pleiku, Quy Nhơn


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


def standing(site: Site) -> dict[int, Gathered]:
    """Every commune something can be read about, by its id."""
    return gather(site, _where)


def _where(exemplar: Exemplar) -> tuple[Unit, str] | None:
    unit = commune_of(exemplar)
    return (unit, path_of_place(unit)) if unit else None


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
    places = sorted(site.places.values(), key=lambda place: place.subject.sort_key)
    rows = [(one.subject, one.path, len(one.cards), len(one.stories)) for one in places]
    context = {"tiles": tiles(site), "places": rows}
    yield site.page(PLACES, "places.html", context, together(site.inputs))
    for place in places:
        yield from place.pages(site, "place.html", "unit")


def documents(site: Site):
    """Places as the search knows them."""
    for place in site.places.values():
        yield Document(
            path=place.path,
            title=str(place.subject),
            kind="Nơi",
            place=str(place.subject),
            lead=f"{len(place.cards)} gương, {len(place.stories)} chuyện ở đây.",
        )
