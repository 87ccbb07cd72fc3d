"""Our own source as the house tests read it: rooms, files, syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "guong"
NOT_ROOMS = {"core", "guard", "dropbox", "sentinel", "demo"}


def packages() -> list[Path]:
    """Every package under guong, rooms and plumbing alike."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def rooms() -> list[Path]:
    """The rooms of the scheme, units to web: what has actions, policies, pages."""
    return [path for path in packages() if path.name not in NOT_ROOMS]


def python(folder: Path = PACKAGE, *, tests: bool = False) -> list[Path]:
    """The Python files we wrote, without migrations, and without tests unless asked for."""
    return [
        path
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def parts(room: Path, name: str) -> list[Path]:
    """`actions.py`, or the files of `actions/` where a room has split it."""
    single = room / f"{name}.py"
    return [single] if single.exists() else sorted((room / name).glob("*.py"))


def functions(paths: list[Path]) -> list[ast.FunctionDef]:
    return [node for path in paths for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def calls(node: ast.AST) -> list[ast.Call]:
    return [found for found in ast.walk(node) if isinstance(found, ast.Call)]


def called(call: ast.Call) -> str:
    """`journal.record` of `journal.record(…)`."""
    return ast.unparse(call.func)


def tracked() -> list[Path]:
    """Every file that is, or would be, committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
