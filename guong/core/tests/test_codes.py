"""Codes people copy by hand."""

import re

import pytest

from guong.core import codes


def test_a_drawn_code_is_of_signs_nobody_takes_for_another_and_comes_once():
    drawn = {codes.drawn("QD") for _ in range(500)}

    assert len(drawn) == 500
    assert all(re.fullmatch(r"QD(-[0-9A-HJKMNP-TV-Z]{4}){3}", code) for code in drawn)


def test_a_code_is_written_from_its_number_alone():
    assert codes.written("GT", 0) == "GT-0000-0000-0000"
    assert codes.written("GT", 33) == "GT-1100-0000-0000"
    assert codes.written("GT", 33 + (1 << 60)) == codes.written("GT", 33)


@pytest.mark.parametrize(
    "typed",
    ["GT-7KQ2-9MXD-10BA", "gt7kq29mxd10ba", " gt 7kq2 9mxd lOba\n", "GT–7KQ2–9MXD–IoBA"],
)
def test_however_a_code_is_typed_it_is_the_same(typed):
    assert codes.tidied(typed) == "GT7KQ29MXD10BA"


def test_a_book_instead_of_a_code_is_cut():
    assert codes.tidied("x" * 100_000) == "X" * codes.LONGEST
