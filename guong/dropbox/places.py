"""Where the drop box reads and writes in a home: the standing release, and its own spool."""

import os
from pathlib import Path

from django.conf import settings

SEARCH_FILE = "tim/search.sqlite3"  # a target of the release, made by the portal's build


def site() -> Path:
    """The folder of the standing release; resolved once, so that one answer is of one release."""
    return Path(os.path.realpath(settings.HOME / "releases" / "current")) / "site"


def spool() -> Path:
    """Where files wait for the office. In production this side may write here and not list."""
    return settings.HOME / "spool" / "in"
