"""What was released, taken away and corrected, and by which root key all of it can be checked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.conf import settings

from guong.core.models import JournalEntry
from guong.core.signing import keys
from guong.core.signing.places import Places
from guong.core.signing.rules import address
from guong.publicity.models import StoryApproval

from ..models import ReleaseRecord
from ..release import catalogue
from ..release.pages import Input
from ..site import Site
from .fixed import TRANSPARENCY
from .paging import LEAF

RELEASES = 50  # of the history that are shown
PEOPLE = ("/chuyen/", "/guong/")
KINDS = {
    "/chuyen/": "Bài",
    "/guong/": "Thẻ gương",
    "/kiem-tra/": "Trang tra quyết định",
    "/tra-loi/": "Câu trả lời",
    "/phong-trao/": "Phong trào",
}
WORDS = {
    "title": "tên bài",
    "lead": "lời dẫn",
    "body": "nội dung",
    "picture": "ảnh",
    "byline": "tên tác giả",
    "lang": "tiếng",
}


@dataclass(frozen=True)
class Correction:
    """A story that says something else than it did when it came on the portal."""

    title: str
    path: str
    at: datetime
    changed: list[str]
    input: Input


def pages(site: Site):
    """One page."""
    history = list(ReleaseRecord.objects.order_by("-number")[:RELEASES])
    found = corrections(site)
    context = {
        "history": history,
        "removals": [*_going(site), *_gone(history)],
        "corrections": found,
        "number": site.number,
        "at": site.at,
        "root": keys.fingerprint(settings.HOME),
    }
    inputs = tuple(dict.fromkeys(one.input for one in found))
    yield site.page(TRANSPARENCY, "transparency.html", context, inputs)


@dataclass(frozen=True)
class Removal:
    """A page that is no longer there: since which release, what it was, a mark of its address."""

    number: int
    at: datetime
    kind: str
    mark: str


def _gone(history: list[ReleaseRecord]) -> list[Removal]:
    return [
        _removal(row.number, row.published_at, path)
        for row in history
        for path in row.removed
        if _kind(path)
    ]


def _going(site: Site) -> list[Removal]:
    """What the release in the making takes away."""
    standing = Places(settings.HOME).current_number()
    stays = {one.path for one in (*site.versions, *site.cards)}
    return [
        _removal(site.number, site.at, path)
        for name, entry in sorted(catalogue.entries(settings.HOME, standing).items())
        if (path := address(name)).startswith(PEOPLE)
        and _kind(path)
        and path not in stays
        and entry["custom"].get("status") != 410
        and "encoding" not in entry["custom"]
    ]


def _kind(path: str) -> str:
    """What was at the address; empty for lists, feeds and files, which are nobody's."""
    if not path.endswith("/") or LEAF in path or path.count("/") < 3:
        return ""
    return next((kind for start, kind in KINDS.items() if path.startswith(start)), "")


def _removal(number: int, at: datetime, path: str) -> Removal:
    # The address holds the name of whoever asked to be taken off.
    mark = hashlib.sha256(path.encode()).hexdigest()[:12]
    return Removal(number, at, _kind(path), mark)


def corrections(site: Site) -> list[Correction]:
    """Every change of a story that still stands, made after it had been released; newest first."""
    standing = {story.page_id: story for story in site.stories}
    told: dict[int, list[StoryApproval]] = {}
    rows = StoryApproval.objects.filter(approved_by__isnull=False, page_id__in=_changed(standing))
    for row in rows.order_by("approved_at", "pk"):
        told.setdefault(row.page_id, []).append(row)
    released = _released([row.pk for rows in told.values() for row in rows])
    found = [
        correction
        for page_id, rows in told.items()
        for correction in _of_one(standing[page_id], rows, released)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _changed(standing: dict) -> list[int]:
    """The pages with an earlier approved text than the one that stands."""
    earlier = StoryApproval.objects.filter(approved_by__isnull=False, state="withdrawn")
    replaced = set(earlier.values_list("page_id", flat=True))
    return [page_id for page_id in standing if page_id in replaced]


def _released(approvals: list[int]) -> set[str]:
    """Which of these texts stood on the portal: their own day is handed on to the text after them."""
    targets = [f"publicity.storyapproval:{pk}" for pk in approvals]
    rows = JournalEntry.objects.filter(verb="publicity.released", target__in=targets)
    return set(rows.values_list("target", flat=True))


def _of_one(story, rows: list[StoryApproval], released: set[str]) -> list[Correction]:
    found, was_released = [], False
    for older, newer in pairwise(rows):
        was_released = was_released or f"publicity.storyapproval:{older.pk}" in released
        changed = [
            words
            for name, words in WORDS.items()
            if older.content.get(name) != newer.content.get(name)
        ]
        if was_released and changed:
            one = Correction(story.title, story.path, newer.approved_at, changed, story.input)
            found.append(one)
    return found
