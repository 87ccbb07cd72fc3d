"""Is this file, or are all files of this folder, what was signed?"""

from pathlib import Path

from .manifest import Manifest, address, base_name, sha256
from .sources import Folder
from .verdict import Code, Finding


def check_file(manifest: Manifest, path: Path, name: str | None = None) -> Finding:
    """A file proves genuine and from which release, never that it is the current one.

    `name` is the target it should be, where its place tells (a file inside a release directory).
    """
    found = manifest.by_hash.get(sha256(path.read_bytes()))
    if found is not None and (name is None or _same(manifest, name, path)):
        where = address(base_name(found, manifest.targets[found]))
        return Finding(
            Code.GENUINE,
            f"Bản chính thức, từ bản phát hành {manifest.number} (trang {where}).",
            where,
        )
    if name is not None and name in manifest.targets:
        return _changed(manifest, name, found)
    return Finding(
        Code.NOT_OURS,
        f"Không phải bản chính thức: tệp này không có trong danh mục bản phát hành {manifest.number}.",
        name or path.name,
    )


def _same(manifest: Manifest, name: str, path: Path) -> bool:
    target = manifest.targets.get(name)
    return target is not None and sha256(path.read_bytes()) == target.hashes["sha256"]


def _changed(manifest: Manifest, name: str, found: str | None) -> Finding:
    if found is not None:
        words = f"nội dung là của «{found}», hai tệp bị tráo"
    else:
        words = "khác với bản đã ký"
    return Finding(Code.CHANGED, f"Tệp {name} đã bị đổi: {words}.", name)


def check_folder(manifest: Manifest, folder: Folder) -> list[Finding]:
    """Every file against the list, and the list against the files."""
    here = {
        path.relative_to(folder.files).as_posix(): path
        for path in sorted(folder.files.rglob("*"))
        if path.is_file() and path.relative_to(folder.files).parts[0] != "tuf"
    }
    findings = [check_file(manifest, path, name) for name, path in here.items()]
    wrong = [finding for finding in findings if finding.code != Code.GENUINE]
    missing = [
        Finding(Code.CHANGED, f"Thiếu tệp {name}.", name)
        for name in sorted(manifest.targets.keys() - here.keys())
    ]
    return wrong + missing or [
        Finding(
            Code.GENUINE,
            f"Cả {len(here)} tệp là bản chính thức, từ bản phát hành {manifest.number}.",
        )
    ]
