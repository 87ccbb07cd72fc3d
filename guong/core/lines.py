"""The lines of a list on their way into the staging table.

Lists are checked a column at a time: of a thousand villages thirty are written differently, and what
looks at every sign costs least when it looks at the whole column.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import orjson
from django.db import connection, transaction

from guong.core.batches import batched
from guong.core.models import Batch, BatchRow

TOGETHER = 500  # lines looked at as columns; more are no faster and hold more memory
# Plain text: the driver of SQLite takes its time with a member of a choice.
READY, DUPLICATE, HELD, WRONG, KNOWN = (
    BatchRow.Outcome[name].value for name in ("READY", "DUPLICATE", "HELD", "WRONG", "KNOWN")
)
Cell = str | int | float
Seen = TypeVar("Seen")


@dataclass(slots=True)
class Line:
    """One line of the sheet as the room's check leaves it. `number` is the sheet's own."""

    number: int
    raw: dict[str, Cell]
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
            return WRONG
        if self.reasons:
            return HELD
        return DUPLICATE if self.duplicates else READY


# --- By columns ----------------------------------------------------------------
def together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines in lists of five hundred, the last shorter."""
    return batched(lines, TOGETHER)


def cells(lines: Sequence[Line], column: str) -> list[Cell]:
    """What stands in a column, as the sheet has it; empty where it has no such column."""
    is_there = bool(lines) and column in lines[0].raw  # all lines have the same columns
    return [line.raw[column] for line in lines] if is_there else [""] * len(lines)


def words(lines: Sequence[Line], column: str) -> list[str]:
    """The same as text; a nought is taken for nothing."""
    return [cell if type(cell) is str else str(cell or "") for cell in cells(lines, column)]


def each_once(
    column: Sequence[Cell], look: Callable[[list[Cell]], Iterable[Seen]]
) -> Iterator[Seen]:
    """What `look` makes of each cell; cells that are alike are looked at once.

    `look` takes a list of cells and gives one answer for each, in their order.
    """
    different = list(dict.fromkeys(column))
    seen = dict(zip(different, look(different), strict=True))
    return map(seen.__getitem__, column)


# --- Into the table ------------------------------------------------------------
# In SQL: ten thousand objects of the ORM cost more than reading the workbook.
INSERT = """
    INSERT INTO core_batchrow (
        batch_id, line, raw, "values", fingerprint, repairs, errors, reasons, duplicates, outcome,
        record
    ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
KEPT_AT_A_TIME = 5_000  # rows a transaction: half a second
NOTHING = "[]"


def keep(batch: Batch, lines: Iterable[Line], known: dict[str, str]) -> None:
    """The lines as staging rows; `known` says which of them are records already, by fingerprint.

    They are asked for and checked outside of any transaction: others write meanwhile.
    """
    rows = (_row(batch.pk, line, known) for line in lines)  # what is made of a line outlives it
    for some in batched(rows, KEPT_AT_A_TIME):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(INSERT, some)


def _row(batch: int, line: Line, known: dict[str, str]) -> tuple:
    values = as_json(line.values, orjson.OPT_SORT_KEYS)  # the same values are the same bytes
    fingerprint = hashlib.sha256(values).hexdigest()
    record = "" if line.errors else known.get(fingerprint, "")
    return (
        batch,
        line.number,
        as_json(line.raw).decode() if line.errors or line.reasons else "{}",
        values.decode(),
        fingerprint,
        as_json(line.repairs).decode() if line.repairs else NOTHING,
        as_json(line.errors).decode() if line.errors else NOTHING,
        as_json(line.reasons).decode() if line.reasons else NOTHING,
        as_json(line.duplicates).decode() if line.duplicates else NOTHING,
        KNOWN if record else line.outcome,
        record,
    )


def as_json(value: dict | list, order: int = 0) -> bytes:
    """JSON, its keys as they stand or, with orjson's option, in order."""
    try:
        return orjson.dumps(value, option=order)
    except TypeError:  # a number beyond sixty-four bits
        text = json.dumps(value, ensure_ascii=False, sort_keys=bool(order), separators=(",", ":"))
        return text.encode()
