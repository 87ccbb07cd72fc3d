"""The page of Nghị định 30, read back from the file that was written."""

import datetime
import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from PIL import ImageFont

from guong.core.papers import Letterhead, Paper, Table, write_docx
from guong.core.papers.letters import BODY, OWN, BadTemplate, long_date, shown

DAY = datetime.date(2026, 2, 5)
HEAD = Letterhead(
    superior="Ủy ban nhân dân tỉnh (mẫu)",
    issuer="Sở Nội vụ (mẫu)",
    number_sign="MẪU-08/BC-SNV",
    place="Gia Lai",
    on=DAY,
)


def paper(**changes) -> Paper:
    filled = {
        "head": HEAD,
        "kind": "Báo cáo",
        "summary": "Kết quả 6 tháng đầu năm",
        "body": [
            "Kết quả như sau:",
            "# I. KẾT QUẢ",
            Table(
                ["Chỉ tiêu", "Số"], [["Được công nhận", 1234], ["Được nêu", None]], [120, 45], (1,)
            ),
        ],
        "signer_title": "TL. Chủ tịch\nGiám đốc",
        "signer_name": "Người Mẫu",
        "receivers": ["Như trên"],
    }
    return Paper(**filled | changes)


def read(content: Paper):
    return Document(io.BytesIO(write_docx(content)))


def texts(paragraphs) -> list[str]:
    return [line.text for line in paragraphs if line.text]


def cells(table) -> list[list[str]]:
    return [texts(cell.paragraphs) for row in table.rows for cell in row.cells]


def test_the_head_holds_bodies_motto_number_and_date():
    assert cells(read(paper()).tables[0]) == [
        ["ỦY BAN NHÂN DÂN TỈNH (MẪU)", "SỞ NỘI VỤ (MẪU)"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số: MẪU-08/BC-SNV"],
        ["Gia Lai, ngày 05 tháng 02 năm 2026"],
    ]


def test_an_issuer_without_a_superior_stands_alone():
    head = Letterhead(issuer="Tỉnh (mẫu)", number_sign="1", place="Gia Lai", on=DAY)

    assert cells(read(paper(head=head)).tables[0])[0] == ["TỈNH (MẪU)"]


def test_body_and_addressees_stand_in_order():
    assert texts(read(paper(to=["Ủy ban nhân dân tỉnh (mẫu)"])).paragraphs) == [
        "BÁO CÁO",
        "Kết quả 6 tháng đầu năm",
        "Kính gửi: Ủy ban nhân dân tỉnh (mẫu)",
        "Kết quả như sau:",
        "I. KẾT QUẢ",
    ]
    assert texts(read(paper(to=["Sở A", "Sở B"], body=[])).paragraphs)[2:] == [
        "Kính gửi:",
        "- Sở A;",
        "- Sở B.",
    ]


def test_a_table_shows_figures_in_the_vietnamese_manner_and_repeats_its_head():
    table = read(paper()).tables[1]

    assert cells(table) == [["Chỉ tiêu"], ["Số"], ["Được công nhận"], ["1.234"], ["Được nêu"], []]
    assert "<w:tblHeader/>" in table._tbl.xml
    assert [round(column.width.mm) for column in table.columns] == [120, 45]


def test_signature_and_receivers_close_the_paper():
    assert cells(read(paper()).tables[-1]) == [
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT."],
        ["TL. CHỦ TỊCH", "GIÁM ĐỐC", "Người Mẫu"],
    ]


def test_a_decision_has_its_authority_grounds_and_articles():
    decision = read(
        paper(
            kind="Quyết định",
            authority="Chủ tịch Ủy ban nhân dân tỉnh (mẫu)",
            body=["Căn cứ Luật mẫu;", "# QUYẾT ĐỊNH:", "Điều 1. Công nhận A."],
        )
    )
    ground, heading, article = decision.paragraphs[-4:-1]

    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH (MẪU)" in texts(decision.paragraphs)
    assert [(run.text, run.italic) for run in ground.runs] == [("Căn cứ Luật mẫu;", True)]
    assert heading.alignment == 1
    assert [(run.text, run.bold) for run in article.runs] == [
        ("Điều 1. ", True),
        ("Công nhận A.", False),
    ]


def test_page_margins_and_number_are_those_of_the_decree():
    document = read(paper())
    section = document.sections[0]

    assert [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ] == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_every_word_is_vietnamese_times_new_roman():
    body = read(paper())
    styles = body.styles.element.xml
    faces = {run.font.name for line in body.paragraphs for run in line.runs}

    assert body.styles["Normal"].font.name == "Times New Roman"
    assert body.styles["Normal"].font.size == Pt(14)
    assert faces <= {None, "Times New Roman"}
    assert 'w:lang w:val="vi-VN"' in styles and "en-US" not in styles


def test_a_demo_paper_says_so_on_every_page_and_another_one_nowhere():
    def marks(document):
        section = document.sections[0]
        return [texts(header.paragraphs) for header in (section.first_page_header, section.header)]

    assert marks(read(paper(is_demo=True))) == [["DỮ LIỆU MẪU"], ["DỮ LIỆU MẪU"]]
    assert marks(read(paper())) == [[], []]


def test_the_longest_lines_of_the_head_fit_their_cells():
    # Tinos has the widths of Times New Roman.
    table = read(paper()).tables[0]
    bodies, motto = (cell.width.mm for cell in table.rows[0].cells)
    face = OWN.parents[1] / "fonts" / "Tinos-Bold.ttf"
    measure = ImageFont.truetype(str(face), 1200)

    def millimetres(text):
        return measure.getlength(text) / 100 / 72 * 25.4

    assert millimetres("ỦY BAN NHÂN DÂN TỈNH GIA LAI") < bodies
    assert millimetres("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") < motto
    assert 'w:tblCellMar><w:left w:w="0"' in table._tbl.xml.replace("\n", "").replace("  ", "")


def test_nothing_of_the_template_is_left_over():
    archive = zipfile.ZipFile(io.BytesIO(write_docx(paper())))
    whole = "".join(archive.read(name).decode() for name in archive.namelist() if ".xml" in name)

    assert not {sign for sign in ("{{", "{%", BODY, "example") if sign in whole}


@tries(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_any_text_makes_a_readable_paper(text):
    head = Letterhead(issuer=text, number_sign=text, place=text, on=DAY, superior=text)
    content = Paper(
        head, text, text, [text, f"# {text}", Table([text], [[text]], [60])], text, text
    )

    assert Document(io.BytesIO(write_docx(content))).tables


def test_long_dates_take_their_zeros():
    assert [long_date(day) for day in (DAY, datetime.date(2026, 3, 15))] == [
        "ngày 05 tháng 02 năm 2026",
        "ngày 15 tháng 3 năm 2026",
    ]


def test_values_are_shown_as_vietnamese_tables_do():
    assert [shown(value) for value in (None, 1234.5, DAY, True, "a\x00 b")] == [
        "",
        "1.234,5",
        "05/02/2026",
        "True",
        "a b",
    ]


# --- The office's own template ----------------------------------------------
@pytest.fixture
def office(settings, tmp_path):
    settings.HOME = tmp_path
    place = tmp_path / "templates" / OWN.name
    place.parent.mkdir()
    return place


def save(place, *lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(place)


def test_the_offices_own_template_takes_the_place_of_ours(office):
    save(office, "Trụ sở mới: {{ issuer }}", BODY)

    assert texts(read(paper(body=["Một đoạn."])).paragraphs) == [
        "Trụ sở mới: SỞ NỘI VỤ (MẪU)",
        "Một đoạn.",
    ]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["{{ issuer"], "thẻ viết sai"),
        (["{{ issuer }}"], "thiếu dòng"),
        (["{{ ''.__class__.mro() }}"], "sai"),
    ],
)
def test_a_wrong_template_is_refused_in_words(office, lines, why):
    save(office, *lines)

    with pytest.raises(BadTemplate, match=why):
        write_docx(paper())
