"""Numbers without gaps."""

import pytest
from django.db import transaction

from guong.core.models import NumberRegister
from guong.core.papers import next_number
from guong.core.papers.registers import next_numbers

pytestmark = pytest.mark.django_db


def test_each_book_counts_by_itself_and_begins_anew_each_year():
    given = [next_number("QD", 2026), next_number("QD", 2026), next_number("TB", 2026)]

    assert [*given, next_number("QD", 2027), next_number("QD", 2026)] == [1, 2, 1, 1, 3]


def test_many_numbers_at_once_leave_no_gap_either():
    given = [*next_numbers("QD", 2026, 3), next_number("QD", 2026), *next_numbers("QD", 2026, 2)]

    assert given == [1, 2, 3, 4, 5, 6]


def test_a_transaction_rolled_back_gives_its_number_back():
    next_number("QD", 2026)

    with pytest.raises(RuntimeError), transaction.atomic():
        assert next_number("QD", 2026) == 2
        raise RuntimeError

    assert (next_number("QD", 2026), NumberRegister.objects.get().last) == (2, 2)
