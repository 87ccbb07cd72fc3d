"""Make `guong-verify.pyz`: the sentinel and what it stands on, in one file for any Python.

`python scripts/build_verifier.py [PATH]`; default `dist/guong-verify.pyz`. Same sources, same bytes.
"""

import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAIN = "import sys\n\nfrom guong.sentinel.cli import main\n\nsys.exit(main(sys.argv[1:]))\n"
# Of tuf only the metadata classes: its client would bring an HTTP library.
PARTS = {"tuf": ("__init__.py", "api"), "securesystemslib": None}
LEFT_OUT = ("tests", "__pycache__")
EPOCH = (1980, 1, 1, 0, 0, 0)


def package(name: str) -> Path:
    return Path(importlib.util.find_spec(name).origin).parent


def sources() -> Iterator[tuple[str, bytes]]:
    """Name in the archive and content of every file."""
    yield "__main__.py", MAIN.encode()
    yield "guong/__init__.py", (ROOT / "guong" / "__init__.py").read_bytes()
    for path in sorted((ROOT / "guong" / "sentinel").glob("*.py")):
        yield f"guong/sentinel/{path.name}", path.read_bytes()
    for name, parts in PARTS.items():
        yield from modules(name, parts)
    yield from licences()


def modules(name: str, parts: tuple[str, ...] | None) -> Iterator[tuple[str, bytes]]:
    folder = package(name)
    inside = [path.relative_to(folder) for path in sorted(folder.rglob("*.py"))]
    wanted = [
        path
        for path in inside
        if (parts is None or path.parts[0] in parts) and not set(path.parts) & set(LEFT_OUT)
    ]
    for path in wanted:
        yield f"{name}/{path.as_posix()}", (folder / path).read_bytes()
    # An archive knows no folder without a file of its own: give each its (empty) __init__.
    for bare in sorted(
        {path.parent for path in wanted}
        - {path.parent for path in wanted if path.name == "__init__.py"}
    ):
        yield f"{name}/{bare.as_posix()}/__init__.py", b""


def licences() -> Iterator[tuple[str, bytes]]:
    """What we pass on travels with its licence."""
    for name in PARTS:
        for folder in sorted(package(name).parent.glob(f"{name}-*.dist-info")):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.name.upper().startswith("LICENSE"):
                    yield f"licences/{name}/{path.name}", path.read_bytes()


def build(path: Path) -> Path:
    """Write the archive whole; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in sources():
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, body)
    beside.chmod(0o755)
    beside.replace(path)
    return path


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "guong-verify.pyz")
    sys.stdout.write(f"{made} ({made.stat().st_size // 1024} kB)\n")
