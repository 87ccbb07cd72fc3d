"""What every test of the suite stands on."""

import os
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import settings

# How long an example takes depends on who else is on the machine: clocks are no gate.
settings.register_profile("guong", deadline=None)
settings.load_profile("guong")

JOURNEYS = Path(__file__).parent / "tests" / "journeys"  # they start an office of their own
ASKS_A_DATABASE = {"db", "transactional_db", "client", "admin_client", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database runs: the rest cannot tell which one there is."""
    if not os.environ.get("DATABASE_URL"):
        return
    asking, others = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or ASKS_A_DATABASE & set(item.fixturenames)
        (asking if asks or item.path.is_relative_to(JOURNEYS) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asking


@pytest.fixture(autouse=True)
def quick_passwords():
    """Scrypt is slow on purpose; tests hash hundreds of passwords."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield
