import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from guong.core.progress import track
from guong.demo import path


class Command(BaseCommand):
    help = "Đi hết con đường một lần trên một chỗ chứa tạm; kết thúc bằng bảng tổng kết."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--dir", metavar="DIR", help="nơi đặt chỗ chứa tạm")

    def handle(self, **options):
        began = time.monotonic()
        call_command("init_home", stdout=self.stderr)
        done = [
            path.Step(
                "0 Lập chỗ chứa",
                "khoá, dữ liệu, 174 đơn vị",
                str(settings.HOME),
                time.monotonic() - began,
            )
        ]
        walk = path.Walk()
        for title, step in track(walk.steps(), "Con đường"):
            start = time.monotonic()
            made, place = step()
            done.append(path.Step(title, made, place, time.monotonic() - start))
        self._table(done)
        self.stdout.write(f"\n{path.totals()}. Tất cả nằm trong {settings.HOME}")

    def _table(self, done):
        width = max(len(step.title) for step in done)
        for step in done:
            self.stdout.write(f"{step.title:{width}}  {step.seconds:5.1f} s  {step.made}")
            self.stdout.write(f"{'':{width}}           → {step.place}")
        total = sum(step.seconds for step in done)
        self.stdout.write(f"{'Cộng':{width}}  {total:5.1f} s")
