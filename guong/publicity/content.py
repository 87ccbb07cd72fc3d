"""The canonical content of a story: what a reader sees, as JSON, and its hash."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

import nh3
from django.utils.html import strip_tags

from guong.core.languages import OURS
from guong.core.vietnamese import nfc
from guong.guard import captions, gazetteer, scorer

TAGS = {"p", "h2", "h3", "b", "strong", "i", "em", "ol", "ul", "li", "a", "blockquote", "br"}


@dataclass(frozen=True)
class Picture:
    """A picture with what must stand beside it."""

    sha256: str = ""
    alt: str = ""
    source: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a way of working."""

    text: str
    picture: Picture = field(default_factory=Picture)


@dataclass(frozen=True)
class Recording:
    """A sound or a film with what must stand beside it; its words are content, not a file."""

    kind: str
    sha256: str
    content_type: str
    ending: str
    title: str
    source: str
    rights: str
    transcript: str = ""
    captions: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Content:
    """Everything of a story a reader gets to see."""

    title: str
    lead: str
    body: str
    byline: str
    exemplar: int
    lang: str = OURS
    family: int = 0  # what the versions in other languages have in common
    picture: Picture = field(default_factory=Picture)
    steps: tuple[Step, ...] = ()
    recordings: tuple[Recording, ...] = ()

    def as_dict(self) -> dict:
        """As JSON gives it back."""
        return json.loads(json.dumps(asdict(self)))


def clean(html: str) -> str:
    """Allowed tags only, links without tricks, NFC."""
    return nh3.clean(
        nfc(html),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http"},
        link_rel="noopener",
    )


def digest(content: dict) -> str:
    """SHA-256 of the content's canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def spoken(recording: dict) -> str:
    """What is heard in a sound or film: as it was written down, or as its captions have it."""
    if recording["transcript"]:
        return recording["transcript"]
    return captions.spoken(captions.read(recording["captions"].encode()))


def plain(content: dict) -> str:
    """The words of a story, for the guard and the search."""
    body = content["body"].replace("</p>", "</p>\n").replace("</h2>", "</h2>\n")
    parts = [content["title"], content["lead"], strip_tags(body), content["picture"]["alt"]]
    return "\n".join(part for part in (*parts, *_told_otherwise(content)) if part)


def _told_otherwise(content: dict) -> list[str]:
    """The words of steps, sounds and films; stories of before had none."""
    parts = []
    for step in content.get("steps", ()):
        parts += [step["text"], step["picture"]["alt"]]
    for one in content.get("recordings", ()):
        parts += [one["title"], one["source"], one["rights"], spoken(one)]
    return parts


def guarded(content: dict) -> str:
    """A story as the guard reads it: every word a reader sees, and where its links lead."""
    picture = content["picture"]
    parts = [content["title"], content["lead"], content["body"], content["byline"]]
    parts += [picture["alt"], picture["source"], *_told_otherwise(content)]
    return "\n".join(part for part in parts if part)


def look(content: dict) -> dict:
    """What the present guard says of a story: verdict and reasons."""
    return scorer.check(guarded(content), gazetteer.default(), title=content["title"]).as_dict()
