"""Fields that clean one answer and a whole column of a list alike."""

import pytest
from django.core.exceptions import ValidationError

from guong.core.forms import LineField, TextField


def no_digits(value: str) -> None:
    if any(map(str.isdigit, value)):
        raise ValidationError("Không ghi số.")


FIELDS = [
    LineField(max_length=9),
    LineField(max_length=9, required=False),
    LineField(),
    LineField(max_length=9, validators=[no_digits]),
    TextField(max_length=9),
]
CELLS = ["Siu", "  Rơ\u00a0Châm\u200b ", "", "   ", "Mười chữ trở lên", "Tổ 2", "Hai\ndòng", "\0"]


def alone(field, cell: str) -> tuple[str, str]:
    try:
        return field.clean(cell), ""
    except ValidationError as refusal:
        return "", " ".join(refusal.messages)


@pytest.mark.parametrize("field", FIELDS)
def test_a_column_is_cleaned_and_refused_as_each_of_its_cells(field):
    assert field.clean_column(CELLS) == [alone(field, cell) for cell in CELLS]


def test_a_line_is_refused_for_its_length_and_for_what_else_the_field_asks():
    limited, unlimited, without_digits = FIELDS[0], FIELDS[2], FIELDS[3]

    assert [wrong != "" for _, wrong in limited.clean_column(CELLS)] == [
        cell in ("", "   ", "Mười chữ trở lên", "\0") for cell in CELLS
    ]
    assert unlimited.clean_column(["Mười chữ trở lên"]) == [("Mười chữ trở lên", "")]
    assert without_digits.clean_column(["Tổ 2"]) == [("", "Không ghi số.")]
