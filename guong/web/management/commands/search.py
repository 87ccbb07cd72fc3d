import json

from django.core.management.base import BaseCommand, CommandError

from guong.units.models import User
from guong.web import quick


class Command(BaseCommand):
    help = "Tìm nhanh như trong bàn làm việc, trong phần tài khoản ấy được xem."

    def add_arguments(self, parser):
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument("--by", metavar="ACCOUNT")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, query, **options):
        by = (
            User.objects.filter(username=options["by"]).first()
            if options["by"]
            else (User.objects.system())
        )
        if by is None:
            raise CommandError(f"Không có tài khoản «{options['by']}».")
        found = quick.search(query, by)
        if options["json"]:
            rows = [{"kind": f.kind, "id": f.id, "title": f.title, "unit": f.unit} for f in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for hit in found:
            self.stdout.write(f"{hit.title} ({hit.sub})")
        if not found:
            self.stdout.write("Không thấy gì.")
