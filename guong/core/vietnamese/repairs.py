"""ID and phone numbers that a spreadsheet took for figures."""

import re
from typing import NamedTuple

from guong.core import calendar

BETWEEN = re.compile(r"[\s.\-'’]+")
ID_NUMBER = re.compile(r"[0-9]{9,12}")
WHOLE_ID_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}")
PHONE = re.compile(r"0[0-9]{9,10}")
AROUND_PHONE = str.maketrans("", "", "()+")
LOOKALIKES = str.maketrans("OoIl", "0011")
CENTURY = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}  # fourth digit; later centuries unborn


class Repair(NamedTuple):
    """The value to keep; whether it differs from what stood there.

    `message`: it cannot be such a number.
    """

    value: str = ""
    repaired: bool = False
    message: str = ""


def _shown(value) -> str:
    """The cell as a person sees it: a whole float without «.0», nothing endless."""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"[:60]
    if isinstance(value, int):
        return str(value)[:60] if abs(value) < 10**60 else "số quá dài"
    return str(value).strip()[:60]


def _digits(shown: str) -> str:
    return shown if shown.isdecimal() else BETWEEN.sub("", shown).translate(LOOKALIKES)


def repair_id_number(value) -> Repair:
    """A citizen's ID number of 12 digits, or the old one of 9; a lost leading zero comes back."""
    if type(value) is str and WHOLE_ID_NUMBER.fullmatch(value):
        return Repair(value)
    if value in (None, ""):
        return Repair()
    shown = _shown(value)
    digits = _digits(shown)
    if not ID_NUMBER.fullmatch(digits):
        return Repair(
            message=f"«{shown}» không phải số căn cước: cần 12 chữ số (hoặc 9 chữ số loại cũ)."
        )
    # Place codes are 001 to 096: a spreadsheet cuts one zero, or two.
    whole = digits if len(digits) == 9 else digits.zfill(12)
    return Repair(whole, whole != shown)


def id_number_doubt(number: str, birth_year: int | None = None) -> str:
    """What a repaired number itself says against it; empty for nothing. Somebody should look, no more.

    Its sex digit is not read: nobody's sex is inferred.
    """
    if len(number) == 9:
        return "Số 9 chữ số là loại cũ: nên hỏi số căn cước 12 chữ số."
    century = CENTURY.get(number[3])
    year = (century or 2100) + int(number[4:6])
    if century is None or (century == 2000 and year > calendar.today().year):
        return f"Số căn cước «{number}» chỉ năm sinh {year}: xem lại giấy tờ."
    if birth_year and birth_year != year:
        return f"Số căn cước «{number}» chỉ năm sinh {year}, khác năm sinh {birth_year}: xem lại."
    return ""


def repair_phone(value) -> Repair:
    """A phone number of 10 digits; +84 and a lost leading zero are put right."""
    if type(value) is str and PHONE.fullmatch(value):
        return Repair(value)
    if value in (None, ""):
        return Repair()
    shown = _shown(value)
    digits = _digits(shown).translate(AROUND_PHONE)
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if len(digits) == 9 and not digits.startswith("0"):
        digits = "0" + digits
    if not PHONE.fullmatch(digits):
        return Repair(message=f"«{shown}» không phải số điện thoại: cần 10 chữ số, bắt đầu bằng 0.")
    return Repair(digits, digits != shown)


def phone_doubt(digits: str) -> str:
    """The same for a repaired phone number."""
    # Mobile numbers of 11 digits were shortened in 2018; land lines (02…) kept theirs.
    if len(digits) == 11 and not digits.startswith("02"):
        return f"«{digits}» là số di động 11 chữ số kiểu cũ: hỏi lại số đang dùng."
    return ""
