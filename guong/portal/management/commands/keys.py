import getpass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guong.core.signing import keys


class Command(BaseCommand):
    help = "Khoá ký: init (khoá thật, khoá gốc cất ngoài máy), rotate, fingerprint."

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["init", "rotate", "fingerprint"])
        parser.add_argument("--offline", type=Path, help="nơi cất khoá gốc, ngoài kho dữ liệu")

    def handle(self, *, verb, offline, **options):
        try:
            if verb == "fingerprint":
                found = keys.fingerprint(settings.HOME)
            else:
                if offline is None:
                    raise CommandError("Cần --offline THƯ_MỤC.")
                phrase = getpass.getpass("Mật khẩu của khoá gốc: ")
                make = keys.keys_init if verb == "init" else keys.rotate
                found = make(settings.HOME, offline=offline, passphrase=phrase)
        except keys.KeysRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Vân tay khoá gốc: {found}")
