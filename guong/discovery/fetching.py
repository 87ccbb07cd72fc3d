"""The one door to the network: a page or feed of a host the office has listed, and nothing else.

Every address is looked up once, each answer is checked, and the connection goes to exactly that
address: a name that points elsewhere a moment later changes nothing. Redirects stay on the same host
and are checked anew. Time, size and kind of content are limited. Nothing here knows a record.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Resolver = Callable[[str, int], list[str]]

SECONDS = 20.0  # for one address, redirects included each anew
LARGEST = 3 * 1024 * 1024
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
KINDS = frozenset(
    "text/html application/xhtml+xml application/rss+xml application/atom+xml application/rdf+xml "
    "application/xml text/xml text/plain".split()
)
AGENT = "Guong (doc tin nguoi tot viec tot cua co quan tinh; mot lan mot gio)"
# Special networks that Python takes for public: of protocols, and IPv6 that carries an IPv4 address.
SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        "192.0.0.0/24 192.88.99.0/24 64:ff9b::/96 64:ff9b:1::/48 2002::/16 2001::/23 ::/96".split(),
    )
)
UNREACHED = "Không nối được, hoặc máy chủ trả lời quá chậm hay không đúng cách."
WORLD = ipaddress.ip_network("2000::/3")


class NotFetched(Exception):
    """Why nothing was read, as a Vietnamese sentence."""


@dataclass(frozen=True)
class Fetched:
    """What a server gave. `body` is empty when nothing has changed since the last time."""

    address: str
    body: bytes = b""
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    is_unchanged: bool = False


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet; everything special belongs to somebody else."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # an interface behind it («fe80::1%eth0»), or no address at all
        return False
    if ip.is_multicast or not ip.is_global or any(ip in network for network in SPECIAL):
        return False
    return ip.version == 4 or ip in WORLD


def look_up(host: str, port: int) -> list[str]:
    """The system's answer: addresses of a host, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def netloc_of(address: str) -> str:
    """Host and port as they are compared. Raises NotFetched for what is no plain web address."""
    parts = _parts(address)
    return parts.netloc.lower()


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as broken:
        raise NotFetched("Địa chỉ này viết chưa đúng.") from broken
    if parts.scheme not in PORTS:
        raise NotFetched("Chỉ đọc địa chỉ bắt đầu bằng http:// hoặc https://.")
    if not parts.hostname or parts.username or parts.password or port == 0:
        raise NotFetched("Địa chỉ này viết chưa đúng.")
    if any(sign <= " " or sign == "\x7f" or sign == "\\" for sign in address.strip()):
        raise NotFetched("Địa chỉ này có ký tự không được có.")
    return parts


@dataclass(frozen=True)
class Fetcher:
    """Reads addresses of its hosts. `resolve`, `allows` and `tls` are handed in by tests."""

    hosts: frozenset[str]  # host, or host:port, as in the listed addresses
    resolve: Resolver = look_up
    allows: Callable[[str], bool] = is_public
    tls: ssl.SSLContext | None = None  # the system's authorities
    seconds: float = SECONDS
    largest: int = LARGEST

    def get(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """What lies at the address. Raises NotFetched with the sentence for the office."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(address, etag, modified)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise NotFetched("Trang chuyển hướng quá nhiều lần.")

    def _once(self, address: str, etag: str, modified: str) -> Fetched | str:
        """The page, or the address on the same host it has moved to."""
        parts = _parts(address)
        if parts.netloc.lower() not in self.hosts:
            raise NotFetched(
                f"«{parts.netloc}» không có trong danh sách nguồn. Mở bài, chép lời và dán vào đây."
            )
        with self._connection(parts) as connection:
            connection.request("GET", _target(parts), headers=_headers(etag, modified))
            with connection.getresponse() as answer:
                if answer.status in {301, 302, 303, 307, 308}:
                    return self._moved(parts, answer.getheader("Location", ""))
                return self._taken(parts.geturl(), answer)

    @staticmethod
    def _moved(parts: SplitResult, location: str) -> str:
        there = _parts(urljoin(parts.geturl(), location))
        is_safer = (parts.scheme, there.scheme) == ("http", "https")
        if there.netloc.lower() != parts.netloc.lower():
            raise NotFetched(
                f"Trang chuyển hướng sang «{there.netloc}»; chỉ đọc trong cùng máy chủ."
            )
        if there.scheme != parts.scheme and not is_safer:
            raise NotFetched("Trang chuyển hướng sang địa chỉ kém an toàn hơn.")
        return there.geturl()

    @contextmanager
    def _connection(self, parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
        """A connection to a checked address; cut off when the time is over, whatever it is doing."""
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        connection = http.client.HTTPConnection(host, port, timeout=self.seconds)
        try:
            raw = self._connected(host, port)
            with Deadline(raw, self.seconds) as deadline:
                connection.sock = raw
                if parts.scheme == "https":
                    # The certificate must be the name's, whatever address was connected to.
                    tls = self.tls or ssl.create_default_context()
                    connection.sock = deadline.held = tls.wrap_socket(
                        raw, server_hostname=host, do_handshake_on_connect=False
                    )
                    connection.sock.do_handshake()
                yield connection
                # An answer without a length ends where the connection ends: also where it was cut.
                if deadline.is_over:
                    raise NotFetched(UNREACHED)
        except ssl.SSLCertVerificationError as trouble:
            raise NotFetched("Chứng chỉ bảo mật của trang không đúng.") from trouble
        except (OSError, http.client.HTTPException, UnicodeError) as trouble:
            raise NotFetched(UNREACHED) from trouble
        finally:
            connection.close()

    def _connected(self, host: str, port: int) -> socket.socket:
        """Connect to the first address that answers, after all of them were found to be public."""
        addresses = self.resolve(host, port)
        if not addresses:
            raise NotFetched(f"Không tìm thấy máy chủ «{host}».")
        if not all(map(self.allows, addresses)):
            raise NotFetched(f"«{host}» dẫn vào mạng nội bộ; không đọc.")
        for address in addresses[:-1]:
            with suppress(OSError):
                return socket.create_connection((address, port), timeout=self.seconds / 4)
        return socket.create_connection((addresses[-1], port), timeout=self.seconds / 2)

    def _taken(self, address: str, answer: http.client.HTTPResponse) -> Fetched:
        if answer.status == 304:
            return Fetched(address, is_unchanged=True)
        if answer.status != 200:
            raise NotFetched(f"Máy chủ trả lời mã {answer.status}, không có trang.")
        content_type = answer.headers.get_content_type()
        if content_type not in KINDS:
            raise NotFetched(f"Ở đó không phải trang chữ mà là «{content_type[:40]}».")
        # A packed answer can unfold without end; we asked for a plain one.
        if answer.getheader("Content-Encoding", "identity").lower() != "identity":
            raise NotFetched("Máy chủ gửi trang nén dù không được yêu cầu.")
        body = answer.read(self.largest + 1)
        if len(body) > self.largest:
            raise NotFetched("Trang lớn quá 3 MB; không đọc.")
        return Fetched(
            address,
            body,
            content_type,
            answer.headers.get_content_charset() or "",
            answer.getheader("ETag", "")[:200],
            answer.getheader("Last-Modified", "")[:80],
        )


class Deadline:
    """Cuts a connection when the time is over: timeouts of a socket start anew with each byte."""

    def __init__(self, held: socket.socket, seconds: float):
        self.held, self.is_over = held, False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def _cut(self) -> None:
        self.is_over = True
        with suppress(OSError):
            socket.socket.shutdown(self.held, socket.SHUT_RDWR)

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_) -> None:
        self._timer.cancel()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


def _headers(etag: str, modified: str) -> dict[str, str]:
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    return headers | {name: value for name, value in conditions.items() if value}
