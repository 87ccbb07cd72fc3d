"""Numbers as they are written here: 1.234.567,89."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .folding import clean_line, fold

SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 1000, "ngan": 1000,
          "k": 1000}
SHAPE = re.compile(r"^([+-]?[\d.,\s]*\d)\s*([a-z]+|%)?$")
DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@dataclass(frozen=True)
class NumberGuess:
    """What was understood; `is_ambiguous` asks the person whether 1.234 is a thousand or one."""

    value: Decimal | None = None
    is_ambiguous: bool = False
    is_percent: bool = False
    message: str = ""


def parse_number(value) -> NumberGuess:
    """Understand a typed number or a cell. Never raises; `message` says what is wrong."""
    if value is None or value == "":
        return NumberGuess()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return _plain(str(value))
    text = clean_line(str(value))
    found = SHAPE.match(fold(text))
    if not found or (found[2] and found[2] != "%" and found[2] not in SCALES):
        return _wrong(text)
    digits = found[1].replace(" ", "")
    guess = _plain(_with_point(digits))
    if guess.value is None:
        return _wrong(text)
    return NumberGuess(
        guess.value * SCALES.get(found[2] or "", 1),
        bool(re.match(r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$", digits)),
        found[2] == "%",
    )


def _with_point(digits: str) -> str:
    """Turn Vietnamese or English separators into a decimal point."""
    last_dot, last_comma = digits.rfind("."), digits.rfind(",")
    if last_dot >= 0 and last_comma >= 0:
        thousands = "." if last_comma > last_dot else ","
        digits = digits.replace(thousands, "")
        return digits.replace(",", ".")
    sign = "." if last_dot >= 0 else ","
    if digits.count(sign) > 1 or re.search(rf"^[+-]?[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}$", digits):
        return digits.replace(sign, "")
    return digits.replace(",", ".")


def _plain(text: str) -> NumberGuess:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return NumberGuess()
    return NumberGuess(value) if value.is_finite() else NumberGuess()


def _wrong(text: str) -> NumberGuess:
    return NumberGuess(message=f"«{text}» không phải số. Viết như 1.250 hoặc 12,5.")


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
    if number == 0:
        return DIGIT_WORDS[0]
    groups, names = [], ["", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ"]
    rest = abs(number)
    while rest:
        rest, group = divmod(rest, 1000)
        groups.append(group)
    words = ["âm"] if number < 0 else []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words += _group(groups[place], place != len(groups) - 1)
            words += [names[place]] if names[place] else []
    return " ".join(words)


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
