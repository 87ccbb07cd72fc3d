from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from guong.core import sealing
from guong.core.signing import ceremonies
from guong.web import archive, integrity
from guong.web.management.commands.init_home import make_identity_key


class Command(BaseCommand):
    help = "Phục hồi một bản sao lưu vào chỗ chứa trống, rồi kiểm tra mọi điều."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder, **options):
        try:
            manifest = archive.restore(folder)
        except archive.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        make_identity_key()
        if not (settings.HOME / "trust" / "root.json").exists():
            ceremonies.make_test_keys(settings.HOME)
        call_command("migrate", database="default", verbosity=0)
        call_command("migrate", "dropbox", database="intake", verbosity=0)
        wrong = list(integrity.breaches())
        if archive.counts() != manifest["counts"]:
            wrong.append("Số dòng phục hồi khác số dòng đã sao lưu.")
        if sealing.head() != manifest["journal"]:
            wrong.append("Đầu chuỗi nhật ký khác lúc sao lưu.")
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(
            f"Đã phục hồi {manifest['counts']['exemplars']} điển hình; mọi điều đều đúng. "
            "Khoá ký phục hồi riêng."
        )
