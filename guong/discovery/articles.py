"""What a feed or a page holds: links to articles, and the words of one. No network, no record."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from time import struct_time
from urllib.parse import urljoin, urlsplit, urlunsplit

from guong.core.vietnamese import clean_line, clean_text, fold

from .fetching import Fetched, NotFetched, netloc_of

MOST_LINKS = 60  # of one feed or page
SHORTEST = 200  # signs; less is a teaser
LONGEST = 60_000
# What a page's address ends with when it is an article, on the papers we know: a number or .html.
LOOKS_LIKE_ARTICLE = re.compile(r"(?:\d{4,}|\.html?|\.vov|\.ldo|\.htm)$")


@dataclass(frozen=True)
class Link:
    """An article that is somewhere: what the feed or page says of it."""

    address: str
    title: str = ""
    text: str = ""  # when the feed brings the whole of it
    published_on: date | None = None


@dataclass(frozen=True)
class Article:
    """The words of one article, cleaned."""

    title: str
    text: str
    published_on: date | None = None
    address: str = ""

    @property
    def fingerprint(self) -> str:
        """The same words under another address, headline or layout are the same article."""
        words = re.sub(r"\W+", "", fold(self.text))
        return hashlib.sha256((words or fold(self.title)).encode()).hexdigest()


def address_key(address: str) -> str:
    """An address as compared: without what comes after «#», without scheme and tracking words."""
    parts = urlsplit(address)
    query = "&".join(
        pair
        for pair in parts.query.split("&")
        if not pair.lower().startswith(("utm_", "fbclid", "zarsrc"))
    )
    bare = urlunsplit(("", parts.netloc.lower(), parts.path.rstrip("/"), query, ""))
    return hashlib.sha256(bare.encode()).hexdigest() if parts.netloc else ""


# --- Links ----------------------------------------------------------------------
def links_of_feed(got: Fetched) -> list[Link]:
    """The entries of a feed, newest first as it gives them. Raises NotFetched when it is none."""
    import feedparser  # half a second to load, and only the worker needs it

    # From bytes alone: handed an address, the library would ask the network by itself.
    feed = feedparser.parse(
        io.BytesIO(got.body),
        response_headers={"content-type": f"{got.content_type}; charset={got.charset}"},
    )
    if not feed.entries and not feed.get("version"):
        raise NotFetched("Ở đó không phải nguồn tin RSS hay Atom. Chọn loại «Trang mục của báo».")
    return list(_on_host(map(_entry, feed.entries), got.address))[:MOST_LINKS]


def _entry(entry) -> Link:
    whole = "".join(part.get("value", "") for part in entry.get("content", []))
    return Link(
        address=entry.get("link", ""),
        title=_plain(entry.get("title", "")),
        text=_plain(whole),
        published_on=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _day(moment: struct_time | None) -> date | None:
    return date(*moment[:3]) if moment else None


def links_of_page(got: Fetched) -> list[Link]:
    """Links of a newspaper's section page that lead to articles on the same host."""
    from lxml import html

    try:
        # As bytes again: a page that declares its own coding is refused as text.
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.fromstring(_decoded(got).encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.ParserError) as broken:
        raise NotFetched("Không đọc được trang này.") from broken
    found = (
        Link(_joined(got.address, link.get("href")), clean_line(link.text_content())[:300])
        for link in tree.iter("a")
        if link.get("href")
    )
    likely = (link for link in found if LOOKS_LIKE_ARTICLE.search(urlsplit(link.address).path))
    return list(_on_host(likely, got.address))[:MOST_LINKS]


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # «http://[»
        return ""


def _on_host(links, address: str) -> Iterator[Link]:
    """Each once, and only those of the host that was read."""
    host, seen = netloc_of(address), set()
    for link in links:
        try:
            is_here = netloc_of(link.address) == host
        except NotFetched:
            continue
        key = address_key(link.address)
        if is_here and key not in seen and key != address_key(address):
            seen.add(key)
            yield link


# --- Words ----------------------------------------------------------------------
def _decoded(got: Fetched) -> str:
    """As the server said, as the page says, or as it looks; never fails."""
    for charset in (got.charset, "utf-8"):
        try:
            return got.body.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return got.body.decode("utf-8", "replace")


def _plain(markup: str) -> str:
    """Words of a piece of HTML as a feed brings it."""
    from lxml import html

    if "<" not in markup:
        return clean_text(markup)
    try:
        return clean_text(html.fromstring(f"<div>{markup}</div>").text_content())
    except (ValueError, html.etree.ParserError):
        return ""


def article_of(got: Fetched, link: Link) -> Article:
    """The article on a fetched page: headline, words, day. Raises NotFetched when there is none."""
    if got.content_type == "text/plain":
        return pasted(_decoded(got), address=got.address, published_on=link.published_on)
    import trafilatura

    found = trafilatura.bare_extraction(
        _decoded(got),
        url=got.address,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
    )
    text = clean_text(getattr(found, "text", "") or "")[:LONGEST]
    if len(text) < SHORTEST:
        raise NotFetched("Không tìm thấy lời bài trên trang này.")
    title = clean_line(link.title or getattr(found, "title", "") or text.split("\n", 1)[0])[:300]
    text = text.removeprefix(title).strip()
    return Article(
        title, text, link.published_on or _written_day(getattr(found, "date", "")), got.address
    )


def _written_day(day: str | None) -> date | None:
    try:
        return datetime.strptime(day or "", "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None


def pasted(text: str, *, address: str = "", published_on: date | None = None) -> Article:
    """Words somebody copied: the first line is the headline when it is short."""
    text = clean_text(text)[:LONGEST]
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= 200:
        return Article(first, rest.strip(), published_on, address)
    return Article(_shortened(text), text, published_on, address)


def _shortened(text: str) -> str:
    sentence = re.split(r"(?<=[.!?…])\s", text, maxsplit=1)[0]
    return sentence if len(sentence) <= 120 else sentence[:117].rsplit(" ", 1)[0] + "…"
