"""What the next release would change: looked at once, and remembered as long as nothing has happened.

Whatever a release is made of changes by an action, and every action writes its line: as long as the
journal stands where it stood, on the same day, under the same program, the next release is the same
(ADR 20). What was found lies in the directory of the unsigned release and goes with it.
"""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.core.signing.places import Places, write_whole
from guong.guard import surprise

from . import fingerprint, selectors
from .kinds.fixed import TRANSPARENCY
from .kinds.paging import LEAF
from .release import catalogue
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
        found = Difference.of(built)
        told = {"mark": mark, **{name: getattr(found, name) for name in _PARTS}}
        write_whole(_place(built.number), json.dumps(told).encode())
    return found


_PARTS = ("added", "changed", "removed")


def remembered(now: datetime) -> Difference | None:
    """What the last look found, if nothing has happened since."""
    try:
        told = json.loads(_place(catalogue.next_number(settings.HOME)).read_bytes())
    except (OSError, ValueError):
        return None
    if told["mark"] != _mark(now):
        return None
    return Difference(*(told[name] for name in _PARTS))


def _place(number: int) -> Path:
    return Places(settings.HOME).release(number) / "difference.json"


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
