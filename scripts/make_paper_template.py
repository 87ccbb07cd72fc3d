"""Makes guong/core/papers/van-ban.docx: the page of Nghị định 30/2020/NĐ-CP, Phụ lục I.

The boxes of the page with tags where `core.papers.letters` puts its words. An office that wants
other boxes changes a copy in Word and lays it into GUONG_HOME/templates/van-ban.docx.

    .venv/bin/python scripts/make_paper_template.py
"""

import datetime
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).parents[1] / "guong" / "core" / "papers" / "van-ban.docx"
FACE = "Times New Roman"
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
BODY = "[[NỘI DUNG]]"  # the paragraph that makes room for the body; see letters.BODY


def main() -> None:
    document = Document()
    document.core_properties.author = "Gương"
    first_of_2026 = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # the same file every time
    document.core_properties.created = document.core_properties.modified = first_of_2026
    styles(document)
    page(document.sections[0])
    boxes_1_to_4(document)
    boxes_5_and_9a(document)
    document.add_paragraph(BODY)
    boxes_7_and_9b(document)
    document.save(TARGET)


def styles(document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    properties = normal.element.get_or_add_rPr()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        properties.rFonts.set(qn(f"w:{script}"), FACE)
    # Vietnamese, or Word underlines every word in red.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
        language.set(qn("w:eastAsia"), "vi-VN")


def page(section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(8)
    # The page number stands in the middle of the top margin, from the second page on.
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    page_number(number.add_run())
    line(section.header.add_paragraph(), "{{ mark }}", size=11, bold=True)
    line(section.first_page_header.paragraphs[0], "{{ mark }}", size=11, bold=True)


def page_number(run) -> None:
    run.font.name, run.font.size = FACE, Pt(13)
    for kind in ("begin", "PAGE", "end"):
        mark = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            mark.text = kind
        else:
            mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)


def line(paragraph, text, *, align=CENTRE, size=14, bold=False, italic=False):
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FACE, Pt(size), bold, italic
    return paragraph


def lines(cell, *texts) -> None:
    """Each text with its manner, in a paragraph of its own; the first one takes the cell's own."""
    for place, (text, manner) in enumerate(texts):
        line(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), text, **manner)


def rule(paragraph, *, indent_mm: int) -> None:
    """A drawn line, shorter than the text above it: never an underline."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(indent_mm)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    shape.space_after = Pt(4)
    borders = OxmlElement("w:pBdr")
    border = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    # Word reads the properties of a paragraph in one order only: borders before spacing.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def grid(document, rows: int, *widths_mm: int):
    table = document.add_table(rows=rows, cols=len(widths_mm))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return table


def without_margins(table) -> None:
    """The whole width of a cell for its text: the longest lines of the head need it."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def boxes_1_to_4(document) -> None:
    """Bodies and motto, number and date. About 2 : 3, or «CỘNG HÒA … VIỆT NAM» (88 mm) wraps."""
    table = grid(document, 2, 70, 95)
    without_margins(table)
    bodies, motto, number, date = (cell for row in table.rows for cell in row.cells)
    lines(
        bodies,
        ("{%p if superior %}", {}),
        ("{{ superior }}", {"size": 12}),
        ("{%p endif %}", {}),
        ("{{ issuer }}", {"size": 12, "bold": True}),
    )
    rule(bodies.add_paragraph(), indent_mm=22)
    lines(
        motto,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"size": 12, "bold": True}),
        ("Độc lập - Tự do - Hạnh phúc", {"size": 13, "bold": True}),
    )
    rule(motto.add_paragraph(), indent_mm=19)
    lines(number, ("Số: {{ number_sign }}", {"size": 13}))
    lines(date, ("{{ place_and_date }}", {"size": 13, "italic": True}))


def boxes_5_and_9a(document) -> None:
    title = line(document.add_paragraph(), "{{ kind }}", bold=True)
    title.paragraph_format.space_before = Pt(18)
    summary = line(document.add_paragraph(), "{{ summary }}", bold=True).paragraph_format
    summary.left_indent = summary.right_indent = Mm(12)
    rule(document.add_paragraph(), indent_mm=55)
    document.add_paragraph("{%p if authority %}")
    line(document.add_paragraph(), "{{ authority }}", bold=True).paragraph_format.space_before = Pt(
        6
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for name in to %}")
    to = line(document.add_paragraph(), "{{ name }}", align=LEFT)
    to.paragraph_format.left_indent, to.paragraph_format.space_before = Mm(38), Pt(6)
    document.add_paragraph("{%p endfor %}")


def boxes_7_and_9b(document) -> None:
    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing, gap.paragraph_format.keep_with_next = Pt(12), True
    receivers, signer = grid(document, 1, 80, 85).rows[0].cells
    lines(
        receivers,
        ("Nơi nhận:", {"size": 12, "bold": True, "italic": True, "align": LEFT}),
        ("{%p for name in receivers %}", {}),
        ("- {{ name }}", {"size": 11, "align": LEFT}),
        ("{%p endfor %}", {}),
    )
    lines(
        signer,
        ("{%p for title in signer_titles %}", {}),
        ("{{ title }}", {"bold": True}),
        ("{%p endfor %}", {}),
        # Room for the hand and the seal; the program does not pretend to sign.
        *[("", {})] * 4,
        ("{{ signer_name }}", {"bold": True}),
    )


if __name__ == "__main__":
    main()
