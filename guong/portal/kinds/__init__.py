"""One file for each kind of page of the portal: `pages(site)` yields what it brings to a release,
`documents(site)`, where there is one, what the search is to know of it.
"""

from . import (
    answers,
    cards,
    certificates,
    feeds,
    fields,
    fixed,
    home,
    honours,
    movements,
    places,
    practices,
    statistics,
    stories,
    transparency,
    words,
)

ALL = (
    home,
    stories,
    cards,
    places,
    fields,
    practices,
    honours,
    movements,
    answers,
    certificates,
    statistics,
    feeds,
    words,
    transparency,
    fixed,
)


def documents(site):
    """Everything the search file of this release holds."""
    for kind in ALL:
        if hasattr(kind, "documents"):
            yield from kind.documents(site)
