"""The canonical content of a story: what a reader sees, as JSON, and its hash."""

import hashlib
import json
from dataclasses import dataclass, field

import nh3
from django.utils.html import strip_tags

from guong.core.vietnamese import nfc

TAGS = {"p", "h2", "h3", "b", "strong", "i", "em", "ol", "ul", "li", "a", "blockquote", "br"}


@dataclass(frozen=True)
class Picture:
    """A picture with what must stand beside it."""

    sha256: str = ""
    alt: str = ""
    source: str = ""


@dataclass(frozen=True)
class Content:
    """Everything of a story a reader gets to see."""

    title: str
    lead: str
    body: str
    byline: str
    exemplar: int
    lang: str = "vi"
    picture: Picture = field(default_factory=Picture)

    def as_dict(self) -> dict:
        return {
            "title": self.title,
            "lead": self.lead,
            "body": self.body,
            "byline": self.byline,
            "exemplar": self.exemplar,
            "lang": self.lang,
            "picture": vars(self.picture),
        }


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


def plain(content: dict) -> str:
    """The words of a story, for the guard and the search."""
    body = content["body"].replace("</p>", "</p>\n").replace("</h2>", "</h2>\n")
    parts = [content["title"], content["lead"], strip_tags(body), content["picture"]["alt"]]
    return "\n".join(part for part in parts if part)
