"""The search file of a release: one SQLite file, the same bytes for the same pages.

Read by `guong.dropbox.search` as the target `tim/search.sqlite3`. Neither imports the other: what both
agree on is the two tables below.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from guong.core.vietnamese import also_written, fold

SCHEMA = """
    PRAGMA page_size = 4096;
    PRAGMA journal_mode = OFF;
    PRAGMA user_version = 3;
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        lead TEXT NOT NULL,
        kind TEXT NOT NULL,
        field TEXT NOT NULL,
        place TEXT NOT NULL,
        year INTEGER,
        lang TEXT NOT NULL,
        key TEXT NOT NULL
    );
    CREATE INDEX pages_by_kind ON pages (kind);
    CREATE INDEX pages_by_key ON pages (key);
    CREATE VIRTUAL TABLE words USING fts5(
        title, names, text, content = '', columnsize = 0, detail = column,
        prefix = '2 3 4',
        tokenize = "unicode61 remove_diacritics 0"
    );
"""
INITIALS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Document:
    """One released page as the search knows it. `on` (ISO date) puts the newest first."""

    path: str  # as in the URL
    title: str
    text: str = ""
    kind: str = ""  # as shown: «Chuyện», «Điển hình», «Vinh danh»
    field: str = ""
    place: str = ""
    year: int | None = None
    lang: str = "vi"
    lead: str = ""
    on: str = ""
    names: str = ""  # of those it is about, where the title does not say them


def write(path: Path, documents: Iterable[Document]) -> int:
    """Write the file, replacing an older one; return how many pages it knows.

    The order of the documents does not matter. Two with one path are a mistake (IntegrityError).
    """
    ordered = sorted(documents, key=lambda document: (_when(document), document.path))
    beside = path.with_name(f".{path.name}.tmp")
    beside.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        for number, document in enumerate(ordered, start=1):
            _add(connection, number, document)
        # One segment, then packed: fewer bytes, and the same ones whoever builds.
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    beside.replace(path)
    return len(ordered)


def _when(document: Document) -> str:
    return document.on or (f"{document.year:04}" if document.year else "")


def _add(connection: sqlite3.Connection, number: int, document: Document) -> None:
    shown = (document.path, document.title, document.lead, document.kind, document.field)
    connection.execute(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *shown, document.place, document.year, document.lang, fold(document.title)),
    )
    title = f"{words(document.title)} {_initials(document.title)}"
    names = f"{words(document.names)} {_initials(document.names)}" if document.names else ""
    around = (document.lead, document.text, document.kind, document.field, document.place)
    text = " ".join(words(part) for part in around if part)
    connection.execute(
        "INSERT INTO words(rowid, title, names, text) VALUES (?, ?, ?, ?)",
        (number, title, names, f"{text} {document.year or ''}"),
    )


def words(text: str) -> str:
    """The folded text, and beside it how else its words are spelt (`rchom`, `hbliu`)."""
    folded = fold(text)
    return " ".join([folded, *also_written(folded)])


def _initials(title: str) -> str:
    """«Nguyễn Thị Ánh» is also looked for as «nta»; a long headline has no initials."""
    parts = INITIALS.findall(fold(title))
    return "".join(part[0] for part in parts) if 2 <= len(parts) <= 6 else ""
