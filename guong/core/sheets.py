"""Workbooks as communes really send them: the table found among titles, groups, totals, signatures."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from guong.core.vietnamese import clean_line, fold

LOOK_FOR_HEADER = 30  # rows from the top
TOTALS = re.compile(r"^(tong|cong|tong cong|tong so|cong lai)\b")
SIGNATURE = re.compile(
    r"^(nguoi lap|nguoi lap bieu|tm\.|kt\.|tl\.|chu tich|pho chu tich|thu truong|noi nhan|"
    r"ky ten|xac nhan|.*, ngay .* thang .* nam)"
)
GROUP = re.compile(r"^([ivx]+|[a-d])[.)]?\s*$|^([ivx]+|[a-d])[.)]\s+\S")
FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f[ >/]')


class Refused(Exception):
    """The file cannot be read as such a list; the message says why and what to do."""


@dataclass
class Sheet:
    """The table of a workbook: its rows by our column names, with the sheet's row numbers."""

    rows: list[tuple[int, dict]]
    header_lines: list[int]
    columns: dict[str, str]  # our name → the heading as it stands
    formulas: dict[int, list[str]] = field(default_factory=dict)


def read(file: BinaryIO, columns: dict[str, list[str]], needed: tuple[str, ...]) -> Sheet:
    """Find the table and read it. Raises Refused."""
    try:
        book = CalamineWorkbook.from_filelike(file)
        name = next((name for name in book.sheet_names), None)
        if name is None:
            raise Refused("Tệp không có trang tính nào.")
        table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as broken:
        raise Refused(
            "Không đọc được tệp này. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
        ) from broken
    top, height, places = _find_header(table, columns)
    missing = [name for name in needed if name not in places]
    if top is None or missing:
        wanted = ", ".join(f"«{columns[name][0]}»" for name in missing or needed)
        raise Refused(f"Không thấy cột {wanted}. Kiểm tra dòng tiêu đề, hoặc dùng mẫu tải về.")
    headings = {
        name: clean_line(" ".join(str(table[top + row][place]) for row in range(height)))
        for name, place in places.items()
    }
    start = top + height
    rows = list(_body(table, start, places))
    file.seek(0)
    return Sheet(
        rows,
        [top + 1 + row for row in range(height)],
        headings,
        _formulas(file, places, {number for number, _ in rows}),
    )


def _find_header(table, columns):
    """Where the headings stand: one row, or two read together; the best match from the top."""
    best, top, height, places = 0, None, 1, {}
    for row in range(min(LOOK_FOR_HEADER, len(table))):
        for tall in (1, 2):
            if row + tall > len(table):
                continue
            found = _match(_joined(table, row, tall), columns)
            if len(found) > best:
                best, top, height, places = len(found), row, tall, found
    return (top, height, places) if best >= 2 else (None, 1, {})


def _joined(table, row, tall) -> list[str]:
    if tall == 1:
        return [fold(str(cell)) for cell in table[row]]
    upper, lower, last = table[row], table[row + 1], ""
    headings = []
    for above, below in zip(upper, lower, strict=False):
        last = fold(str(above)) or last  # a merged heading stands only in its first cell
        own = fold(str(above))
        under = fold(str(below))
        headings.append(under if under and not own else f"{own} {under}".strip())
    return headings


def _match(headings: list[str], columns: dict[str, list[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, known in columns.items():
        for place, heading in enumerate(headings):
            if place in found.values():
                continue
            if any(heading == word or heading.startswith(word + " ") for word in map(fold, known)):
                found[name] = place
                break
    return found


def _body(table, start: int, places: dict[str, int]) -> Iterator[tuple[int, dict]]:
    for index in range(start, len(table)):
        cells = table[index]
        filled = [(place, cell) for place, cell in enumerate(cells) if not _is_blank(cell)]
        if not filled:
            continue
        words = fold(str(filled[0][1]))
        second = fold(str(filled[1][1])) if len(filled) > 1 else ""
        if SIGNATURE.match(words) or SIGNATURE.match(second):
            return  # below the signature nothing is a row
        if TOTALS.match(words) or TOTALS.match(second):
            continue
        if len(filled) <= 2 and _is_group(filled, places):
            continue
        yield (
            index + 1,
            {name: _value(cells[place]) for name, place in places.items() if place < len(cells)},
        )


def _is_blank(cell) -> bool:
    return cell == "" or (type(cell) is str and cell.isspace())


def _is_group(filled, places) -> bool:
    first = fold(str(filled[0][1]))
    named = {place for place, _ in filled} & set(places.values())
    return bool(GROUP.match(first)) or len(filled) == 1 or not named


def _value(cell):
    """A cell as JSON keeps it: dates as ISO text, whole floats as integers, text as it stands."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, (int, float)):
        return int(cell) if cell == int(cell) else cell
    return cell.isoformat()


def _formulas(file: BinaryIO, places, numbers) -> dict[int, list[str]]:
    """Rows with a formula among our columns: its result may be stale, or not what was meant."""
    letters = {_letters(place): name for name, place in places.items()}
    found: dict[int, list[str]] = {}
    with zipfile.ZipFile(file) as packed:
        names = sorted(n for n in packed.namelist() if n.startswith("xl/worksheets/sheet"))
        for letter, row in FORMULA.findall(packed.read(names[0])) if names else []:
            number, column = int(row), letters.get(letter.decode())
            if column and number in numbers:
                found.setdefault(number, []).append(column)
    return found


def _letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
