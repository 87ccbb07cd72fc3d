"""«Kho cách làm hay»: models, and whatever somebody else has taken over, most followed first."""

from dataclasses import dataclass
from itertools import groupby

from guong.exemplars.models import Exemplar

from ..release.pages import Input
from ..site import Site
from .cards import PublicCard

ROOT = "/cach-lam/"
BY_PLACE = f"{ROOT}theo-noi/"


@dataclass(frozen=True)
class Practice:
    """A way of working that can be taken over."""

    card: PublicCard

    @property
    def picture(self):
        return next((story.picture for story in self.card.stories if story.picture), None)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Who stands for the card, and for the stories its picture and steps are taken from."""
        told = (source for story in self.card.stories for source in story.inputs)
        return (*self.card.inputs, *told)

    @property
    def steps(self) -> tuple:
        """How it is done, as the first story that tells it does."""
        return self.told.steps if self.told else ()

    @property
    def told(self):
        """The story that tells the way step by step, if there is one."""
        return next((story for story in self.card.stories if story.steps), None)

    @property
    def measured(self):
        """The first achievement that is proven and has a figure."""
        proven = (one for one in self.card.claims if one.is_proven and one.claim.after is not None)
        return next(proven, None)

    @property
    def followers(self) -> int:
        return len(self.card.adoptions)


def standing(site: Site) -> list[Practice]:
    """Every way of working there is, most followed first."""
    found = [Practice(card) for card in site.cards if _can_be_followed(card)]
    return sorted(found, key=lambda one: (-one.followers, one.card.exemplar.sort_key))


def _can_be_followed(card: PublicCard) -> bool:
    return card.exemplar.kind == Exemplar.Kind.MODEL or bool(card.adoptions)


def pages(site: Site):
    """The library by field, and by place."""
    found = standing(site)
    inputs = tuple(source for one in found for source in one.inputs)
    by_field = _grouped(found, lambda one: str(one.card.exemplar.field or "Lĩnh vực khác"))
    yield site.page(ROOT, "practices.html", {"groups": by_field, "total": len(found)}, inputs)
    by_place = _grouped(found, lambda one: one.card.place)
    context = {"groups": by_place, "total": len(found), "is_by_place": True}
    yield site.page(BY_PLACE, "practices.html", context, inputs)


def _grouped(practices: list[Practice], named) -> list[tuple[str, list[Practice]]]:
    ordered = sorted(practices, key=named)  # stable: most followed first stays so
    return [(name, list(rows)) for name, rows in groupby(ordered, named)]
