import hashlib
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guong.core import sheets, staging
from guong.core.models import Batch
from guong.core.progress import bar
from guong.guard import workbooks
from guong.units.models import Unit, User


class Command(BaseCommand):
    help = (
        "Xem trước một danh sách Excel; với --yes thì nhập. Chạy lại sau khi bị ngắt là làm tiếp."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(staging.KINDS))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--unit", metavar="CODE", required=True)
        parser.add_argument("--by", metavar="ACCOUNT")
        parser.add_argument("--yes", action="store_true", help="nhập các dòng hợp lệ")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, kind, file, yes, **options):
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị nào mang mã «{options['unit']}».")
        by = self._account(options["by"], yes)
        try:
            with file.open("rb") as opened:
                workbooks.inspect(opened)
            batch = self._unfinished(kind, unit, file) or staging.stage(
                kind, file.read_bytes(), name=file.name, unit=unit, by=by
            )
        except (OSError, sheets.Refused, workbooks.Refused) as refusal:
            self._refuse(str(refusal), options["json"])
        if yes:
            if batch.state == batch.State.CHECKED:
                batch = staging.confirm(batch=batch)
            with bar("Đang nhập", staging.counts(batch)["ready"]) as tell:
                staging.commit(batch=batch, by=by, tell=tell)
        found = staging.summary(batch)
        if not yes and batch.state == batch.State.CHECKED:
            staging.drop(batch=batch)  # only looked at; one that was cut off stays to be finished
        self.stdout.write(
            json.dumps(found, ensure_ascii=False) if options["json"] else told(found, yes)
        )

    @staticmethod
    def _account(name, yes):
        if not name:
            if yes:
                raise CommandError("Muốn nhập thật cần --by TÀI_KHOẢN.")
            return User.objects.system()
        account = User.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"Không có tài khoản «{name}».")
        return account

    @staticmethod
    def _unfinished(kind, unit, file):
        """The batch of the very same bytes that was cut off half-way."""
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        return Batch.objects.filter(
            kind=kind, unit=unit.code, sha256=sha256, state=Batch.State.COMMITTING
        ).first()

    def _refuse(self, sentence, as_json):
        if as_json:
            self.stdout.write(json.dumps({"refused": sentence}, ensure_ascii=False))
        raise CommandError(sentence)


def told(found: dict, yes: bool) -> str:
    """The summary in words, with each repair, error and held line."""
    lines = [
        f"{found['rows']} dòng: {found['valid']} hợp lệ, {len(found['duplicates'])} có thể trùng, "
        f"{len(found['held'])} bị giữ, {len({e['line'] for e in found['errors']})} có lỗi."
    ]
    lines += [
        f"  dòng {r['line']}, {r['column']}: «{r['before']}» → «{r['after']}»"
        for r in found["repaired"]
    ]
    lines += [f"  dòng {e['line']}, {e['column']}: {e['message']}" for e in found["errors"]]
    lines += [f"  dòng {line}: lớp gác giữ lại" for line in found["held"]]
    lines.append(f"Đã tạo {found['created']}." if yes else "Chưa ghi gì. Thêm --yes để nhập.")
    return "\n".join(lines)
