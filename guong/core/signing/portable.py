"""The keys of a home in one encrypted file, to be kept apart from every backup."""

import base64
import io
import os
import tarfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .keys import OWNER_ONLY, KeysRefused
from .places import write_whole

MARK = b"GUONG-KEYS-1\n"
SALT_BYTES = 16
SHORTEST = 12  # letters of a passphrase
FOLDER = "keys"


def export(home: Path, passphrase: str) -> bytes:
    """Every key of the home, online keys and the identity key, under a passphrase."""
    if len(passphrase) < SHORTEST:
        raise KeysRefused(f"Mật khẩu phải có ít nhất {SHORTEST} ký tự.")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in sorted((Path(home) / FOLDER).iterdir()):
            if path.is_file():
                archive.add(path, arcname=path.name)
    salt = os.urandom(SALT_BYTES)
    return MARK + salt + _lock(salt, passphrase).encrypt(packed.getvalue())


def take_back(home: Path, body: bytes, passphrase: str) -> list[str]:
    """Put exported keys into the home, in place of those it has; return their names.

    Raises KeysRefused when the file is no such export or the passphrase is another.
    """
    if not body.startswith(MARK):
        raise KeysRefused("Đây không phải tệp khoá do guong keys export ghi ra.")
    rest = body.removeprefix(MARK)
    salt, locked = rest[:SALT_BYTES], rest[SALT_BYTES:]
    try:
        packed = _lock(salt, passphrase).decrypt(locked)
    except InvalidToken:
        raise KeysRefused("Sai mật khẩu, hoặc tệp khoá đã hỏng.") from None
    names = []
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            name = Path(member.name).name
            write_whole(Path(home) / FOLDER / name, archive.extractfile(member).read(), OWNER_ONLY)
            names.append(name)
    return names


def _lock(salt: bytes, passphrase: str) -> Fernet:
    key = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))
