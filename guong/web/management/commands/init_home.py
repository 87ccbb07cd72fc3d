import os
import secrets

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from guong.core.signing import ceremonies
from guong.units import actions
from guong.units.management.commands.invite import slip
from guong.units.models import SYSTEM_ACCOUNT, Unit, User

FIRST_ADMINISTRATOR = "quantri"


class Command(BaseCommand):
    help = (
        "Lập một chỗ chứa mới: khoá, cơ sở dữ liệu, danh mục đơn vị, tài khoản quản trị đầu tiên."
    )

    def handle(self, **options):
        if self._has_accounts():
            raise CommandError(f"{settings.HOME} đã được lập. Dùng «guong run» để chạy.")
        make_identity_key()
        call_command("migrate", database="default", verbosity=0)
        call_command("migrate", "dropbox", database="intake", verbosity=0)
        system, _ = User.objects.get_or_create(
            username=SYSTEM_ACCOUNT, defaults={"full_name": "Hệ thống", "is_active": False}
        )
        made = actions.seed(by=system)
        ceremonies.make_test_keys(settings.HOME)
        self.stdout.write(f"Đã lập {settings.HOME}: {made} đơn vị (chưa xác minh), khoá thử.")
        board = Unit.objects.get(code="SNV")
        account = actions.open_account(
            by=system,
            username=FIRST_ADMINISTRATOR,
            full_name="Quản trị hệ thống",
            unit=board,
        )
        actions.grant(account=account, function="administrator", unit=board, by=system)
        self.stdout.write(slip(account, actions.invite(account=account, by=system)))

    @staticmethod
    def _has_accounts() -> bool:
        connection = connections["default"]
        if User._meta.db_table not in connection.introspection.table_names():
            return False
        return User.objects.filter(mandates__function="administrator").exists()


def make_identity_key() -> None:
    """The key of the hashed ID numbers; in the home, never in the database or its backup."""
    folder = settings.HOME / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "identity.key"
    if not path.exists():
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
