"""Which row a picture belongs to, by what its file is called."""

import pytest

from guong.core.naming import Rows

ROWS = [
    ("bliu", 1, "Rơ Châm H'Bliu", "GU-2026-00001"),
    ("an", 2, "Nguyễn Mẫu An", "GU-2026-00002"),
    ("anh", 3, "Nguyễn Mẫu Anh", ""),
    ("one", 5, "Đinh Nul", ""),
    ("two", 6, "Đinh Nul", ""),
]


@pytest.mark.parametrize(
    ("name", "row", "why"),
    [
        ("Rơ Châm H’Bliu.jpg", "bliu", "tên"),
        ("ro cham h'bliu 2.JPG", "bliu", "tên"),
        ("rchom_hbliu.png", "bliu", "tên"),
        ("GU-2026-00002 Ai Đó.jpg", "an", "mã hồ sơ"),
        ("nguyen mau an.jpg", "an", "tên"),
        ("nguyen-mau-anh.jpg", "anh", "tên"),
        ("03.jpg", "anh", "số thứ tự"),
        ("STT 1.png", "bliu", "số thứ tự"),
        ("dinh nul.jpg", None, "nhiều người cùng tên"),
        ("4.jpg", None, "không rõ của ai"),
        ("IMG_20261123_0001.jpg", None, "không rõ của ai"),
    ],
)
def test_a_picture_is_matched_by_code_name_or_number(name, row, why):
    assert Rows.of(ROWS).of_file(name) == (row, why)
