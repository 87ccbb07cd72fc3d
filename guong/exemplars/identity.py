"""ID numbers as keyed hashes: the key lies in the home, never in the database or its backup."""

import hashlib
import hmac
import os
import secrets

from django.conf import settings


def _key() -> bytes:
    path = settings.HOME / "keys" / "identity.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_bytes().strip()


def keyed_hash(id_number: str) -> str:
    """HMAC-SHA-256 (hex) of an ID number's digits; empty for none."""
    digits = "".join(sign for sign in id_number if sign.isdigit())
    return hmac.new(_key(), digits.encode(), hashlib.sha256).hexdigest() if digits else ""
