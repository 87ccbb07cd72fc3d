"""Numbers as they are written here: 1.234.567,89."""

import re
from decimal import Decimal
from typing import NamedTuple

from .folding import clean_line, fold

SCALES = {
    "ty": 10**9,
    "ti": 10**9,
    "trieu": 10**6,
    "tr": 10**6,
    "nghin": 1000,
    "ngan": 1000,
    "k": 1000,
}
UNITS = {*SCALES, "%", "dong", "d", "vnd"}
LONGEST = 40
SHAPE = re.compile(r"([+-]?)(\d[\d.,\s]*|[.,]\d+)([%a-z\s]*)")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,\s])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
SIMPLE = re.compile(r"\d*[.,]?\d+|\d+[.,]")
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


class NumberGuess(NamedTuple):
    """What was understood; `is_ambiguous` asks the person whether 1.234 is a thousand or one."""

    value: Decimal | None = None
    is_ambiguous: bool = False
    is_percent: bool = False
    message: str = ""


def parse_number(value) -> NumberGuess:
    """Understand a typed number or a cell: `1.234,5`, `12 tr`, `50%`. Never raises."""
    if value is None or value == "":
        return NumberGuess()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return _plain(value)
    text = clean_line(str(value))
    found = SHAPE.fullmatch(fold(text)) if len(text) <= LONGEST else None
    digits = _with_point(found[2].strip()) if found else ""
    units = re.findall(r"%|[a-z]+", found[3]) if found else []
    if not digits or not set(units) <= UNITS or len(units) > 2:
        return _wrong(text)
    number = Decimal(found[1] + digits)
    for unit in units:
        number *= SCALES.get(unit, 1)
    return NumberGuess(number, bool(AMBIGUOUS.fullmatch(found[2].strip())), "%" in units)


def _with_point(digits: str) -> str:
    """Vietnamese or English separators as a decimal point; empty when they make no number."""
    if found := GROUPED.fullmatch(digits):
        whole = digits.replace(found[1], "")
        return whole.replace(",", ".") if found[1] != "," else whole
    if SIMPLE.fullmatch(digits):
        return digits.replace(",", ".")
    return ""


def _plain(value) -> NumberGuess:
    # By way of text: 0.1 is meant, not the binary fraction next to it.
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return NumberGuess(number) if number.is_finite() else _wrong(value)


def _wrong(shown) -> NumberGuess:
    shown = str(shown)
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    return NumberGuess(message=f"«{shown}» không phải số. Viết như 1.250 hoặc 12,5.")


def format_number(value) -> str:
    """1.234.567,89 without trailing zeros; empty for None."""
    if value is None:
        return ""
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def in_words(number: int) -> str:
    """A whole number in words, as documents write it: một triệu hai trăm nghìn."""
    if number < 0:
        return f"âm {in_words(-number)}"
    return " ".join(_below_billions(number)) or DIGIT_WORDS[0]


def money_in_words(amount: int) -> str:
    """An amount as a document closes it: Một triệu hai trăm năm mươi nghìn đồng."""
    words = in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _below_billions(number: int, has_more_before: bool = False) -> list[str]:
    billions, rest = divmod(number, 10**9)
    words = [*_below_billions(billions, has_more_before), "tỷ"] if billions else []
    for scale, name in ((10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, rest = divmod(rest, scale)
        if group:
            words += _group(group, has_more_before or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, has_more_before: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds or has_more_before:
        words += [DIGIT_WORDS[hundreds], "trăm"]
    if tens == 0:
        return words + (["linh"] if ones and words else []) + ([DIGIT_WORDS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [DIGIT_WORDS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    if ones == 5:
        return [*words, "lăm"]
    return words + ([DIGIT_WORDS[ones]] if ones else [])
