import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guong.core import calendar
from guong.discovery import articles, scoring, selectors, watching
from guong.discovery.fetching import NotFetched
from guong.guard import gazetteer, scorer

GUARD = {"pass": "cho qua", "hold": "giữ lại", "block": "chặn"}
STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = (
        "Phát hiện. guong discover score TỆP… [--json]: bài báo này có kể về một gương tốt không? "
        "TỆP là «-» thì đọc từ bàn phím hay ống dẫn. Mã thoát: 0 đọc và chấm xong; 1 không đọc được, "
        "địa chỉ không có trong danh sách nguồn, hoặc có bài dưới --at-least; 2 gọi sai cách."
    )

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["score"])
        parser.add_argument("files", nargs="*", metavar="TỆP")
        parser.add_argument(
            "--url", metavar="ĐỊA CHỈ", help="một bài ở nguồn đã có trong danh sách"
        )
        parser.add_argument("--json", action="store_true", help="mỗi bài một dòng JSON")
        parser.add_argument(
            "--at-least",
            type=float,
            metavar="ĐIỂM",
            help="mã thoát 1 khi có bài dưới điểm này (0 đến 1)",
        )

    def handle(self, *, files, url, at_least, **options):
        if bool(files) == bool(url):
            raise CommandError("Cần tên tệp, hoặc --url, một trong hai.", returncode=2)
        places = selectors.places(calendar.today())
        # All are read before the first is told: a missing file is a refusal of the whole.
        texts = [(url, self._fetched(url))] if url else [(name, self._read(name)) for name in files]
        scores = [(name, scoring.score(text, places)) for name, text in texts]
        for name, found in scores:
            guard = scorer.check(found.text, gazetteer.default())
            self._json(name, found, guard) if options["json"] else self._tell(name, found, guard)
        if at_least is not None and any(found.score < at_least for _, found in scores):
            sys.exit(1)

    @staticmethod
    def _fetched(url):
        try:
            article = watching.article_at(url)
        except NotFetched as refusal:
            raise CommandError(str(refusal)) from refusal
        return f"{article.title}\n\n{article.text}"

    @staticmethod
    def _read(name):
        try:
            is_piped = name == STANDARD_INPUT
            content = sys.stdin.buffer.read() if is_piped else Path(name).read_bytes()
        except OSError as missing:
            raise CommandError(f"Không mở được tệp «{name}».") from missing
        try:
            text = content.decode(
                "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
            )
        except UnicodeDecodeError as broken:
            sentence = f"Không đọc được «{name}» như chữ (UTF-8). Lưu thành tệp .txt rồi thử lại."
            raise CommandError(sentence) from broken
        article = articles.pasted(text)
        return (
            f"{article.title}\n\n{article.text}"
            if article.title not in article.text
            else article.text
        )

    def _json(self, name, found, guard):
        line = {"file": name} | asdict(found) | {"guard": guard.as_dict()}
        line["is_worth_a_look"] = found.is_worth_a_look
        del line["text"]
        self.stdout.write(json.dumps(line, ensure_ascii=False))

    def _tell(self, name, found, guard):
        worth = "đáng xem" if found.is_worth_a_look else "chưa thấy gương tốt"
        whole = round(100 * found.score)
        self.stdout.write(f"{name}: {whole} điểm trên 100, {worth}; lớp gác {GUARD[guard.verdict]}")
        for reason in found.reasons:
            points = f"{reason.points:+d}" if reason.points else "   "
            self.stdout.write(f"  {points:>4}  {reason.message}")
        for reason in guard.reasons:
            self.stdout.write(f"  gác   «{reason.text}»: {reason.message}")
        for label, values in (("Ai", found.who), ("Ở đâu", found.where), ("Số liệu", found.facts)):
            if values:
                self.stdout.write(f"  {label}: {'; '.join(values)}")
