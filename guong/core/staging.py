"""Lists from outside on their way to becoming records: read, checked, previewed, committed.

A room registers a `Kind`; this module knows the sheet, not what stands in it.
"""

import csv
import datetime
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, Model
from django.utils import timezone

from guong.core import calendar, garbage, naming, sheets, turns
from guong.core.journal import ref
from guong.core.lines import Line, cells, keep, together
from guong.core.models import (
    Batch,
    BatchPicture,
    BatchRow,
    BatchSheet,
    ColumnMapping,
    StoredFile,
)
from guong.core.vietnamese import legacy

ROWS_AT_A_TIME = 200  # a transaction; no lock is held longer than a second
UNDO_WITHIN = datetime.timedelta(hours=24)
SHEETS_KEPT = datetime.timedelta(days=30)
NAMED_AT_MOST = 500  # rows a person chooses from
UNICODE = "unicode"  # a person has looked: what seems old is meant so
LINE_HEADINGS = ["Dòng"]  # in a sheet of bad rows: where each stood in the first one


@dataclass(frozen=True)
class Kind:
    """A kind of list: its columns and how a line is checked and becomes a record.

    `check(lines, unit, by)` fills each line; `make(batch, by, rows)` makes the values of some rows
    records and returns them in the same order: called once a transaction.
    """

    name: str
    title: str
    columns: dict[str, list[str]]  # our name → headings it is known by, folded
    needed: tuple[str, ...]
    check: Callable[[Iterable[Line], object, object], Iterator[Line]]
    make: Callable[[Batch, object, list[dict]], list[Model]]
    finish: Callable[[Batch, object], None]
    # Takes back one record nobody has touched since; raises ValidationError, saying what has.
    take_back: Callable[[int, object], None]
    model: type[Model]
    permission: str  # asked of the person and their unit
    place: str  # URL name of the list the records end up in
    narrowed: str  # how that list is narrowed to what was just made: «?state=draft»
    called: str  # what a row becomes, in Vietnamese
    shown: tuple[str, ...]  # columns of the preview; the first is what a row is called by
    attach: Callable[[int, object, object], None] | None = None  # a picture, to a record's pk
    code: Callable[[int], str] | None = None  # of a record's pk: pictures may be called by it
    # For the empty workbook: one row as it should look, and what may be chosen, by our column names.
    example: dict[str, object] = field(default_factory=dict)
    choices: Callable[[], dict[str, list[str]]] = dict

    @property
    def titles(self) -> dict[str, str]:
        return {name: known[0] for name, known in self.columns.items()}


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of list known; called from the room's `importers.py`."""
    KINDS[kind.name] = kind


def stage(kind_name: str, content: bytes, *, name: str, unit, by, may_ask: bool = False) -> Batch:
    """Read and check a workbook into staging rows; no record is made.

    Raises sheets.Refused with a Vietnamese sentence when the file cannot be read as such a list.
    With `may_ask`, a table whose columns were not all recognised gives a batch in state READ: its
    `headings` wait for a person, who answers with `match`.
    """
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=kind_name,
            file_name=name[-200:],
            sha256=hashlib.sha256(content).hexdigest(),
            by=by,
            unit=unit.code,
            unit_path=unit.path,
            state=Batch.State.READ,
        )
        BatchSheet.objects.create(batch=batch, content=content)
    try:
        return _read(batch, content, unit, by)
    except sheets.Refused as refusal:
        if not (may_ask and isinstance(refusal, sheets.Unmatched)):
            batch.delete()
            raise
    return batch


def paste(kind_name: str, text: str, *, unit, by) -> Batch:
    """The same for cells copied out of a sheet: lines with tabs between. Raises sheets.Refused."""
    try:
        lines = csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t")
        rows = [row for row in lines if any(row)]
    except csv.Error as broken:  # a quote that is never closed, a line that ends as none does
        raise sheets.Refused("Không đọc được bảng đã dán. Gửi tệp Excel thay vì dán.") from broken
    if len(rows) < 2 or max(map(len, rows)) < 2:
        raise sheets.Refused("Chưa thấy bảng. Chọn cả dòng tiêu đề trong Excel, sao chép, rồi dán.")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Dán")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell[:32_000])
    name = f"Bảng dán {timezone.localtime(calendar.now()):%d-%m %H.%M}.xlsx"
    return stage(kind_name, content.getvalue(), name=name, unit=unit, by=by, may_ask=True)


def workbook_of(batch: Batch) -> bytes | None:
    """The file as it came, as long as it is kept."""
    kept = BatchSheet.objects.filter(batch=batch).first()
    return bytes(kept.content) if kept else None


def headings(batch: Batch) -> list[sheets.Heading]:
    """The headings of the batch's file with what is known of them, for a person to match."""
    return sheets.headings(
        io.BytesIO(workbook_of(batch) or b""),
        KINDS[batch.kind].columns,
        _known(batch),
        "" if batch.coding == UNICODE else batch.coding,
    )


def match(*, batch: Batch, headings: sheets.Mapping, unit, by) -> Batch:
    """A person has said what the headings mean: remembered for the unit, and the file read with it.

    Raises sheets.Refused when what is needed is still missing; nothing is remembered then.
    """
    with transaction.atomic():
        ColumnMapping.objects.update_or_create(
            unit=batch.unit,
            kind=batch.kind,
            defaults={
                "headings": _known(batch) | headings,
                "by": by,
                "at": calendar.now(),
            },
        )
        return _again(batch, batch.coding, unit, by)


def recode(*, batch: Batch, coding: str, unit, by) -> Batch:
    """A person has said which old coding the file is in, or that it is Unicode: read once more."""
    if coding not in {*legacy.NAMES, UNICODE}:
        raise sheets.Refused("Chọn một bảng mã trong danh sách.")
    with transaction.atomic():
        return _again(batch, coding, unit, by)


def _again(batch: Batch, coding: str, unit, by) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.READ:
        batch.move_to(Batch.State.READ)
    batch.coding = coding
    batch.save()
    batch.rows.all().delete()
    return _read(batch, workbook_of(batch) or b"", unit, by)


def _known(batch: Batch) -> sheets.Mapping:
    """What the unit has said of such headings before."""
    found = ColumnMapping.objects.filter(unit=batch.unit, kind=batch.kind).first()
    return found.headings if found else {}


def _read(batch: Batch, content: bytes, unit, by) -> Batch:
    """Check every row into the staging table; killed on the way, the batch stays READ."""
    kind = KINDS[batch.kind]
    with garbage.uncollected():
        coding = "" if batch.coding == UNICODE else batch.coding
        sheet = sheets.read(io.BytesIO(content), kind.columns, kind.needed, _known(batch), coding)
        lines = kind.check(_lines(sheet, kind, batch.coding != UNICODE), unit, by)
        keep(batch, lines, _already_made(batch))
    batch.header_lines, batch.columns, batch.sheet = sheet.header_lines, sheet.columns, sheet.title
    batch.move_to(Batch.State.CHECKED)
    batch.save()
    return batch


def amend(*, batch: Batch, content: bytes, unit, by) -> dict[str, int]:
    """Mended rows take the place of the bad ones, by their line; good rows are left alone.

    The file is the one sent back, whole, or the sheet of bad rows alone (with its column «Dòng»).
    Returns how many rows were mended, and how many are still bad. Raises sheets.Refused.
    """
    kind = KINDS[batch.kind]
    sheet = _mended(batch, kind, content)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == Batch.State.DONE:
            batch.move_to(Batch.State.CHECKED)
        elif batch.state != Batch.State.CHECKED:
            raise sheets.Refused("Danh sách này đang nhập hoặc đã bỏ. Gửi tệp như danh sách mới.")
        bad = batch.rows.bad()
        numbers = set(bad.values_list("line", flat=True))
        looks = batch.coding != UNICODE
        lines = list(kind.check(_only(_lines(sheet, kind, looks), numbers), unit, by))
        if not lines:
            raise sheets.Refused("Không thấy dòng nào trong số các dòng cần sửa của danh sách này.")
        bad.filter(line__in=[line.number for line in lines]).delete()
        keep(batch, lines, _already_made(batch))
        batch.save()
    still = sum(1 for line in lines if line.errors or line.reasons)
    return {"mended": len(lines) - still, "bad": still}


def _mended(batch: Batch, kind: Kind, content: bytes) -> sheets.Sheet:
    columns, known = kind.columns | {"line": LINE_HEADINGS}, _known(batch)
    sheet = sheets.read(io.BytesIO(content), columns, kind.needed, known)
    if "line" in sheet.columns or batch.coding in {"", UNICODE}:
        return sheet
    # The whole file again, in its old coding; a sheet of bad rows is our own, in Unicode.
    return sheets.read(io.BytesIO(content), columns, kind.needed, known, batch.coding)


def _only(lines: Iterable[Line], numbers: set[int]) -> Iterator[Line]:
    """The lines of these numbers; a sheet of bad rows says itself where each stood."""
    for line in lines:
        stood = line.raw.pop("line", None)
        if isinstance(stood, (int, str)) and str(stood).isdecimal():
            line.number = int(stood)
        if line.number in numbers:
            yield line


MADE = "UPDATE core_batchrow SET outcome = %s, record = %s WHERE id = %s"


def _already_made(batch: Batch) -> dict[str, str]:
    """Rows of this unit's earlier lists that became records: the same row makes nothing new."""
    # A list of batches, not a join: SQLite would walk through all rows there are.
    lists = Batch.objects.filter(kind=batch.kind, unit=batch.unit)
    made = BatchRow.objects.filter(batch__in=lists, outcome=BatchRow.Outcome.CREATED)
    return dict(made.values_list("fingerprint", "record").iterator(chunk_size=2000))


def _lines(sheet: sheets.Sheet, kind: Kind, looks_for_old: bool) -> Iterator[Line]:
    titles = kind.titles | {"line": LINE_HEADINGS[0]}
    for some in together(_read_lines(sheet, titles)):
        if looks_for_old:
            for column in some[0].raw:  # all lines have the same
                _say_what_looks_old(some, column, titles[column])
        yield from some


def _read_lines(sheet: sheets.Sheet, titles: dict[str, str]) -> Iterator[Line]:
    for number, raw in sheet.rows:
        line = Line(number, raw)
        for column in sheet.formulas.get(number, ()):
            line.error(
                titles[column],
                "formula",
                "Ô này là công thức. Sao chép rồi dán lại dưới dạng giá trị.",
            )
        for column, before in sheet.before.items():
            line.repair(titles[column], before, raw[column])
        yield line


def _say_what_looks_old(lines: list[Line], column: str, title: str) -> None:
    """Nothing is converted on suspicion: the row waits until a person has named the coding."""
    shown = [cell if type(cell) is str else "" for cell in cells(lines, column)]
    different = "\n".join({*shown})
    if different.isascii() or not legacy.has_telltale(different):
        return
    for line, cell in zip(lines, shown, strict=True):
        if coding := legacy.suspected(cell):
            line.error(
                title,
                "coding",
                f"Chữ giống {legacy.NAMES[coding]}: có phải «{legacy.converted(cell, coding)[:80]}»?"
                " Chọn bảng mã ở đầu trang.",
            )


def suspected_coding(batch: Batch) -> str:
    """Which old coding most rows with such an error look like; empty when none does."""
    found: dict[str, int] = {}
    for row in batch.rows.filter(errors__icontains='"coding"').order_by("line")[:200]:
        for cell in row.raw.values():
            if type(cell) is str and (coding := legacy.suspected(cell)):
                found[coding] = found.get(coding, 0) + 1
    return max(found, key=lambda coding: found[coding]) if found else ""


def confirm(*, batch: Batch, also: Iterable[int] = ()) -> Batch:
    """The person has seen the preview: rows that are ready, and the named duplicates, may be made."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        batch.move_to(Batch.State.COMMITTING)
        batch.save()
        batch.rows.filter(outcome=BatchRow.Outcome.DUPLICATE, line__in=list(also)).update(
            outcome=BatchRow.Outcome.READY
        )
    return batch


def drop(*, batch: Batch) -> Batch:
    """The person does not want the list."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        batch.move_to(Batch.State.DROPPED)
        batch.save()
        BatchSheet.objects.filter(batch=batch).delete()
    return batch


def may_undo(batch: Batch) -> bool:
    """Made within the last day; `state_since` is when the last of it was."""
    return batch.state == Batch.State.DONE and batch.state_since > calendar.now() - UNDO_WITHIN


def undo(*, batch: Batch, by) -> list[tuple[int, str, str]]:
    """The records the list has made are taken back, but for those that have moved on since.

    Returns what was kept: line, name, why. Raises ValidationError after a day.
    """
    kind = KINDS[batch.kind]
    if not may_undo(batch):
        raise ValidationError("Chỉ hoàn tác được trong 24 giờ sau khi nhập.")
    made = batch.rows.filter(outcome=BatchRow.Outcome.CREATED).order_by("line")
    kept = []
    for at, row in enumerate(made.only("pk", "line", "values", "record"), start=1):
        if at % ROWS_AT_A_TIME == 0:
            turns.give_way()
        try:
            with transaction.atomic():
                kind.take_back(number_of(row), by)
                BatchRow.objects.filter(pk=row.pk).update(
                    outcome=BatchRow.Outcome.UNDONE, record=""
                )
        except ValidationError as moved_on:
            kept.append((row.line, row.values[kind.shown[0]], " ".join(moved_on.messages)))
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == Batch.State.DONE:
            batch.move_to(Batch.State.UNDONE)
            batch.save()
    return kept


def forget_sheets() -> int:
    """Workbooks a month old are kept no longer: what stood in them is in the records, or nowhere."""
    old = BatchSheet.objects.filter(batch__made_at__lt=calendar.now() - SHEETS_KEPT)
    return old.delete()[0]


def forget_rows(record: Model) -> int:
    """What a list said of this record is gone from it; its mark stays, so it comes no second time."""
    rows = BatchRow.objects.filter(record=ref(record)).exclude(record="")  # as the index has it
    return rows.update(raw={}, values={}, repairs=[], reasons=[], duplicates=[])


def commit(*, batch: Batch, by, tell: Callable[[int], None] = lambda rows: None) -> int:
    """Make records of the ready rows, some a transaction, each row marked; return how many were made.

    Killed at any moment, the next run goes on at the first unmarked row. `tell` hears of the rows of
    each transaction once they are safe.
    """
    kind, made, last = KINDS[batch.kind], 0, 0
    while True:
        with transaction.atomic():
            batch = Batch.objects.select_for_update().get(pk=batch.pk)
            if batch.state != Batch.State.COMMITTING:
                return made
            ready = batch.rows.filter(outcome=BatchRow.Outcome.READY, line__gt=last)
            rows = list(ready.order_by("line")[:ROWS_AT_A_TIME])
            if rows:
                last = rows[-1].line  # or each transaction walks past all that are made
                records = kind.make(batch, by, [row.values for row in rows])
                _mark(zip(map(ref, records), rows, strict=True))
                made += len(rows)
            else:
                kind.finish(batch, by)
                batch.move_to(Batch.State.DONE)
                batch.save()
                return made
        tell(len(rows))
        if len(rows) == ROWS_AT_A_TIME:
            turns.give_way()


def _mark(made: Iterable[tuple[str, BatchRow]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(MADE, [(BatchRow.Outcome.CREATED, name, row.pk) for name, row in made])


def counts(batch: Batch) -> dict[str, int]:
    """How many rows of each outcome."""
    tally = batch.rows.values_list("outcome").order_by("outcome").annotate(Count("pk"))
    return dict.fromkeys(BatchRow.Outcome.values, 0) | dict(tally)


def summary(batch: Batch) -> dict:
    """The batch as `guong import --json` prints it with line, the sheet's own row number."""
    tally = counts(batch)
    plain = batch.rows.filter(repairs=[], errors=[], duplicates=[]).exclude(outcome="held")
    rows = list(
        batch.rows.exclude(pk__in=plain.values("pk")).defer("raw", "values").order_by("line")
    )
    return {
        "rows": sum(tally.values()),
        "valid": sum(tally[name] for name in ("ready", "created", "known")),
        "repaired": [{"line": row.line, **repair} for row in rows for repair in row.repairs],
        "duplicates": [
            [row.line, other.get("line") or other["ref"]]
            for row in rows
            for other in row.duplicates
        ],
        "errors": [{"line": row.line, **error} for row in rows for error in row.errors],
        "held": [row.line for row in rows if row.outcome == "held"],
        "created": tally["created"],
    }


# --- Pictures ------------------------------------------------------------------
def add_pictures(batch: Batch, sent: Iterable[tuple[str, StoredFile]]) -> int:
    """Pictures lie with the batch, each beside the row its name speaks of; nothing is attached yet."""
    rows = naming.Rows.of(_named_rows(batch))
    pictures = []
    for name, file in sent:
        row, why = rows.of_file(name)
        pictures.append(BatchPicture(batch=batch, row=row, file=file, name=name[-200:], why=why))
    BatchPicture.objects.bulk_create(pictures)
    return len(pictures)


def _named_rows(batch: Batch) -> Iterator[tuple[BatchRow, int, str, str]]:
    """The rows that are records, with their place among all rows, name and code."""
    kind = KINDS[batch.kind]
    rows = batch.rows.order_by("line").only("pk", "values", "record", "outcome")
    for order, row in enumerate(rows.iterator(chunk_size=2000), start=1):
        if row.record and row.outcome == BatchRow.Outcome.CREATED:
            code = kind.code(number_of(row)) if kind.code else ""
            yield row, order, row.values[kind.shown[0]], code


def named(batch: Batch) -> list[tuple[int, str]]:
    """The rows that are records, by key, as a person looks for them: name, and the line it stood in."""
    first = KINDS[batch.kind].shown[0]
    rows = batch.rows.filter(outcome=BatchRow.Outcome.CREATED).order_by("line")[:NAMED_AT_MOST]
    return [(row.pk, f"{row.values[first]} (dòng {row.line})") for row in rows]


def number_of(row: BatchRow) -> int:
    """The primary key of the record a row has become."""
    return int(row.record.rpartition(":")[2])


def attach_pictures(*, batch: Batch, chosen: dict[int, int], by) -> int:
    """The pictures go where the person says: picture → row. Return how many; the rest stay."""
    kind, attached = KINDS[batch.kind], 0
    rows = {
        row.pk: row for row in batch.rows.filter(pk__in=set(chosen.values())).exclude(record="")
    }
    for picture in batch.pictures.filter(pk__in=chosen, is_attached=False).order_by("pk"):
        row = rows.get(chosen[picture.pk])
        if row is None or kind.attach is None:
            continue
        with transaction.atomic():
            picture = BatchPicture.objects.select_for_update().get(pk=picture.pk)
            kind.attach(number_of(row), picture.file, by)
            picture.row, picture.is_attached = row, True
            picture.save()
        attached += 1
    return attached
