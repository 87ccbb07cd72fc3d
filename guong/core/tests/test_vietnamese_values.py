"""Dates, numbers, ID and phone numbers as people and spreadsheets write them."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from guong.core.vietnamese import (
    DateGuess,
    NumberGuess,
    Repair,
    format_date,
    format_number,
    id_number_doubt,
    in_words,
    money_in_words,
    parse_date,
    parse_number,
    phone_doubt,
    repair_id_number,
    repair_phone,
)

DAY = datetime.date(1980, 3, 5)
cells = st.one_of(
    st.text(max_size=60),
    st.text("0123456789/.-, +%đtrnăm", max_size=30),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.just(10**5000),
    st.none(),
)


# --- Dates ------------------------------------------------------------------
@time_machine.travel("2026-11-23 12:00:00+07:00")
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/3/1980", DAY),
        ("05-03-80", DAY),
        ("05031980", DAY),
        (5031980, DAY),
        ("05.03.1980", DAY),
        ("5 / 3 / 1980", DAY),
        ("1980-03-05", DAY),
        ("1980-03-05 00:00:00", DAY),
        ("ngày 5 tháng 3 năm 1980", DAY),
        ("5-3-26", datetime.date(2026, 3, 5)),
        ("5-3-27", datetime.date(1927, 3, 5)),
        (45000, datetime.date(2023, 3, 15)),
        (45000.75, datetime.date(2023, 3, 15)),
        ("45000", datetime.date(2023, 3, 15)),
        (datetime.datetime(1980, 3, 5, 7, 30), DAY),
    ],
)
def test_a_whole_day_is_understood_and_shown_as_a_repair(typed, day):
    assert parse_date(typed) == DateGuess(day, day.year, "day", True)


def test_a_well_typed_day_needs_no_repair():
    assert parse_date(" 05/03/1980 ") == DateGuess(DAY, 1980, "day", False)


@pytest.mark.parametrize(
    ("typed", "precision"),
    [
        ("1980", "year"),
        (1980, "year"),
        (1980.0, "year"),
        ("năm 1980", "year"),
        ("SN 1980", "year"),
        ("tháng 3/1980", "month"),
        ("tháng 3 năm 1980", "month"),
        ("03-1980", "month"),
    ],
)
def test_less_than_a_day_gives_its_year(typed, precision):
    assert parse_date(typed) == DateGuess(None, 1980, precision)


@pytest.mark.parametrize(
    "typed",
    [
        "29/02/2023",
        "31/4",
        "31/4/2020",
        "mồng 5 Tết",
        "0080",
        "5/3/0080",
        "tháng 13/2026",
        "1/1/1200",
        3.5,
        float("nan"),
        float("inf"),
        -3,
        True,
        "9" * 500,
    ],
)
def test_what_is_no_day_gets_a_sentence(typed):
    guess = parse_date(typed)

    assert (guess.value, guess.year, guess.precision) == (None, None, "")
    assert guess.message.startswith("«") and len(guess.message) < 130
    assert "không phải ngày có thật" in guess.message


def test_an_empty_cell_is_no_date_and_no_mistake():
    assert {parse_date(None), parse_date("")} == {DateGuess()}


@given(cells)
def test_parse_date_never_raises(cell):
    guess = parse_date(cell)

    assert not (guess.message and guess.year)


def test_format_date_pads_to_the_official_shape():
    assert [format_date(DAY), format_date(None)] == ["05/03/1980", ""]


# --- Numbers ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("1,234.5", "1234.5"),
        ("1 234 567", "1234567"),
        ("1,5", "1.5"),
        ("0.5", "0.5"),
        (",5", "0.5"),
        ("-12", "-12"),
        ("12 tr", "12000000"),
        ("1,5 tỷ", "1500000000"),
        ("20 nghìn đồng", "20000"),
        ("1.250.000đ", "1250000"),
        (7, "7"),
        (0.1, "0.1"),
    ],
)
def test_a_number_is_read_in_either_manner(typed, value):
    assert parse_number(typed) == NumberGuess(Decimal(value))


def test_one_separator_before_three_digits_is_asked_about():
    assert parse_number("1.234") == NumberGuess(Decimal(1234), is_ambiguous=True)
    assert parse_number("1,234") == NumberGuess(Decimal(1234), is_ambiguous=True)
    assert parse_number("0.234") == NumberGuess(Decimal("0.234"))


def test_a_percentage_says_so():
    assert parse_number("50%") == NumberGuess(Decimal(50), is_percent=True)


@pytest.mark.parametrize(
    "typed",
    [
        "nhiều",
        "5 người",
        "1.2.3",
        "5/3",
        "1.23,4.5",
        "1" * 90,
        "--5",
        "0.1.234",
        "1" + "a" * 38 + "!",
    ],
)
def test_what_is_no_number_gets_a_sentence(typed):
    guess = parse_number(typed)

    assert guess.value is None
    assert guess.message.endswith("không phải số. Viết như 1.250 hoặc 12,5.")


@given(cells)
def test_parse_number_never_raises(cell):
    guess = parse_number(cell)

    assert guess.value is None or guess.value.is_finite()


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    )
)
def test_a_formatted_number_is_read_back(number):
    assert parse_number(format_number(number)).value == number


def test_format_number_as_here():
    assert [format_number(n) for n in (1234567, Decimal("1234.50"), 0, -5, None)] == [
        "1.234.567",
        "1.234,5",
        "0",
        "-5",
        "",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (3_000_000_000, "ba tỷ"),
        (2_000_000_000_000, "hai nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_numbers_in_words(number, words):
    assert in_words(number) == words


def test_money_in_words_closes_a_document():
    assert money_in_words(1_200_000) == "Một triệu hai trăm nghìn đồng"


@given(st.integers())
def test_in_words_never_raises(number):
    assert in_words(number)


# --- ID and phone numbers ---------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "repair"),
    [
        ("087084000999", Repair("087084000999")),
        ("87084000999", Repair("087084000999", True)),
        (87084000999, Repair("087084000999", True)),
        (1084000999.0, Repair("001084000999", True)),
        ("'087 084 000 999", Repair("087084000999", True)),
        ("O87O84OOO999", Repair("087084000999", True)),
        ("", Repair()),
        (None, Repair()),
    ],
)
def test_id_number_gets_its_zero_back(cell, repair):
    assert repair_id_number(cell) == repair


def test_id_number_of_the_old_kind_is_kept_and_doubted():
    kept = repair_id_number("230123456")

    assert (kept.value, kept.repaired, kept.message) == ("230123456", False, "")
    assert id_number_doubt(kept.value).startswith("Số 9 chữ số là loại cũ")


def test_id_number_against_the_birth_year_is_a_doubt_only():
    assert id_number_doubt("087084000999", 1984) == ""
    assert "chỉ năm sinh 1984, khác năm sinh 1974" in id_number_doubt("087084000999", 1974)
    assert "chỉ năm sinh 2084" in id_number_doubt("087284000999")
    assert "xem lại giấy tờ" in id_number_doubt("087484000999")


@pytest.mark.parametrize("cell", ["12345", "0870840009991", "abc", float("nan"), "²²²²²²²²²"])
def test_what_is_no_id_number_gets_a_sentence(cell):
    assert "không phải số căn cước" in repair_id_number(cell).message


@pytest.mark.parametrize(
    ("cell", "repair"),
    [
        ("0901234567", Repair("0901234567")),
        (901234567, Repair("0901234567", True)),
        ("+84 901 234 567", Repair("0901234567", True)),
        ("0901.234.567", Repair("0901234567", True)),
        ("02691234567", Repair("02691234567")),
    ],
)
def test_phone_gets_its_zero_back(cell, repair):
    assert repair_phone(cell) == repair


def test_an_old_mobile_number_of_eleven_digits_is_asked_about():
    assert "kiểu cũ" in phone_doubt(repair_phone("01691234567").value)


def test_what_is_no_phone_gets_a_sentence():
    assert "không phải số điện thoại" in repair_phone("gọi con trai").message


@given(cells)
def test_repairs_never_raise(cell):
    for function in (repair_id_number, repair_phone):
        assert not (function(cell).message and function(cell).value)
