import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.guard.superlatives import BIG, superlatives


def words(text, **more):
    return [reason.text for reason in superlatives(text, **more)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mô hình hiệu quả nhất huyện.", ["nhất"]),
        ("Là đơn vị hàng đầu, duy nhất trong tỉnh.", ["hàng đầu", "duy nhất"]),
        ("Thành tích Xuất sắc, dẫn đầu phong trào", ["Xuất sắc", "dẫn đầu"]),
        ("Đóng góp vô cùng to lớn năm 2024.", ["vô cùng"]),
        ("Độc nhất vô nhị ở xã.", ["Độc nhất vô nhị"]),
        ("Nộp ngày 05/03/2026, tốt nhất xã.", ["nhất"]),
    ],
)
def test_a_big_word_without_a_figure_is_pointed_at(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Vụ này năng suất cao nhất xã: 4,2 tấn một sào.",
        "Dẫn đầu với 120 hộ tham gia.",
        "Tăng 30% nên đứng hàng đầu.",
        "Cả làng thống nhất, ít nhất mỗi nhà một người.",
        "Nhất trí chọn người thứ nhất, nhất là người trẻ.",
        "Được tặng Huân chương Lao động hạng Nhất, giải nhất hội thi.",
        "Tập thể lao động xuất sắc, hoàn thành xuất sắc nhiệm vụ.",
        "Hợp nhất hai tổ để làm chung.",
        "Dạy nghề cho bà con trong thôn.",
        "",
    ],
)
def test_a_figure_an_official_name_or_another_word_is_left_alone(text):
    assert words(text) == []


def test_the_figure_must_stand_in_the_same_sentence():
    text = "Có 12 hộ tham gia. Là mô hình hàng đầu của tỉnh."

    (reason,) = superlatives(text)

    assert text[reason.start : reason.end] == reason.text == "hàng đầu"
    assert (reason.code, "con số" in reason.message) == ("superlative", True)


def test_a_figure_in_fields_of_its_own_is_a_figure():
    assert words("Năng suất cao nhất xã", has_figure=True) == []


def test_decomposed_spelling_is_read_like_composed():
    text = "Là đơn vị hàng đầu."

    assert superlatives(unicodedata.normalize("NFD", text)) == superlatives(text)


@given(st.text(alphabet="aăâbcdđeêôơư .;!?\n", max_size=60), st.sampled_from(BIG))
def test_every_span_holds_the_word_it_names(around, word):
    text = unicodedata.normalize("NFC", f"{around} {word} {around}")

    assert all(text[one.start : one.end] == one.text for one in superlatives(text))
