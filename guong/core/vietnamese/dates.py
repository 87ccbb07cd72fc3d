"""Dates as people type them and as spreadsheets keep them."""

import datetime
import re
from dataclasses import dataclass

from .folding import clean_line, fold

SERIAL_ZERO = datetime.date(1899, 12, 30)  # spreadsheet day 0; day 60 never existed
DAY = re.compile(r"^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{2}|\d{4})$")
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
PACKED = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
MONTH = re.compile(r"^(?:thang\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})$")
YEAR = re.compile(r"^(?:nam\s*|sinh\s*nam\s*)?(\d{4})$")
WORDS = re.compile(r"^ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})$")


@dataclass(frozen=True)
class DateGuess:
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
    return DateGuess(
        message=f"«{shown}» không phải ngày có thật. Viết như 05/03/1980; nhập năm cũng được."
    )


def _number(value: float) -> DateGuess:
    if value != value or value in (float("inf"), float("-inf")):
        return _wrong(value)
    if 1880 <= value <= 2100 and value == int(value):
        return DateGuess(None, int(value), "year")
    if 2100 < value < 80000:
        return _day(SERIAL_ZERO + datetime.timedelta(days=int(value)), True)
    if value == int(value):
        return _text(str(int(value)).zfill(8))
    return _wrong(value)


def _text(text: str) -> DateGuess:
    plain = fold(text)
    if found := DAY.match(plain) or WORDS.match(plain):
        typed_well = bool(re.match(r"^\d{2}/\d{2}/\d{4}$", text))
        return _build(text, found[1], found[2], found[3], repaired=not typed_well)
    if found := ISO.match(plain):
        return _build(text, found[3], found[2], found[1], repaired=True)
    if found := YEAR.match(plain):
        year = int(found[1])
        return DateGuess(None, year, "year") if 1880 <= year <= 2100 else _wrong(text)
    if found := PACKED.match(plain):
        return _build(text, found[1], found[2], found[3], repaired=True)
    if found := MONTH.match(plain):
        month, year = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1880 <= year <= 2100:
            return DateGuess(None, year, "month")
    if re.match(r"^\d{5}$", plain):
        return _number(int(plain))
    return _wrong(text)


def _build(shown: str, day: str, month: str, year: str, *, repaired: bool) -> DateGuess:
    number = int(year)
    if number < 100:
        # Two digits: nobody is born in the future.
        number += 2000 if number <= datetime.date.today().year % 100 else 1900
    try:
        return _day(datetime.date(number, int(month), int(day)), repaired)
    except ValueError:
        return _wrong(shown)


def format_date(day: datetime.date | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return day.strftime("%d/%m/%Y") if day else ""
