"""ID numbers as keyed hashes, other values locked: the key lies in the home, never in the database."""

import base64
import hmac
import os
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings


@lru_cache(maxsize=8)  # asked for with every line of a list; a home never changes its key
def _key(home: Path) -> bytes:
    path = home / "keys" / "identity.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_bytes().strip()


@lru_cache(maxsize=8)
def _mac(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")


def keyed_hash(id_number: str) -> str:
    """HMAC-SHA-256 (hex) of an ID number's digits; empty for none."""
    return keyed_hashes([id_number])[0]


def keyed_hashes(id_numbers: Sequence[str]) -> list[str]:
    """The same of each."""
    mac = _mac(_key(settings.HOME))
    return [_hashed(mac, number) for number in id_numbers]


def _hashed(mac: hmac.HMAC, id_number: str) -> str:
    digits = id_number if id_number.isdigit() else "".join(filter(str.isdigit, id_number))
    if not digits:
        return ""
    made = mac.copy()
    made.update(digits.encode())
    return made.hexdigest()


@lru_cache(maxsize=8)
def _lock(home: Path) -> Fernet:
    """A second key made of the first: one file to keep apart, two uses that cannot be mixed up."""
    return Fernet(base64.urlsafe_b64encode(hmac.digest(_key(home), b"restricted values", "sha256")))


def lock(value: str) -> str:
    """The value as it lies in the database; empty for none."""
    return _lock(settings.HOME).encrypt(value.encode()).decode() if value else ""


def unlock(sealed: str) -> str:
    """What was locked. Raises InvalidToken with another home's key."""
    return _lock(settings.HOME).decrypt(sealed.encode()).decode() if sealed else ""
