from django.core.management.base import BaseCommand, CommandError

from guong.core import sealing
from guong.web import integrity


class Command(BaseCommand):
    help = "Kiểm tra những điều không bao giờ được sai: nhật ký, tệp, số văn bản, danh sách, cổng."

    def handle(self, **options):
        sealing.seal_all()
        if found := list(integrity.breaches()):
            raise CommandError("\n".join(found))
        self.stdout.write("Mọi điều đều đúng.")
