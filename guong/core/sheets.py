"""Workbooks as communes really send them: the table found among titles, groups, totals, signatures."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO

from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook
from rapidfuzz import fuzz

from guong.core.batches import batched
from guong.core.vietnamese import clean_line, fold, fold_all, legacy

LOOK_FOR_HEADER = 30  # rows from the top
LOOK_INTO = 12  # sheets of a workbook
ALIKE = 85  # of 100: «Ho va ten ngừoi» is still «Họ và tên người»
TOTALS = re.compile(r"^(tong|cong|tong cong|tong so|cong lai)\b")
SIGNATURE = re.compile(
    r"^(nguoi lap|nguoi lap bieu|tm\.|kt\.|tl\.|chu tich|pho chu tich|thu truong|noi nhan|"
    r"ky ten|xac nhan|.*, ngay .* thang .* nam)"
)
GROUP = re.compile(r"^([ivx]+|[a-d])[.)]?\s*$|^([ivx]+|[a-d])[.)]\s+\S")
FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f[ >/]')
OLD_FONT = re.compile(rb'<(?:\w+:)?name\s+val="(?:\.vn|vni)', re.IGNORECASE)
SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
EXAMPLE = "Ví dụ"  # in the first cell: how a row should look, not a row
EXAMPLES = {"vi du", "vd"}
NO_ROW = re.compile(rf"{SIGNATURE.pattern}|{TOTALS.pattern}|^({'|'.join(EXAMPLES)})$", re.MULTILINE)
ENOUGH = 3  # cells that are filled: it is no group's title, no number alone
LOOKED_AT_TOGETHER = 500  # rows
PIECE = 1 << 20

Mapping = dict[str, str]  # a heading, folded → our name for the column; empty: not ours


class Refused(Exception):
    """The file cannot be read as such a list; the message says why and what to do."""


@dataclass(frozen=True)
class Heading:
    """A column as it stands in the file, for a person to say what it is."""

    key: str  # folded: what a mapping is remembered by
    title: str
    examples: list[str]
    guess: str  # our name for it, or empty


class Unmatched(Refused):
    """A table is there, but a needed column was not recognised: a person may match them."""

    def __init__(self, message: str, headings: list[Heading]):
        super().__init__(message)
        self.headings = headings


@dataclass
class Sheet:
    """The table of a workbook: its rows by our column names, with the sheet's row numbers.

    `rows` is read as it is asked for. What was converted from an old coding stands in `before`, by
    row and column, as long as the row is the last one read.
    """

    rows: Iterator[tuple[int, dict]]
    header_lines: list[int]
    columns: dict[str, str]  # our name → the heading as it stands
    title: str = ""
    formulas: dict[int, list[str]] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)


def read(
    file: BinaryIO,
    columns: dict[str, list[str]],
    needed: tuple[str, ...],
    known: Mapping | None = None,
    coding: str = "",
) -> Sheet:
    """Find the table and read it. Raises Unmatched, and Refused for what is no table at all.

    `known`: what a person said of these headings. `coding`: the old coding a person named for the
    whole file (see `legacy.NAMES`); without it the cells' fonts decide.
    """
    try:
        book = CalamineWorkbook.from_filelike(file)
        found = _best_table(file, book, columns, needed, known or {}, coding)
    except (CalamineError, OSError, ValueError) as broken:
        raise Refused(
            "Không đọc được tệp này. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
        ) from broken
    file.seek(0)
    part = _part_of(file, found.title) if found.title else ""
    before: dict[str, str] = {}
    places = found.places
    return Sheet(
        _body(
            chain(found.head[found.start :], found.rest), found.start, places, found.coding, before
        ),
        [found.top + 1 + row for row in range(found.height)],
        {name: found.titles[place] for name, place in places.items()},
        found.title,
        _formulas(file, part, places),
        before,
    )


@dataclass
class _Found:
    """A table as the search left it: the rows looked at, those still to come, what stands where."""

    title: str
    head: list[list]
    rest: Iterator[list]
    coding: "_Coding"
    top: int
    height: int
    places: dict[str, int]
    titles: list[str]

    @property
    def start(self) -> int:
        return self.top + self.height


def headings(
    file: BinaryIO, columns: dict[str, list[str]], known: Mapping | None = None, coding: str = ""
) -> list[Heading]:
    """The headings of the first table as they stand, with what each is taken for; empty without one."""
    try:
        book = CalamineWorkbook.from_filelike(file)
        for found in _tables(file, book, columns, known or {}, coding):
            if shown := _headings(found):
                return shown
    except (CalamineError, OSError, ValueError):
        pass
    return []


def _best_table(file, book, columns, needed, known, coding) -> _Found:
    """The first sheet with all that is needed; without one, raise what the first table lacks."""
    lacking: list[tuple[list[str], list[Heading]]] = []
    for found in _tables(file, book, columns, known, coding):
        missing = [name for name in needed if name not in found.places]
        if found.places and not missing:
            return found
        if shown := _headings(found):
            lacking.append((missing, shown))
    if lacking:
        missing, shown = min(lacking, key=lambda lack: len(lack[0]))
        raise Unmatched(_missing(columns, missing), shown)
    raise Refused(_missing(columns, needed))


def _tables(file, book, columns, known, coding) -> Iterator[_Found]:
    """Each sheet with its likeliest heading row; `places` stays empty where none was recognised."""
    for name in book.sheet_names[:LOOK_INTO]:
        rows = _rows(book.get_sheet_by_name(name))
        reading = _Coding(coding, {} if coding else _old_fonts(file, name))
        head = list(islice(rows, LOOK_FOR_HEADER + 2))
        shown = [reading.row(number, list(cells)) for number, cells in enumerate(head)]
        top, height, places = _find_header(shown, columns, known)
        titles = _titles(shown, top, height)
        yield _Found(name, head, rows, reading, top, height, places, titles)


def _rows(sheet) -> Iterator[list]:
    """Every row from the first line of the sheet, from the first column: numbers are the sheet's."""
    blank = [""] * (sheet.start[1] if sheet.start else 0)
    return (blank + cells for cells in sheet.iter_rows()) if blank else sheet.iter_rows()


def _missing(columns, missing) -> str:
    wanted = ", ".join(f"«{columns[name][0]}»" for name in missing)
    return f"Không thấy cột {wanted}. Kiểm tra dòng tiêu đề, hoặc dùng mẫu tải về."


def _headings(found: _Found) -> list[Heading]:
    if sum(1 for title in found.titles if any(map(str.isalpha, title))) < 2:
        return []
    names = {place: name for name, place in found.places.items()}
    below = [found.coding.row(at, list(cells)) for at, cells in enumerate(found.head)][
        found.start :
    ]
    return [
        Heading(fold(title)[:200], title, _examples(below[:8], place), names.get(place, ""))
        for place, title in enumerate(found.titles)
        if title
    ]


def _is_words(cell) -> bool:
    return type(cell) is str and not cell.isspace() and cell != ""


def _examples(rows, place) -> list[str]:
    cells = (row[place] for row in rows if place < len(row) and not _is_blank(row[place]))
    return [str(_value(cell))[:60] for cell in islice(cells, 3)]


def _titles(rows, top, height) -> list[str]:
    """The headings as they stand, those of two lines read together."""
    lines = rows[top : top + height]
    return [
        clean_line(" ".join(str(line[place]) for line in lines if place < len(line)))[:120]
        for place in range(max(map(len, lines), default=0))
    ]


# --- Headings ------------------------------------------------------------------
def _find_header(table, columns, known: Mapping):
    """Where the headings stand: one row, or two read together; the best match from the top."""
    words = {name: [fold(word) for word in heard] for name, heard in columns.items()}
    top, height, places = 0, 1, {}
    for row in range(min(LOOK_FOR_HEADER, len(table))):
        for tall in (1, 2):
            if row + tall > len(table):
                continue
            found = _match(_joined(table, row, tall), words, known)
            is_without_a_title = tall < height and found == places  # of the same, one line less
            if len(found) > len(places) or (found and is_without_a_title):
                top, height, places = row, tall, found
    if len(places) < 2 and not (places and known):
        widths = [sum(map(_is_words, cells)) for cells in table[:LOOK_FOR_HEADER]] or [0]
        top, height, places = widths.index(max(widths)), 1, {}
        if not max(widths):
            return top, height, places
    return top, height, _alike(_joined(table, top, height), words, places, known)


def _joined(table, row, tall) -> list[str]:
    if tall == 1:
        return [fold(str(cell)) for cell in table[row]]
    headings = []
    for above, below in zip(table[row], table[row + 1], strict=False):
        own = fold(str(above))
        under = fold(str(below))
        headings.append(under if under and not own else f"{own} {under}".strip())
    return headings


def _match(headings: list[str], words: dict[str, list[str]], known: Mapping) -> dict[str, int]:
    """What a person said first, then the very words, then headings that begin with them."""
    found: dict[str, int] = {}
    free = {}
    for place, heading in enumerate(headings):
        if heading and heading in known:
            if known[heading] in words:
                found.setdefault(known[heading], place)
        elif heading:
            free[place] = heading
    for fits in (_is_word, _begins_with):
        for name, heard in words.items():
            if name in found:
                continue
            place = next((at for at, heading in free.items() if fits(heading, heard)), None)
            if place is not None:
                found[name] = place
                del free[place]
    return found


def _is_word(heading: str, heard: list[str]) -> bool:
    return heading in heard


def _begins_with(heading: str, heard: list[str]) -> bool:
    return heading.startswith(tuple([f"{word} " for word in heard]))


def _alike(headings, words, places: dict[str, int], known: Mapping) -> dict[str, int]:
    """The columns still missing, by headings that hold their words or nearly read like them."""
    free = {
        place: heading
        for place, heading in enumerate(headings)
        if len(heading) > 3 and place not in places.values() and heading not in known
    }
    found = dict(places)
    for name, heard in words.items():
        if name in found or not free:
            continue
        best, place = max(
            (fuzz.ratio(heading, word) if f" {word} " not in f" {heading} " else 100, -place)
            for place, heading in free.items()
            for word in heard
            if len(word) > 3
        )
        if best >= ALIKE:
            found[name] = -place
            del free[-place]
    return found


# --- Rows ----------------------------------------------------------------------
def _body(rows, start: int, places: dict[str, int], coding, before) -> Iterator[tuple[int, dict]]:
    width = max(places.values()) + 1
    for some in batched(enumerate(rows, start), LOOKED_AT_TOGETHER):
        shown = [
            (at, cells, coding.row(at, list(cells)) if coding else cells) for at, cells in some
        ]
        begun = [_begins(cells) for _, _, cells in shown]
        opening = fold_all([words for _, *both in begun for words in both])
        are_plain = not NO_ROW.search("\n".join(opening))  # none of them is more than a row
        pairs = zip(opening[::2], opening[1::2], strict=True)
        for (at, stood, cells), (filled, *_), (first, second) in zip(
            shown, begun, pairs, strict=True
        ):
            if not filled:
                continue
            if not are_plain:
                if SIGNATURE.match(first) or SIGNATURE.match(second):
                    return  # below the signature nothing is a row
                if TOTALS.match(first) or TOTALS.match(second) or first in EXAMPLES:
                    continue
            if len(filled) < ENOUGH and (
                len(filled) == 1 or GROUP.match(first) or not {*places.values()} & {*filled}
            ):
                continue
            if coding:
                before.clear()
                before.update(_changed(places, stood, cells))
            cells += [""] * (width - len(cells))
            yield at + 1, _ours(places, cells)


def _begins(cells: list) -> tuple[list[int], str, str]:
    """The first places that are filled, and the words of the first two."""
    filled: list[int] = []
    words: list[str] = []
    for place, cell in enumerate(cells):
        is_words = type(cell) is str
        if cell != "" and not (is_words and cell.isspace()):
            filled.append(place)
            if len(filled) == ENOUGH:
                break
            words.append(cell if is_words else "")
    first, second = words if len(words) == 2 else [*words, "", ""][:2]
    return filled, first, second


def _changed(places: dict[str, int], stood: list, cells: list) -> dict:
    """What stood in the cells of ours that were converted."""
    return {
        name: stood[place]
        for name, place in places.items()
        if place < len(stood) and stood[place] != cells[place]
    }


def _ours(places: dict[str, int], cells: list) -> dict:
    """The cells of our columns as JSON keeps them; a short row is empty to its end."""
    return {
        name: cell if type(cell := cells[place]) is str else _value(cell)
        for name, place in places.items()
    }


def _is_blank(cell) -> bool:
    return cell == "" or (type(cell) is str and cell.isspace())


def _value(cell):
    """A cell as JSON keeps it: dates as ISO text, whole floats as integers, text as it stands."""
    if type(cell) is float:
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, bool):
        return str(cell)
    return cell if isinstance(cell, (str, int)) else cell.isoformat()


# --- Old codings -----------------------------------------------------------------
@dataclass
class _Coding:
    """How the words of a sheet are coded: all alike, as a person said, or cell by cell by font."""

    all_alike: str
    by_cell: dict[tuple[int, int], str]

    def __bool__(self) -> bool:
        return bool(self.all_alike or self.by_cell)

    def row(self, number: int, cells: list) -> list:
        for place, cell in enumerate(cells):
            if type(cell) is not str or not cell:
                continue
            coding = self.all_alike or self.by_cell.get((number, place), "")
            # Under old rows stand new ones that are Unicode already, and fonts are left as they were.
            if coding and legacy.may_be(cell, coding):
                cells[place] = legacy.converted(cell, coding)
        return cells


def _old_fonts(file: BinaryIO, title: str) -> dict[tuple[int, int], str]:
    """The cells of a sheet set in a font of an old coding; most files have none and cost nothing."""
    file.seek(0)
    with zipfile.ZipFile(file) as packed:
        if "xl/styles.xml" not in packed.namelist() or not OLD_FONT.search(
            packed.read("xl/styles.xml")
        ):
            return {}
    file.seek(0)
    book = load_workbook(file, read_only=True)
    found = {}
    for number, row in enumerate(book[title].iter_rows()):
        for place, cell in enumerate(row):
            if type(cell.value) is str and (coding := legacy.by_font(cell.font.name or "")):
                found[number, place] = coding
    return found


# --- Formulas ----------------------------------------------------------------------
def _part_of(file: BinaryIO, title: str) -> str:
    """Where in the file the sheet of this title lies."""
    with zipfile.ZipFile(file) as packed:
        targets = {}
        if "xl/_rels/workbook.xml.rels" in packed.namelist():
            for relation in RELATION.findall(packed.read("xl/_rels/workbook.xml.rels")):
                said = dict(re.findall(rb'\b(Id|Target)="([^"]*)"', relation))
                targets[said.get(b"Id")] = said.get(b"Target", b"").decode()
        for name, key in SHEET.findall(packed.read("xl/workbook.xml")):
            if _unescaped(name) == title and key in targets:
                part = targets[key]
                return part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    return ""


def _unescaped(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for sign, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(sign, meant)
    return text.replace("&amp;", "&")


def _formulas(file: BinaryIO, part: str, places) -> dict[int, list[str]]:
    """Rows with a formula among our columns: its result may be stale, or not what was meant."""
    letters = {_letters(place): name for name, place in places.items()}
    found: dict[int, list[str]] = {}
    with zipfile.ZipFile(file) as packed:
        if part not in packed.namelist():
            return found
        with packed.open(part) as opened:
            rest = b""
            while piece := opened.read(PIECE):
                text = rest + piece
                cut = text.rfind(b"<c ") if len(piece) == PIECE else -1
                text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
                if b"<f" not in text:
                    continue
                for letter, row in FORMULA.findall(text):
                    if column := letters.get(letter.decode()):
                        found.setdefault(int(row), []).append(column)
    return found


def _letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
