"""Pages with no words but the package's own: check, privacy, shells, «không có» and «đã gỡ»."""

import hashlib
import json
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from guong.units.models import Unit

from .. import searchfile
from ..models import DailyReading
from ..release.pages import FOREVER, Input, Page, together
from ..site import Site

NOINDEX = ("x-robots-tag", "noindex")
TRANSPARENCY = "/minh-bach/"


def pages(site: Site):
    """The fixed pages, the search file, robots and sitemap."""
    yield site.page("/kiem-tra/", "check.html", {})
    yield site.page("/rieng-tu/", "privacy.html", {})
    yield site.page("/tiep-can/", "accessibility.html", {})
    yield site.page("/404.html", "404.html", {}, status=404, headers=(NOINDEX,))
    yield site.page("/410.html", "410.html", {}, status=410, headers=(NOINDEX,))
    yield site.page("/tim/shell.html", "search.html", {}, headers=(NOINDEX,))
    places = {"communes": list(Unit.objects.standing().communes().order_by("sort_key"))}
    yield site.page("/gioi-thieu/", "tip.html", places)
    yield site.page("/gui/gioi-thieu/shell.html", "tip.html", places, headers=(NOINDEX,))
    card = site.share_card
    yield Page(card.path, card.drawn, "image/png", (site.own,), cache=FOREVER, shown=card.path)
    yield Page("/robots.txt", _robots(site), "text/plain; charset=utf-8", (site.own,))
    yield numbers()
    known = (site.own, *together(site.inputs))
    yield Page("/tim/search.sqlite3", lambda: _search(site), "application/octet-stream", known)


def numbers() -> Page:
    """How often each story was read; the one page nobody has to approve."""
    rows = DailyReading.objects.values_list("page").annotate(total=Sum("number")).order_by("page")
    body = json.dumps(dict(rows)).encode()
    source = Input("numbers", hashlib.sha256(body).hexdigest(), (), numbers_only=True)
    return Page("/so-lieu.json", body, "application/json", (source,))


def _robots(site: Site) -> bytes:
    return (
        "User-agent: *\nDisallow: /tim/\nDisallow: /gui/\n"
        f"Sitemap: {settings.PORTAL_URL}/sitemap.xml\n"
    ).encode()


def _search(site: Site) -> bytes:
    from . import documents

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "search.sqlite3"
        searchfile.write(target, documents(site))
        return target.read_bytes()
