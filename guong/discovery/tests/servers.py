"""A newspaper's server on this machine, and resolvers for tests: real sockets, no stand-ins."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from guong.discovery.fetching import Fetcher

HOST = "bao.example"  # reserved: belongs to nobody


@dataclass
class Page:
    """What a path answers with."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0  # seconds between two bytes


@dataclass
class Paper:
    """The running server: its pages by path, and what it was asked."""

    server: ThreadingHTTPServer
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def netloc(self) -> str:
        return f"{HOST}:{self.port}"

    def address(self, path: str) -> str:
        return f"http://{self.netloc}{path}"

    def html(self, path: str, body: str, **headers: str) -> str:
        headers = {"Content-Type": "text/html; charset=utf-8"} | headers
        self.pages[path] = Page(body.encode(), headers=headers)
        return self.address(path)

    def fetcher(self, **more) -> Fetcher:
        """One that knows this server by name, and may connect to this machine and nowhere else."""
        given = {
            "hosts": frozenset({self.netloc}),
            "resolve": lambda host, port: ["127.0.0.1"],
            "allows": lambda address: address == "127.0.0.1",
            "seconds": 5.0,
        }
        return Fetcher(**given | more)


@contextmanager
def paper() -> Iterator[Paper]:
    """A server for the time of one test."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            found.asked.append((self.path, dict(self.headers)))
            page = found.pages.get(self.path, Page(status=404))
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                page = Page(status=304, headers={"ETag": etag})
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for byte in (
                (page.body[at : at + 1] for at in range(len(page.body)))
                if page.drip
                else [page.body]
            ):
                self.wfile.write(byte)
                self.wfile.flush()
                if page.drip and stop.wait(page.drip):
                    return

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Paper(server)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


STORY = (
    "<html><head><title>Người mở lớp đêm</title></head><body><nav>Trang chủ Thể thao</nav><article>"
    "<h1>Người mở lớp đêm</h1>"
    + "".join(
        f"<p>Năm thứ {n}, bà Rơ Châm Mẫu ở xã Mẫu Một vẫn dạy chữ miễn phí cho 2{n} em nhỏ trong làng, "
        "tự bỏ tiền mua sách vở và đèn dầu, bà con ai cũng quý mến.</p>"
        for n in range(1, 6)
    )
    + "</article><footer>Bản quyền</footer></body></html>"
)


def feed(*entries: tuple[str, str]) -> bytes:
    """An RSS feed of (address, title)."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        "<pubDate>Mon, 05 Oct 2026 08:00:00 +0700</pubDate></item>"
        for link, title in entries
    )
    channel = f"<channel><title>x</title>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


RSS = {"Content-Type": "application/rss+xml; charset=utf-8"}
