"""Makers for the tests of the release: pages, a home with a release in it, a portal on loopback."""

import hashlib
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from guong.core.signing import ceremonies, signer
from guong.portal.release import builder, publisher
from guong.portal.release.pages import Input, Page
from guong.portal.release.publisher import Published
from guong.portal.release.server import Portal

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


def source(key: str = "story:1", *persons: str, **more) -> Input:
    digest = hashlib.sha256(key.encode()).hexdigest()
    return Input(key, digest, persons or ("an", "binh"), **more)


def page(path: str, text: str = "", *inputs: Input, **more) -> Page:
    body = f"<!doctype html><title>{path}</title><p>{text or path}</p>".encode()
    return Page(path, body, HTML, inputs or (source(),), **more)


def site(*more: Page) -> list[Page]:
    """The pages every release has, and two of people."""
    return [
        page("/404.html", "Không có trang này", status=404),
        page("/410.html", "Trang đã gỡ", status=410),
        page("/", "Trang chủ"),
        page("/guong/mau-1/", "Người trồng rừng"),
        page("/guong/mau-2/", "Người giữ nghề dệt"),
        Page("/anh/mau.png", b"\x89PNG mau", "image/png", (source(),)),
        *more,
    ]


def home_with_keys(folder: Path) -> Path:
    ceremonies.make_test_keys(folder, now=AT)
    return folder


def release(home: Path, pages: list[Page], number: int = 1, **more) -> Published:
    """Built, signed and switched to."""
    built = builder.build(home, pages, number, AT, **more)
    with signer.alongside(home):
        return publisher.publish(home, built, timeout=20)


def released(folder: Path) -> Path:
    """A home whose release 1 stands."""
    home = home_with_keys(folder)
    release(home, site())
    return home


def ask(portal: Portal, path: str, method: str = "GET", body: bytes = b"", **environ) -> tuple:
    """Status, headers and body of one WSGI request."""
    heard: list = []
    base = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    chunks = portal(base | environ, lambda line, headers: heard.append((line, headers)))
    ((line, headers),) = heard
    return int(line[:3]), dict(headers), b"".join(chunks)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Silence: the tests read answers, not logs."""


class _Server(WSGIServer):
    def server_bind(self):
        # Without asking the resolver for our own name: tests have no network.
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address
        self.setup_environ()


@contextmanager
def listening(application) -> Iterator[str]:
    """The callable on a free loopback port; yields its address."""
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Meddler:
    """Stands between a portal and its visitors and alters answers, as an intruder would."""

    def __init__(self, portal: Portal, alter):
        self.portal, self.alter = portal, alter

    def __call__(self, environ, start_response):
        heard: list = []
        body = b"".join(self.portal(environ, lambda *said: heard.append(said)))
        ((line, headers),) = heard
        line, headers, body = self.alter(environ, line, dict(headers), body)
        headers["content-length"] = str(len(body))
        start_response(line, list(headers.items()))
        return [body]
