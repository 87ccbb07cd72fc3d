"""Where the keys come from: test keys for a new home, the province's own from `keys init` on."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from .metadata import CONTENT_VALID, MARK, ONLINE, ROLES, SPEC, seconds, written
from .places import Places, write_whole

TEST_LABEL = "KHOÁ THỬ"
OWNER_ONLY = 0o600


class KeysRefused(ValueError):
    """The keys are not as asked; the text is a sentence for the person at the keyboard."""


def make_test_keys(home: Path, *, now: datetime | None = None) -> str:
    """Give a new home keys marked «KHOÁ THỬ»; keys that are there stay. Return the fingerprint."""
    places = Places(Path(home))
    if not (places.trust / "root.json").exists():
        signers = {role: CryptoSigner.generate_ed25519() for role in ROLES}
        write_whole(places.keys / "root.pem", pem(signers["root"]), OWNER_ONLY)
        _keep_online(places, signers, 1)
        root = _root(1, signers, now or datetime.now(UTC), is_test=True)
        _trust(places, root, [signers["root"]])
    return fingerprint(home)


def keys_init(home: Path, *, offline: Path, passphrase: str, now: datetime | None = None) -> str:
    """Replace the test keys by the province's own; the root key goes, encrypted, to `offline`.

    The new root is the next version, signed by the old root key and its own, so that what runs
    follows by itself. The release in use must then be signed again (`publisher.renew`).
    Raises KeysRefused when the home already has its own keys or `offline` lies inside it.
    """
    places, offline = Places(Path(home)), Path(offline)
    old = read_root(home)
    if not is_test(old.signed):
        raise KeysRefused("Kho này đã có khoá thật. Muốn thay khoá trực tuyến: guong keys rotate.")
    if offline.resolve().is_relative_to(places.home.resolve()):
        raise KeysRefused("Khoá gốc phải để ngoài kho dữ liệu, ví dụ trên một thẻ nhớ cất riêng.")
    if len(passphrase) < 12:
        raise KeysRefused("Mật khẩu của khoá gốc phải có ít nhất 12 ký tự.")
    before = _load_file(places.keys / "root.pem", None)
    signers = {role: CryptoSigner.generate_ed25519() for role in ROLES}
    offline.mkdir(parents=True, exist_ok=True)
    _write_key(offline / "root.pem", pem(signers["root"], passphrase))
    root = _root(old.signed.version + 1, signers, now or datetime.now(UTC), is_test=False)
    _keep_online(places, signers, root.version)
    _trust(places, root, [before, signers["root"]])
    _drop_older(places, root.version)
    (places.keys / "root.pem").unlink()
    return fingerprint(home)


def rotate(
    home: Path,
    *,
    offline: Path | None = None,
    passphrase: str | None = None,
    now: datetime | None = None,
) -> str:
    """New online keys, vouched for by the root key; the release in use must be signed again.

    `offline` is the file of the root key; left out, it is the test key of the home.
    """
    places = Places(Path(home))
    old = read_root(home)
    keeper = _load_file(Path(offline) if offline else places.keys / "root.pem", passphrase)
    if keeper.public_key.keyid not in old.signed.roles["root"].keyids:
        raise KeysRefused("Đây không phải khoá gốc của kho này.")
    signers = {role: CryptoSigner.generate_ed25519() for role in ONLINE} | {"root": keeper}
    root = _root(
        old.signed.version + 1, signers, now or datetime.now(UTC), is_test=is_test(old.signed)
    )
    _keep_online(places, signers, root.version)
    _trust(places, root, [keeper])
    _drop_older(places, root.version)
    return fingerprint(home)


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
    return _load_file(places.keys / f"{role}.{version}.pem", None)


def pem(signer: CryptoSigner, passphrase: str | None = None) -> bytes:
    lock = (
        serialization.BestAvailableEncryption(passphrase.encode())
        if passphrase
        else serialization.NoEncryption()
    )
    return signer._private_key.private_bytes(  # no public way out of a CryptoSigner with a lock
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock
    )


def _load_file(path: Path, passphrase: str | None) -> CryptoSigner:
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


def _keep_online(places: Places, signers: dict, version: int) -> None:
    """Files named by root version: the new root is the one moment at which all keys change."""
    for role in ONLINE:
        write_whole(places.keys / f"{role}.{version}.pem", pem(signers[role]), OWNER_ONLY)


def _drop_older(places: Places, version: int) -> None:
    for role in ONLINE:
        for path in places.keys.glob(f"{role}.*.pem"):
            if path.name != f"{role}.{version}.pem":
                path.unlink()


def _write_key(path: Path, body: bytes) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    except FileExistsError:
        raise KeysRefused(f"{path} đã có; không ghi đè lên một khoá.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(body)


def _root(version: int, signers: dict, now: datetime, *, is_test: bool) -> Root:
    mark = {"test": True, "label": TEST_LABEL} if is_test else {"test": False}
    root = Root(
        version,
        SPEC,
        seconds(now) + CONTENT_VALID,
        consistent_snapshot=True,
        unrecognized_fields={MARK: mark},
    )
    for role, signer in signers.items():
        root.add_key(signer.public_key, role)
    return root


def _trust(places: Places, root: Root, signers: list[CryptoSigner]) -> None:
    metadata = Metadata(root)
    for signer in signers:
        metadata.sign(signer, append=True)
    body = written(metadata)
    write_whole(places.trust / f"{root.version}.root.json", body)
    write_whole(places.trust / "root.json", body)
