"""Honour rolls: each entry entered by one person and confirmed by another."""

from guong.honours.models import HonourEntry

from ..site import Site
from . import cards


def entries() -> list[HonourEntry]:
    """Every public entry, newest roll first."""
    rows = HonourEntry.objects.public().select_related(
        "roll__organiser", "exemplar__commune", "exemplar__unit", "entered_by", "confirmed_by"
    )
    found = rows.order_by("-roll__given_on", "roll_id", "exemplar__sort_key", "pk")
    return [row for row in found if not row.exemplar.is_minor]


def pages(site: Site):
    """One page with every roll."""
    found = entries()
    lines = [(entry, cards.path_of(entry.exemplar)) for entry in found]
    inputs = tuple(cards.honour_input(entry, entry.exemplar) for entry in found)
    yield site.page("/ton-vinh/", "honours.html", {"lines": lines}, inputs)
