"""How a page of the next release would read, beside how it reads now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from django.conf import settings

from guong.core.signing.places import Places

from .release import catalogue, store
from .release.pages import page_name

SAME, GONE, NEW = "same", "del", "ins"
AROUND = 2  # unchanged lines shown before and after a changed one
LONGEST = 20_000  # letters of a changed stretch that are still compared word by word
SUBJECTS = {
    "all": "mọi bài và thẻ",
    "site": "phần trang cố định",
    "story": "bài viết",
    "card": "thẻ điển hình",
    "comment": "lời bình",
    "honour": "tôn vinh",
    "adoption": "nơi làm theo",
    "movement": "phong trào",
    "tie": "gương của phong trào",
    "answer": "câu trả lời",
    "decision": "quyết định",
    "revocation": "việc thu hồi",
    "numbers": "số lượt đọc",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text: as it was, taken away or put in."""

    kind: str
    text: str


@dataclass(frozen=True)
class Source:
    """What a page says something of, and who stands behind it."""

    subject: str
    persons: tuple[str, ...]


@dataclass(frozen=True)
class Rewording:
    """One page of the next release against the one that stands; either may be missing."""

    path: str
    is_new: bool
    is_removed: bool
    stretches: list[list[Piece]]
    sources: list[Source]


def rewording(path: str) -> Rewording | None:
    """The page at this URL path in the release laid down last and in the one that stands.

    None when neither has it, or nothing has been laid down since the last publication.
    """
    places, name = Places(settings.HOME), page_name(path)
    number = catalogue.next_number(settings.HOME)
    if number not in catalogue.numbers(settings.HOME):
        return None
    old = catalogue.entries(settings.HOME, places.current_number()).get(name)
    new = catalogue.entries(settings.HOME, number).get(name)
    if old is None and new is None:
        return None
    return Rewording(
        path=path,
        is_new=old is None,
        is_removed=new is None or new["custom"].get("status") == 410,
        stretches=list(stretches(_text(places, old), _text(places, new))),
        sources=_sources(new or old),
    )


def _sources(entry: dict) -> list[Source]:
    found = entry["custom"].get("inputs", [])
    return [Source(_subject(each["key"]), tuple(each["persons"])) for each in found]


def _subject(key: str) -> str:
    kind, _, number = key.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {number}".strip()


def _text(places: Places, entry: dict | None) -> str:
    """What a person reads in the file; of a picture only its size."""
    if entry is None:
        return ""
    kind = dict(entry["custom"].get("headers", {})).get("content-type", "")
    try:
        body = store.read(places, entry["hashes"]["sha256"])
    except store.Damaged:
        return "(tệp không còn trong kho)"
    if kind.startswith("text/html"):
        page = BeautifulSoup(body, "html.parser")
        return (page.body or page).get_text("\n", strip=True)
    if kind.startswith("text/") or "json" in kind or "xml" in kind:
        return body.decode("utf-8", "replace")
    return f"({kind or 'tệp'}, {entry['length']} byte)"


def stretches(before: str, after: str) -> Iterator[list[Piece]]:
    """The changed places of a text, each with the lines around it."""
    old, new = before.splitlines(), after.splitlines()
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        pieces: list[Piece] = []
        for verb, start, end, new_start, new_end in group:
            gone, put = "\n".join(old[start:end]), "\n".join(new[new_start:new_end])
            pieces += [Piece(SAME, gone)] if verb == "equal" else _words(gone, put)
        yield pieces


def _words(gone: str, put: str) -> list[Piece]:
    """The same stretch twice, word by word."""
    if len(gone) + len(put) > LONGEST or not gone or not put:
        return [Piece(kind, text) for kind, text in ((GONE, gone), (NEW, put)) if text]
    old, new = re.findall(r"\s+|\S+", gone), re.findall(r"\s+|\S+", put)
    pieces = []
    for verb, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if verb == "equal":
            pieces.append(Piece(SAME, "".join(old[start:end])))
            continue
        if start < end:
            pieces.append(Piece(GONE, "".join(old[start:end])))
        if new_start < new_end:
            pieces.append(Piece(NEW, "".join(new[new_start:new_end])))
    return pieces
