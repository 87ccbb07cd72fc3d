import pytest

from guong.core.signing import keys, signer


@pytest.fixture
def home(tmp_path, settings):
    """A home of its own with test keys and a signer: releases are files, not rows."""
    settings.HOME = tmp_path
    keys.make_test_keys(tmp_path)
    with signer.alongside(tmp_path):
        yield tmp_path
