"""The drop box on the portal's host: it can append, and knows no room."""

from .base import *  # noqa: F403
from .base import HOME, database, env

DATABASES = {"default": database("INTAKE_URL", "intake.sqlite3")}
INSTALLED_APPS = ["guong.dropbox"]
ROOT_URLCONF = "guong.dropbox.urls"
MIDDLEWARE = []
ALLOWED_HOSTS = env.list("DROPBOX_HOSTS", ["127.0.0.1", "localhost"])
SPOOL = HOME / "spool" / "in"
RELEASES = HOME / "releases"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
USE_TZ = True
