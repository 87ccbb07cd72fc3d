"""What every test of the suite stands on."""

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def quick_passwords():
    """Scrypt is slow on purpose; tests hash hundreds of passwords."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield
