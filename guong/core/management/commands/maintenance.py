from django.core.management.base import BaseCommand

from guong.core import maintenance

TOLD = {
    "on": "Bàn làm việc chỉ còn đọc được; hàng đợi và việc theo giờ đứng lại. Mở lại: guong "
    "maintenance off",
    "off": "Bàn làm việc ghi lại bình thường.",
}


class Command(BaseCommand):
    help = "Chế độ chỉ đọc, khi sao lưu hay nâng cấp: on, off."

    def add_arguments(self, parser):
        parser.add_argument("state", choices=list(TOLD))

    def handle(self, *, state, **options):
        maintenance.turn(state == "on")
        self.stdout.write(TOLD[state])
