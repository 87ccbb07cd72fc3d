"""The index of the quick search: the words of every record, kept by the database itself.

SQLite: an FTS5 table beside the records, filled by triggers. PostgreSQL: a generated column with the
same words and a GIN index over it. Besides the words each record carries two marks, its unit and whether
it stands recognised, so that a person who may see few records need not look through all. Both are made
after every migrate: a migration may have rebuilt the table. One that changes the type of a watched
column on PostgreSQL first drops the column of words.
"""

import re
from collections.abc import Iterable, Iterator

from django.db import connections
from django.db.models import Q

from guong.core.vietnamese import fold

from .models import Exemplar

TABLE, INDEX, COLUMN = Exemplar._meta.db_table, "exemplars_words", "words"
# Nobody types these; typed all the same they show nothing, what is found is filtered afterwards.
OF_UNIT, RECOGNISED = "zzu", "zzr"
WORD = re.compile(r"[a-z0-9]+")


def _document(row: str = "") -> str:
    """What is indexed of a row, as SQL of either database."""
    return (
        f"{row}search_key || ' {OF_UNIT}' || CAST({row}unit_id AS text) || CASE WHEN "
        f"{row}recognised_on IS NOT NULL AND {row}revoked_on IS NULL THEN ' {RECOGNISED}' ELSE '' END"
    )


# The parser of PostgreSQL would take «v.an» for a host and «-5» for a number.
TO_TSVECTOR = (
    f"to_tsvector('simple'::regconfig, regexp_replace({_document()}, '[^a-z0-9]', ' ', 'g'))"
)
MADE_ON_SQLITE = {
    "insert": f"INSERT INTO {INDEX}(rowid, words) VALUES (new.id, {_document('new.')});",  # noqa: S608
    "delete": f"INSERT INTO {INDEX}({INDEX}, rowid, words) "  # noqa: S608
    f"VALUES ('delete', old.id, {_document('old.')});",
}
WATCHED = "search_key, unit_id, recognised_on, revoked_on"


def keep_words(*, using="default", **kwargs) -> None:
    """The index and what keeps it are there; called after every migrate."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _keep_on_postgresql(cursor)
        else:
            _keep_on_sqlite(cursor)


def _keep_on_postgresql(cursor) -> None:
    """A column, not an index over an expression: of a common word the newest are found by walking
    back over the records, which must not make the words anew for each."""
    cursor.execute(
        "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s "
        "AND NOT attisdropped",
        [TABLE, COLUMN],
    )
    if cursor.fetchone():
        return
    cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
    cursor.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ({TO_TSVECTOR}) STORED"
    )
    cursor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({COLUMN})")


def _keep_on_sqlite(cursor) -> None:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [INDEX])
    is_new = cursor.fetchone() is None
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, content = '', columnsize = 0, "
        "detail = none, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0')"
    )
    for event, when in (
        ("insert", "INSERT"),
        ("delete", "DELETE"),
        ("update", f"UPDATE OF {WATCHED}"),
    ):
        done = (
            MADE_ON_SQLITE.get(event) or MADE_ON_SQLITE["delete"] + " " + MADE_ON_SQLITE["insert"]
        )
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {INDEX}_{event} AFTER {when} ON {TABLE} BEGIN {done} END"
        )
    if is_new:
        whole = f"INSERT INTO {INDEX}(rowid, words) SELECT id, {_document()} FROM {TABLE}"  # noqa: S608
        cursor.execute(whole)


def asked(query: str) -> list[str]:
    """The words of a query as the index has them: folded, letters and digits only."""
    return WORD.findall(fold(query))


def scope(units: Iterable[int], *, recognised: bool = False) -> list[str]:
    """The marks of these units' records, and with `recognised` of all recognised ones."""
    return [*(f"{OF_UNIT}{unit}" for unit in units), *([RECOGNISED] if recognised else [])]


def matching(
    words: list[str],
    marks: list[str] | None,
    *,
    limit: int,
    below: int | None = None,
    whole: bool = False,
) -> list[int]:
    """Keys of records with every word, newest first; `below`: only smaller keys.

    Begun words are found too, unless `whole`: then nothing has to be merged and it is fast however
    common the word. `marks`: only records with one of them, None for all. A letter alone is a whole
    word, or together with its neighbours the initials of one.
    """
    if not words or marks == []:
        return []
    connection = connections[Exemplar.objects.db]
    if connection.vendor == "postgresql":
        expression, question = (
            _postgresql(words, marks, whole),
            f"{COLUMN} @@ to_tsquery('simple', %s)",
        )
        key, table = "id", TABLE
    else:
        expression, question = _sqlite(words, marks, whole), f"{INDEX} MATCH %s"
        key, table = "rowid", INDEX
    sql = f"SELECT {key} FROM {table} WHERE {question}"  # noqa: S608
    values: list = [expression]
    if below is not None:
        sql, values = f"{sql} AND {key} < %s", [*values, below]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT %s", [*values, limit])
        return [row[0] for row in cursor.fetchall()]


def _begun(words: list[str], whole: bool) -> Iterator[tuple[str, bool]]:
    """Each word and whether more letters may follow."""
    for at, word in enumerate(words):
        yield word, not whole and (len(word) > 1 or at == len(words) - 1)


def _initials(words: list[str]) -> str:
    """«n v an» may be meant as «Nguyễn Văn An»: the first letters, when all but the last are letters."""
    is_cut = len(words) > 1 and all(len(word) == 1 for word in words[:-1])
    return "".join(word[0] for word in words) if is_cut else ""


def _sqlite(words: list[str], marks: list[str] | None, whole: bool) -> str:
    found = " AND ".join(f'"{word}"{"*" if begun else ""}' for word, begun in _begun(words, whole))
    if initials := _initials(words):
        found = f'({found}) OR ("{initials}" AND "{words[-1]}"*)'
    return f"({found}) AND ({' OR '.join(marks)})" if marks else found


def _postgresql(words: list[str], marks: list[str] | None, whole: bool) -> str:
    found = " & ".join(f"{word}{':*' if begun else ''}" for word, begun in _begun(words, whole))
    if initials := _initials(words):
        found = f"({found}) | ({initials} & {words[-1]}:*)"
    return f"({found}) & ({' | '.join(marks)})" if marks else found


def one_by_one(words: list[str]) -> Q:
    """The same question as a filter, for few rows."""
    rows = Q()
    for word in words:
        rows &= Q(search_key__contains=word)
    return rows
