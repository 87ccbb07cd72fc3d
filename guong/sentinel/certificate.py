"""The portal's certificate: is it valid, whose is it, how long will it last?"""

import hashlib
import socket
import ssl
import urllib.parse
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from .sources import TIMEOUT
from .verdict import Code, Finding

SOON = timedelta(days=14)


def look(origin: str, now: datetime, *, context: ssl.SSLContext | None = None) -> tuple:
    """Findings, and what is known of it (`{until, issuer, sha256}`); nothing for plain http."""
    parts = urllib.parse.urlsplit(origin)
    if parts.scheme != "https":
        return [], None
    context = context or ssl.create_default_context()
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), TIMEOUT) as line,
            context.wrap_socket(line, server_hostname=parts.hostname) as safe,
        ):
            shown, body = safe.getpeercert() or {}, safe.getpeercert(binary_form=True) or b""
    except ssl.SSLError:
        return [Finding(Code.CHANGED, "Chứng thư của máy chủ không hợp lệ.")], None
    except OSError:
        return [Finding(Code.UNREACHABLE, "Không mở được đường truyền an toàn.")], None
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    known = {
        "until": until.isoformat(),
        "issuer": _organisation(shown),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    if until - now < SOON:
        words = f"Chứng thư của máy chủ hết hạn {until:%d/%m/%Y}; hãy gia hạn."
        return [Finding(Code.OLDER, words)], known
    return [], known


def _organisation(shown: Mapping[str, Any]) -> str:
    names = {key: value for part in shown.get("issuer", ()) for key, value in part}
    return names.get("organizationName") or names.get("commonName", "")
