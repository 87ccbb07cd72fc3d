"""Released bytes over HTTP: no Django, no database, nothing but what was signed.

A query string changes nothing, there is no redirect and no cookie; an address outside the release
is the released 404. `from_environment` makes the callable for granian.
"""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from guong.core.signing.places import Places

from . import store
from .answers import Answers, Entry, Variant, chosen, part
from .proxy import DropBox
from .standing import Standing
from .words import CLOSED, MENDING, READ_ONLY, Answer, line, refusal

log = logging.getLogger(__name__)
DROPBOX_PORT = 8081
METADATA = [
    ("content-type", "application/json"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-cache"),
]


class Portal:
    """The WSGI callable of the public host."""

    def __init__(self, home: Path, *, dropbox_port: int = DROPBOX_PORT):
        self.standing = Standing(Places(Path(home)))
        self.dropbox = DropBox(dropbox_port)
        self.standing.refresh()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        answer = self.answer(environ)
        start_response(line(answer.status), answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def answer(self, environ: dict) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if self.dropbox.takes(method, path):
            return self.dropbox.answer(environ)
        if method not in ("GET", "HEAD"):
            answer = refusal(*READ_ONLY)
            return Answer(405, answer.body, [*answer.headers, ("allow", "GET, HEAD")])
        answers = self.standing.present()
        if answers is None:
            return refusal(*CLOSED)
        return self._released(answers, path, environ)

    def _released(self, answers: Answers, path: str, environ: dict) -> Answer:
        entry = answers.routes.get(path)
        if entry is None and path.startswith("/tuf/") and path[5:] in answers.tuf:
            body = answers.tuf[path[5:]]
            return Answer(200, body, [*METADATA, ("content-length", str(len(body)))])
        entry = entry or answers.absent
        if entry is None:
            return refusal(404, "Không có trang này", "Địa chỉ không có trên cổng.")
        return self._page(entry, environ)

    def _page(self, entry: Entry, environ: dict) -> Answer:
        variant = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""), entry)
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        if known and entry.status == 200 and (variant.tag in known or known.strip() == "*"):
            headers = [pair for pair in variant.headers if pair[0] != "content-length"]
            return Answer(304, b"", headers)
        try:
            body = self.standing.bodies.get(variant.sha256)
            asked = environ.get("HTTP_RANGE", "") if variant.is_in_parts else ""
            if asked and environ.get("HTTP_IF_RANGE", variant.tag) == variant.tag:
                return _part(body, variant, asked)
            return Answer(entry.status, body, variant.headers)
        except store.Damaged:
            # Better no answer than one nobody signed; `guong release repair` puts it back.
            log.error("object %s is damaged", variant.sha256)
            return refusal(*MENDING)


def _part(body: bytes, variant: Variant, asked: str) -> Answer:
    """A stretch of a sound or film, as players ask for it; the whole was hashed before."""
    headers = [pair for pair in variant.headers if pair[0] != "content-length"]
    try:
        stretch = part(asked, len(body))
    except ValueError:
        outside = ("content-range", f"bytes */{len(body)}")
        return Answer(416, b"", [*headers, outside, ("content-length", "0")])
    if stretch is None:
        return Answer(200, body, variant.headers)
    start, end = stretch
    place = ("content-range", f"bytes {start}-{end - 1}/{len(body)}")
    return Answer(206, body[start:end], [*headers, place, ("content-length", str(end - start))])


def from_environment() -> Portal:
    """The callable under granian: GUONG_HOME and GUONG_DROPBOX_PORT say where."""
    port = int(os.environ.get("GUONG_DROPBOX_PORT", DROPBOX_PORT))
    return Portal(Path(os.environ["GUONG_HOME"]), dropbox_port=port)
