"""Fields of life: what there is in each."""

from ..release.pages import together
from ..site import Site
from .around import FIELDS, Gathered, gather, path_of_field


def standing(site: Site) -> list[Gathered]:
    """The fields something can be read about, in their official order."""
    found = gather(site, lambda one: one.field and (one.field, path_of_field(one.field)))
    return sorted(found.values(), key=lambda one: (one.subject.order, one.subject.pk))


def pages(site: Site):
    """The list of fields, and a page and a feed for each."""
    rows = [(one.subject, one.path, len(one.cards), len(one.stories)) for one in site.fields]
    yield site.page(FIELDS, "fields.html", {"fields": rows}, together(site.inputs))
    for one in site.fields:
        yield from one.pages(site, "field.html", "field")
