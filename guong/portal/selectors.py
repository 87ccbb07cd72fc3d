"""What a release is made of right now, and what it would change."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from guong.core.models import JournalEntry
from guong.core.signing.places import Places

from . import causes, gate, kinds
from .kinds.fixed import NOINDEX, TRANSPARENCY
from .kinds.paging import LEAF
from .models import HOLDS, JUDGES, GuardFinding, ReleaseRecord, SiteInput, TakeDown
from .release import builder, catalogue, loading
from .release.pages import Page, together
from .site import HTML, Site, package_hash


def pages(site: Site) -> Iterator[Page]:
    """Every page of the release in the making; the same address is given once. The sitemap is last."""
    seen, listed = set(), []
    for page in (*site.asset_pages(), *(page for kind in kinds.ALL for page in kind.pages(site))):
        if page.path not in seen:
            seen.add(page.path)
            if page.content_type == HTML and page.status == 200 and NOINDEX not in page.headers:
                listed.append(page)
            yield page
    yield _sitemap(site, listed)


def _sitemap(site: Site, listed: list[Page]) -> Page:
    listed = [page for page in listed if site.only is None or page.path in site.only]
    rows = "".join(f"<url><loc>{settings.PORTAL_URL}{page.path}</loc></url>" for page in listed)
    body = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    )
    inputs = together({source for page in listed for source in page.inputs})
    return Page("/sitemap.xml", body.encode(), "application/xml; charset=utf-8", inputs)


def gone(standing: set[str]) -> set[str]:
    """Addresses that were public once and are no longer: they answer 410."""
    ever: set[str] = set()
    for added in ReleaseRecord.objects.values_list("added", flat=True):
        ever |= set(added)
    return {path for path in ever - standing if not path.startswith("/a/")}


@dataclass(frozen=True)
class Difference:
    """What the next release would change, by address.

    The page that lists the releases differs after each one; alone it is no reason for another.
    """

    added: list[str]
    changed: list[str]
    removed: list[str]

    @classmethod
    def of(cls, built: builder.Built) -> "Difference":
        return cls(*(list(paths) for paths in (built.added, built.changed, built.removed)))

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or set(self.changed) - {TRANSPARENCY})


def next_site(at: datetime) -> Site:
    """The release in the making."""
    return Site(at=at, number=catalogue.next_number(settings.HOME))


def built(at: datetime) -> builder.Built:
    """The next release, laid down and unsigned.

    Raises NotConfirmed, PictureGone, BadPage, Busy, and Held when the guard does not pass something.
    """
    site = next_site(at)
    gate.require_clean(site)
    number, found = site.number, list(pages(site))
    standing = {page.path for page in found}
    current = catalogue.current(settings.HOME)
    return builder.build(settings.HOME, found, number, at, gone=gone(standing) if current else ())


SILENT = 3  # rounds of the watch that may be missed before its silence is told


@dataclass(frozen=True)
class Watched:
    """The last round of a watch that looks at the portal from outside."""

    portal: str
    at: datetime
    code: int
    messages: list[str]
    release: int | None
    is_silent: bool


def watched(now: datetime) -> list[Watched]:
    """What every watch that writes into `GUONG_HOME/watch/` last said; newest first."""
    found = []
    for path in sorted((settings.HOME / "watch").glob("*.json")):
        try:
            found.append(_watched(json.loads(path.read_bytes()), now))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half a file of a disk that is full tells nothing; the silence will
    return sorted(found, key=lambda one: one.at, reverse=True)


def _watched(report: dict, now: datetime) -> Watched:
    at = datetime.fromisoformat(report["at"])
    often = timedelta(minutes=float(report.get("every") or 60))
    return Watched(
        portal=str(report["portal"]),
        at=at,
        code=int(report["code"]),
        messages=[str(finding["message"]) for finding in report["findings"]],
        release=report.get("release"),
        is_silent=now - at > SILENT * often,
    )


def alarms(now: datetime) -> int:
    """How many things the section «Canh gác» of the desk complains of."""
    told = (1 if one.is_silent else len(one.messages) if one.code else 0 for one in watched(now))
    return sum(told) + is_timestamp_ill(timestamp_left(now))


RESCAN_FROM = 1  # o'clock


def timestamp_left(now: datetime) -> timedelta | None:
    """How long the portal's timestamp is still good for; None before the first release."""
    return loading.time_left(Places(settings.HOME), now)


NEARLY_OUT = timedelta(days=2)  # of three: the signer refreshes every hour


def is_timestamp_ill(left: timedelta | None) -> bool:
    """Whether the signer has let hours go by without a fresh timestamp."""
    return left is not None and left < NEARLY_OUT


def is_rescan_due(now: datetime) -> bool:
    """Whether the guard has not read everything again since this night began."""
    local = localtime(now)
    night = local.replace(hour=RESCAN_FROM, minute=0, second=0, microsecond=0)
    done = JournalEntry.objects.filter(verb="portal.rescanned", at__gte=night)
    return local >= night and not done.exists()


def rescanned_at() -> datetime | None:
    """When the guard last read everything again."""
    done = JournalEntry.objects.filter(verb="portal.rescanned").order_by("-at").first()
    return done.at if done else None


def findings(user) -> QuerySet:
    """What the guard holds and nobody has answered for; what is public first, then the newest."""
    return GuardFinding.objects.visible_to(user).open().order_by("-is_public", "-found_at", "-pk")


@dataclass(frozen=True)
class Removed:
    """One take-down as its reader may know of it."""

    row: TakeDown
    things: list[causes.Thing]
    verb: str  # what was done, in words
    why: str
    again: str  # where the way back begins
    may_judge: bool

    @property
    def state(self) -> str:
        if self.row.taken_by_id is None:
            return "Tự động, không cần xem lại"
        if self.row.seen_by_id is None:
            return "Chờ người thứ hai"
        return "Không đồng ý, đưa lại" if self.row.objection else "Đã đồng ý"

    @property
    def what(self) -> str:
        return "; ".join(f"{thing.kind} {thing.title}" for thing in self.things)


BY_ITSELF = "Hết hạn sự đồng ý, hoặc không còn đủ điều kiện được nêu"
AGAIN = {
    causes.WITHDRAWN: "Bài được gửi duyệt lại ở «Bài viết»; người không viết bài duyệt rồi phát hành.",
    causes.SET_ASIDE: "Lời bình chờ một người khác đồng ý đăng; rồi phát hành.",
    causes.REVOKED: "Lập dự thảo quyết định mới; lãnh đạo ký rồi phát hành.",
    causes.CONSENT: "Ghi sự đồng ý mới của người được nêu vào hồ sơ; rồi phát hành.",
    causes.DROPPED: "Đơn vị báo lại đang áp dụng; rồi phát hành.",
    HOLDS: "Người thứ hai gỡ tạm dừng trong hồ sơ, nêu lý do; rồi phát hành.",
}


def removed(rows: Iterable[TakeDown], user) -> list[Removed]:
    """These take-downs with what was taken off, by whom, why; as many questions for one as for many."""
    rows = list(rows)
    known = causes.records({key for row in rows for key in row.keys})
    return [_removed(row, known, user) for row in rows]


def _removed(row: TakeDown, known: dict, user) -> Removed:
    line = row.cause
    text = getattr(line, "text", None)
    return Removed(
        row=row,
        things=causes.things(row.keys, known),
        verb=line.label if line else "Tự động",
        why=text.text if text else "" if line else BY_ITSELF,
        again=AGAIN.get(line.verb, "") if line else "",
        may_judge=_may_judge(row, user),
    )


def _may_judge(row: TakeDown, user) -> bool:
    """As `portal.confirm_take_down` says, of a row the user is known to see."""
    judges = JUDGES & set(user.functions())
    is_waiting = row.taken_by_id is not None and row.seen_by_id is None
    return bool(judges) and is_waiting and row.taken_by_id != user.pk


def take_downs(user) -> QuerySet:
    """Every take-down this person may know of, newest first."""
    rows = TakeDown.objects.visible_to(user).order_by("-taken_at", "-pk")
    return rows.select_related("cause__text", "taken_by", "seen_by")


PEOPLE, FILES = ("/chuyen/", "/guong/"), ("/anh/", "/tep/", "/a/")


def reverted(to: int, at: datetime) -> builder.Built:
    """The content of release `to` under the next number, unsigned, minus what may no longer be shown.

    Stories and cards come back as they were then; lists, feeds and the search are made anew of them.
    What was withdrawn, revoked or held since does not come back: neither its page, nor its pictures,
    nor its name anywhere. Raises as `built`.
    """
    number = catalogue.next_number(settings.HOME)
    older = {page.path: page for page in catalogue.kept_pages(settings.HOME, to)}
    now = {page.path: page for page in pages(Site(at, number))}
    allowed = {source.key for page in now.values() for source in page.inputs}
    # The older text of a story that still stands: corrected since, never taken away.
    allowed |= {_subject(older[path]) for path in older.keys() & now.keys() if is_of_one(path)}
    found = {page.path: page for page in pages(Site(at, number, only=frozenset(older)))}
    for path, page in older.items():
        is_taken = (is_of_one(path) and path in found) or path.startswith(FILES)
        if is_taken and {source.key for source in page.inputs} <= allowed:
            found[path] = page
    return builder.build(settings.HOME, found.values(), number, at, gone=gone(set(found)))


def is_of_one(path: str) -> bool:
    """The page of one story or exemplar, not a list of them."""
    return path.startswith(PEOPLE) and path not in PEOPLE and LEAF not in path


def _subject(page: Page) -> str:
    return next((source.key for source in page.inputs if source.key != "site"), "")


def confirmation() -> SiteInput | None:
    """Who has confirmed the package's own pages as they are now."""
    return SiteInput.objects.select_related("confirmed_by").filter(sha256=package_hash()).first()


def history(most: int = 10) -> list[ReleaseRecord]:
    """The last releases, newest first."""
    return list(ReleaseRecord.objects.select_related("published_by").order_by("-number")[:most])
