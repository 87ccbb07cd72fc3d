"""`verify` and `watch` on the command line."""

import argparse
import json
import os
import smtplib
import sys
import time
from datetime import datetime
from pathlib import Path

from . import state
from .files import check_file, check_folder
from .manifest import Manifest, read_manifest, utc_now
from .messenger import Messenger, Post, write_report
from .pages import check_page
from .sources import Folder, Portal
from .verdict import Code, Finding, Stopped, gravest
from .watch import THOROUGH, watch

ROUNDS = 3  # releases may be switched while a round goes on; not for ever


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(Code.USAGE, f"Sai cách dùng: {message}\n")


def parser() -> argparse.ArgumentParser:
    made = _Parser(
        prog="guong-verify", description="Trang này có đúng là của cơ quan, có bị sửa không?"
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="verify|watch")
    verify = commands.add_parser(
        "verify",
        help="kiểm tra một trang, một tệp hoặc một thư mục",
        description="Mã thoát: 0 bản thật · 1 đã bị đổi · 3 không phải của cơ quan · "
        "4 thật nhưng cũ hoặc quá hạn · 5 không kết nối được · 2 sai cách dùng.",
    )
    verify.add_argument("what", metavar="URL/TỆP/THƯ MỤC")
    verify.add_argument(
        "--metadata",
        metavar="URL/THƯ MỤC",
        help="danh mục đã ký lấy ở đây (khi kiểm tra một tệp rời hay một trang chép lại)",
    )
    round_ = commands.add_parser("watch", help="đi một vòng mọi trang của cổng, báo cáo JSON")
    round_.add_argument("what", metavar="URL")
    round_.add_argument(
        "--every", type=float, metavar="PHÚT", help="đi mãi, cứ chừng ấy phút một vòng"
    )
    round_.add_argument(
        "--report", type=Path, metavar="TỆP", help="ghi kết quả vào tệp; trang «Cổng công khai» đọc"
    )
    round_.add_argument(
        "--mail", metavar="ĐỊA CHỈ", help="gửi thư khi có chuyện, và mỗi tuần một lần"
    )
    round_.add_argument("--smtp", default="localhost:25", metavar="MÁY:CỔNG", help="máy chủ thư")
    round_.add_argument("--mail-from", default="guong@localhost", metavar="ĐỊA CHỈ")
    round_.add_argument(
        "--thorough",
        type=int,
        default=THOROUGH,
        metavar="N",
        help="bao nhiêu trang được thử đủ mọi kiểu khách ở mỗi vòng",
    )
    for command in (verify, round_):
        command.add_argument("--root", type=Path, metavar="TỆP", help="tệp khoá gốc (root.json)")
        command.add_argument(
            "--state", type=Path, metavar="TỆP", help="nhớ bản mới nhất đã thấy, để nhận ra bản cũ"
        )
        command.add_argument(
            "--at-least", type=int, metavar="N", help="phải từ bản phát hành N trở lên"
        )
        command.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    return made


def main(arguments: list[str], *, now: datetime | None = None) -> int:
    """Run one command; return its exit code."""
    options = parser().parse_args(arguments)
    if options.command == "watch":
        return _keep_watching(options, now)
    now = now or utc_now()
    try:
        report = _verify(options, now)
    except Stopped as stopped:
        report = _report([stopped.finding], None)
    _say(report, options)
    return report["code"]


# --- verify ------------------------------------------------------------------
def _verify(options, now: datetime) -> dict:
    check, source = _plan(options)
    manifest, findings = _manifest(options, source, now)
    found = check(manifest)
    _remember(options, manifest, source)
    return _report(_merge(found, findings), manifest)


def _plan(options):
    """What to check and where the signed list lies: (manifest → findings, source)."""
    what, path = options.what, Path(options.what)
    if "://" in what:
        portal = Portal(what)
        source = _source(options.metadata) or portal
        return lambda manifest: check_page(portal, manifest, portal.path, portal.query), source
    if path.is_dir():
        folder = Folder(path)
        return lambda manifest: check_folder(manifest, folder), _source(options.metadata) or folder
    if not path.is_file():
        raise Stopped(Code.USAGE, f"Không thấy tệp, thư mục hay địa chỉ «{what}».")
    folder = Folder.around(path)
    name = _name(folder, path)
    source = _source(options.metadata) or folder or _remembered(options)
    return lambda manifest: [check_file(manifest, path, name)], source


def _name(folder: Folder | None, path: Path) -> str | None:
    if folder is None or not path.absolute().is_relative_to(folder.files.absolute()):
        return None
    return path.absolute().relative_to(folder.files.absolute()).as_posix()


def _source(where: str | None):
    if where is None:
        return None
    return Portal(where) if "://" in where else Folder(Path(where))


def _remembered(options):
    seen = state.load(options.state) if options.state else None
    if seen is None or not seen.portal:
        raise Stopped(
            Code.USAGE,
            "Cần biết danh mục đã ký ở đâu: thêm --metadata URL, hoặc --state của lần kiểm tra trước.",
        )
    return Portal(seen.portal)


# --- both ---------------------------------------------------------------------
def _manifest(options, source, now: datetime) -> tuple[Manifest, list[Finding]]:
    """The signed list, and what is to be said of its age."""
    manifest = read_manifest(_root(options), source.metadata)
    seen = state.load(options.state) if options.state else None
    findings = [state.compare(manifest, seen)] if seen else []
    number = manifest.number
    if options.at_least and number < options.at_least:
        words = f"Bản thật nhưng cũ: bản phát hành {number}, cần từ bản {options.at_least}."
        findings.append(Finding(Code.OLDER, words))
    if manifest.is_expired(now):
        until = manifest.expires.strftime("%d/%m/%Y %H:%M UTC")
        words = f"Bản phát hành {number} là thật nhưng dấu thời gian đã quá hạn ({until})"
        findings.append(Finding(Code.OLDER, f"{words}: có thể đã có bản mới hơn."))
    return manifest, [finding for finding in findings if finding]


def _root(options) -> bytes:
    home = os.environ.get("GUONG_HOME")
    path = options.root or (Path(home) / "trust" / "root.json" if home else None)
    if path is None:
        raise Stopped(
            Code.USAGE,
            "Cần tệp khoá gốc: --root root.json (lấy ở cơ quan, đối chiếu mã in trên giấy).",
        )
    try:
        return path.read_bytes()
    except OSError:
        raise Stopped(Code.USAGE, f"Không đọc được tệp khoá gốc {path}.") from None


def _remember(options, manifest: Manifest, source) -> None:
    """An older or second list under one number must not make the newer one forgotten."""
    if not options.state:
        return
    seen = state.load(options.state)
    if seen is None or state.compare(manifest, seen) is None:
        portal = getattr(source, "origin", "") or (seen.portal if seen else "")
        state.save(options.state, manifest, portal)


def _merge(found: list[Finding], age: list[Finding]) -> list[Finding]:
    """An old list leaves no «genuine» standing alone."""
    if age and all(finding.code == Code.GENUINE for finding in found):
        return age
    return found + age


def _report(findings: list[Finding], manifest: Manifest | None) -> dict:
    code = gravest(findings)
    return {
        "code": int(code),
        "message": next(finding.message for finding in findings if finding.code == code),
        "release": manifest.number if manifest else None,
        "test_keys": manifest.is_test if manifest else None,
        "findings": [finding.as_dict() for finding in findings],
    }


# --- watch --------------------------------------------------------------------
def _keep_watching(options, now: datetime | None) -> int:
    """One round, or one after the other until somebody stops it."""
    post = Post(options.mail, options.smtp, options.mail_from) if options.mail else None
    messenger = Messenger(post) if post else None
    while True:
        began = time.monotonic()
        report = _round(options, now or utc_now())
        if options.report:
            write_report(options.report, report | {"every": options.every})
        _say(report, options)
        if messenger:
            _tell(messenger, report, now or utc_now())
        if not options.every or report["code"] == Code.USAGE:
            return report["code"]
        time.sleep(max(0.0, options.every * 60 - (time.monotonic() - began)))


def _round(options, now: datetime) -> dict:
    try:
        portal = Portal(options.what)
        for _ in range(ROUNDS):
            manifest, age = _whole(options, portal, now)
            report = watch(portal, manifest, now, most_thorough=options.thorough)
            # What was found may be the next release, switched to meanwhile: only our keys make one.
            if not report["findings"] or _whole(options, portal, now)[0].number <= manifest.number:
                break
        _remember(options, manifest, portal)
    except Stopped as stopped:
        found = {"portal": options.what, "at": now.isoformat(timespec="seconds"), "requests": 0}
        return _report([stopped.finding], None) | found
    findings = report["findings"] + [finding.as_dict() for finding in age]
    code = gravest([Finding(Code(each["code"]), each["message"]) for each in findings])
    return report | {"findings": findings, "code": int(code), "test_keys": manifest.is_test}


def _whole(options, portal: Portal, now: datetime) -> tuple[Manifest, list[Finding]]:
    """The signed list with all its parts, so that a later switch of releases takes none away."""
    try:
        manifest, age = _manifest(options, portal, now)
        len(manifest.targets)
    except Stopped:
        # The switch may have come between two parts; a second time it is no accident.
        manifest, age = _manifest(options, portal, now)
        len(manifest.targets)
    return manifest, age


def _tell(messenger: Messenger, report: dict, now: datetime) -> None:
    """A mail server that is down must not stop the watch: the report file still tells."""
    try:
        messenger.tell(report, now)
    except (OSError, smtplib.SMTPException) as trouble:
        sys.stderr.write(f"Không gửi được thư: {trouble}\n")


def _say(report: dict, options) -> None:
    if options.json or options.command == "watch":
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
        return
    for finding in report["findings"]:
        sys.stdout.write(finding["message"] + "\n")
    if report["test_keys"]:
        sys.stdout.write("Lưu ý: ký bằng KHOÁ THỬ, chưa phải khoá của cơ quan.\n")
