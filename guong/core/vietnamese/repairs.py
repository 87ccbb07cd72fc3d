"""ID and phone numbers that a spreadsheet took for figures."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Repair:
    """The value to keep; whether it differs from what stood there; a sentence when it is wrong."""

    value: str = ""
    repaired: bool = False
    message: str = ""


def _digits(value) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return re.sub(r"[\s.\-']+", "", str(value)).translate(str.maketrans("OoIl", "0011"))


def repair_id_number(value) -> Repair:
    """A citizen's ID number of 12 digits, or the old one of 9; a lost leading zero comes back."""
    if value in (None, ""):
        return Repair()
    digits = _digits(value)
    if not digits.isdigit() or len(digits) not in (9, 10, 11, 12):
        return Repair(
            message=f"«{value}» không phải số căn cước: cần 12 chữ số (hoặc 9 chữ số loại cũ)."
        )
    # Place codes are 001 to 096: a spreadsheet cuts one zero, or two.
    whole = digits if len(digits) == 9 else digits.zfill(12)
    return Repair(whole, whole != str(value).strip())


def repair_phone(value) -> Repair:
    """A phone number of 10 digits; +84 and a lost leading zero are put right."""
    if value in (None, ""):
        return Repair()
    digits = re.sub(r"[()+]", "", _digits(value))
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if len(digits) == 9 and not digits.startswith("0"):
        digits = "0" + digits
    if not digits.isdigit() or len(digits) not in (10, 11) or not digits.startswith("0"):
        return Repair(message=f"«{value}» không phải số điện thoại: cần 10 chữ số, bắt đầu bằng 0.")
    return Repair(digits, digits != str(value).strip())
