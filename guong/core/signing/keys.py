"""Which keys a home has and how a private one is read. How they change: ceremonies.py."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from .metadata import MARK
from .places import Places

OWNER_ONLY = 0o600


class KeysRefused(ValueError):
    """The keys are not as asked; the text is a sentence for the person at the keyboard."""


def fingerprint(home: Path) -> str:
    """SHA-256 of the public root file, in groups of four: what is printed on paper."""
    body = (Places(Path(home)).trust / "root.json").read_bytes()
    code = hashlib.sha256(body).hexdigest()
    return " ".join(code[start : start + 4] for start in range(0, 64, 4))


def read_root(home: Path) -> Metadata[Root]:
    try:
        return Metadata.from_bytes((Places(Path(home)).trust / "root.json").read_bytes())
    except FileNotFoundError:
        raise KeysRefused("Kho này chưa có khoá. Chạy: guong init") from None


def is_test(root: Root) -> bool:
    return bool(root.unrecognized_fields.get(MARK, {}).get("test"))


def load(places: Places, role: str, version: int) -> CryptoSigner:
    """The private key of an online role under this root version; only the signer calls this."""
    return load_file(places.keys / f"{role}.{version}.pem", None)


def pem(signer: CryptoSigner, passphrase: str | None = None) -> bytes:
    lock = (
        serialization.BestAvailableEncryption(passphrase.encode())
        if passphrase
        else serialization.NoEncryption()
    )
    return signer._private_key.private_bytes(  # no public way out of a CryptoSigner with a lock
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock
    )


def load_file(path: Path, passphrase: str | None) -> CryptoSigner:
    """A private key from its file. Raises KeysRefused when it is none or stays locked."""
    try:
        body = path.read_bytes()
        key = serialization.load_pem_private_key(body, passphrase.encode() if passphrase else None)
    except FileNotFoundError:
        raise KeysRefused(f"Không thấy khoá {path.name}.") from None
    except (TypeError, ValueError):
        raise KeysRefused(f"Không mở được khoá {path.name}: sai mật khẩu hoặc tệp hỏng.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysRefused(f"Khoá {path.name} không phải loại Ed25519.")
    return CryptoSigner(key)
