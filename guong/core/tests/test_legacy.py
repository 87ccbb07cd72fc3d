"""Text of the time before Unicode: the tables, and what is no reason to suspect it."""

import unicodedata

import pytest

from guong.core.vietnamese import legacy
from guong.core.vietnamese.legacy import MISREAD, TCVN3, TCVN3_CAPITALS, VNI

LOWER = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"


@pytest.mark.parametrize(
    ("old", "coding", "text"),
    [
        ("hép møt tÕt", TCVN3, "hộp mứt tết"),
        ("hép møt tÕt", TCVN3_CAPITALS, "HỘP MỨT TẾT"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", TCVN3, "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("Th\u00ad¬ng", TCVN3, "Thương"),
        ("Xin chaøo caùc baïn", VNI, "Xin chào các bạn"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP, Ñaëng Thò Löôïng", VNI, "ĐỘC LẬP, Đặng Thị Lượng"),
        ("Nguyá»…n VÄƒn An", MISREAD, "Nguyễn Văn An"),
        ("Nguyễn", MISREAD, "Nguyễn"),
    ],
)
def test_old_text_becomes_unicode(old, coding, text):
    assert legacy.converted(old, coding) == text


def test_every_letter_of_vietnamese_has_a_sign_in_both_codings():
    assert sorted(set(legacy._TCVN3.values()) & set(map(ord, LOWER))) == sorted(map(ord, LOWER))
    assert set(legacy._VNI_LETTERS.values()) | {"ì", "í"} == set(
        LOWER
    )  # these two stand as they are
    assert {unicodedata.normalize("NFC", letter) for letter in LOWER} == set(LOWER)


@pytest.mark.parametrize(
    ("font", "coding"),
    [
        (".VnTime", TCVN3),
        (".VnArial", TCVN3),
        (".VnTimeH", TCVN3_CAPITALS),
        (".VNARIALH", TCVN3_CAPITALS),
        ("VNI-Times", VNI),
        ("Times New Roman", ""),
        ("", ""),
    ],
)
def test_the_font_names_the_coding(font, coding):
    assert legacy.by_font(font) == coding


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("hép møt tÕt", TCVN3),
        ("TÆng hép møt TÕt", TCVN3),
        ("NguyÔn MÉu An", TCVN3),
        ("Haùi cheø", VNI),
        ("Xin chaøo caùc baïn", VNI),
        ("Nguyá»…n VÄƒn An", MISREAD),
        # VIQR says itself what it is, and is left as it stands.
        ("Nguye^~n Va(n An", ""),
        # None of these is old: the languages of Tây Nguyên, old tone places, capitals, quotation marks.
        ("Rơ Châm H'Bliu, Kpă Toal, ñu, Čư, ê̆ ô̆ ơ̆ ư̆", ""),
        ("Hoà thuỷ, quý, khuôn viên, HOÀ THUỶ, ÔNG ƠN, uỷ ban", ""),
        ("Giúp 12 hộ «thoát nghèo» · 5 m² © ®", ""),
        ("LÊ HỮU PHÊ, Ông Thị Á, Lê Ê, ÊĐÊ", ""),
        ("ho va ten", ""),
        ("½ diện tích µ", ""),
    ],
)
def test_what_looks_old_and_what_does_not(text, coding):
    composed = unicodedata.normalize("NFC", text)
    assert legacy.suspected(composed) == coding
    assert legacy.has_telltale(composed) or not coding


def test_a_sign_of_unicode_says_the_text_is_not_old():
    assert [legacy.may_be(text, TCVN3) for text in ("hép", "hộp")] == [True, False]
