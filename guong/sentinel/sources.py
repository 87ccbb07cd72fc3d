"""Where the bytes come from: a portal over HTTP, or a folder."""

import http.client
import ipaddress
import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from .verdict import Code, Stopped

TIMEOUT = 20
LARGEST = 200 * 1024 * 1024
AGENT = "guong-verify/1"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None  # a redirect is an answer to be judged, not to be followed


class Portal:
    """One origin, asked as a plain visitor."""

    def __init__(self, url: str, *, timeout: float = TIMEOUT):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Stopped(Code.USAGE, f"«{url}» không phải địa chỉ http hay https.")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.path = parts.path or "/"
        self.query = parts.query
        self.timeout = timeout
        handlers: list = [_NoRedirect()]
        if _is_loopback(parts.hostname):
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def get(self, path: str, **headers: str) -> Answer:
        """One answer, whatever its status. Raises Stopped when there is none."""
        request = urllib.request.Request(
            self.origin + path, headers={"User-Agent": AGENT} | headers
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return self._read(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return self._read(answer)
        except (OSError, http.client.HTTPException, ssl.SSLError, ValueError) as trouble:
            raise Stopped(
                Code.UNREACHABLE, f"Không kết nối được với {self.origin}: {_reason(trouble)}."
            ) from None

    @staticmethod
    def _read(answer) -> Answer:
        headers = {name.lower(): value.strip() for name, value in answer.headers.items()}
        return Answer(answer.status, answer.read(LARGEST), headers)

    def metadata(self, file: str) -> bytes | None:
        """A file under /tuf/; None when the portal says there is none."""
        answer = self.get(f"/tuf/{file}", **{"Accept-Encoding": "identity"})
        if answer.status >= 500:
            raise Stopped(
                Code.UNREACHABLE, f"{self.origin} đang lỗi ({answer.status}) ở /tuf/{file}."
            )
        return answer.body if answer.status == 200 else None


class Folder:
    """A release directory: metadata in `tuf/`, the files in `site/` or beside it."""

    def __init__(self, path: Path):
        self.path = path
        self.files = path / "site" if (path / "site").is_dir() else path

    def metadata(self, file: str) -> bytes | None:
        try:
            return (self.path / "tuf" / file).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    @classmethod
    def around(cls, file: Path) -> "Folder | None":
        """The release directory a file lies in, if any."""
        for parent in file.absolute().parents:
            if (parent / "tuf" / "timestamp.json").is_file():
                return cls(parent)
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(trouble: Exception) -> str:
    inner = getattr(trouble, "reason", trouble)
    if isinstance(inner, TimeoutError):
        return "quá thời gian chờ"
    if isinstance(inner, ConnectionRefusedError):
        return "máy chủ không nhận kết nối"
    if isinstance(inner, ssl.SSLError):
        return "chứng thư của máy chủ không hợp lệ"
    return "đường truyền hoặc tên miền có sự cố"
