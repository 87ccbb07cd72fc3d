"""What may never be wrong, asked of the whole home: `guong check-integrity`."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from guong.core import files, sealing, staging
from guong.core.models import Batch, NumberRegister, StoredFile
from guong.core.triggers import missing
from guong.portal.release import catalogue, repair
from guong.publicity import content
from guong.publicity.models import StoryApproval
from guong.recognition.models import Decision


def breaches() -> Iterator[str]:
    """Each thing that is wrong, as a Vietnamese sentence; nothing when all is well."""
    yield from _database()
    yield from sealing.verify().breaks
    yield from (f"Thiếu khoá bảo vệ nhật ký: {name}." for name in sorted(missing()))
    yield from _files()
    yield from _numbers()
    yield from _batches()
    yield from _stories()
    if catalogue.current(settings.HOME):
        yield from repair.check(settings.HOME)


def _database() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if (found := cursor.fetchone()[0]) != "ok":
            yield f"Cơ sở dữ liệu hỏng: {found}."
        cursor.execute("PRAGMA foreign_key_check")
        if rows := cursor.fetchall():
            yield f"Có {len(rows)} dòng trỏ tới bản ghi không còn."


def _files() -> Iterator[str]:
    for stored in StoredFile.objects.order_by("pk").iterator():
        place = files.place(stored.sha256)
        if not place.exists():
            yield f"Mất tệp «{stored.name}» ({stored.sha256[:12]}…)."
        elif hashlib.sha256(place.read_bytes()).hexdigest() != stored.sha256:
            yield f"Tệp «{stored.name}» đã bị sửa ({stored.sha256[:12]}…)."


def _numbers() -> Iterator[str]:
    """Every number of a book was given, once."""
    for register in NumberRegister.objects.filter(book__startswith="QĐ-"):
        given = list(
            Decision.objects.filter(
                signed_on__year=register.year, issuer__code=register.book.removeprefix("QĐ-")
            )
            .order_by("number")
            .values_list("number", flat=True)
        )
        if given != list(range(1, register.last + 1)):
            yield f"Sổ {register.book} năm {register.year} có số trống hoặc trùng."


def _batches() -> Iterator[str]:
    for batch in Batch.objects.filter(state__in=[Batch.State.DONE, Batch.State.UNDONE]):
        made = batch.rows.filter(outcome="created").values_list("record", flat=True)
        numbers = [int(record.rpartition(":")[2]) for record in made]
        created = len(numbers)
        known = staging.KINDS[batch.kind].model._base_manager.filter(pk__in=numbers).count()
        if created != known:
            yield f"Danh sách «{batch.file_name}»: {created} dòng đã nhập, còn {known} hồ sơ."


def _stories() -> Iterator[str]:
    for approval in StoryApproval.objects.filter(state=StoryApproval.State.APPROVED):
        if content.digest(approval.content) != approval.sha256:
            yield f"Bài «{approval}» khác bản đã duyệt."
