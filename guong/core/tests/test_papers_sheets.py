"""The .xlsx read back: nothing lives in it, nothing is lost."""

import datetime
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from guong.core.papers import Sheet, write_xlsx

INJECTIONS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("x")',
    "＝1",
    "|x",
]


def read(*sheets: Sheet):
    return load_workbook(io.BytesIO(write_xlsx(list(sheets))))


def sheet(rows, **changes) -> Sheet:
    return Sheet(
        **{"title": "Danh sách", "columns": [("Tên", 30), ("Số", 12)], "rows": rows} | changes
    )


def test_a_sheet_has_title_mark_heading_rows_and_note():
    page = read(sheet([["Nul", 1234]], note="Một dòng.", is_demo=True)).active

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Danh sách", None],
        ["DỮ LIỆU MẪU", None],
        ["Tên", "Số"],
        ["Nul", 1234],
        [None, None],
        ["Một dòng.", None],
    ]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A4", "A3:B4")
    assert page.print_title_rows == "$3:$3"


def test_no_text_becomes_a_formula():
    page = read(sheet([[text, text] for text in INJECTIONS])).active
    rows = list(page.iter_rows(min_row=4, max_row=3 + len(INJECTIONS)))

    assert [row[0].value for row in rows] == INJECTIONS
    assert {(cell.data_type, cell.number_format) for row in rows for cell in row} == {("s", "@")}


def test_each_kind_of_value_keeps_its_kind():
    day = datetime.date(2026, 3, 5)
    moment = datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)
    values = [
        7,
        Decimal("1.25"),
        day,
        moment,
        datetime.date(1890, 1, 2),
        None,
        "087084000999",
        10**15,
    ]
    values += [float("nan"), True, "x" * 40_000]
    page = read(sheet([[value] for value in values])).active
    found = [(page.cell(row, 1).value, page.cell(row, 1).number_format) for row in range(4, 15)]

    assert found == [
        (7, "#,##0"),
        (1.25, "#,##0.0#"),
        (datetime.datetime(2026, 3, 5), "dd/mm/yyyy"),
        (datetime.datetime(2026, 3, 5), "dd/mm/yyyy"),
        ("02/01/1890", "@"),
        (None, "@"),
        ("087084000999", "@"),
        ("1000000000000000", "@"),
        ("nan", "@"),
        ("True", "@"),
        ("x" * 32_000, "@"),
    ]


def test_tabs_get_names_excel_takes():
    titles = ["B1/2026: số [liệu]", "B1/2026: số [liệu]", "History", "x" * 40, "x" * 40, "", "'"]

    assert read(*[sheet([], title=title) for title in titles]).sheetnames == [
        "B1 2026  số  liệu",
        "B1 2026  số  liệu (2)",
        "History (2)",
        "x" * 31,
        "x" * 26 + " (2)",
        "Trang",
        "Trang (2)",
    ]


@given(
    st.lists(
        st.lists(st.one_of(st.text(), st.floats(), st.integers(), st.dates()), max_size=3),
        max_size=4,
    )
)
def test_any_rows_make_a_readable_file(rows):
    assert read(sheet(rows)).active.max_row >= 3
