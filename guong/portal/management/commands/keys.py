import getpass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guong.core.signing import ceremonies, keys, portable
from guong.core.signing.ceremonies import Card

CARD = "thư mục cất một khoá gốc, ngoài kho dữ liệu; nhắc lại cho từng người giữ"


class Command(BaseCommand):
    help = (
        "Khoá ký: init (khoá thật, khoá gốc cất ngoài máy), rotate (thay khoá trực tuyến), replace "
        "(bỏ khoá gốc đã mất, thêm khoá gốc, đổi số khoá phải cùng ký), list, fingerprint; export "
        "và import cất mọi khoá của chỗ chứa vào một tệp có mật khẩu."
    )

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("fingerprint")
        verbs.add_parser("list")
        made = {verb: verbs.add_parser(verb) for verb in ("init", "rotate", "replace")}
        for verb in made.values():
            verb.add_argument(
                "--offline", type=Path, action="append", required=True, metavar="DIR", help=CARD
            )
        for verb in ("init", "replace"):
            made[verb].add_argument(
                "--threshold", type=int, metavar="N", help="bao nhiêu khoá gốc phải cùng ký"
            )
        made["replace"].add_argument("--lost", default="", metavar="ID", help="khoá gốc bị bỏ")
        made["replace"].add_argument(
            "--new", type=Path, action="append", default=[], metavar="DIR", help=CARD
        )
        for verb in ("export", "import"):
            verbs.add_parser(verb).add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, verb, **options):
        try:
            getattr(self, {"import": "import_", "list": "list_"}.get(verb, verb))(options)
        except (keys.KeysRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def fingerprint(self, options):
        self._tell(keys.fingerprint(settings.HOME))

    def list_(self, options):
        root = keys.read_root(settings.HOME).signed
        role = root.roles["root"]
        self.stdout.write(
            f"Khoá gốc, bản {root.version}: {len(role.keyids)} khoá, {role.threshold} khoá cùng ký."
        )
        for keyid in role.keyids:
            self.stdout.write(f"  {keyid[:16]}")
        self._tell(keys.fingerprint(settings.HOME))

    def init(self, options):
        found = ceremonies.keys_init(
            settings.HOME, cards=_cards(options["offline"]), threshold=options["threshold"] or 1
        )
        self._tell_anew(found)

    def rotate(self, options):
        self._tell_anew(ceremonies.rotate(settings.HOME, cards=_cards(options["offline"])))

    def replace(self, options):
        found = ceremonies.replace(
            settings.HOME,
            cards=_cards(options["offline"]),
            lost=options["lost"],
            new=_cards(options["new"]),
            threshold=options["threshold"],
        )
        self._tell_anew(found)

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

    def _tell_anew(self, found: str):
        self._tell(found)
        self.stdout.write("Bản đang đăng phải được ký lại: guong release renew.")

    def _tell(self, found: str):
        self.stdout.write(f"Vân tay khoá gốc: {found}")


def _cards(folders: list[Path]) -> list[Card]:
    return [
        Card(folder, getpass.getpass(f"Mật khẩu của khoá gốc ở {folder}: ")) for folder in folders
    ]
