"""The few dynamic paths, handed to the drop box over loopback within limits of time and size."""

import http.client
import logging
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from .words import BUSY, LONG_QUERY, TOO_LARGE, Answer, refusal

log = logging.getLogger(__name__)
WAYS = {
    "GET": re.compile(r"/tim/|/dem/[A-Za-z0-9_-]{1,80}\.gif"),
    "HEAD": re.compile(r"/tim/|/dem/[A-Za-z0-9_-]{1,80}\.gif"),
    "POST": re.compile(r"/gui/[a-z0-9-]{1,40}/"),
}
LARGEST_QUESTION = 12 * 1024 * 1024
LARGEST_QUERY = 2_000
LARGEST_ANSWER = 2 * 1024 * 1024
TIMEOUT = 10
# Slow senders must never take the threads that answer released pages, nor those that search.
AT_ONCE = {"GET": 2, "HEAD": 1, "POST": 4}
OF_ONE_SENDER = 2
PASSED_ON = {
    "HTTP_HOST": "host",
    "CONTENT_TYPE": "content-type",
    "HTTP_ORIGIN": "origin",
    "HTTP_SEC_FETCH_SITE": "sec-fetch-site",
    "HTTP_ACCEPT_LANGUAGE": "accept-language",
    "HTTP_X_FORWARDED_PROTO": "x-forwarded-proto",
}
PASSED_BACK = (
    "content-type",
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cache-control",
    "x-robots-tag",
    "retry-after",
)
STATUSES = {200, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 503}


class DropBox:
    """The drop box's process, as the portal sees it."""

    def __init__(self, port: int, *, host: str = "127.0.0.1", timeout: float = TIMEOUT):
        self.host, self.port, self.timeout = host, port, timeout
        self._places = {
            method: threading.BoundedSemaphore(many) for method, many in AT_ONCE.items()
        }
        self._senders: Counter = Counter()
        self._lock = threading.Lock()

    @staticmethod
    def takes(method: str, path: str) -> bool:
        way = WAYS.get(method)
        return way is not None and way.fullmatch(path) is not None

    def answer(self, environ: dict) -> Answer:
        """What the drop box says, or a Vietnamese page that says why not."""
        size = environ.get("CONTENT_LENGTH") or "0"
        if not size.isdigit() or int(size) > LARGEST_QUESTION:
            return refusal(*TOO_LARGE)
        if len(environ.get("QUERY_STRING", "")) > LARGEST_QUERY:
            return refusal(*LONG_QUERY)
        with self._place(environ) as is_free:
            if not is_free:
                return refusal(*BUSY)
            try:
                return self._ask(environ, int(size))
            except (OSError, http.client.HTTPException) as trouble:
                log.warning("drop box: %r", trouble)
                return refusal(*BUSY)

    @contextmanager
    def _place(self, environ: dict) -> Iterator[bool]:
        """Whether there is room for one more of its kind, held while it lasts."""
        places, sender = self._places[environ["REQUEST_METHOD"]], environ.get("REMOTE_ADDR", "")
        is_post = environ["REQUEST_METHOD"] == "POST"
        with self._lock:
            is_one_too_many = is_post and self._senders[sender] >= OF_ONE_SENDER
            self._senders[sender] += is_post
        is_free = not is_one_too_many and places.acquire(timeout=2)
        try:
            yield is_free
        finally:
            if is_free:
                places.release()
            with self._lock:
                self._senders[sender] -= is_post
                if not self._senders[sender]:
                    del self._senders[sender]

    def _ask(self, environ: dict, size: int) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        query = environ.get("QUERY_STRING", "")
        headers = {name: environ[key] for key, name in PASSED_ON.items() if environ.get(key)} | {
            "x-forwarded-for": environ.get("REMOTE_ADDR", ""),
            "accept-encoding": "identity",
        }
        body = environ["wsgi.input"].read(size) if size else None
        path = environ["PATH_INFO"] + (f"?{query}" if query else "")
        try:
            connection.request(environ["REQUEST_METHOD"], path, body, headers)
            return _read(connection.getresponse(), environ["REQUEST_METHOD"])
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse, method: str) -> Answer:
    body = response.read(LARGEST_ANSWER + 1)
    if response.status not in STATUSES or len(body) > LARGEST_ANSWER:
        log.warning("drop box: status %s, %s bytes", response.status, len(body))
        return refusal(*BUSY)
    headers = [
        (name, value) for name in PASSED_BACK if (value := response.getheader(name)) is not None
    ]
    # HEAD has no body and yet says how long it would be.
    length = len(body) if method != "HEAD" else response.getheader("content-length", "0")
    return Answer(response.status, body, [*headers, ("content-length", str(length))])
