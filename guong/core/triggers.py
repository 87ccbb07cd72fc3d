"""UPDATE, DELETE and TRUNCATE of the journal are refused by the database itself."""

from django.db import connections

TABLES = ("core_journalentry", "core_journalseal")
REFUSAL = "the journal is append-only"


def names(vendor: str) -> set[str]:
    """The triggers that must exist on this kind of database."""
    events = ("update", "delete") + (("truncate",) if vendor == "postgresql" else ())
    return {f"{table}_no_{event}" for table in TABLES for event in events}


def _sqlite(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _postgresql(table: str, event: str) -> str:
    level = "STATEMENT" if event == "truncate" else "ROW"
    return (
        f"CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"FOR EACH {level} EXECUTE FUNCTION guong_append_only()"
    )


def protect_journal(*, using="default", **kwargs) -> None:
    """Create the triggers again after every migrate: a migration may have rebuilt the table."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not set(TABLES) <= set(tables):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION guong_append_only() RETURNS trigger AS $$ "
                f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql"
            )
        for name in sorted(names(connection.vendor)):
            table, _, event = name.rpartition("_no_")
            make = _postgresql if connection.vendor == "postgresql" else _sqlite
            cursor.execute(make(table, event))


def missing(using="default") -> set[str]:
    """Triggers that should be there and are not."""
    connection = connections[using]
    question = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = {row[0] for row in cursor.fetchall()}
    return names(connection.vendor) - found
