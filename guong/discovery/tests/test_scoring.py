"""Is it about a good deed? Measured on texts written by hand, see docs/discover.md."""

import pytest

from guong.core import calendar
from guong.discovery import measure, scoring, selectors
from guong.discovery.people import people
from guong.units.tests.factories import UnitFactory

PLACES = scoring.Places({"xã ia ly": "Xã Ia Ly", "xã mẫu cũ": "Xã Mẫu Mới"}, frozenset({"gia lai"}))
GOOD = (
    "Bà Rơ Châm H'Mới ở xã Ia Ly dạy chữ miễn phí cho 40 em nhỏ.\n"
    "Tám năm nay, bà con trong làng gọi bà là cô giáo."
)


def names(text: str) -> list[str]:
    return [one.name for one in people(text, PLACES.communes)]


def codes(text: str) -> list[str]:
    return [reason.code for reason in scoring.score(text, PLACES).reasons]


def test_the_written_set_stays_above_the_bars():
    good, other = measure.of_written()

    assert (good.of, other.of) == (22, 22)
    assert good.share >= 0.9 and other.share >= 0.9, [good.missed, other.missed]


def test_the_set_that_was_not_written_for_it_stays_where_it_was_measured():
    good, other = measure.of_others()

    assert good.of + other.of == 79
    assert good.share >= 0.80 and other.share >= 0.70, [good.missed, other.missed]


def test_every_reason_points_to_the_words_it_speaks_of():
    found = scoring.score(GOOD, PLACES)

    assert found.score >= 0.75 and found.is_worth_a_look
    for reason in found.reasons:
        assert found.text[reason.start : reason.end] == reason.text
        assert reason.message.endswith(".") and (reason.points or not reason.text)
    assert sum(reason.points for reason in found.reasons) == round(found.score * 100)


def test_a_text_proposes_who_where_kind_field_and_figures():
    found = scoring.score(GOOD, PLACES)

    assert (found.who, found.where) == (("Rơ Châm H'Mới",), ("Xã Ia Ly",))
    assert (found.kind, found.field) == ("individual", "giao-duc")
    assert "chữ miễn phí cho 40 em nhỏ" in found.facts


def test_a_former_name_of_a_commune_tells_the_present_one():
    found = scoring.score("Ông Siu Mẫu ở xã Mẫu Cũ hiến đất mở đường.", PLACES)

    assert found.where == ("xã Mẫu Cũ, nay là Xã Mẫu Mới",)


@pytest.mark.django_db
def test_places_are_those_of_the_day_under_every_name():
    UnitFactory(name="Xã Mới", predecessors=["Xã Cũ Một (trước 7/2025)"])
    UnitFactory(name="Xã Đã Hết", valid_to=calendar.datetime.date(2025, 6, 30))

    known = selectors.places(calendar.datetime.date(2026, 1, 1))

    assert known.communes["xã cũ một"] == known.communes["xã mới"] == "Xã Mới"
    assert "xã đã hết" not in known.communes
    assert known.provinces == {"mẫu"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông Rơ Mah Hlek hiến đất.", ["Rơ Mah Hlek"]),
        ("Nghệ nhân A Bưk truyền dạy cồng chiêng.", ["A Bưk"]),
        ("Bác sĩ Siu H'Nhiên vượt suối.", ["Siu H'Nhiên"]),
        ("H’Bliu dạy chữ. Chị H’Bliu có hai con.", ["H’Bliu"]),
        ("Anh Y Ngăm Niê giúp bà con. Sau đó anh Niê về.", ["Y Ngăm Niê"]),
        ("Tổ trưởng hòa giải Hồ Thị Lặng.", ["Hồ Thị Lặng"]),
        ("Bà Ê̆ban Mẫu dệt thổ cẩm.", ["Ê̆ban Mẫu"]),
        ("Trên đường Nguyễn Huệ, quán Trần Gia.", []),
        ("Nhóm Biển Xanh ở tỉnh Lâm Đồng.", []),
        ("Chủ tịch Hồ Chí Minh.", []),
        ("Phó Bí thư Thường trực phát biểu.", []),
        ("Sở Giáo dục và Đào tạo.", []),
        ("cứu cụ bà\n\nRạng sáng, lửa tắt.", []),
        ("Làng ở xã Ia Ly đẹp. Người Ia Ly hiền.", []),
        ("anh Đoàn Thế Bánh sửa xe", ["Đoàn Thế Bánh"]),
    ],
)
def test_a_name_is_found_by_its_shape(text, found):
    assert names(text) == found


def test_who_speaks_for_an_office_is_told_last_and_counts_little():
    text = "Ông Lê Văn Nói, Chủ tịch UBND xã, biểu dương. Chị Nay Mẫu hiến máu 30 lần ở xã Ia Ly."
    found = scoring.score(text, PLACES)

    assert found.who == ("Nay Mẫu", "Lê Văn Nói")
    assert codes("Ông Lê Văn Nói, Phó Chủ tịch UBND xã Ia Ly, nói.").count("official") == 1


def test_a_group_is_a_collective_with_its_whole_name():
    found = scoring.score("Chi hội phụ nữ làng Kép (xã Ia Ly) giúp 18 hội viên.", PLACES)

    assert (found.who, found.kind) == (("Chi hội phụ nữ làng Kép",), "collective")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gia đình ba thế hệ hiến máu.", "household"),
        ("Một mô hình thu gom rác hay.", "model"),
        ("Trời hôm nay nắng.", ""),
    ],
)
def test_a_kind_is_proposed_only_where_the_text_tells_one(text, kind):
    assert scoring.score(text, PLACES).kind == kind


@pytest.mark.parametrize(
    ("text", "code", "most"),
    [
        ("Bà Siu Mẫu ở xã Ia Ly có 40 con bò, được bà con quý, miễn phí, đều đặn.", "deed", 0.3),
        ("Ở xã Ia Ly, hiến đất, giúp 40 hộ, miễn phí, đều đặn, bà con quý.", "who", 0.4),
        ("Bà Lê Thị Mẫu ở Nghệ An nhận nuôi 20 em, miễn phí, bà con quý.", "here", 0.45),
    ],
)
def test_what_is_missing_holds_the_points_down_and_says_so(text, code, most):
    found = scoring.score(text, PLACES)

    assert found.score <= most
    assert f"without_{code}" in {reason.code for reason in found.reasons}


def test_other_news_takes_points_away_three_times_at_the_most():
    text = "Khởi tố, bị can, bị cáo, tạm giam, xét xử."

    assert codes(text).count("otherwise") == 3


def test_the_own_province_counts_where_no_commune_is_named():
    assert "province" in codes("Ông Siu Mẫu ở tỉnh Gia Lai hiến đất.")
    assert scoring.score("Ông Siu Mẫu hiến đất.", scoring.Places()).where == ()


def test_a_text_without_marks_is_read_without_marks():
    found = scoring.score("Anh Puih Thok o xa Ia Ly cuu song 5 nguoi, khong lay tien.", PLACES)

    assert (found.who, found.where) == (("Puih Thok",), ("Xã Ia Ly",))
    assert {"deed", "figure", "selfless"} <= {reason.code for reason in found.reasons}


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "İ" * 50, "Xã", "🌾" * 10, "x" * 90_000])
def test_no_text_is_too_strange(text):
    assert 0 <= scoring.score(text, PLACES).score < 0.5


def test_a_date_is_no_figure():
    assert scoring.score("Ngày 5 tháng 3, hội họp.", PLACES).facts == ()
