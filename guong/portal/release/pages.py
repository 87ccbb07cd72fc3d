"""What a release is made of: pages, and the inputs two persons stand for."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from guong.core.signing.rules import address, is_index

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SHORT = "public, max-age=60"  # a withdrawn page is out of every cache a minute later
FOREVER = "public, max-age=31536000, immutable"  # for files whose name holds their hash
TEXT = re.compile(
    r"text/|application/(json|javascript|xml|manifest\+json|ld\+json|feed\+json|(rss|atom)\+xml)"
    r"|image/svg\+xml"
)
PATH = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")
STATUSES = (200, 404, 410)


class BadPage(ValueError):
    """A page that cannot be released; the text is a Vietnamese sentence."""


@dataclass(frozen=True)
class Input:
    """One thing a page says something of: by whom it was written and by whom approved."""

    key: str  # such as "story:12"; shown when the signer refuses
    sha256: str
    persons: tuple[str, ...]
    numbers_only: bool = False  # of so-lieu.json alone

    def as_dict(self) -> dict:
        written = {"key": self.key, "sha256": self.sha256, "persons": sorted(set(self.persons))}
        return written | ({"numbers_only": True} if self.numbers_only else {})


ALL = "all"  # the key of an input that stands for many


def together(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """Many inputs as one, for a page that only counts or lists their addresses; none stays none.

    It carries the persons of the input fewest stand for: enough for it is enough for each.
    """
    # By hash too: several may bear one key, and a set has another order in every process.
    told = sorted(
        (source.as_dict() for source in inputs), key=lambda each: (each["key"], each["sha256"])
    )
    if not told:
        return ()
    fewest = min(told, key=lambda each: (len(each["persons"]), each["key"]))
    sha256 = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    return (Input(ALL, sha256, tuple(fewest["persons"])),)


@dataclass(frozen=True)
class Page:
    """One address and what is answered there."""

    path: str  # as in the URL; what ends in "/" is its index.html
    content: bytes | Callable[[], bytes]  # the callable is asked only when nothing kept will do
    content_type: str
    inputs: tuple[Input, ...]
    cache: str = SHORT
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()  # beside the needed ones, such as x-robots-tag
    # A hash of everything a body not made yet is made of; never published: it could be guessed from.
    shown: str | Callable[[], str] = ""  # the callable is asked only for a page that is laid down

    def __post_init__(self):
        if not PATH.fullmatch(self.path) or self.path.startswith("/tuf/"):
            raise BadPage(f"Địa chỉ «{self.path}» không dùng được cho một trang công khai.")
        if self.status not in STATUSES:
            raise BadPage(f"Trang {self.path}: mã trả lời {self.status} không được phép.")

    @property
    def body(self) -> bytes:
        """The page's plain bytes, made now if need be."""
        return self.content() if callable(self.content) else self.content

    @cached_property
    def made_of(self) -> str:
        """What has the same here has the same bytes; empty when only making it would tell."""
        if not callable(self.content):
            return hashlib.sha256(self.content).hexdigest()
        return self.shown() if callable(self.shown) else self.shown

    @property
    def name(self) -> str:
        """The name of the page's target."""
        return page_name(self.path)

    @property
    def is_text(self) -> bool:
        return bool(TEXT.match(self.content_type))

    @classmethod
    def kept(cls, name: str, custom: dict, body: bytes) -> "Page":
        """A page as an older release has it; the inverse of `name` and `custom`."""
        headers = dict(custom["headers"])
        sources = tuple(
            Input(
                source["key"],
                source["sha256"],
                tuple(source["persons"]),
                numbers_only=source.get("numbers_only", False),
            )
            for source in custom["inputs"]
        )
        return cls(
            address(name),
            body,
            headers.pop("content-type"),
            sources,
            cache=headers.pop("cache-control"),
            status=custom.get("status", 200),
            headers=tuple(headers.items()),
        )

    def custom(self) -> dict:
        """What is signed beside the bytes: status, needed headers, inputs with their persons."""
        headers = {
            "content-type": self.content_type,
            "content-security-policy": POLICY,
            "x-content-type-options": "nosniff",
            # Not no-referrer: browsers would then send `Origin: null` with our own forms.
            "referrer-policy": "same-origin",
            "cache-control": self.cache,
        } | {name.lower(): value for name, value in self.headers}
        made = {"headers": headers, "inputs": [source.as_dict() for source in self.inputs]}
        return made | ({"status": self.status} if self.status != 200 else {})


def page_name(path: str) -> str:
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


def paths_of(name: str) -> tuple[str, ...]:
    """The URL paths that show a target."""
    return (f"/{name}", "/" + name.removesuffix("index.html")) if is_index(name) else (f"/{name}",)
