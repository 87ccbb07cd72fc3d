"""What the next release would change: looked at once, and remembered as long as nothing has happened.

Whatever a release is made of changes by an action, and every action writes its line: as long as the
journal stands where it stood, on the same day, under the same program, the next release is the same
(ADR 20). What was found lies in the directory of the unsigned release and goes with it, under the
office's own seal: what was shown a moment ago is what the button has signed (ADR 21).
"""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db.models import Max

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.core.signing.places import Places, write_whole
from guong.guard import surprise

from . import fingerprint, selectors
from .kinds.fixed import TRANSPARENCY
from .kinds.paging import LEAF
from .release import catalogue
from .release.builder import Built
from .release.pages import page_name
from .selectors import Difference
from .site import package_hash

# Lines that change nothing a release could show: what was only read or looked at, and our own.
TELLS_NOTHING = {
    "core.file_opened",
    "exemplars.identity_read",
    "portal.rescanned",
    "portal.take_down_noted",
    "portal.take_down_confirmed",
}
SEAL = "portal.outlook"
SIGNED_WITHIN = timedelta(minutes=15)  # of when it is there to be seen
ADDED, CHANGED, REMOVED = "thêm", "đổi", "gỡ"
LATE = 1000  # lines back: one with a smaller number may be committed after one with a greater
HEAD = 4000  # bytes of a page its title lies in
FIRST, AT_ONCE = 20, 100  # changes of a group on the desk, and on a page of the group alone


def look(now: datetime) -> Difference:
    """What the next release would change, built only when something has happened since the last look.

    Raises as `selectors.built`.
    """
    found = remembered(now)
    if found is None:
        mark = _mark(now)  # before: what happens meanwhile makes it old again
        built = selectors.built(now)
        _keep(mark, built)
        found = Difference.of(built)
    return found


def remembered(now: datetime) -> Difference | None:
    """What the last look found, if nothing has happened since."""
    kept = _kept(now)
    return Difference.of(kept.built) if kept else None


def prepared(now: datetime) -> Built | None:
    """The release of the last look, laid down and unsigned; None when it must be made anew.

    Not for long: the time a release gives as its own is that at which the look began.
    """
    kept = _kept(now)
    if kept is None or now - kept.since > SIGNED_WITHIN:
        return None
    built = kept.built
    try:
        with Places(settings.HOME).unsigned(built.number).open("rb") as listed:
            found = hashlib.file_digest(listed, "sha256").hexdigest()
    except OSError:
        return None
    # Two may look at once: the list of the one may lie beside the note of the other.
    return built if found == built.sha256 else None


class Kept(NamedTuple):
    """The release of a look, and since when it is there to be seen."""

    built: Built
    since: datetime


def _keep(mark: str, built: Built) -> None:
    times = {"at": built.at.isoformat(), "since": calendar.now().isoformat()}
    told = {name: getattr(built, name) for name in _PARTS} | times
    sealed = signing.dumps(told | {"mark": mark}, salt=SEAL, compress=True)
    write_whole(_place(built.number), sealed.encode())


def _kept(now: datetime) -> Kept | None:
    number = catalogue.next_number(settings.HOME)
    try:
        told = signing.loads(_place(number).read_text(), salt=SEAL)
    except (OSError, ValueError, signing.BadSignature):
        return None
    if told["mark"] != _mark(now):
        return None
    parts = {name: told[name] for name in _PARTS}
    at, since = (datetime.fromisoformat(told[name]) for name in ("at", "since"))
    folder = Places(settings.HOME).release(number)
    return Kept(Built(number=number, at=at, folder=folder, **parts), since)


_PARTS = ("sha256", "pages", "added", "changed", "removed")


def _place(number: int) -> Path:
    return Places(settings.HOME).release(number) / "difference.txt"


def _mark(now: datetime) -> str:
    """One hash over everything the next release depends on."""
    lines = JournalEntry.objects.exclude(verb__in=TELLS_NOTHING)
    last = lines.aggregate(last=Max("pk"))["last"] or 0
    told = [
        last,
        lines.filter(pk__gt=last - LATE).count(),
        str(calendar.day_of(now)),
        Places(settings.HOME).current_number(),
        fingerprint.program(),
        package_hash(),
        surprise.current().mark,
        settings.PORTAL_URL,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


# --- By what they are ---------------------------------------------------------
@dataclass(frozen=True)
class Change:
    """One page of the next release that is new, different or gone."""

    path: str
    how: str
    number: int | None  # the release its title is read from

    @cached_property
    def title(self) -> str:
        """What the page calls itself; empty where it says nothing."""
        name = page_name(self.path)
        if self.number is None or not name.endswith(".html"):
            return ""
        try:
            with (Places(settings.HOME).site(self.number) / name).open("rb") as page:
                head = page.read(HEAD).decode("utf-8", "replace")
        except OSError:
            return ""  # taken out of the store meanwhile
        found = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
        return html.unescape(found[1]).strip() if found else ""


@dataclass(frozen=True)
class Group:
    """The changes of one kind of page, the new ones first."""

    name: str
    label: str
    paths: tuple[tuple[str, str], ...]  # path, how
    number: int

    def __len__(self):
        return len(self.paths)

    @property
    def sums(self) -> str:
        """«3 thêm, 1 đổi»."""
        hows = [how for _, how in self.paths]
        counted = [(hows.count(how), how) for how in (ADDED, CHANGED, REMOVED)]
        return ", ".join(f"{number} {how}" for number, how in counted if number)

    def changes(self, start: int = 0, most: int = FIRST) -> list[Change]:
        standing = Places(settings.HOME).current_number()
        return [
            Change(path, how, standing if how == REMOVED else self.number)
            for path, how in islice(self.paths, start, start + most)
        ]

    @property
    def first(self) -> list[Change]:
        return self.changes()

    @property
    def has_more(self) -> bool:
        return len(self) > FIRST


DERIVED = "tu-lap"
KINDS = [
    ("bai", "Bài viết", ("/chuyen/",)),
    ("the", "Thẻ gương", ("/guong/",)),
    ("quyet-dinh", "Trang tra quyết định", ("/kiem-tra/",)),
    ("tra-loi", "Câu trả lời người giới thiệu", ("/tra-loi/",)),
    ("phong-trao", "Phong trào", ("/phong-trao/",)),
    ("so-lieu", "Số liệu", ("/so-lieu",)),
    ("tep", "Ảnh, tiếng, tệp kèm", selectors.FILES),
    (DERIVED, "Danh sách, trang đầu, nguồn tin, tìm kiếm", ("/",)),
]
ALONE = {"/kiem-tra/", "/tra-loi/", TRANSPARENCY}


def kind_of(path: str) -> str:
    """In which group a page stands. A list of many is made by the release itself, of what it has."""
    for name, _, starts in KINDS:
        if path.startswith(starts):
            is_list = path in starts or LEAF in path or path in ALONE
            return DERIVED if is_list and name not in ("so-lieu", "tep") else name
    raise LookupError(path)


def groups(found: Difference) -> list[Group]:
    """The changes by what the pages are; the derived ones last, kinds without changes left out."""
    sorted_out: dict[str, list[tuple[str, str]]] = {}
    for how, paths in ((ADDED, found.added), (CHANGED, found.changed), (REMOVED, found.removed)):
        for path in paths:
            sorted_out.setdefault(kind_of(path), []).append((path, how))
    number = catalogue.next_number(settings.HOME)
    return [
        Group(name, label, tuple(sorted_out[name]), number)
        for name, label, _ in KINDS
        if name in sorted_out
    ]


def group(found: Difference, name: str) -> Group | None:
    return next((one for one in groups(found) if one.name == name), None)
