import json
import sys

from django.core.management.base import BaseCommand, CommandError

from guong.core.calendar import parse_period
from guong.reporting import papers
from guong.reporting.figures import figures
from guong.reporting.models import PeriodicReport
from guong.units.models import Unit


class Command(BaseCommand):
    help = "Số liệu một kỳ của toàn tỉnh, hoặc của một đơn vị và các đơn vị dưới nó."

    def add_arguments(self, parser):
        parser.add_argument("period", metavar="PERIOD", help="2026-H1 hoặc 2026")
        parser.add_argument("--unit", metavar="CODE")
        parser.add_argument("--format", choices=["json", "docx", "xlsx"], default="json")

    def handle(self, *, period, unit, **options):
        try:
            asked = parse_period(period)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        code = unit or "TINH"
        place = Unit.objects.filter(code=code).first()
        if place is None:
            raise CommandError(f"Không có đơn vị nào mang mã «{code}».")
        if options["format"] == "json":
            found = figures(asked, None if place.is_root() else place)
            numbers = {figure.code: figure.number for figure in found}
            self.stdout.write(json.dumps(numbers, ensure_ascii=False))
            return
        report = PeriodicReport.objects.filter(unit=place, period_code=asked.code).first()
        # Nobody has opened it yet: the paper is a draft with live figures and writes nothing.
        report = report or PeriodicReport(unit=place, period_code=asked.code)
        made = papers.docx(report) if options["format"] == "docx" else papers.xlsx(report)
        sys.stdout.buffer.write(made)
