"""Gives every test process its own scratch GUONG_HOME before Django's settings are read.

Loaded by `-p tests.environment` (pyproject.toml), hence before pytest-django. A real home
is never used: what GUONG_HOME says outside is put aside. DATABASE_URL stays, because the suite
on PostgreSQL is asked for with it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
home = Path(tempfile.mkdtemp(prefix=f"guong-test-{worker}-"))
(home / "static").mkdir()  # WhiteNoise warns when it is not there
atexit.register(shutil.rmtree, home, ignore_errors=True)

os.environ.update(
    GUONG_HOME=str(home),
    GUONG_ENV=".env",
    GUONG_HTTP="1",
    SECRET_KEY="only-for-tests",
    DJANGO_SETTINGS_MODULE="config.settings.office",
)
