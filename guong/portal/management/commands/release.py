import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from guong.core import calendar
from guong.core.signing import signer
from guong.portal import publishing, selectors
from guong.portal.release import catalogue, follow, repair, shelves
from guong.portal.views import REFUSALS
from guong.units.models import User


class Command(BaseCommand):
    help = (
        "Bản phát hành của cổng: build, publish, list, check, repair, renew (ký lại sau khi thay khoá), "
        "serving (bày bản đang đăng cho nginx hay Caddy), revert --to SỐ. Quay lại chỉ là "
        "tạm: lần phát hành sau dựng từ mọi bài đã duyệt; bài sai phải được gỡ hoặc sửa."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "verb",
            choices=["build", "publish", "list", "check", "repair", "renew", "revert", "serving"],
        )
        parser.add_argument("--to", type=int, metavar="ID")
        parser.add_argument("--by", metavar="ACCOUNT")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, verb, **options):
        # Named do_…, because `check` is Django's own.
        self.as_json = options["json"]
        try:
            getattr(self, f"do_{verb}")(options)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, words: str, **facts):
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if self.as_json else words)

    def do_build(self, options):
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

    def do_publish(self, options):
        with signer.alongside(settings.HOME):
            record = publishing.publish(by=self._person(options))
        self._tell(
            f"Bản phát hành {record.number} đã lên cổng.",
            number=record.number,
            added=record.added,
            changed=record.changed,
            removed=record.removed,
        )

    def do_renew(self, options):
        with signer.alongside(settings.HOME):
            record = publishing.renew(by=self._person(options))
        self._tell(f"Bản đang đăng đã được ký lại, số {record.number}.", number=record.number)

    @staticmethod
    def _person(options) -> User:
        if not options["by"]:
            return User.objects.system()
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"Không có tài khoản «{options['by']}».")
        return by

    def do_list(self, options):
        found = catalogue.listing(settings.HOME)
        for one in found:
            self._tell(
                f"{one.number}  {localtime(one.at):%d/%m/%Y %H:%M}",
                number=one.number,
                at=one.at.isoformat(),
            )
        if not found:
            self._tell("Chưa có bản phát hành nào.")

    def do_check(self, options):
        wrong = repair.check(settings.HOME)
        if wrong:
            raise CommandError("\n".join(wrong))
        self._tell("Mọi tệp của bản đang phát hành đúng như đã ký.")

    def do_repair(self, options):
        done = repair.repair(settings.HOME)
        words = (
            f"Đã soát {done.checked} tệp của bản {done.number}: khôi phục {len(done.restored)}, nối lại "
            f"{len(done.relinked)}, cất {len(done.removed)} tệp lạ."
        )
        if done.evidence:
            words += f" Chứng cứ ở {done.evidence}."
        if not done.is_sound:
            lost = ", ".join(done.lost[:10])
            raise CommandError(f"{words} Mất hẳn {len(done.lost)} tệp: {lost}. Lấy từ bản sao lưu.")
        self._tell(
            words,
            number=done.number,
            checked=done.checked,
            restored=done.restored,
            relinked=done.relinked,
            removed=done.removed,
            evidence=str(done.evidence or ""),
        )

    def do_serving(self, options):
        follower = follow.Follower(settings.HOME)
        try:
            follower.start()
        except follow.Refused as refused:
            raise CommandError(str(refused)) from refused
        number = shelves.laid_number(follower.places)
        self._tell(
            f"Bản {number} bày ở {follower.places.serving_current}; từ nay «guong run» giữ cho nó theo "
            "kịp cổng. Cấu hình nginx, Caddy: thư mục deploy/.",
            number=number,
            root=str(follower.places.serving_current),
        )

    def do_revert(self, options):
        if options["to"] is None:
            raise CommandError("Cần --to SỐ.")
        with signer.alongside(settings.HOME):
            record = publishing.revert(to=options["to"], by=self._person(options))
        self._tell(
            f"Bản {record.number} mang nội dung của bản {options['to']}.", number=record.number
        )
