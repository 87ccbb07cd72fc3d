"""Word papers laid out as Nghị định 30/2020/NĐ-CP asks, Phụ lục I; the office edits them in Word."""

import datetime
import io
from dataclasses import dataclass, field

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

FACE = "Times New Roman"
CENTRE, JUSTIFY, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


@dataclass(frozen=True)
class Letterhead:
    """Boxes 1 to 4: bodies, number and sign, place and date."""

    issuer: str
    number_sign: str
    place: str
    on: datetime.date
    superior: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the body; `numeric` names the columns (from 0) that stand right."""

    columns: list[str]
    rows: list[list]
    widths_mm: list[int]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A named paper (báo cáo, quyết định, tờ trình…): what stands in boxes 5 to 9."""

    head: Letterhead
    kind: str  # «BÁO CÁO»
    summary: str  # trích yếu
    body: list  # paragraphs (str), headings ("# …"), Table
    signer_title: str = ""
    signer_name: str = ""
    to: list[str] = field(default_factory=list)  # Kính gửi
    receivers: list[str] = field(default_factory=list)  # Nơi nhận
    is_demo: bool = False


def write_docx(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = Document()
    _page(document, paper)
    _head(document, paper.head)
    _title(document, paper)
    for part in paper.body:
        _part(document, part)
    _foot(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document, paper: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    # The page number stands in the middle of the top margin, from the second page on.
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = CENTRE
    _page_number(line.add_run())
    if paper.is_demo:
        for header in (section.first_page_header, section.header):
            mark = header.paragraphs[0] if header is section.first_page_header else (
                header.add_paragraph()
            )
            mark.alignment = CENTRE
            _run(mark, "DỮ LIỆU MẪU", size=11, bold=True)


def _page_number(run) -> None:
    run.font.name, run.font.size = FACE, Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def _run(paragraph, text, *, size=14, bold=False, italic=False):
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FACE, Pt(size), bold, italic
    run._r.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    return run


def _cell_line(cell, text, *, first=False, align=CENTRE, **style):
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, **style)
    return paragraph


def _rule(paragraph, *, indent_mm: int) -> None:
    """A drawn line under a heading, shorter than the text above it (box 1, 2, 5a)."""
    paragraph.paragraph_format.left_indent = Mm(indent_mm)
    paragraph.paragraph_format.right_indent = Mm(indent_mm)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.line_spacing = Pt(4)


def _grid(document, widths_mm):
    table = document.add_table(rows=1, cols=len(widths_mm))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, width in zip(table.rows[0].cells, widths_mm, strict=True):
        cell.width = Mm(width)
    return table


def _head(document, head: Letterhead) -> None:
    # 2 : 3, or «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM» wraps.
    left, right = _grid(document, (66, 99)).rows[0].cells
    first = True
    if head.superior:
        _cell_line(left, head.superior.upper(), first=True, size=12)
        first = False
    _cell_line(left, head.issuer.upper(), first=first, size=12, bold=True)
    _rule(left.add_paragraph(), indent_mm=20)
    _cell_line(left, f"Số: {head.number_sign}", size=13)
    _cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", first=True, size=12, bold=True)
    _cell_line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(right.add_paragraph(), indent_mm=18)
    _cell_line(right, f"{head.place}, {long_date(head.on)}", size=13, italic=True)


def long_date(day: datetime.date) -> str:
    """ngày 05 tháng 02 năm 2026: days below ten and months 1 and 2 take a leading zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _title(document, paper: Paper) -> None:
    title = document.add_paragraph()
    title.alignment, title.paragraph_format.space_before = CENTRE, Pt(18)
    _run(title, paper.kind.upper(), bold=True)
    summary = document.add_paragraph()
    summary.alignment = CENTRE
    _run(summary, paper.summary, bold=True)
    _rule(document.add_paragraph(), indent_mm=58)
    for number, name in enumerate(paper.to):
        line = document.add_paragraph()
        line.alignment = CENTRE
        line.paragraph_format.space_before = Pt(12 if number == 0 else 0)
        _run(line, f"Kính gửi: {name}" if number == 0 else name)


def _part(document, part) -> None:
    if isinstance(part, Table):
        _table(document, part)
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    if part.startswith("# "):
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, part[2:], bold=True)
        return
    paragraph.alignment = JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.line_spacing = 1.15
    _run(paragraph, part)


def _table(document, content: Table) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    table = document.add_table(rows=1, cols=len(content.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    head = table.rows[0]
    for cell, name in zip(head.cells, content.columns, strict=True):
        _cell_line(cell, name, first=True, size=13, bold=True)
    # Repeated on every page the table runs over.
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeat)
    for values in content.rows:
        row = table.add_row()
        for index, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            align = RIGHT if index in content.numeric else WD_ALIGN_PARAGRAPH.LEFT
            _cell_line(cell, str(value), first=True, size=13, align=align)
    for row in table.rows:
        for cell, width in zip(row.cells, content.widths_mm, strict=True):
            cell.width = Mm(width)


def _foot(document, paper: Paper) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(14)
    left, right = _grid(document, (80, 85)).rows[0].cells
    first = _cell_line(
        left, "Nơi nhận:", first=True, size=12, bold=True, italic=True,
        align=WD_ALIGN_PARAGRAPH.LEFT,
    )
    first.paragraph_format.keep_with_next = True
    for name in [*paper.receivers, "Lưu: VT."]:
        end = "" if name.endswith(".") else ";"
        _cell_line(left, f"- {name}{end}", size=11, align=WD_ALIGN_PARAGRAPH.LEFT)
    _cell_line(right, paper.signer_title.upper(), first=True, bold=True)
    for _ in range(4):  # room for the hand and the seal; the program does not pretend to sign
        right.add_paragraph()
    _cell_line(right, paper.signer_name, bold=True)
