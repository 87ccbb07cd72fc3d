"""The command line: `guong VERB …` becomes a management command, the sentinel, or a new home.

Exit codes: 0 done, 1 refused or found wrong (one Vietnamese sentence on stderr), 2 wrong usage;
`verify` and `watch` have their own. Django is imported only when a verb needs it.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]

VERBS = {
    "init": "lập chỗ chứa mới: khoá, cơ sở dữ liệu, đơn vị, phiếu của quản trị đầu tiên",
    "invite": "in một phiếu mời nữa cho một người",
    "run": "chạy cả hệ thống: bàn làm việc, cổng, hộp thư, hàng đợi, việc theo giờ, bộ ký",
    "demo": "đi hết con đường một lần trên một chỗ chứa tạm, có bảng tổng kết",
    "demo-data": "dựng tỉnh mẫu trong chỗ chứa riêng; --accounts cấp mật khẩu mới",
    "import": "xem trước rồi nhập một tệp Excel (ghi khi có --yes --by)",
    "guard": "xét xem lời văn, liên kết, tệp có đúng là của cơ quan không",
    "discover": "bài báo có kể về một gương tốt không: discover score",
    "release": "bản phát hành của cổng: build, publish, list, repair, revert, check, serving",
    "keys": "khoá ký: init, rotate, export, fingerprint",
    "verify": "một trang, tệp hay bản phát hành có thật là của tỉnh không",
    "watch": "canh một cổng, báo khi có trang bị sửa",
    "report": "số liệu của một kỳ: 2026-H1 hay 2026",
    "search": "tìm nhanh như trong bàn làm việc",
    "journal": "kiểm tra chuỗi nhật ký: journal verify",
    "check-integrity": "kiểm tra các điều không bao giờ được sai",
    "backup": "sao lưu vào một thư mục",
    "restore": "phục hồi vào một chỗ chứa trống",
    "matching": "dựng lại bảng dấu để tìm hồ sơ trùng: matching rebuild",
    "maintenance": "chế độ chỉ đọc: on, off",
}
RENAMED = {
    "init": "init_home",
    "import": "import_file",
    "demo-data": "demo_data",
    "check-integrity": "check_integrity",
}
# The checks of the database ask for what `migrate` is about to make: the journal's triggers.
ALWAYS = {"migrate": ["--skip-checks"]}
SENTINEL = {"verify", "watch"}
MAKES_A_HOME = {"init", "restore"}
# A home remembers how it was made: a later start without these must not open another database.
REMEMBERED = (
    "GUONG_HTTP",
    "DATABASE_URL",
    "INTAKE_URL",
    # The addresses stand in every released page.
    "GUONG_PORTAL_URL",
    "GUONG_PORTAL_PORT",
    "GUONG_OFFICE_PORT",
    "GUONG_DROPBOX_PORT",
)
REMEMBERED_BY_DROPBOX = ("GUONG_HTTP", "INTAKE_URL")


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    verb, *rest = (sys.argv[1:] if argv is None else argv) or [""]
    if verb in {"", "-h", "--help", "help"}:
        print(overview(), file=sys.stdout if verb else sys.stderr)
        return 0 if verb else 2
    if verb in SENTINEL:
        from guong.sentinel.cli import main as sentinel

        return sentinel([verb, *rest])
    if {"-h", "--help"} & set(rest):
        os.environ.setdefault("SECRET_KEY", "only-to-print-help")
    elif verb in MAKES_A_HOME:
        make_environment(home())
    elif verb == "demo":
        rest = make_scratch_home(rest)
    elif not is_made(home()):
        return refuse(f"{home()} chưa được lập. Chạy: guong init")
    return call(verb, rest)


def home() -> Path:
    """Where everything is written: GUONG_HOME, or `var/` in the checkout."""
    return Path(os.environ.get("GUONG_HOME") or CHECKOUT / "var").resolve()


def is_made(place: Path) -> bool:
    return (place / os.environ.get("GUONG_ENV", ".env")).exists() or "SECRET_KEY" in os.environ


def make_environment(place: Path) -> None:
    """Write `.env` and `dropbox.env`, each with a secret of its own; keep what is there."""
    place.mkdir(parents=True, exist_ok=True, mode=0o750)
    (place / "static").mkdir(exist_ok=True)  # WhiteNoise complains when it is not there
    for name, remembered in {".env": REMEMBERED, "dropbox.env": REMEMBERED_BY_DROPBOX}.items():
        values = {"SECRET_KEY": secrets.token_urlsafe(50)}
        values |= {key: os.environ[key] for key in remembered if os.environ.get(key)}
        write_once(place / name, "".join(f"{key}='{value}'\n" for key, value in values.items()))


def write_once(path: Path, text: str) -> None:
    """Create the file for its owner alone; an existing one is left as it is."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text)


def make_scratch_home(rest: list[str]) -> list[str]:
    """Point GUONG_HOME at the directory of `--dir`, or a new one; return the rest, naming it.

    Settings read their home once, so it must stand before the command is loaded.
    """
    if "--dir" in rest[:-1]:
        place = Path(rest[rest.index("--dir") + 1]).resolve()
    else:
        place = Path(tempfile.mkdtemp(prefix="guong-demo-"))
        rest = [*rest, "--dir", str(place)]
    if (place / ".env").exists() and not (place / "DEMO").exists():
        sys.exit(refuse(f"{place} là chỗ chứa thật, không chạy thử ở đó."))
    # Whatever database is set outside belongs to the real office.
    for name in ("DATABASE_URL", "INTAKE_URL", "SECRET_KEY"):
        os.environ.pop(name, None)
    os.environ.update(GUONG_HOME=str(place), GUONG_HTTP="1")
    make_environment(place)
    write_once(place / "DEMO", "DỮ LIỆU MẪU\n")
    return rest


def call(verb: str, rest: list[str]) -> int:
    """Hand over to the management command of the verb."""
    os.environ["GUONG_HOME"] = str(home())  # a child process may have another working directory
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.office")
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    name = RENAMED.get(verb, verb)
    app = get_commands().get(name)
    if app is None:
        print(f"Không có lệnh «{verb}». Xem: guong --help", file=sys.stderr)
        return 2
    command = app if hasattr(app, "handle") else load_command_class(app, name)
    command._called_from_command_line = True  # wrong usage ends with exit code 2
    words = [*ALWAYS.get(verb, []), *rest]
    options = vars(command.create_parser("guong", verb).parse_args(words))
    return execute(command, options)


def execute(command, options: dict) -> int:
    """Run the command; a refusal is a sentence, anything else is left to crash loudly."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.core.management import CommandError
    from django.db import connections

    from guong.core.states import IllegalMove

    try:
        command.execute(*options.pop("args", ()), **options)
    except CommandError as refusal:
        return refuse(str(refusal), refusal.returncode)
    except ValidationError as refusal:
        return refuse(" ".join(refusal.messages))
    except IllegalMove as refusal:
        return refuse(refusal.message)
    except PermissionDenied as refusal:
        return refuse(f"Tài khoản này không được làm việc đó ({refusal}).")
    finally:
        connections.close_all()
    return 0


def refuse(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code


def overview() -> str:
    width = max(map(len, VERBS))
    return "\n".join(
        [
            "guong LỆNH …   (guong LỆNH --help giải thích từng lệnh)",
            "",
            *[f"  {verb:<{width}}  {what}" for verb, what in VERBS.items()],
            "",
            f"Chỗ chứa: GUONG_HOME, hiện là {home()}",
            "Lệnh khác, như migrate hay check, là lệnh của Django.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
