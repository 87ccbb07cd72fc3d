"""One visit of a newspaper: its feed or page, then the few articles that are new."""

import time
from collections.abc import Callable, Iterator

from django.conf import settings

from guong.core import calendar
from guong.units.models import User

from . import actions, articles, selectors
from .fetching import Fetcher, NotFetched
from .models import PressItem, PressSource

MOST_NEW = 10  # articles opened in one visit
PAUSE = 1.0  # seconds between two of them
WHILE_WAITING = 8.0  # seconds, when somebody sits before the screen
NO_NETWORK = "Máy này chưa được phép ra mạng. Mở bài, chép lời và dán vào đây."


def visit(
    source: PressSource,
    *,
    by: User,
    fetcher: Fetcher,
    pause: Callable[[float], None] = time.sleep,
) -> list[PressItem]:
    """What is new at the source is in the list; or the source tells why it could not be read."""
    try:
        got = fetcher.get(source.address, etag=source.etag, modified=source.modified)
        is_feed = source.kind == PressSource.Kind.FEED
        links = [] if got.is_unchanged else (
            articles.links_of_feed(got) if is_feed else articles.links_of_page(got)
        )  # fmt: skip
    except NotFetched as trouble:
        return actions.keep_reading(source=source, by=by, trouble=str(trouble))
    if got.is_unchanged:
        kept = {"etag": source.etag, "modified": source.modified}
        return actions.keep_reading(source=source, by=by, **kept)
    unknown = _unknown(links)
    found = list(_read(_in_turn(unknown), fetcher, pause))
    # Told only when nothing was left: else the server would say «unchanged» and the rest never come.
    kept = {"etag": got.etag, "modified": got.modified} if len(found) == len(unknown) else {}
    return actions.keep_reading(source=source, by=by, articles=found, **kept)


def _unknown(links: list[articles.Link]) -> list[articles.Link]:
    keys = {articles.address_key(link.address): link for link in links}
    known = PressItem.objects.filter(address_key__in=keys).values_list("address_key", flat=True)
    return [link for key, link in keys.items() if key not in set(known)]


def _in_turn(links: list[articles.Link]) -> list[articles.Link]:
    """The first few; another few each hour, so that pages without an article hold nobody up."""
    if len(links) <= MOST_NEW:
        return links
    start = calendar.now().hour * MOST_NEW % len(links)
    return (links[start:] + links[:start])[:MOST_NEW]


def _read(
    links: list[articles.Link], fetcher: Fetcher, pause: Callable[[float], None]
) -> Iterator[articles.Article]:
    for link in links:
        if len(link.text) >= articles.SHORTEST:  # the feed brought the whole of it
            yield articles.Article(link.title, link.text, link.published_on, link.address)
            continue
        pause(PAUSE)
        try:
            yield articles.article_of(fetcher.get(link.address), link)
        except NotFetched:
            continue  # a gallery, a film, a page of links


def article_at(address: str, fetcher: Fetcher | None = None) -> articles.Article:
    """The article somebody gave the address of. Raises NotFetched, saying what to do instead."""
    if not settings.PRESS_FETCH:
        raise NotFetched(NO_NETWORK)
    fetcher = fetcher or Fetcher(selectors.listed_hosts(), seconds=WHILE_WAITING)
    return articles.article_of(fetcher.get(address), articles.Link(address))
