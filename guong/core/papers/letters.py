"""Word papers laid out as Nghị định 30/2020/NĐ-CP asks, Phụ lục I; the office edits them in Word.

The boxes of the page come from a template with tags (`van-ban.docx` beside this file, made by
`scripts/make_paper_template.py`); one in GUONG_HOME/templates takes its place. The body is built
here and put where the template says `[[NỘI DUNG]]`.
"""

import datetime
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import segno
from django.conf import settings
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from guong.core.vietnamese import clean_line, format_date, format_number

BODY = "[[NỘI DUNG]]"
OWN = Path(__file__).with_name("van-ban.docx")
LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
ARTICLE = re.compile(r"Điều \d+\. ?")
GROUND = re.compile(r"(Căn cứ|Xét|Theo đề nghị) .*[;.]")


class BadTemplate(ValueError):
    """The office's own template cannot be filled; says in Vietnamese why."""


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
class Check:
    """By what anybody can check the paper: its code, and the address where it is looked up."""

    code: str
    address: str


@dataclass(frozen=True)
class Paper:
    """A named paper (báo cáo, quyết định, tờ trình…): what stands in boxes 5 to 9.

    `body` holds paragraphs, headings (`# …`, in the middle when they end with a colon) and tables.
    Paragraphs that begin with «Điều 1.» or are grounds («Căn cứ …;») get their official manner.
    """

    head: Letterhead
    kind: str  # «BÁO CÁO»
    summary: str  # trích yếu
    body: list[str | Table]
    signer_title: str = ""  # one line each for «TM. …» and the office held
    signer_name: str = ""
    to: list[str] = field(default_factory=list)  # Kính gửi
    receivers: list[str] = field(default_factory=list)  # Nơi nhận
    authority: str = ""  # who decides, above the grounds of a decision
    check: Check | None = None
    is_demo: bool = False


def write_docx(paper: Paper) -> bytes:
    """The paper as a .docx file. Raises BadTemplate when the office's template has mistakes."""
    template = _template()
    document = DocxTemplate(template)
    try:
        document.render(_words(paper), SandboxedEnvironment(autoescape=True))
    except TemplateError as mistake:
        raise BadTemplate(f"Mẫu văn bản {template.name} có thẻ viết sai: {mistake}.")
    room = next((line for line in document.paragraphs if line.text.strip() == BODY), None)
    if room is None:
        raise BadTemplate(f"Mẫu văn bản {template.name} thiếu dòng {BODY} cho phần nội dung.")
    for part in paper.body:
        added = _table(document, part) if isinstance(part, Table) else _line(document, part)
        room._p.addprevious(added)
    room._p.getparent().remove(room._p)
    if paper.check:
        _check(document, paper.check)
    document.core_properties.title = _clean(f"{paper.kind} {paper.summary}")[:250]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def long_date(day: datetime.date) -> str:
    """ngày 05 tháng 02 năm 2026: days below ten and months 1 and 2 take a leading zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _template() -> Path:
    office = settings.HOME / "templates" / OWN.name
    return office if office.exists() else OWN


def _clean(text: str) -> str:
    # A sign that XML cannot hold would make the whole paper unreadable.
    return re.sub("[\ufffe\uffff]", "", clean_line(text))


def _words(paper: Paper) -> dict:
    head = paper.head
    return {
        "mark": "DỮ LIỆU MẪU" if paper.is_demo else "",
        "superior": _clean(head.superior).upper(),
        "issuer": _clean(head.issuer).upper(),
        "number_sign": _clean(head.number_sign),
        "place_and_date": f"{_clean(head.place)}, {long_date(head.on)}",
        "kind": _clean(paper.kind).upper(),
        "summary": _clean(paper.summary),
        "authority": _clean(paper.authority).upper(),
        "to": _addressees([_clean(name) for name in paper.to]),
        "receivers": [_closed(_clean(name)) for name in [*paper.receivers, "Lưu: VT."]],
        "signer_titles": [_clean(title).upper() for title in paper.signer_title.splitlines()],
        "signer_name": _clean(paper.signer_name),
    }


def _addressees(names: list[str]) -> list[str]:
    if len(names) < 2:
        return [f"Kính gửi: {name}" for name in names]
    return ["Kính gửi:", *(f"- {name};" for name in names[:-1]), f"- {names[-1]}."]


def _closed(name: str) -> str:
    return name if name.endswith(".") else f"{name};"


def _run(paragraph, text, *, size=14, bold=False, italic=False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _line(document, text: str):
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = Pt(6)
    if text.startswith("# "):
        heading = _clean(text[2:])
        shape.keep_with_next = True
        paragraph.alignment = CENTRE if heading.endswith(":") else LEFT
        _run(paragraph, heading, bold=True)
        return paragraph._p
    text = _clean(text)
    paragraph.alignment = JUSTIFY
    shape.first_line_indent, shape.line_spacing = Cm(1.27), 1.15
    article = ARTICLE.match(text)
    if article:
        _run(paragraph, article[0], bold=True)
    _run(paragraph, text[article.end() :] if article else text, italic=bool(GROUND.fullmatch(text)))
    return paragraph._p


def _check(document, check: Check) -> None:
    """Below everything: the code, its address, and the address as a picture for a phone."""
    line = document.add_paragraph()
    line.paragraph_format.space_before = Pt(12)
    line.paragraph_format.keep_together = True
    picture = io.BytesIO()
    segno.make(check.address, error="m", micro=False).save(picture, kind="png", scale=6, border=2)
    line.add_run().add_picture(picture, width=Mm(22))
    _run(line, f" Mã tra cứu: {check.code}. Kiểm tra tại {check.address}", size=11)


def _table(document, content: Table):
    table = document.add_table(rows=1, cols=len(content.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, name in zip(table.rows[0].cells, content.columns, strict=True):
        _cell(cell, _clean(name), align=CENTRE, bold=True)
    # Repeated on every page the table runs over.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for values in content.rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            _cell(cell, shown(value), align=RIGHT if place in content.numeric else LEFT)
    for column, width in zip(table.columns, content.widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, content.widths_mm, strict=True):
            cell.width = Mm(width)
    return table._tbl


def _cell(cell, text: str, *, align, bold=False) -> None:
    line = cell.paragraphs[0]
    line.alignment = align
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    _run(line, text, size=13, bold=bold)


def shown(value) -> str:
    """A value as a Vietnamese table shows it: 1.234,5; 05/03/2026; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return format_number(str(value))
    return _clean(str(value))
