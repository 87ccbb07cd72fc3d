"""The front page: a lead story, a rail, the map, honours, the way to introduce somebody."""

from ..release.pages import together
from ..site import Site
from . import cards, honours, places
from .paging import inputs_of, leaves, older

RAIL, HONOURED = 5, 6


def pages(site: Site):
    """`/`, and the list of all stories."""
    stories = site.stories
    honoured = honours.entries()[:HONOURED]
    context = {
        "lead": stories[0] if stories else None,
        "rail": stories[1 : RAIL + 1],
        "more": stories[RAIL + 1 : RAIL + 4],
        "honoured": honoured,
        "cards": len(site.cards),
        "tiles": places.tiles(site),
        "fields": [(one.subject, one.path) for one in site.fields],
    }
    inputs = [source for story in stories[: RAIL + 4] for source in story.inputs]
    inputs += [cards.honour_input(entry, entry.exemplar) for entry in honoured]
    inputs += together(one.input for one in site.cards)  # they are counted on the map
    yield site.page("/", "home.html", context, tuple(inputs))
    found = leaves(stories, "/chuyen/")
    yield site.page("/chuyen/", "stories.html", {"leaf": found[0]}, inputs_of(found[0]))
    yield from older(site, found, "Chuyện cũ hơn")
