"""Somebody's own workbook, sent back with what is wrong in it written beside each row."""

import io

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

HEADING = "Lỗi"
WRONG = PatternFill("solid", fgColor="FFE08A")
LONGEST = 2_000


def mark_errors(
    content: bytes,
    *,
    sheet: str,
    header_line: int,
    headings: dict[str, str],
    bad: dict[int, list[tuple[str, str]]],
) -> bytes:
    """The workbook with a column «Lỗi» behind its table and a comment on each wrong cell.

    `headings`: our title for a column → the heading as it stands. `bad`: row → (title, sentence);
    a title that is no column of the file stands in «Lỗi» alone. Formulas leave as their values.
    """
    book = load_workbook(io.BytesIO(content), data_only=True)
    page = book[sheet]
    places = _places(page, header_line, headings)
    last = max((cell.column for cell in page[header_line] if cell.value is not None), default=0)
    mine = next((cell.column for cell in page[header_line] if cell.value == HEADING), last + 1)
    _say(page.cell(header_line, mine), HEADING, is_bold=True)
    page.column_dimensions[page.cell(header_line, mine).column_letter].width = 60
    for number in range(header_line + 1, page.max_row + 1):
        if page.cell(number, mine).value is not None and number not in bad:
            page.cell(number, mine).value = None
    for number, told in bad.items():
        _say(page.cell(number, mine), " ".join(f"{title}: {words}" for title, words in told))
        for title, words in told:
            if title in places:
                cell = page.cell(number, places[title])
                cell.fill = WRONG
                cell.comment = Comment(words[:LONGEST], "Gương", width=320, height=120)
    _still_every_formula(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _places(page, header_line: int, headings: dict[str, str]) -> dict[str, int]:
    """Column numbers by our titles; a heading of two lines is known by its end."""
    stands = {}
    for cell in page[header_line]:
        if cell.value is not None:
            stands[" ".join(str(cell.value).split())] = cell.column
    return {
        title: column
        for title, heading in headings.items()
        for said, column in stands.items()
        if heading == said or heading.endswith(f" {said}")
    }


def _say(cell, words: str, *, is_bold: bool = False) -> None:
    cell.value = words[:LONGEST]
    cell.data_type = "s"
    cell.font = Font(name="Times New Roman", size=12, bold=is_bold, color="8A1420")
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _still_every_formula(book) -> None:
    """No cell goes out as a formula: what begins like one is text."""
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
                if cell.data_type == "s" and str(cell.value)[:1] in "=+-@":
                    cell.quotePrefix = True
