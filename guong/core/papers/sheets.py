"""Excel papers: text stays text, headings stay in sight, no live formula ever leaves."""

import datetime
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

LONGEST_CELL = 32_000  # Excel takes 32,767 signs and drops a longer text whole
FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that never was
FACE = {"font_name": "Times New Roman", "font_size": 12}
BOXED = FACE | {"border": 1, "valign": "top"}
STYLES = {
    "title": FACE | {"bold": True, "font_size": 14},
    "mark": FACE | {"bold": True},
    "note": FACE | {"italic": True},
    "head": BOXED | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"},
    "text": BOXED | {"num_format": "@", "text_wrap": True},
    "whole": BOXED | {"num_format": "#,##0"},
    "part": BOXED | {"num_format": "#,##0.0#"},
    "day": BOXED | {"num_format": "dd/mm/yyyy", "align": "left"},
}
HEAD = 2  # the row of the headings, under title and mark
OFFERED = "Danh mục"  # the tab with what may be chosen
OFFERED_ROWS = 1_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title line, column headings with widths, rows, and a note below."""

    title: str
    columns: list[tuple[str, int]]
    rows: Iterable[list]
    note: str = ""
    is_demo: bool = False
    # Column heading → what Excel offers there to choose from; anything else may be typed too.
    choices: dict[str, list[str]] = field(default_factory=dict)


def write_xlsx(sheets: list[Sheet]) -> bytes:
    """The sheets as an .xlsx file; strings are written as strings whatever they begin with."""
    out = io.BytesIO()
    # In memory: what people are called has no business in the machine's folder of scraps.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"author": "Gương"})
    styles = {name: book.add_format(style) for name, style in STYLES.items()}
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_tab(sheet.title, taken))
        _fill(page, sheet, styles)
        if sheet.choices:
            _offer(page, sheet, book.add_worksheet(_tab(OFFERED, taken)), styles)
    book.close()
    return out.getvalue()


def _tab(title: str, taken: set[str]) -> str:
    """A name Excel takes for a tab: 31 signs, none of []:*?/\\, no two alike."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")[:31].strip(" '") or "Trang"
    number, unique = 1, name
    while unique.lower() in taken | {"history"}:
        number += 1
        unique = f"{name[:26].strip()} ({number})"
    taken.add(unique.lower())
    return unique


def _fill(page, sheet: Sheet, styles) -> None:
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, sheet.title, styles["title"])
    page.write_string(1, 0, "DỮ LIỆU MẪU" if sheet.is_demo else "", styles["mark"])
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(HEAD, column, name, styles["head"])
    page.freeze_panes(HEAD + 1, 0)
    page.repeat_rows(HEAD)
    last = HEAD
    for last, values in enumerate(sheet.rows, start=HEAD + 1):
        for column, value in enumerate(values):
            _cell(page, last, column, value, styles)
    page.autofilter(HEAD, 0, last, max(len(sheet.columns) - 1, 0))
    page.write_string(last + 2, 0, sheet.note, styles["note"])


def _offer(page, sheet: Sheet, lists, styles) -> None:
    """Drop-downs under these headings; what they offer stands on a tab of its own, to be read."""
    names = [name for name, _ in sheet.columns]
    for place, (name, offered) in enumerate(sheet.choices.items()):
        lists.set_column(place, place, 30)
        lists.write_string(0, place, name, styles["head"])
        for line, value in enumerate(offered, start=1):
            lists.write_string(line, place, value, styles["text"])
        column, letter = names.index(name), xl_col_to_name(place, col_abs=True)
        page.data_validation(
            HEAD + 1,
            column,
            HEAD + OFFERED_ROWS,
            column,
            {
                "validate": "list",
                "source": f"='{OFFERED}'!{letter}$2:{letter}${len(offered) + 1}",
                "error_type": "information",
                "error_title": name,
                "error_message": "Chọn trong danh mục để khỏi phải sửa khi nhập.",
            },
        )


def _cell(page, line: int, column: int, value, styles) -> None:
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None).date()
    if value is None or value == "":
        page.write_blank(line, column, None, styles["text"])
    elif _is_number(value):
        style = styles["whole" if value == int(value) else "part"]
        page.write_number(line, column, float(value), style)
    elif isinstance(value, datetime.date) and value >= FIRST_DAY:
        page.write_datetime(line, column, value, styles["day"])
    else:
        text = f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)
        page.write_string(line, column, text[:LONGEST_CELL], styles["text"])


def _is_number(value) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    # Excel keeps fifteen digits: a longer number is somebody's number, not a quantity.
    return math.isfinite(value) and abs(value) < 10**15
