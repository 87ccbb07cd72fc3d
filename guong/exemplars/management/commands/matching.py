from django.core.management.base import BaseCommand
from django.db import transaction

from guong.core.progress import bar
from guong.exemplars.matching import index
from guong.exemplars.models import Exemplar


class Command(BaseCommand):
    help = "Dựng lại bảng dấu để tìm hồ sơ trùng, ví dụ sau khi đổi tên đơn vị."

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["rebuild"])

    def handle(self, **options):
        with transaction.atomic(), bar("Đang dựng", Exemplar.objects.count()) as tell:
            total = index.rebuild(tell)
        self.stdout.write(f"Đã dựng dấu cho {total} hồ sơ.")
