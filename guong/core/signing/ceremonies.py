"""How keys come and go: test keys for a new home, the province's own, rotation, a lost root key.

Every change is the next version of the root, signed by as many of its old keys as it asked for
and by as many of the new: whoever trusts an older root follows by itself. Afterwards the release
that stands must be signed again (`guong release renew`).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import Metadata, Root

from .keys import OWNER_ONLY, KeysRefused, fingerprint, is_test, load_file, pem, read_root
from .metadata import CONTENT_VALID, MARK, ONLINE, SPEC, seconds, written
from .places import Places, write_whole

TEST_LABEL = "KHOÁ THỬ"
SHORTEST = 12  # letters of a passphrase


@dataclass(frozen=True)
class Card:
    """Where one holder keeps a root key: a folder outside the home, and its passphrase."""

    folder: Path
    passphrase: str

    @property
    def file(self) -> Path:
        return self.folder / "root.pem"


def make_test_keys(home: Path, *, now: datetime | None = None) -> str:
    """Give a new home keys marked «KHOÁ THỬ»; keys that are there stay. Return the fingerprint."""
    places = Places(Path(home))
    if not (places.trust / "root.json").exists():
        keeper = CryptoSigner.generate_ed25519()
        write_whole(places.keys / "root.pem", pem(keeper), OWNER_ONLY)
        root = _root(places, 1, [keeper.public_key], 1, now, is_test=True)
        _trust(places, root, [keeper])
    return fingerprint(home)


def keys_init(
    home: Path, *, cards: Sequence[Card], threshold: int = 1, now: datetime | None = None
) -> str:
    """Replace the test keys by the province's own: one root key on each card, under its passphrase,
    of which `threshold` must come together for every later change.

    Raises KeysRefused when the home already has its own keys, or the cards are too few or too weak.
    """
    places, old = Places(Path(home)), read_root(home).signed
    if not is_test(old):
        raise KeysRefused("Kho này đã có khoá thật. Muốn thay khoá trực tuyến: guong keys rotate.")
    if not 1 <= threshold <= len(cards):
        raise KeysRefused(f"Cần từ 1 đến {len(cards)} khoá gốc cùng ký, không phải {threshold}.")
    before = load_file(places.keys / "root.pem", None)
    holders = _written(places, cards)
    root = _root(places, old.version + 1, _public(holders), threshold, now, is_test=False)
    _trust(places, root, [before, *holders])
    (places.keys / "root.pem").unlink()
    return fingerprint(home)


def rotate(home: Path, *, cards: Sequence[Card] = (), now: datetime | None = None) -> str:
    """New online keys in place of the old, which nobody believes any more.

    `cards` hold the root keys that vouch; left out, it is the test key of the home.
    """
    places, old = Places(Path(home)), read_root(home).signed
    holders = _vouching(places, old, cards)
    keys, threshold = _root_keys(old), old.roles["root"].threshold
    root = _root(places, old.version + 1, keys, threshold, now, is_test=is_test(old))
    _trust(places, root, holders)
    return fingerprint(home)


def replace(
    home: Path,
    *,
    cards: Sequence[Card],
    lost: str = "",
    new: Sequence[Card] = (),
    threshold: int | None = None,
    now: datetime | None = None,
) -> str:
    """Revoke the root key whose id starts with `lost`, add one on each `new` card, or set another
    threshold. The online keys change with it, as in every version of the root."""
    places, old = Places(Path(home)), read_root(home).signed
    if is_test(old):
        raise KeysRefused("Kho này còn dùng KHOÁ THỬ. Chạy guong keys init trước.")
    holders = _vouching(places, old, cards)
    gone = _lost(old, lost) if lost else ""
    needed = old.roles["root"].threshold if threshold is None else threshold
    keys = [key for key in _root_keys(old) if key.keyid != gone]
    if not 1 <= needed <= len(keys) + len(new):
        raise KeysRefused(
            f"Như vậy chỉ còn {len(keys) + len(new)} khoá gốc mà cần {needed} khoá cùng ký."
        )
    fresh = _written(places, new)
    keys += _public(fresh)
    root = _root(places, old.version + 1, keys, needed, now, is_test=False)
    _trust(places, root, [*holders, *fresh])
    return fingerprint(home)


def _vouching(places: Places, old: Root, cards: Sequence[Card]) -> list[CryptoSigner]:
    """The root keys on these cards. Raises KeysRefused when they are strange or too few."""
    found = (
        [load_file(card.file, card.passphrase) for card in cards]
        if cards
        else [load_file(places.keys / "root.pem", None)]
    )
    role = old.roles["root"]
    if any(each.public_key.keyid not in role.keyids for each in found):
        raise KeysRefused("Đây không phải khoá gốc của kho này.")
    holders = list({each.public_key.keyid: each for each in found}.values())
    if len(holders) < role.threshold:
        raise KeysRefused(f"Mới có {len(holders)} khoá gốc, cần {role.threshold} khoá cùng ký.")
    return holders


def _lost(old: Root, start: str) -> str:
    found = [keyid for keyid in old.roles["root"].keyids if keyid.startswith(start)]
    if len(found) != 1:
        raise KeysRefused(f"Không có đúng một khoá gốc mang mã {start}… Xem: guong keys list.")
    return found[0]


def _written(places: Places, cards: Sequence[Card]) -> list[CryptoSigner]:
    """A new root key on each card; nothing is written unless every card will do."""
    for card in cards:
        if card.folder.resolve().is_relative_to(places.home.resolve()):
            raise KeysRefused(
                "Khoá gốc phải để ngoài kho dữ liệu, ví dụ trên một thẻ nhớ cất riêng."
            )
        if len(card.passphrase) < SHORTEST:
            raise KeysRefused(f"Mật khẩu của khoá gốc phải có ít nhất {SHORTEST} ký tự.")
        if card.file.exists():
            raise KeysRefused(f"{card.file} đã có; không ghi đè lên một khoá.")
    if len({card.folder.resolve() for card in cards}) < len(cards):
        raise KeysRefused("Mỗi khoá gốc phải ở một nơi riêng.")
    made = []
    for card in cards:
        card.folder.mkdir(parents=True, exist_ok=True)
        made.append(CryptoSigner.generate_ed25519())
        _write_key(card.file, pem(made[-1], card.passphrase))
    return made


def _write_key(path: Path, body: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(body)


def _public(signers: Sequence[CryptoSigner]) -> list[Key]:
    return [each.public_key for each in signers]


def _root_keys(root: Root) -> list[Key]:
    return [root.keys[keyid] for keyid in root.roles["root"].keyids]


def _root(
    places: Places,
    version: int,
    keys: Sequence[Key],
    threshold: int,
    now: datetime | None,
    *,
    is_test: bool,
) -> Root:
    """The next root, with online keys of its own that are in their place already."""
    mark = {"test": True, "label": TEST_LABEL} if is_test else {"test": False}
    root = Root(
        version,
        SPEC,
        seconds(now or datetime.now(UTC)) + CONTENT_VALID,
        consistent_snapshot=True,
        unrecognized_fields={MARK: mark},
    )
    for key in keys:
        root.add_key(key, "root")
    root.roles["root"].threshold = threshold
    for role in ONLINE:
        signer = CryptoSigner.generate_ed25519()
        root.add_key(signer.public_key, role)
        # Files named by root version: the new root is the one moment at which all keys change.
        write_whole(places.keys / f"{role}.{version}.pem", pem(signer), OWNER_ONLY)
    return root


def _trust(places: Places, root: Root, signers: Sequence[CryptoSigner]) -> None:
    """Let the root stand, and the online keys before it be gone."""
    metadata = Metadata(root)
    for signer in signers:
        metadata.sign(signer, append=True)
    body = written(metadata)
    write_whole(places.trust / f"{root.version}.root.json", body)
    write_whole(places.trust / "root.json", body)
    for role in ONLINE:
        for path in places.keys.glob(f"{role}.*.pem"):
            if path.name != f"{role}.{root.version}.pem":
                path.unlink()
