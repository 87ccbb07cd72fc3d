"""Dates as people type them and as spreadsheets keep them."""

import datetime
import re
from typing import NamedTuple

from guong.core import calendar

from .folding import clean_line, fold

SERIAL_ZERO = datetime.date(1899, 12, 30)  # spreadsheet day 0; day 60 never existed
FIRST_YEAR, LAST_YEAR = 1880, 2100  # nobody we write about lived before, no plan reaches after
LONGEST = 40
DAY = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{2}|\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
PACKED = re.compile(r"(\d{2})(\d{2})(\d{4})")
MONTH = re.compile(r"(?:thang\s*)?(\d{1,2})\s*(?:[/.\-]|nam|\s)\s*(\d{4})")
YEAR = re.compile(r"(?:nam\s*|sinh\s*nam\s*|sn\s*)?(\d{4})")
WORDS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})")
SERIAL = re.compile(r"\d{5}")


class DateGuess(NamedTuple):
    """What was understood. `value` is set for a whole day, `year` whenever a year is known."""

    value: datetime.date | None = None
    year: int | None = None
    precision: str = ""  # "day", "month", "year" or ""
    repaired: bool = False  # not typed as dd/mm/yyyy
    message: str = ""  # a Vietnamese sentence when nothing could be understood


def parse_date(value) -> DateGuess:
    """Understand a cell or a typed date. Never raises; `message` says what is wrong."""
    if value is None or value == "":
        return DateGuess()
    if isinstance(value, datetime.datetime):
        return _day(value.date(), True)
    if isinstance(value, datetime.date):
        return _day(value, True)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value)
    return _text(clean_line(str(value)))


def _day(day: datetime.date, repaired: bool) -> DateGuess:
    return DateGuess(day, day.year, "day", repaired)


def _wrong(shown) -> DateGuess:
    shown = str(shown)
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    return DateGuess(
        message=f"«{shown}» không phải ngày có thật. Viết như 05/03/1980; nhập năm cũng được."
    )


def _number(value: float) -> DateGuess:
    if not 0 < value < 10**8:  # false for «not a number» too
        return _wrong(value if isinstance(value, float) else "số quá dài")
    if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return DateGuess(None, int(value), "year")
    if LAST_YEAR < value < 80000:
        return _day(SERIAL_ZERO + datetime.timedelta(days=int(value)), True)
    if value == int(value):
        return _text(str(int(value)).zfill(8))
    return _wrong(value)


def _text(text: str) -> DateGuess:
    plain = fold(text)
    if len(plain) > LONGEST:
        return _wrong(text)
    if found := DAY.fullmatch(plain) or WORDS.fullmatch(plain):
        typed_well = bool(re.fullmatch(r"\d{2}/\d{2}/\d{4}", text))
        return _build(text, found[1], found[2], found[3], repaired=not typed_well)
    if found := ISO.fullmatch(plain):
        return _build(text, found[3], found[2], found[1], repaired=True)
    if found := YEAR.fullmatch(plain):
        return _year(text, int(found[1]), "year")
    if found := PACKED.fullmatch(plain):
        return _build(text, found[1], found[2], found[3], repaired=True)
    if (found := MONTH.fullmatch(plain)) and 1 <= int(found[1]) <= 12:
        return _year(text, int(found[2]), "month")
    if SERIAL.fullmatch(plain):
        return _number(int(plain))
    return _wrong(text)


def _year(shown: str, year: int, precision: str) -> DateGuess:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return DateGuess(None, year, precision)
    return _wrong(shown)


def _build(shown: str, day: str, month: str, year: str, *, repaired: bool) -> DateGuess:
    number = int(year)
    if len(year) == 2:
        # Two digits: nobody is born in the future.
        number += 2000 if number <= calendar.today().year % 100 else 1900
    try:
        whole = datetime.date(number, int(month), int(day))
    except ValueError:
        return _wrong(shown)
    return _day(whole, repaired) if FIRST_YEAR <= number <= LAST_YEAR else _wrong(shown)


def format_date(day: datetime.date | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""
