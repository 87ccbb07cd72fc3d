"""Excel papers: text stays text, headings stay in sight, no live formula ever leaves."""

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title line, column headings with widths, rows, and a note below."""

    title: str
    columns: list[tuple[str, int]]
    rows: Iterable[list]
    note: str = ""
    is_demo: bool = False


def write_xlsx(sheets: list[Sheet]) -> bytes:
    """The sheets as an .xlsx file; strings are written as strings whatever they begin with."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    face = {"font_name": "Times New Roman", "font_size": 12}
    styles = {
        "title": book.add_format(face | {"bold": True, "font_size": 14}),
        "head": book.add_format(face | {"bold": True, "border": 1, "text_wrap": True,
                                        "align": "center", "valign": "vcenter"}),
        "text": book.add_format(face | {"border": 1, "num_format": "@", "text_wrap": True,
                                        "valign": "top"}),
        "number": book.add_format(face | {"border": 1, "num_format": "#,##0.##",
                                          "valign": "top"}),
        "day": book.add_format(face | {"border": 1, "num_format": "dd/mm/yyyy",
                                       "valign": "top"}),
        "note": book.add_format(face | {"italic": True}),
    }
    for sheet in sheets:
        _sheet(book, sheet, styles)
    book.close()
    return out.getvalue()


def _sheet(book, sheet: Sheet, styles) -> None:
    page = book.add_worksheet(sheet.title[:31].translate(str.maketrans("[]:*?/\\", "       ")))
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, sheet.title, styles["title"])
    if sheet.is_demo:
        page.write_string(1, 0, "DỮ LIỆU MẪU", styles["note"])
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(2, column, name, styles["head"])
    page.freeze_panes(3, 0)
    page.repeat_rows(2)
    line = 2
    for line, values in enumerate(sheet.rows, start=3):
        for column, value in enumerate(values):
            _cell(page, line, column, value, styles)
    page.autofilter(2, 0, max(line, 2), len(sheet.columns) - 1)
    if sheet.note:
        page.write_string(line + 2, 0, sheet.note, styles["note"])


def _cell(page, line, column, value, styles) -> None:
    if value is None or value == "":
        page.write_blank(line, column, None, styles["text"])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        page.write_number(line, column, float(value), styles["number"])
    elif isinstance(value, datetime.date):
        page.write_datetime(
            line, column, datetime.datetime.combine(value, datetime.time()), styles["day"]
        )
    else:
        page.write_string(line, column, str(value), styles["text"])
