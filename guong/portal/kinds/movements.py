"""Emulation movements: what each is for, and who and what came of it."""

from dataclasses import dataclass

from guong.core.vietnamese import slug
from guong.direction.models import Movement
from guong.exemplars.models import MovementEntry

from ..release.pages import Input, together
from ..searchfile import Document
from ..site import Site, digest, person
from .paging import inputs_of, leaves, older

MOVEMENTS = "/phong-trao/"


@dataclass(frozen=True)
class Told:
    """One movement, with the cards and stories of this release that are tied to it."""

    path: str
    movement: Movement
    cards: list
    stories: list
    inputs: tuple[Input, ...]  # of the movement and of each tie


def path_of(movement: Movement) -> str:
    # With the number: two movements of different years may bear one name.
    return f"{MOVEMENTS}{slug(movement.name)[:80]}-{movement.pk}/"


def input_of(movement: Movement) -> Input:
    """Who vouches for what is said of a movement."""
    said = [
        movement.name,
        movement.kind,
        str(movement.launcher),
        str(movement.directive or ""),
        movement.goals,
        movement.scope,
        movement.criteria,
        movement.measures,
        str(movement.starts_on),
        str(movement.ends_on or ""),
    ]
    persons = (person(movement.entered_by), person(movement.confirmed_by))
    return Input(f"movement:{movement.pk}", digest(said), persons)


def tie_input(entry: MovementEntry) -> Input:
    """Who says that an exemplar came of a movement, and who agrees."""
    persons = (person(entry.entered_by), person(entry.confirmed_by))
    return Input(f"tie:{entry.pk}", digest([entry.movement_id, entry.exemplar_id]), persons)


def standing(site: Site) -> list[Told]:
    """Every movement two persons stand for, the newest first."""
    ties: dict[int, list[MovementEntry]] = {}
    rows = MovementEntry.objects.public().select_related("entered_by", "confirmed_by")
    for entry in rows.order_by("pk"):
        ties.setdefault(entry.movement_id, []).append(entry)
    movements = (
        Movement.objects.public()
        .select_related("launcher", "directive", "entered_by", "confirmed_by")
        .order_by("-starts_on", "-pk")
    )
    return [_told(movement, ties.get(movement.pk, []), site) for movement in movements]


def _told(movement: Movement, ties: list[MovementEntry], site: Site) -> Told:
    named = {entry.exemplar_id for entry in ties}
    shown = [one for one in site.cards if one.exemplar.pk in named]
    told = [one for one in site.stories if one.exemplar.pk in named]
    seen = {one.exemplar.pk for one in (*shown, *told)}
    inputs = [tie_input(entry) for entry in ties if entry.exemplar_id in seen]
    return Told(path_of(movement), movement, shown, told, (input_of(movement), *inputs))


def pages(site: Site):
    """The list of movements and a page for each."""
    found = site.movements
    rows = [(one.movement, one.path, len(one.cards), len(one.stories)) for one in found]
    inputs = together(source for one in found for source in one.inputs)
    yield site.page(MOVEMENTS, "movements.html", {"movements": rows}, inputs)
    for one in found:
        shown = leaves(one.cards, f"{one.path}guong/")
        told = leaves(one.stories, f"{one.path}chuyen/")
        context = {
            "movement": one.movement,
            "cards": shown[0],
            "stories": told[0],
            "numbers": {"cards": len(one.cards), "stories": len(one.stories)},
        }
        inputs = (*one.inputs, *inputs_of(shown[0], told[0]))
        yield site.page(one.path, "movement.html", context, inputs)
        yield from older(site, shown, f"{one.movement}: gương khác")
        yield from older(site, told, f"{one.movement}: chuyện cũ hơn")


def documents(site: Site):
    """Movements as the search knows them."""
    for one in site.movements:
        yield Document(
            path=one.path,
            title=one.movement.name,
            text=f"{one.movement.goals} {one.movement.scope} {one.movement.criteria}",
            kind="Phong trào",
            year=one.movement.starts_on.year,
            lead=one.movement.goals[:200],
            on=one.movement.starts_on.isoformat(),
        )
