import json
import os
import secrets
import shutil
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guong.core import sealing
from guong.core.signing import signer
from guong.demo import province
from guong.exemplars.models import Exemplar
from guong.units.models import User

WORDS = (
    "sông núi làng rừng nắng mưa gió biển đất lúa ngô khoai bắp cà chiêng trống nhà cửa bếp "
    "lửa suối đồi trăng sao"
).split()


class Command(BaseCommand):
    help = "Dựng tỉnh mẫu trong chỗ chứa này; kết thúc bằng một bản phát hành."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1, metavar="N")
        parser.add_argument("--remove", action="store_true", help="xoá cả chỗ chứa mẫu")
        parser.add_argument("--accounts", action="store_true", help="cấp mật khẩu mới và in ra")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, scale, remove, accounts, **options):
        marker = settings.HOME / "DEMO"
        if remove:
            return self._remove(marker)
        if accounts:
            return self._print_accounts(marker, options["json"])
        if not marker.exists():
            if Exemplar.objects.exists():
                raise CommandError("Chỗ chứa này có dữ liệu thật; dữ liệu mẫu phải ở chỗ riêng.")
            marker.write_text("DỮ LIỆU MẪU\n", encoding="utf-8")
            # The mark is read when the settings load: start again in a home that carries it.
            os.execv(sys.executable, [sys.executable, "-m", "guong.cli", *sys.argv[1:]])
        if Exemplar.objects.exists():
            raise CommandError("Dữ liệu mẫu đã có. Xoá bằng: guong demo-data --remove")
        began = time.monotonic()
        made = province.Province(scale=scale)
        made.build()
        sealing.seal_all()
        with signer.alongside(settings.HOME):
            made.release()
        sealing.seal_all()
        self.stderr.write(
            f"Tỉnh mẫu: {Exemplar.objects.count()} điển hình, {time.monotonic() - began:.0f} giây."
        )
        return self._print_accounts(marker, options["json"])

    def _remove(self, marker):
        if not marker.exists():
            raise CommandError("Đây không phải chỗ chứa mẫu; không xoá gì.")
        shutil.rmtree(settings.HOME)
        self.stderr.write("Đã xoá chỗ chứa mẫu.")

    def _print_accounts(self, marker, as_json):
        if not marker.exists():
            raise CommandError("Đây không phải chỗ chứa mẫu.")
        found = []
        named = [row[0] for row in province.ACCOUNTS]
        rows = User.objects.filter(username__in=named) | User.objects.filter(
            username__regex=r"^xa\d\d$"
        )
        for account in rows.order_by("pk"):
            password = (
                "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(100)}"
            )
            account.set_password(password)
            account.save()
            found.append(
                {
                    "account": account.username,
                    "password": password,
                    "functions": account.functions(),
                    "unit": account.unit.code,
                    "unit_name": account.unit.name,
                }
            )
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write("Tài khoản mẫu (mật khẩu chỉ in lần này):")
        for row in found:
            self.stdout.write(
                f"  {row['account']:12} {row['password']:34} {', '.join(row['functions'])}"
            )
