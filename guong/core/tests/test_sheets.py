"""Workbooks as they come: titles above, headings in two lines, other words, old fonts, totals."""

import io

import pytest
import xlsxwriter

from guong.core import sheets

COLUMNS = {
    "name": ["Họ và tên", "Họ tên", "Tên"],
    "deed": ["Thành tích", "Nội dung"],
    "year": ["Năm sinh"],
}
NEEDED = ("name", "deed")


def book(*pages, fonts=()) -> io.BytesIO:
    """A workbook: each page a title and rows; `fonts`: (row, column) → font of the first page."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for title, rows in pages:
            page = made.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    font = dict(fonts).get((number, place))
                    face = made.add_format({"font_name": font}) if font else None
                    page.write(number, place, cell, *([face] if face else []))
    out.seek(0)
    return out


def read(*rows, known=None, coding="", fonts=()):
    found = sheets.read(book(("DS", rows), fonts=fonts), COLUMNS, NEEDED, known, coding)
    return found, [(number, row, dict(found.before)) for number, row in found.rows]


def test_titles_blank_rows_numbers_totals_and_signatures_are_not_rows():
    found, rows = read(
        ["UBND XÃ MẪU"],
        [],
        ["", "DANH SÁCH ĐIỂN HÌNH NĂM 2026"],
        ["TT", "Họ và tên", "Năm sinh", "Thành tích"],
        ["I", "Cá nhân"],
        [1, "Nguyễn Mẫu An", 1970, "Giúp 12 hộ"],
        [],
        [2, "Nul", "", "Dạy chữ"],
        ["Tổng cộng", 2],
        ["", "", "", "Ia Mẫu, ngày 5 tháng 3 năm 2026"],
        ["", "Người lập biểu"],
        ["", "Không Phải Dòng", "", "Dưới chữ ký"],
    )

    assert (found.header_lines, found.title) == ([4], "DS")
    assert [(number, row["name"], row["year"]) for number, row, _ in rows] == [
        (6, "Nguyễn Mẫu An", 1970),
        (8, "Nul", ""),
    ]


def test_headings_of_two_lines_are_read_together():
    found, rows = read(
        ["STT", "Người được giới thiệu", "", "Thành tích"],
        ["", "Họ và tên", "Năm sinh", ""],
        [1, "Nul", 1950, "Dạy chữ"],
    )

    assert found.header_lines in ([2], [1, 2])
    assert rows[0][1] == {"name": "Nul", "year": 1950, "deed": "Dạy chữ"}


def test_a_title_just_above_the_headings_is_no_part_of_them():
    found, rows = read(
        ["DANH SÁCH GIỚI THIỆU"],
        ["STT", "Họ và tên", "Năm sinh", "Thành tích"],
        [1, "Nul", 1950, "Dạy chữ"],
    )

    assert found.header_lines == [2]
    assert rows[0][0] == 3


def test_the_very_words_win_over_headings_that_begin_alike():
    _, rows = read(["Tên đơn vị", "Họ tên", "Nội dung"], ["Xã Mẫu", "Nul", "Dạy chữ"])

    assert rows[0][1] == {"name": "Nul", "deed": "Dạy chữ"}


def test_headings_that_nearly_read_like_ours_are_taken():
    found, rows = read(
        ["Ghi rõ họ và tên người được đề cử", "Thanh tich tieu bieu", "Năm sinhh"],
        ["Nul", "Dạy chữ", 1950],
    )

    assert rows[0][1] == {"name": "Nul", "deed": "Dạy chữ", "year": 1950}
    assert found.columns["name"] == "Ghi rõ họ và tên người được đề cử"


def test_headings_nobody_knows_are_put_before_a_person_and_their_answer_is_taken():
    rows = (
        ["Danh sách"],
        ["Số", "Gương mặt", "Việc đã làm", "Năm sinh"],
        [1, "Nul", "Dạy chữ", 1950],
        [2, "Siu Y Bleng", "Dệt", 1960],
    )

    with pytest.raises(sheets.Unmatched, match="«Họ và tên», «Thành tích»") as asked:
        read(*rows)
    assert asked.value.headings == [
        sheets.Heading("so", "Số", ["1", "2"], ""),
        sheets.Heading("guong mat", "Gương mặt", ["Nul", "Siu Y Bleng"], ""),
        sheets.Heading("viec da lam", "Việc đã làm", ["Dạy chữ", "Dệt"], ""),
        sheets.Heading("nam sinh", "Năm sinh", ["1950", "1960"], "year"),
    ]

    known = {"guong mat": "name", "viec da lam": "deed", "nam sinh": "", "so": "gone"}
    _, found = read(*rows, known=known)
    assert [row for _, row, _ in found] == [
        {"name": "Nul", "deed": "Dạy chữ"},
        {"name": "Siu Y Bleng", "deed": "Dệt"},
    ]
    file = book(("DS", rows))
    assert [heading.guess for heading in sheets.headings(file, COLUMNS, known)] == [
        "", "name", "deed", "",
    ]  # fmt: skip


def test_the_table_may_lie_on_a_later_sheet():
    file = book(
        ("Bìa", [["DANH SÁCH"]]),
        ("A & B", [["Họ tên", "Thành tích", "Năm sinh"], ["Nul", "Dạy chữ", "=1+1"]]),
    )

    found = sheets.read(file, COLUMNS, NEEDED)

    assert (found.title, found.formulas) == ("A & B", {2: ["year"]})


@pytest.mark.parametrize("rows", [[], [["một mình"]], [[1, 2], [3, 4]]])
def test_what_is_no_table_is_refused_without_asking(rows):
    with pytest.raises(sheets.Refused) as refusal:
        read(*rows)

    assert type(refusal.value) is sheets.Refused
    assert sheets.headings(book(("DS", rows)), COLUMNS) == []


def test_a_broken_file_is_refused_and_has_no_headings():
    with pytest.raises(sheets.Refused, match="Không đọc được"):
        sheets.read(io.BytesIO(b"PK rubbish"), COLUMNS, NEEDED)
    assert sheets.headings(io.BytesIO(b"PK rubbish"), COLUMNS) == []


def test_old_fonts_are_converted_headings_too_and_what_stood_there_is_told():
    fonts = {
        (0, 0): ".VnTime", (0, 1): ".VnTime", (1, 0): ".VnTimeH", (1, 1): ".VnTime",
        (2, 0): "VNI-Times", (2, 1): ".VnTime", (3, 1): ".VnTime",
    }  # fmt: skip

    _, rows = read(
        ["Hä vµ tªn", "Thµnh tÝch"],
        ["siu th¬m", "TÆng hép møt TÕt"],
        ["Nguyeãn Maãu An", "plain"],
        ["Nul", "Đã là Unicode"],
        fonts=fonts.items(),
    )

    assert rows == [
        (
            2,
            {"name": "SIU THƠM", "deed": "Tặng hộp mứt Tết"},
            {"name": "siu th¬m", "deed": "TÆng hép møt TÕt"},
        ),
        (3, {"name": "Nguyễn Mẫu An", "deed": "plain"}, {"name": "Nguyeãn Maãu An"}),
        (4, {"name": "Nul", "deed": "Đã là Unicode"}, {}),
    ]


def test_a_coding_named_by_a_person_holds_for_the_whole_file_but_not_for_unicode():
    _, rows = read(
        ["Hä vµ tªn", "Thµnh tÝch"],
        ["NguyÔn MÉu An", "D¹y ch÷"],
        ["Nguyễn Mẫu Bình", 5],
        coding="tcvn3",
    )

    assert [row for _, row, _ in rows] == [
        {"name": "Nguyễn Mẫu An", "deed": "Dạy chữ"},
        {"name": "Nguyễn Mẫu Bình", "deed": 5},
    ]
