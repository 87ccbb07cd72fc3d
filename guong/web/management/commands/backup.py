from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guong.web import archive


class Command(BaseCommand):
    help = "Sao lưu vào một thư mục trống: dữ liệu, tệp, bản đang phát hành; không có khoá."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder, **options):
        try:
            made = archive.backup(folder)
        except archive.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Đã sao lưu {len(made['files'])} tệp, {made['counts']['exemplars']} điển "
            f"hình. Khoá sao lưu riêng."
        )
