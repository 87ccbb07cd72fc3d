import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from guong.guard import gazetteer, scorer


class Command(BaseCommand):
    help = "Xem chữ trong tệp có đúng là điều nó tự nhận: guong guard check TỆP…"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["check"])
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *, verb, files, **options):
        all_pass = True
        for path in files:
            verdict = scorer.check(path.read_text("utf-8", "replace"), gazetteer.default())
            all_pass &= verdict.verdict == scorer.PASS
            if options["json"]:
                line = {"file": str(path), **verdict.as_dict()}
                self.stdout.write(json.dumps(line, ensure_ascii=False))
            else:
                self._tell(path, verdict)
        if not all_pass:
            sys.exit(1)

    def _tell(self, path, verdict):
        words = {"pass": "không thấy gì lạ", "hold": "giữ lại", "block": "chặn"}
        self.stdout.write(f"{path}: {words[verdict.verdict]}")
        for reason in verdict.reasons:
            self.stdout.write(f"  {reason.start}–{reason.end} «{reason.text}»: {reason.message}")
