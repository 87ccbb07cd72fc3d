"""What the processes share. What differs between machines comes from the environment."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
env = Env()
HOME = env.path("GUONG_HOME", BASE_DIR / "var").resolve()  # whatever is written lies here
# The drop box starts with GUONG_ENV=dropbox.env: it never sees the office's secrets.
env.read_env(HOME / env.str("GUONG_ENV", ".env"), recurse=False, override=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")  # no default: a missing secret must stop the start
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost"])
# Written by `make run`, refused by `guong run` when bound elsewhere than loopback.
PLAIN_HTTP = env.bool("GUONG_HTTP", False)
IS_DEMO_HOME = (HOME / "DEMO").exists()

# --- Language and time ------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
DATE_FORMAT = "d/m/Y"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# --- Database ---------------------------------------------------------------
def database(variable: str, file: str) -> dict:
    """Settings of one database: the URL in the environment, or else a SQLite file in HOME.

    Embedded SQLite needs no server and suits one office. Code may not depend on
    which of the two it runs on.
    """
    settings = env.dj_db_url(variable, f"sqlite:///{HOME / file}")
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            # Take the write lock when a transaction starts, so that two writers
            # wait for each other instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was confirmed to a person survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    return settings


# --- Logs -------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("GUONG_LOG_LEVEL", "WARNING")},
}
