import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guong.core import calendar
from guong.core.signing import signer
from guong.portal import publishing, selectors
from guong.portal.release import catalogue, repair
from guong.portal.views import REFUSALS
from guong.units.models import User


class Command(BaseCommand):
    help = (
        "Bản phát hành của cổng: build, publish, list, check, repair, revert --to SỐ. Quay lại chỉ là "
        "tạm: lần phát hành sau dựng từ mọi bài đã duyệt; bài sai phải được gỡ hoặc sửa."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "verb", choices=["build", "publish", "list", "check", "repair", "revert"]
        )
        parser.add_argument("--to", type=int, metavar="ID")
        parser.add_argument("--by", metavar="ACCOUNT")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, verb, **options):
        self.as_json = options["json"]
        try:
            getattr(self, verb)(options)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, words: str, **facts):
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if self.as_json else words)

    def build(self, options):
        built = selectors.built(calendar.now())
        self._tell(
            f"Bản {built.number}: {built.pages} trang; thêm {len(built.added)}, đổi "
            f"{len(built.changed)}, gỡ {len(built.removed)}. Chưa ký, chưa lên cổng.",
            number=built.number,
            pages=built.pages,
            added=built.added,
            changed=built.changed,
            removed=built.removed,
        )

    def publish(self, options):
        with signer.alongside(settings.HOME):
            record = publishing.publish(by=self._person(options))
        self._tell(
            f"Bản phát hành {record.number} đã lên cổng.",
            number=record.number,
            added=record.added,
            changed=record.changed,
            removed=record.removed,
        )

    @staticmethod
    def _person(options) -> User:
        if not options["by"]:
            return User.objects.system()
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"Không có tài khoản «{options['by']}».")
        return by

    def list(self, options):
        found = catalogue.listing(settings.HOME)
        for one in found:
            self._tell(
                f"{one.number}  {one.at:%d/%m/%Y %H:%M}", number=one.number, at=one.at.isoformat()
            )
        if not found:
            self._tell("Chưa có bản phát hành nào.")

    def check(self, options):
        wrong = repair.check(settings.HOME)
        if wrong:
            raise CommandError("\n".join(wrong))
        self._tell("Mọi tệp của bản đang phát hành đúng như đã ký.")

    def repair(self, options):
        done = repair.repair(settings.HOME)
        self._tell(f"Đã đặt lại: {done}", done=str(done))

    def revert(self, options):
        if options["to"] is None:
            raise CommandError("Cần --to SỐ.")
        with signer.alongside(settings.HOME):
            record = publishing.revert(to=options["to"], by=self._person(options))
        self._tell(
            f"Bản {record.number} mang nội dung của bản {options['to']}.", number=record.number
        )
