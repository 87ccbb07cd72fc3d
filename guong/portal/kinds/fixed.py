"""Pages with no words but the package's own: check, transparency, shells, «không có» and «đã gỡ»."""

import json
import tempfile
from pathlib import Path

from django.conf import settings

from guong.units.models import Unit

from .. import searchfile
from ..models import ReleaseRecord
from ..release.pages import Input, Page
from ..site import Site

NOINDEX = (("x-robots-tag", "noindex"),)
TRANSPARENCY = "/minh-bach/"


def pages(site: Site):
    """The fixed pages, the search file, robots and sitemap."""
    yield site.page("/kiem-tra/", "check.html", {})
    history = list(ReleaseRecord.objects.order_by("-number")[:50])
    # A file whose name is its own hash goes with every change of the package: nobody's page.
    removals = [
        (row, path) for row in history for path in row.removed if not path.startswith("/a/")
    ]
    yield site.page(
        TRANSPARENCY,
        "transparency.html",
        {"history": history, "removals": removals, "number": site.number, "at": site.at},
    )
    yield site.page("/404.html", "404.html", {}, status=404, headers=NOINDEX)
    yield site.page("/410.html", "410.html", {}, status=410, headers=NOINDEX)
    yield site.page("/tim/shell.html", "search.html", {}, headers=NOINDEX)
    places = {"communes": list(Unit.objects.standing().communes().order_by("sort_key"))}
    yield site.page("/gioi-thieu/", "tip.html", places)
    yield site.page("/gui/gioi-thieu/shell.html", "tip.html", places, headers=NOINDEX)
    yield Page("/robots.txt", _robots(site), "text/plain; charset=utf-8", (site.own,))
    yield Page("/sitemap.xml", _sitemap(site), "application/xml; charset=utf-8", _inputs(site))
    yield Page(
        "/so-lieu.json",
        json.dumps({}).encode(),
        "application/json",
        (Input("numbers", "0" * 64, (), numbers_only=True),),
    )
    yield Page("/tim/search.sqlite3", _search(site), "application/octet-stream", _inputs(site))


def _inputs(site: Site) -> tuple[Input, ...]:
    return (site.own, *(one.input for one in (*site.stories, *site.cards)))


def _robots(site: Site) -> bytes:
    return (
        "User-agent: *\nDisallow: /tim/\nDisallow: /gui/\n"
        f"Sitemap: {settings.PORTAL_URL}/sitemap.xml\n"
    ).encode()


def _sitemap(site: Site) -> bytes:
    paths = ["/", "/chuyen/", "/guong/", "/ton-vinh/", "/kiem-tra/", TRANSPARENCY, "/gioi-thieu/"]
    paths += [one.path for one in (*site.stories, *site.cards)]
    rows = "".join(f"<url><loc>{settings.PORTAL_URL}{path}</loc></url>" for path in paths)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    ).encode()


def _search(site: Site) -> bytes:
    documents = [
        searchfile.Document(
            path=one.path,
            title=one.title,
            text=f"{one.content['lead']} {one.exemplar.full_name} {one.place}",
            kind="Chuyện",
            field=str(one.exemplar.field or ""),
            place=one.place,
            year=one.released_on.year,
            lead=one.content["lead"],
            on=one.released_on.isoformat(),
        )
        for one in site.stories
    ] + [
        searchfile.Document(
            path=one.path,
            title=one.shown_name,
            text=f"{one.exemplar.summary} {one.place} {one.exemplar.occupation}",
            kind="Điển hình",
            field=str(one.exemplar.field or ""),
            place=one.place,
            year=one.decision.signed_on.year,
            lead=one.exemplar.summary[:200],
            on=one.decision.signed_on.isoformat(),
        )
        for one in site.cards
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "search.sqlite3"
        searchfile.write(target, documents)
        return target.read_bytes()
