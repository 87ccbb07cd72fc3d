"""A workbook is looked at before anything opens it."""

import io

import pytest

from guong.guard import workbooks

from . import spoiled


def test_a_plain_workbook_passes_and_is_left_at_its_beginning():
    file = io.BytesIO(spoiled.workbook())

    assert workbooks.inspect(file) is None
    assert file.tell() == 0


def test_the_last_column_and_row_that_are_taken():
    file = io.BytesIO(spoiled.sheet(b'<row r="99999"><c r="GR99999"/></row>'))

    assert workbooks.inspect(file) is None


@pytest.mark.parametrize("name", spoiled.WORKBOOKS)
def test_a_bad_workbook_is_refused_with_what_to_do(name):
    content, sentence = spoiled.WORKBOOKS[name]

    with pytest.raises(workbooks.Refused) as refusal:
        workbooks.inspect(io.BytesIO(content))

    assert sentence in str(refusal.value)
    assert any(word in str(refusal.value) for word in ("gửi lại", "Chọn lại", "Lưu", "chia nhỏ"))
