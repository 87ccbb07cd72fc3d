"""Makes examples/danh-sach-de-cu.xlsx: a list as communes really send it, with every trouble in it.

Merged title rows, a two-line header, «STT», group rows, a totals row, a signature block, blank rows;
names of Kinh, Jrai, Bahnar and Êđê shape (invented); dates in three forms, serials, year only; numbers
that lost their leading zero; decomposed Unicode; a repeated person; a formula; a hijacked row; a
broken row.

    .venv/bin/python scripts/make_example_list.py
"""

import io
import sys
import unicodedata
from pathlib import Path

import xlsxwriter

TARGET = Path(__file__).parents[1] / "examples" / "danh-sach-de-cu.xlsx"
UPPER = [
    "STT",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Số CCCD",
    "Số điện thoại",
    "Thôn, làng",
    "Nghề nghiệp",
    "Lĩnh vực",
    "Thành tích",
    "Số liệu",
    None,
    "Đơn vị tính",
]
LOWER = [None] * 9 + ["Trước", "Sau", None]
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng"]
GIVEN = ["An", "Bích", "Cường", "Dung", "Giang", "Hà", "Khánh", "Lan"]
DEED = "Giúp các hộ trong thôn thoát nghèo"
# The words of the second row below were replaced by a machine, as on a hijacked page (invented brand).
HIJACKED = "Theo Kế hoạch số 43/KH-Zarqon Vexille, Zarqon Vexille tỉnh tuyên dương"


def plain_rows():
    """Thirty-three rows without any trouble."""
    for number in range(33):
        name = f"{FAMILY[number % 6]} Mẫu {GIVEN[number % 8]} {chr(65 + number % 26)}{number}"
        yield [
            name,
            1960 + number,
            None,
            None,
            "làng Ghè",
            "nông dân",
            "Giáo dục và đào tạo",
            f"{DEED} số {number + 1}",
            2,
            10 + number,
            "hộ",
        ]


TROUBLED = [
    [
        "Rơ Châm H'Bliu",
        "05/03/1980",
        87084000999,
        905123456,
        "làng Ghè",
        "nông dân",
        None,
        "Đổi công tái canh 51 ha cà phê",
        None,
        None,
        None,
    ],
    ["Y Ngăm Niê Kriêng", "5-3-80", None, None, "buôn Mẫu", "thầy giáo", None, DEED, 1, 9, "hộ"],
    ["Nul", 29281, None, None, "làng Lang", "nghệ nhân", None, "Dạy chiêng cho 35 em", 0, 35, "em"],
    [
        unicodedata.normalize("NFD", "Đặng Mẫu Hằng"),
        "1975",
        None,
        None,
        "thôn 4",
        None,
        None,
        DEED,
        None,
        None,
        None,
    ],
    ["KPĂ MẪU TOAL", "12/1/1969", None, None, "làng Bi", None, None, DEED, None, None, None],
    [
        "Người Đã Biết",
        1970,
        None,
        None,
        "thôn 4",
        None,
        None,
        "Nấu bữa sáng cho 64 em",
        0,
        64,
        "em",
    ],
    [
        "Nguyễn Mẫu Công Thức",
        1970,
        None,
        None,
        "thôn 4",
        None,
        None,
        '=B4&" hay"',
        None,
        None,
        None,
    ],
    ["Trần Mẫu Bị Thay", 1970, None, None, "thôn 4", None, None, HIJACKED, None, None, None],
    ["Lê Mẫu Hỏng", "31/02/1970", "12AB", None, "thôn 4", None, None, DEED, None, None, None],
]


def workbook() -> bytes:
    """The bytes of the example list."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "align": "center"})
    sheet.merge_range(0, 0, 0, 11, "ỦY BAN NHÂN DÂN XÃ (MẪU)", bold)
    sheet.merge_range(1, 0, 1, 11, "DANH SÁCH ĐỀ CỬ ĐIỂN HÌNH TIÊN TIẾN NĂM 2026", bold)
    for column, (upper, lower) in enumerate(zip(UPPER, LOWER, strict=True)):
        if lower is None and upper:
            sheet.merge_range(3, column, 4, column, upper, bold)
        elif lower:
            sheet.write(4, column, lower, bold)
    sheet.merge_range(3, 9, 3, 10, "Số liệu", bold)
    line = 5
    sheet.write(line, 0, "I")
    sheet.write(line, 1, "CÁ NHÂN", bold)
    for number, values in enumerate([*plain_rows(), *TROUBLED], start=1):
        line += 1
        if number == 20:
            line += 1  # a blank row in the middle
        sheet.write(line, 0, number)
        for column, value in enumerate(values, start=1):
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(line, column, value, None, "kết quả cũ")
            elif value is not None:
                sheet.write(line, column, value)
    sheet.write(line + 1, 1, "Tổng cộng: 42 người", bold)
    sheet.write(line + 3, 8, "Gia Lai, ngày 05 tháng 11 năm 2026")
    sheet.write(line + 4, 1, "Người lập biểu", bold)
    sheet.write(line + 4, 8, "TM. ỦY BAN NHÂN DÂN", bold)
    sheet.write(line + 8, 1, "(ký tên)")
    book.close()
    return out.getvalue()


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(workbook())
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size} byte\n")


if __name__ == "__main__":
    main()
