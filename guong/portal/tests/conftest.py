import pytest

from guong.core.signing import ceremonies, signer


@pytest.fixture
def home(tmp_path, settings):
    """A home of its own with test keys and a signer: releases are files, not rows."""
    settings.HOME = tmp_path
    ceremonies.make_test_keys(tmp_path)
    with signer.alongside(tmp_path):
        yield tmp_path
