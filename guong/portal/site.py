"""What every page of a release stands on: time, assets by hash, and who vouches for the package."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string

from guong.discovery.models import Letter
from guong.exemplars.cards import claim_card
from guong.exemplars.models import Claim, Consent, Exemplar
from guong.honours.models import HonourEntry
from guong.replication.models import Adoption
from guong.units.models import User

from . import sharecards
from .fingerprint import Fingerprints
from .models import SiteInput
from .release.pages import FOREVER, Input, Page

ROOM = Path(__file__).parent
ASSETS = ROOM / "static" / "portal"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
HTML = "text/html; charset=utf-8"
# Templates of the office: no reader of the portal sees them.
OFFICE = {
    "_changes.html",
    "_removed.html",
    "changes.html",
    "desk.html",
    "difference.html",
    "take_downs.html",
}
AT_ONCE = 2000  # rows: their related rows are asked for by as many ids


class NotConfirmed(Exception):
    """The package's own pages have changed and two administrators have not looked; a sentence."""


def package_hash() -> str:
    """SHA-256 over everything the package itself brings to the portal: code, templates, assets."""
    hasher = hashlib.sha256()
    for folder in ("data", "kinds", "static", "templates"):
        for path in sorted((ROOM / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and path.name not in OFFICE:
                hasher.update(str(path.relative_to(ROOM)).encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


def confirmed_package() -> SiteInput:
    """The confirmation of the package as it is now. Raises NotConfirmed."""
    found = SiteInput.objects.filter(sha256=package_hash(), second_by__isnull=False).first()
    if found is None:
        raise NotConfirmed(
            "Phần trang cố định (mẫu, chữ, phông) đã đổi. Hai quản trị hệ thống xác nhận trên trang "
            "«Cổng công khai» rồi phát hành lại."
        )
    return found


def person(user: User) -> str:
    """How a person stands in public metadata: the account, never the name."""
    return user.username


def digest(said: object) -> str:
    """SHA-256 of what an input says, as JSON."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Site:
    """One release in the making."""

    at: datetime
    number: int
    is_preview: bool = False
    only: frozenset[str] | None = None  # addresses of stories and cards; all that may be if None
    exemplar: int | None = None  # of a preview: the one it is about

    @cached_property
    def own(self) -> Input:
        """The package as an input of every page."""
        if self.is_preview:
            return Input("site", package_hash(), ())
        found = confirmed_package()
        return Input("site", found.sha256, (person(found.confirmed_by), person(found.second_by)))

    @cached_property
    def assets(self) -> dict[str, str]:
        """Asset name → its address; the address holds the hash, so it may be kept for ever."""
        if self.is_preview:
            names = {path.name: f"/static/portal/{path.name}" for path in ASSETS.iterdir()}
            return {short(name): url for name, url in names.items()}
        return {short(path.name): self._address(path) for path in sorted(ASSETS.iterdir())}

    @staticmethod
    def _address(path: Path) -> str:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return f"/a/{path.stem}-{digest}{path.suffix}"

    @cached_property
    def stories(self) -> list:
        """The stories of this release, newest first; several pages show them."""
        from .kinds import stories

        return self._wanted(stories.standing(self))

    @property
    def versions(self) -> list:
        """Every story in every language it is told in."""
        return [version for one in self.stories for version in (one, *one.others)]

    @cached_property
    def cards(self) -> list:
        """The public cards of this release."""
        from .kinds import cards

        return self._wanted(cards.standing(self))

    @cached_property
    def by_place(self) -> dict[str, list]:
        """The stories by the name of their place, newest first."""
        return _grouped(self.stories, lambda story: story.place)

    @cached_property
    def by_field(self) -> dict[int | None, list]:
        """The stories by the id of their field, newest first."""
        return _grouped(self.stories, lambda story: story.exemplar.field_id)

    @cached_property
    def claims(self) -> dict[int, list]:
        """The current claims as the reader sees them, by exemplar."""
        rows = Claim.objects.current().prefetch_related("checks__evidence", "checks__by")
        found = self._of(rows.order_by("pk"))
        return {exemplar: [claim_card(row) for row in rows] for exemplar, rows in found.items()}

    @cached_property
    def adoptions(self) -> dict[int, list]:
        """Who has followed, by exemplar, the earliest first."""
        rows = Adoption.objects.public().select_related("unit", "registered_by", "confirmed_by")
        return self._of(rows.order_by("started_on", "pk"))

    @cached_property
    def comments(self) -> dict[int, list]:
        """What two officers have let onto the portal, by exemplar, the oldest first."""
        rows = Letter.objects.public().select_related("handled_by", "approved_by")
        return self._of(rows.order_by("received_at", "pk"))

    @cached_property
    def honours(self) -> dict[int, list]:
        """Honours, by exemplar, the oldest first."""
        rows = HonourEntry.objects.public().select_related("roll", "entered_by", "confirmed_by")
        return self._of(rows.order_by("roll__given_on", "pk"))

    @cached_property
    def may_be_seen(self) -> set[int]:
        """Whose pictures may be shown today, by id."""
        return set(Consent.objects.to_pictures().values_list("exemplar", flat=True))

    def _of(self, rows: QuerySet) -> dict[int, list]:
        """The rows by their exemplar, of those this release may name (or the preview is about)."""
        if self.exemplar is None:
            rows = rows.filter(exemplar__in=Exemplar.objects.public())
        else:
            rows = rows.filter(exemplar=self.exemplar)
        return _grouped(rows.iterator(chunk_size=AT_ONCE), lambda row: row.exemplar_id)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Who stands behind every story and card."""
        return tuple(one.input for one in (*self.stories, *self.cards))

    def _wanted(self, found: list) -> list:
        return [one for one in found if self.only is None or one.path in self.only]

    @cached_property
    def places(self) -> dict:
        """What there is in each commune, by its id."""
        from .kinds import places

        return places.standing(self)

    @cached_property
    def fields(self) -> list:
        """What there is in each field of life."""
        from .kinds import fields

        return fields.standing(self)

    @cached_property
    def movements(self) -> list:
        """The emulation movements, with what of this release came of each."""
        from .kinds import movements

        return movements.standing(self)

    def asset_pages(self) -> Iterator[Page]:
        """The files of the package as released pages."""
        for path in sorted(ASSETS.iterdir()):
            body = path.read_bytes()
            if path.suffix == ".css":
                for name, url in self._linked():
                    body = body.replace(b"url(" + name.encode() + b")", b"url(" + url + b")")
            yield Page(self._address(path), body, TYPES[path.suffix], (self.own,), cache=FOREVER)

    def _linked(self):
        for path in sorted(ASSETS.iterdir()):
            if path.suffix in (".svg", ".woff2"):
                yield path.name, self._address(path).encode()

    def page(
        self,
        path: str,
        template: str,
        context: dict,
        inputs: tuple[Input, ...] = (),
        status=200,
        **more,
    ) -> Page:
        """A rendered page with the package and the given inputs behind it."""
        return Page(
            path,
            lambda: self.render(template, context, path).encode(),
            HTML,
            (self.own, *inputs),
            status=status,
            shown=lambda: self._prints.of([template, self._shell(path), context]),
            **more,
        )

    def render(self, template: str, context: dict, path: str = "") -> str:
        """The HTML of a page; nothing of it depends on who asks or when."""
        return render_to_string(f"portal/{template}", self._shell(path) | context)

    def _shell(self, path: str) -> dict:
        return {
            "assets": self.assets,
            "path": path,
            "base_url": settings.PORTAL_URL,
            "is_demo": settings.IS_DEMO_HOME,
            "is_preview": self.is_preview,
            "share_path": self.share_card.path,
        }

    @cached_property
    def share_card(self) -> sharecards.Card:
        """The picture that goes with a link to any page but a story; it names nobody."""
        words = "Người tốt, việc tốt của tỉnh Gia Lai"
        return sharecards.Card(words, "Gương", is_demo=settings.IS_DEMO_HOME)

    @cached_property
    def _prints(self) -> Fingerprints:
        return Fingerprints()


def _grouped(rows: Iterable, key: Callable) -> dict:
    found: dict = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def short(name: str) -> str:
    """How templates call an asset: `portal`, `icons`."""
    return name.rpartition(".")[0].replace("-", "_")
