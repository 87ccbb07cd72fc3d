"""The sixteen rows of the catalogue of attacks: each is measured, or names tests that are there."""

from pathlib import Path

import pytest

from bench.guard import TESTS

ROOT = Path(__file__).parents[1]
MEASURED = {2, 3, 4, 5, 6, 7}


def test_every_row_is_measured_or_proven():
    assert set(TESTS) | MEASURED == set(range(1, 17))


@pytest.mark.parametrize(
    "named", sorted({test for _, tests, _ in TESTS.values() for test in tests})
)
def test_a_test_the_list_names_is_there(named):
    file, _, function = named.partition("::")

    assert f"def {function}" in (ROOT / file).read_text("utf-8")
