"""Lists from outside on their way to becoming records: read, checked, previewed, committed.

A room registers a `Kind`; this module knows the sheet, not what stands in it.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from guong.core import sheets
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

    `check(lines, unit, by)` fills each line; `commit(values, batch, by)` returns the record made
    and must be one transaction's worth of work.
    """

    name: str
    title: str
    columns: dict[str, list[str]]  # our name → headings it is known by, folded
    needed: tuple[str, ...]
    check: Callable[[Iterable[Line], object, object], Iterator[Line]]
    commit: Callable[[dict, Batch, object], object]
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
    sheet = sheets.read(io.BytesIO(content), kind.columns, kind.needed)
    lines = list(kind.check(_lines(sheet, kind), unit, by))
    with transaction.atomic():
        known = _already_made(kind_name, unit, lines)
        batch = Batch.objects.create(
            kind=kind_name,
            file_name=name[-200:],
            sha256=sha256,
            by=by,
            unit=unit.code,
            unit_path=unit.path,
            header_lines=sheet.header_lines,
        )
        BatchRow.objects.bulk_create(
            (
                BatchRow(
                    batch=batch,
                    line=line.number,
                    raw=line.raw,
                    values=line.values,
                    repairs=line.repairs,
                    errors=line.errors,
                    reasons=line.reasons,
                    duplicates=line.duplicates,
                    outcome=BatchRow.Outcome.KNOWN
                    if _fingerprint(line.values) in known and not line.errors
                    else line.outcome,
                    record=known.get(_fingerprint(line.values), ""),
                )
                for line in lines
            ),
            batch_size=500,
        )
    return batch


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


def _fingerprint(values: dict) -> str:
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()


def _already_made(kind_name: str, unit, lines: list[Line]) -> dict[str, str]:
    """Rows of earlier lists of this unit that became records: the same row makes nothing new."""
    made = BatchRow.objects.filter(
        batch__kind=kind_name, batch__unit=unit.code, outcome=BatchRow.Outcome.CREATED
    ).values_list("values", "record")
    wanted = {_fingerprint(line.values) for line in lines}
    found = {}
    for values, record in made.iterator(chunk_size=2000):
        mark = _fingerprint(values)
        if mark in wanted:
            found[mark] = record
    return found


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
            for row in rows:
                record = kind.commit(row.values, batch, by)
                row.outcome = BatchRow.Outcome.CREATED
                row.record = f"{record._meta.label_lower}:{record.pk}"
            BatchRow.objects.bulk_update(rows, ["outcome", "record"])
            made += len(rows)
            if not rows:
                kind.finish(batch, by)
                batch.move_to(Batch.State.DONE)
                batch.save()
                return made
        tell(len(rows))


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
