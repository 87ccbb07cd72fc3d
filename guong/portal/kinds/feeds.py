"""Atom feeds: all stories, those of a field, those of a place."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from ..release.pages import Page
from ..site import Site

ATOM = "application/atom+xml; charset=utf-8"
MOST = 30
ALL = "/tin.xml"


def pages(site: Site):
    """The feed of everything."""
    yield page(site, ALL, "Gương – chuyện mới", site.stories)


def page(site: Site, path: str, title: str, stories: list) -> Page:
    """A feed of the newest stories; its time is theirs, so that the same stories are the same bytes."""
    shown = stories[:MOST]
    address = settings.PORTAL_URL + path
    feed = Atom1Feed(title, address, "", language="vi", feed_url=address)
    for story in shown:
        day = _moment(story.released_on)
        link = settings.PORTAL_URL + story.path
        feed.add_item(
            story.title,
            link,
            story.content["lead"],
            author_name=story.content["byline"] or "Gương",
            pubdate=day,
            updateddate=day,
            unique_id=link,
        )
    inputs = (site.own, *(story.input for story in shown))
    # The empty feed has no time of its own: that of the release would change it every time.
    body = feed.writeString("utf-8") if shown else _empty(title, address)
    return Page(path, body.encode(), ATOM, inputs)


def _moment(day) -> datetime:
    return datetime.combine(day, time(), UTC)


def _empty(title: str, address: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="vi"><title>{title}</title><id>{address}</id>'
        "<updated>1970-01-01T00:00:00Z</updated></feed>"
    )
