"""Long work in many transactions, one after another."""

import time

from django.db import connection

PAUSE = 0.105  # seconds: who waits for SQLite to be free looks every tenth of one


def give_way() -> None:
    """Between two of them: somebody else may write. PostgreSQL needs no such courtesy."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)
