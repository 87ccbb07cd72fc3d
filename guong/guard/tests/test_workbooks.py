"""A workbook is looked at before anything opens it."""

import io
import json
import subprocess
import sys

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


GROWTH = """
import json, resource, sys
from guong.guard import workbooks

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

with open(sys.argv[1], "rb") as file:
    before = peak()
    try:
        workbooks.inspect(file)
    except workbooks.Refused as refusal:
        print(json.dumps([peak() - before, str(refusal)]))
"""


@pytest.mark.parametrize("name", ["swollen 343 times", "too large", "ten thousand entries", "bomb"])
def test_a_bad_workbook_costs_little_memory(name, tmp_path):
    content, sentence = spoiled.WORKBOOKS.get(name) or (spoiled.swollen(), "quá lớn")
    path = tmp_path / "spoiled.xlsx"
    path.write_bytes(content)

    done = subprocess.run(
        [sys.executable, "-c", GROWTH, path],
        capture_output=True,
        check=True,
        timeout=60,  # ten seconds where nobody else is at work
    )

    grown, told = json.loads(done.stdout)
    assert (grown <= 150, sentence in told) == (True, True)
