"""From the root file down to the list of genuine files: TUF's chain, step by step.

Done with tuf's metadata classes and not with its client, because the client stops at an expired
or older list, and we still want to say «genuine, but from release N». Every signature, version,
length and hash of the specification's workflow is checked all the same.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from tuf.api.exceptions import LengthOrHashMismatchError, RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, TargetFile, Targets

from .canonical import Opened, signed_bytes
from .verdict import Code, Stopped

Fetch = Callable[[str], bytes | None]  # name under /tuf/ → bytes, None when it is not there
MARK = "guong"
SUFFIXES = {"gzip": ".gz", "br": ".br"}
NAMES = {
    "root": "khoá gốc",
    "timestamp": "dấu thời gian",
    "snapshot": "mục lục",
    "targets": "danh mục",
}
MOST_ROTATIONS = 1000


class Listed(Mapping[str, TargetFile]):
    """Every target of a release. The list lies in parts; one is fetched and checked when it is asked
    for, so that a single page needs a few small files and not the whole list."""

    def __init__(self, top: Targets, pins: dict[str, MetaFile], fetch: Fetch):
        self._top, self._pins, self._fetch = top, pins, fetch
        self._roles = top.delegations.succinct_roles if top.delegations else None
        self._parts: dict[str, dict[str, TargetFile]] = {}

    @cached_property
    def _whole(self) -> dict[str, TargetFile]:
        whole = dict(self._top.targets)
        for role in self._roles.get_roles() if self._roles else ():
            whole |= self._part(role)
        return whole

    def _part(self, role: str) -> dict[str, TargetFile]:
        if role not in self._parts:
            pin = self._pins.get(f"{role}.json")
            if pin is None:
                raise Stopped(Code.CHANGED, f"Mục lục đã ký không nêu phần danh mục {role}.")
            part = _pinned(self._top, role, pin, self._fetch).signed
            for name in part.targets:
                if self._roles.get_role_for_target(name) != role:
                    raise Stopped(Code.CHANGED, f"Danh mục để tệp {name} sai phần.")
            self._parts[role] = part.targets
        return self._parts[role]

    def __getitem__(self, name: str) -> TargetFile:
        if "_whole" in self.__dict__ or name in self._top.targets or self._roles is None:
            return self._whole[name]
        return self._part(self._roles.get_role_for_target(name))[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)


@dataclass(frozen=True)
class Manifest:
    """The signed list of one release."""

    number: int
    at: str
    targets: Mapping[str, TargetFile]
    files: tuple[str, ...]  # of the chain below the timestamp, by their names under /tuf/
    digest: str  # of what pins the whole list: two lists with one number are a lie
    timestamp: int
    expires: datetime
    root_version: int
    is_test: bool

    @cached_property
    def by_hash(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, target in self.targets.items():
            found.setdefault(target.hashes["sha256"], name)
        return found

    def is_expired(self, now: datetime) -> bool:
        return now >= self.expires


def read_manifest(root: bytes, fetch: Fetch) -> Manifest:
    """The list that hangs on this root; expiry is told, not judged. Raises Stopped.

    So may every look into `targets`, whose parts are fetched only then.
    """
    anchor = newest_root(read_root(root), fetch)
    timestamp = _signed(anchor, "timestamp", _need(fetch, "timestamp.json", "timestamp"))
    pin = timestamp.signed.snapshot_meta
    snapshot = _pinned(anchor, "snapshot", pin, fetch)
    pins = snapshot.signed.meta
    if "targets.json" not in pins:
        raise Stopped(Code.CHANGED, "Mục lục đã ký không nêu danh mục nào.")
    targets = _pinned(anchor, "targets", pins["targets.json"], fetch)
    if targets.signed.version != snapshot.signed.version:
        raise Stopped(Code.CHANGED, "Danh mục và mục lục ghi hai số bản phát hành khác nhau.")
    return Manifest(
        number=targets.signed.version,
        at=targets.signed.unrecognized_fields.get(MARK, {}).get("at", ""),
        targets=Listed(targets.signed, pins, fetch),
        files=(
            f"{pin.version}.snapshot.json",
            *(f"{each.version}.{name}" for name, each in pins.items()),
        ),
        digest=sha256(signed_bytes(snapshot)),
        timestamp=timestamp.signed.version,
        expires=timestamp.signed.expires,
        root_version=anchor.version,
        is_test=bool(anchor.unrecognized_fields.get(MARK, {}).get("test")),
    )


def read_timestamp(root: bytes, body: bytes) -> Metadata:
    """One timestamp, verified by the root; `signed.snapshot_meta` says of which release."""
    return _signed(read_root(root), "timestamp", body)


def read_root(body: bytes) -> Root:
    """The root file a person trusts. Raises Stopped when it is none."""
    try:
        opened = Opened(body)
        if opened.metadata.signed.type != "root":
            raise ValueError(opened.metadata.signed.type)
        opened.verify(opened.metadata.signed, "root")
    except (RepositoryError, ValueError):
        raise Stopped(Code.USAGE, "Tệp khoá gốc không đọc được hoặc không tự ký đúng.") from None
    return opened.metadata.signed


def newest_root(root: Root, fetch: Fetch) -> Root:
    """Follow the numbered roots: each must be signed by the one before and by itself."""
    for _ in range(MOST_ROTATIONS):
        body = fetch(f"{root.version + 1}.root.json")
        if body is None:
            break
        following = _parsed("root", body)
        _verify(root, "root", following)
        _verify(following.metadata.signed, "root", following)
        if following.metadata.signed.version != root.version + 1:
            raise Stopped(Code.CHANGED, "Khoá gốc kế tiếp ghi sai số thứ tự.")
        root = following.metadata.signed
    return root


def _need(fetch: Fetch, file: str, role: str) -> bytes:
    body = fetch(file)
    if body is None:
        raise Stopped(
            Code.NOT_OURS,
            f"Không phải bản chính thức: nơi này không có {_name_of(role).lower()} đã ký (tuf/{file}).",
        )
    return body


def _pinned(by: Root | Targets, role: str, meta, fetch: Fetch) -> Metadata:
    body = _need(fetch, f"{meta.version}.{role}.json", role)
    metadata = _signed(by, role, body)
    name = _name_of(role)
    try:
        meta.verify_length_and_hashes(body)
    except LengthOrHashMismatchError:
        raise Stopped(Code.CHANGED, f"{name} đã bị thay.") from None
    if metadata.signed.version != meta.version:
        raise Stopped(Code.CHANGED, f"{name} ghi sai số phiên bản.")
    return metadata


def _signed(by: Root | Targets, role: str, body: bytes) -> Metadata:
    opened = _parsed(role, body)
    _verify(by, role, opened)
    return opened.metadata


def _parsed(role: str, body: bytes) -> Opened:
    try:
        opened = Opened(body)
        kind = opened.metadata.signed.type
        if kind != (role if role in NAMES else "targets"):
            raise ValueError(kind)
    except (RepositoryError, ValueError):
        raise Stopped(Code.CHANGED, f"{_name_of(role)} không đọc được: tệp đã bị đổi.") from None
    return opened


def _verify(by: Root | Targets, role: str, opened: Opened) -> None:
    """Tell a stranger's key from our key under changed words."""
    try:
        opened.verify(by, role)
    except RepositoryError:
        if set(opened.metadata.signatures) & set(by.get_delegated_role(role).keyids):
            message = f"{_name_of(role)} đã bị sửa sau khi ký."
            raise Stopped(Code.CHANGED, message) from None
        message = f"Không phải bản chính thức: {_name_of(role).lower()} do một khoá lạ ký."
        raise Stopped(Code.NOT_OURS, message) from None


def _name_of(role: str) -> str:
    return NAMES.get(role, f"danh mục {role}").capitalize()


def page_name(path: str) -> str:
    """The target of a URL path: what ends in `/` is its index.html."""
    name = path.lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


def address(name: str) -> str:
    """The URL path of a target."""
    is_index = name == "index.html" or name.endswith("/index.html")
    return "/" + (name.removesuffix("index.html") if is_index else name)


def base_name(name: str, target: TargetFile) -> str:
    suffix = SUFFIXES.get((target.custom or {}).get("encoding", ""), "")
    return name.removesuffix(suffix) if suffix else name


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def utc_now() -> datetime:
    return datetime.now(UTC)
