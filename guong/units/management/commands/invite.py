from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from guong.units import actions
from guong.units.models import Mandate, Unit, User


class Command(BaseCommand):
    help = "In phiếu mời cho một tài khoản; mở tài khoản mới nếu chưa có."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="tên tài khoản")
        parser.add_argument("--full-name", default="")
        parser.add_argument("--function", choices=Mandate.Function.values)
        parser.add_argument("--unit", metavar="CODE")

    def handle(self, *, name, full_name, function, unit, **options):
        by = User.objects.system()
        place = Unit.objects.filter(code=unit).first() if unit else None
        if unit and place is None:
            raise CommandError(f"Không có đơn vị nào mang mã «{unit}».")
        account = User.objects.filter(username=name).first()
        try:
            if account is None:
                if place is None:
                    raise CommandError("Tài khoản mới cần --unit CODE.")
                account = actions.open_account(
                    by=by, username=name, full_name=full_name or name, unit=place
                )
            if function:
                actions.grant(account=account, function=function, unit=place or account.unit, by=by)
            code = actions.invite(account=account, by=by)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(slip(account, code))


def slip(account, code: str) -> str:
    """What the administrator prints and hands over."""
    return (
        "PHIẾU NHẬN TÀI KHOẢN\n"
        f"  Người nhận:    {account.full_name}\n"
        f"  Tài khoản:     {account.username}\n"
        f"  Mã một lần:    {code}\n"
        f"  Dùng trong {actions.INVITATION_DAYS} ngày, tại trang «Nhận tài khoản» (/nhan-tai-khoan/)."
    )
