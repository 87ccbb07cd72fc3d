import getpass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guong.core.signing import keys, portable


class Command(BaseCommand):
    help = (
        "Khoá ký: init (khoá thật, khoá gốc cất ngoài máy), rotate, fingerprint; export và import "
        "cất mọi khoá của chỗ chứa vào một tệp có mật khẩu."
    )

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("fingerprint")
        for verb in ("init", "rotate"):
            verbs.add_parser(verb).add_argument(
                "--offline", type=Path, required=True, help="nơi cất khoá gốc, ngoài kho dữ liệu"
            )
        for verb in ("export", "import"):
            verbs.add_parser(verb).add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, verb, **options):
        try:
            getattr(self, {"import": "import_"}.get(verb, verb))(options)
        except (keys.KeysRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def fingerprint(self, options):
        self._tell(keys.fingerprint(settings.HOME))

    def init(self, options):
        phrase = getpass.getpass("Mật khẩu của khoá gốc: ")
        self._tell(keys.keys_init(settings.HOME, offline=options["offline"], passphrase=phrase))

    def rotate(self, options):
        phrase = getpass.getpass("Mật khẩu của khoá gốc: ")
        self._tell(keys.rotate(settings.HOME, offline=options["offline"], passphrase=phrase))

    def export(self, options):
        if options["file"].exists():
            raise CommandError(f"{options['file']} đã có; không ghi đè lên một tệp khoá.")
        body = portable.export(settings.HOME, getpass.getpass("Mật khẩu cho tệp khoá: "))
        options["file"].touch(mode=keys.OWNER_ONLY)
        options["file"].write_bytes(body)
        self.stdout.write(f"Đã ghi {options['file']}. Cất riêng với bản sao lưu.")

    def import_(self, options):
        phrase = getpass.getpass("Mật khẩu của tệp khoá: ")
        names = portable.take_back(settings.HOME, options["file"].read_bytes(), phrase)
        self.stdout.write(f"Đã phục hồi {len(names)} khoá.")

    def _tell(self, found: str):
        self.stdout.write(f"Vân tay khoá gốc: {found}")
