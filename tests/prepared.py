"""Keeps a migrated SQLite test database for the next run: half a minute of migrations becomes a second.

Loaded by `-p tests.prepared`. Nothing of a test is kept: the copy is taken when the database has just
been made. It is used again only while migrations, apps, triggers, settings and the locked versions
are the same; Django still looks whether a migration is missing. PostgreSQL is always made anew.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from django.core import management

from . import environment

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(tempfile.gettempdir()) / f"guong-test-databases-{os.getuid()}"
SOURCES = (
    "guong/*/migrations/*.py",
    "guong/*/apps.py",
    "guong/core/triggers.py",
    "config/settings/*.py",
    "requirements/dev.txt",
)


def key() -> str:
    """Changes with everything a fresh database depends on."""
    files = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def kept(alias: str) -> Path:
    return KEPT / f"{alias}-{key()}.sqlite3"


def file(alias: str) -> Path:
    """Where this process has its test database; pytest-django adds the worker to the name."""
    suffix = "" if environment.worker == "main" else f"_{environment.worker}"
    return environment.home / f"test-{alias}.sqlite3{suffix}"


def sqlite_aliases() -> list[str]:
    from django.conf import settings

    return [
        alias
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"].endswith("sqlite3")
    ]


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    from django.conf import settings

    # Each test client starts the middleware anew, and listing every static file takes it 30 ms.
    settings.WHITENOISE_AUTOREFRESH = True
    for alias in sqlite_aliases():
        name = environment.home / f"test-{alias}.sqlite3"
        settings.DATABASES[alias].setdefault("TEST", {})["NAME"] = str(name)
        # Nothing in it outlives the run: no waiting for the disk.
        settings.DATABASES[alias]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        if kept(alias).exists():
            shutil.copy(kept(alias), file(alias))
        config.option.reuse_db = True  # the home is a scratch one, so is what lies in it


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    if fixturedef.argname != "django_db_setup":
        return (yield)
    plain = management.call_command
    management.call_command = as_init_does(plain)
    try:
        made = yield
    finally:
        management.call_command = plain
    for alias in sqlite_aliases():
        keep(alias)
    return made


def as_init_does(call_command):
    """Into the drop box's database only the drop box is migrated; the others have no table there."""

    def call(name, *words, **options):
        if name == "migrate" and options["database"] == "intake":
            return call_command(name, "dropbox", database="intake", verbosity=0)
        return call_command(name, *words, **options)

    return call


def keep(alias: str) -> None:
    """Take a copy of the database that has just been made, in one step, and drop older ones."""
    if kept(alias).exists() or not file(alias).exists():
        return
    KEPT.mkdir(mode=0o700, exist_ok=True)
    draft = KEPT / f"{alias}-{os.getpid()}.draft"
    with sqlite3.connect(file(alias)) as source, sqlite3.connect(draft) as target:
        source.backup(target)
    source.close()
    target.close()
    for older in KEPT.glob(f"{alias}-*.sqlite3"):
        older.unlink(missing_ok=True)
    draft.rename(kept(alias))
