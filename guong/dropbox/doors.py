"""Who is let in: forms of our own pages, and not too many from one place. Nothing is remembered."""

import ipaddress
import secrets
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

OWN_SITES = {"same-origin", "none"}
PER_ADDRESS, PER_FORM, WINDOW = 20, 300, 600  # a commune office has one address for everyone


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this very site.

    Released forms hold no token (they are the same bytes for everybody), so the browser's own word
    is what guards them: `Sec-Fetch-Site`, else `Origin`. Without either nobody vouches.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in OWN_SITES
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
        return origin.scheme in {"http", "https"} and origin.netloc == request.get_host()
    except (DisallowedHost, ValueError):
        return False


def address_of(request: HttpRequest) -> str:
    """Where the question comes from: what the proxy before us says, if it is one of ours."""
    peer = request.META.get("REMOTE_ADDR", "")
    if not _is_loopback(peer):
        return peer
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a socket file: only a proxy of ours can reach it


class Throttle:
    """Counts in the memory of this process, by salted hash: no table knows who was here."""

    def __init__(
        self, *, per_address: int = PER_ADDRESS, per_form: int = PER_FORM, window: float = WINDOW
    ):
        self.per_address, self.per_form, self.window = per_address, per_form, window
        self.lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self.since = time.monotonic()
        self.salt = secrets.randbits(64)  # the counts of two windows cannot be joined
        self.counts: Counter[int] = Counter()

    def lets_in(self, form: str, address: str) -> bool:
        """Count one more; False when there were too many in this window of time."""
        with self.lock:
            if time.monotonic() - self.since > self.window:
                self._begin()
            keys = {hash((self.salt, form)): self.per_form}
            if address and not _is_loopback(address):
                keys[hash((self.salt, form, address))] = self.per_address
            if any(self.counts[key] >= most for key, most in keys.items()):
                return False
            self.counts.update(keys.keys())
            return True
