"""The `guong` command: maps the verbs of the house to management commands.

Exit 0 done, 1 refused or found wrong (with a Vietnamese sentence), 2 wrong usage.
"""

import os
import secrets
import sys
from pathlib import Path

VERBS = {
    "import": "import_file",
    "demo-data": "demo_data",
    "check-integrity": "check_integrity",
    "init": "init_home",
}
WITHOUT_SETTINGS = {"verify", "watch"}
ROOT = Path(__file__).resolve().parents[1]


def home() -> Path:
    """Where everything that is written lies."""
    return Path(os.environ.get("GUONG_HOME") or ROOT / "var").resolve()


def make_home(place: Path) -> None:
    """The folder and its two environment files; the drop box gets a secret of its own."""
    place.mkdir(parents=True, exist_ok=True, mode=0o750)
    plain = "GUONG_HTTP=1\n" if os.environ.get("GUONG_HTTP") else ""
    for name in (".env", "dropbox.env"):
        if not (place / name).exists():
            handle = os.open(place / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\n{plain}")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code (the console script exits with it)."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments:
        arguments = ["help"]
    verb = arguments[0]
    if verb in WITHOUT_SETTINGS:
        from guong.sentinel.cli import main as sentinel

        return sentinel(arguments)
    place = home()
    os.environ["GUONG_HOME"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.office")
    if verb == "init" and not {"-h", "--help"} & set(arguments):
        make_home(place)
    elif not (place / ".env").exists() and "SECRET_KEY" not in os.environ:
        if verb in ("demo",) or {"-h", "--help", "help"} & set(arguments):
            os.environ["SECRET_KEY"] = secrets.token_urlsafe(48)
        else:
            print(f"{place} chưa được lập. Chạy: guong init", file=sys.stderr)
            return 1
    return _django([VERBS.get(verb, verb), *arguments[1:]])


def _django(arguments: list[str]) -> int:
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError

    sys.argv = ["guong", *arguments]
    try:
        ManagementUtility(sys.argv).execute()
    except CommandError as refusal:  # raised through `call_command`
        print(refusal, file=sys.stderr)
        return 1
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(bool(ending.code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
