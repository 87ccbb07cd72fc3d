import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guong.guard import gazetteer, scorer
from guong.portal import guarding
from guong.units.models import User

WORDS = {"pass": "không thấy gì lạ", "hold": "giữ lại", "block": "chặn"}
UNREADABLE = "Không đọc được tệp này như chữ (UTF-8). Lưu thành tệp .txt rồi xét lại."


class Command(BaseCommand):
    help = (
        "Lớp gác. guong guard check TỆP… [--json]: xét chữ trong tệp có đúng là điều nó tự nhận. "
        "guong guard train [--by ACCOUNT]: dạy mô hình từ các bài đã duyệt của chính tỉnh."
    )

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["check", "train"])
        parser.add_argument("files", nargs="*", metavar="TỆP", type=Path)
        parser.add_argument("--json", action="store_true", help="mỗi tệp một dòng JSON")
        parser.add_argument("--by", metavar="ACCOUNT", help="ai dạy (train)")
        parser.add_argument(
            "--gazetteer", type=Path, metavar="TỆP",
            help="tên thêm (JSON): provinces, communes, agencies, agency_codes, hosts",
        )  # fmt: skip

    def handle(self, *, verb, files, **options):
        # Named do_…, because `check` is Django's own.
        if (verb == "check") != bool(files):
            raise CommandError(
                "Muốn xét thì cần tên tệp; muốn dạy mô hình thì không.", returncode=2
            )
        getattr(self, f"do_{verb}")(files, options)

    def do_check(self, files, options):
        names = self._names(options["gazetteer"])
        verdicts = [self._check(path, names) for path in files]
        for path, verdict in zip(files, verdicts, strict=True):
            if options["json"]:
                line = {"file": str(path), **verdict.as_dict()}
                self.stdout.write(json.dumps(line, ensure_ascii=False))
            else:
                self._tell(path, verdict)
        if any(verdict.verdict != scorer.PASS for verdict in verdicts):
            sys.exit(1)

    def do_train(self, files, options):
        try:
            done = guarding.train(by=self._person(options["by"]))
        except guarding.TooLittle as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done), ensure_ascii=False))
            return
        left_out = f" Bỏ qua {done.left_out} bài lớp gác giữ." if done.left_out else ""
        self.stdout.write(
            f"Đã dạy mô hình từ {done.stories} bài, {done.words} chữ.{left_out} Dùng ngay từ bây giờ."
        )

    @staticmethod
    def _person(name):
        if not name:
            return User.objects.system()
        by = User.objects.filter(username=name).first()
        if by is None:
            raise CommandError(f"Không có tài khoản «{name}».")
        return by

    def _names(self, path):
        if path is None:
            return gazetteer.default()
        try:
            return gazetteer.default().plus(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError, AttributeError) as broken:
            raise CommandError(f"Không đọc được danh sách tên «{path}».") from broken

    def _check(self, path, names):
        try:
            text = self._text(path.read_bytes())
        except OSError as missing:
            raise CommandError(f"Không mở được tệp «{path}».") from missing
        verdict = scorer.check(text, names)
        if "\x00" in text or text.count("\ufffd") > 3:
            reason = scorer.Reason("unreadable", 0, 0, "", UNREADABLE)
            held = verdict.verdict if verdict.verdict != scorer.PASS else scorer.HOLD
            return replace(verdict, verdict=held, reasons=(reason, *verdict.reasons))
        return verdict

    @staticmethod
    def _text(content):
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16", "replace")
        return content.decode("utf-8", "replace").removeprefix("\ufeff")

    def _tell(self, path, verdict):
        self.stdout.write(f"{path}: {WORDS[verdict.verdict]}")
        for reason in verdict.reasons:
            self.stdout.write(f"  {reason.start}-{reason.end} «{reason.text}»: {reason.message}")
