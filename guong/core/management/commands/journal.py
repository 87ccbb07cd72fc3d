import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guong.core import sealing


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký: guong journal verify [--witness TỆP]."

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["verify", "head"])
        parser.add_argument("--witness", type=Path, help="đầu chuỗi (JSON) lưu ở nơi khác")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, verb, witness, **options):
        sealing.seal_all()
        if verb == "head":
            self._print(sealing.head())
            return
        finding = sealing.verify(self._read(witness) if witness else None)
        if options["json"]:
            self._print({"lines": finding.lines, "breaks": finding.breaks, "head": finding.head})
        if finding.breaks:
            raise CommandError("\n".join(finding.breaks))
        if not options["json"]:
            self.stdout.write(
                f"Nhật ký nguyên vẹn: {finding.lines} dòng, đầu chuỗi "
                f"{finding.head['digest'][:16]}."
            )

    def _print(self, value):
        self.stdout.write(json.dumps(value, ensure_ascii=False))

    @staticmethod
    def _read(path):
        return json.loads(path.read_text("utf-8"))
