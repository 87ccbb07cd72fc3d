"""What this verifier has seen before: the only thing that unmasks an older release put back."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from .manifest import Manifest
from .verdict import Code, Finding, Stopped


@dataclass(frozen=True)
class Seen:
    """The newest release this verifier has met."""

    number: int
    digest: str
    timestamp: int
    root_version: int
    portal: str = ""


def load(path: Path) -> Seen | None:
    """The state file's content; None when there is no file yet. Raises Stopped."""
    try:
        return Seen(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, TypeError, ValueError):
        raise Stopped(Code.USAGE, f"Tệp trạng thái {path} không đọc được.") from None


def save(path: Path, manifest: Manifest, portal: str) -> None:
    seen = Seen(manifest.number, manifest.digest, manifest.timestamp, manifest.root_version, portal)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_text(json.dumps(asdict(seen), indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def compare(manifest: Manifest, seen: Seen) -> Finding | None:
    """What is wrong with this list in the light of what was seen before."""
    number = manifest.number
    if number == seen.number and manifest.digest != seen.digest:
        return Finding(
            Code.CHANGED, f"Có hai bản phát hành khác nhau cùng mang số {number}: báo ngay."
        )
    if number < seen.number:
        return Finding(
            Code.OLDER,
            f"Bản thật nhưng cũ: đây là bản phát hành {number}, đã từng thấy bản {seen.number}.",
        )
    if manifest.timestamp < seen.timestamp or manifest.root_version < seen.root_version:
        return Finding(
            Code.OLDER,
            f"Bản phát hành {number} là thật nhưng dấu thời gian hoặc khoá gốc là bản cũ.",
        )
    return None
