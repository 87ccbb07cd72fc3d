"""Lists from outside on their way to becoming records: read, checked, previewed, committed.

A room registers a `Kind`; this module knows the sheet, not what stands in it.
"""

import gc
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Model

from guong.core import sheets
from guong.core.journal import ref
from guong.core.models import Batch, BatchRow

ROWS_AT_A_TIME = 50  # a transaction; no lock is held longer than a second


@dataclass
class Line:
    """One line of the sheet as the room's check leaves it. `number` is the sheet's own."""

    number: int
    raw: dict
    values: dict = field(default_factory=dict)
    repairs: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    duplicates: list = field(default_factory=list)

    def repair(self, column: str, before, after) -> None:
        """Say what stood there and what it was made into; nothing is repaired silently."""
        self.repairs.append({"column": column, "before": str(before), "after": str(after)})

    def error(self, column: str, kind: str, message: str) -> None:
        self.errors.append({"column": column, "kind": kind, "message": message})

    @property
    def outcome(self) -> str:
        if self.errors:
            return BatchRow.Outcome.WRONG
        if self.reasons:
            return BatchRow.Outcome.HELD
        return BatchRow.Outcome.DUPLICATE if self.duplicates else BatchRow.Outcome.READY


@dataclass(frozen=True)
class Kind:
    """A kind of list: its columns and how a line is checked and becomes a record.

    `check(lines, unit, by)` fills each line; `committer(batch, by)` gives what makes a row's values
    a record and returns it: called once a transaction, of which a row must not be more than a part.
    """

    name: str
    title: str
    columns: dict[str, list[str]]  # our name → headings it is known by, folded
    needed: tuple[str, ...]
    check: Callable[[Iterable[Line], object, object], Iterator[Line]]
    committer: Callable[[Batch, object], Callable[[dict], Model]]
    finish: Callable[[Batch, object], None]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of list known; called from the room's `importers.py`."""
    KINDS[kind.name] = kind


def stage(kind_name: str, content: bytes, *, name: str, unit, by) -> Batch:
    """Read and check a workbook into staging rows; no record is made.

    Raises sheets.Refused with a Vietnamese sentence when the file cannot be read as such a list.
    The same bytes staged before and not yet dropped give the same batch again.
    """
    kind = KINDS[kind_name]
    sha256 = hashlib.sha256(content).hexdigest()
    with _nothing_to_collect():
        sheet = sheets.read(io.BytesIO(content), kind.columns, kind.needed)
        lines = list(kind.check(_lines(sheet, kind), unit, by))
        with transaction.atomic():  # not before: reading must not keep others from writing
            batch = Batch.objects.create(
                kind=kind_name,
                file_name=name[-200:],
                sha256=sha256,
                by=by,
                unit=unit.code,
                unit_path=unit.path,
                header_lines=sheet.header_lines,
            )
            _keep(batch, lines)
    return batch


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """No search for garbage while thousands of lines are made: it would find none, a fifth later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# In SQL: ten thousand objects of the ORM cost more than reading the workbook.
INSERT = """
    INSERT INTO core_batchrow (
        batch_id, line, raw, "values", fingerprint, repairs, errors, reasons, duplicates, outcome,
        record
    ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
MADE = "UPDATE core_batchrow SET outcome = %s, record = %s WHERE id = %s"
NOTHING = "[]"
as_json = json.JSONEncoder(ensure_ascii=False).encode
in_order = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _keep(batch: Batch, lines: list[Line]) -> None:
    """The lines as staging rows."""
    known = _already_made(batch)
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [_row(batch, line, known) for line in lines])


def _row(batch: Batch, line: Line, known: dict[str, str]) -> tuple:
    values = in_order(line.values)
    fingerprint = hashlib.sha256(values.encode()).hexdigest()
    record = "" if line.errors else known.get(fingerprint, "")
    found = (line.repairs, line.errors, line.reasons, line.duplicates)
    return (
        batch.pk,
        line.number,
        as_json(line.raw),
        values,
        fingerprint,
        *(as_json(each) if each else NOTHING for each in found),
        BatchRow.Outcome.KNOWN if record else line.outcome,
        record,
    )


def _already_made(batch: Batch) -> dict[str, str]:
    """Rows of this unit's earlier lists that became records: the same row makes nothing new."""
    made = BatchRow.objects.filter(
        batch__kind=batch.kind, batch__unit=batch.unit, outcome=BatchRow.Outcome.CREATED
    )
    return dict(made.values_list("fingerprint", "record").iterator(chunk_size=2000))


def _lines(sheet, kind: Kind) -> Iterator[Line]:
    for number, raw in sheet.rows:
        line = Line(number, raw)
        for column in sheet.formulas.get(number, ()):
            line.error(
                kind.columns[column][0],
                "formula",
                "Ô này là công thức. Sao chép rồi dán lại dưới dạng giá trị.",
            )
        yield line


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
    return batch


def commit(*, batch: Batch, by, tell: Callable[[int], None] = lambda rows: None) -> int:
    """Make records of the ready rows, 50 a transaction, each row marked; return how many were made.

    Killed at any moment, the next run goes on at the first unmarked row. `tell` hears of the rows of
    each transaction once they are safe.
    """
    kind, made = KINDS[batch.kind], 0
    while True:
        with transaction.atomic():
            batch = Batch.objects.select_for_update().get(pk=batch.pk)
            if batch.state != Batch.State.COMMITTING:
                return made
            rows = list(
                batch.rows.filter(outcome=BatchRow.Outcome.READY).order_by("line")[:ROWS_AT_A_TIME]
            )
            make = kind.committer(batch, by)
            _mark([(BatchRow.Outcome.CREATED, ref(make(row.values)), row.pk) for row in rows])
            made += len(rows)
            if not rows:
                kind.finish(batch, by)
                batch.move_to(Batch.State.DONE)
                batch.save()
                return made
        tell(len(rows))


def _mark(rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(MADE, rows)


def counts(batch: Batch) -> dict[str, int]:
    """How many rows of each outcome."""
    found = dict.fromkeys(BatchRow.Outcome.values, 0)
    for outcome in batch.rows.values_list("outcome", flat=True):
        found[outcome] += 1
    return found


def summary(batch: Batch) -> dict:
    """The batch as `guong import --json` prints it with line, the sheet's own row number."""
    rows = list(batch.rows.order_by("line"))
    tally = counts(batch)
    return {
        "rows": len(rows),
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
