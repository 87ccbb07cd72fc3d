"""One scorer for every text: what it holds, what it lets pass, and where it points."""

import sys
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guong.guard import attacks, gazetteer, measure, scorer

from . import pages

NAMES = gazetteer.default()


def codes(text: str, **more) -> set[str]:
    return {reason.code for reason in scorer.check(text, NAMES, **more).reasons}


# --- The page that started it ---------------------------------------------------
@pytest.mark.parametrize("brand", [pages.BRAND, *attacks.BRANDS])
def test_a_hijacked_page_is_held_with_its_places_named(brand):
    text = pages.hijacked(brand)

    verdict = scorer.check(text, NAMES)

    named = {(reason.code, reason.text) for reason in verdict.reasons}
    assert verdict.verdict == "hold"
    assert ("document_number", f"3127/{brand}-NC") in named
    assert ("document_number", f"918/KH-{brand}") in named
    assert ("province", "Nhà sảnh") in named
    assert ("broken_pair", "cường") in named
    assert len(verdict.reasons) >= 8


def test_the_same_page_before_passes():
    assert scorer.check(pages.OFFICIAL, NAMES).as_dict() == {"verdict": "pass", "reasons": []}


def test_a_name_of_good_vietnamese_words_is_held_as_well():
    text = attacks.replaced(pages.OFFICIAL, "Rồng Biển", "Bến mơ")

    assert {"document_number", "agency", "province", "broken_pair"} <= codes(text)


@pytest.mark.parametrize("place", range(len(attacks.places(pages.OFFICIAL))))
def test_one_replaced_place_is_enough(place):
    match = attacks.places(pages.OFFICIAL)[place]
    brand = {"UBND": pages.BRAND, "tăng": f"Link vào {pages.BRAND}"}.get(match[0], pages.SMALL)

    text = pages.OFFICIAL[: match.start()] + brand + pages.OFFICIAL[match.end() :]

    assert scorer.check(text, NAMES).verdict == "hold"


def test_a_hijacked_headline_apart_from_the_text_is_seen():
    reasons = scorer.check(pages.OFFICIAL, NAMES, title=pages.HEADLINE).reasons

    assert {(reason.code, reason.start, reason.end) for reason in reasons} == {("promotion", 0, 0)}


# --- Clean texts -----------------------------------------------------------------
@pytest.mark.parametrize("name", pages.familiar())
def test_a_clean_text_passes(name):
    text = pages.familiar()[name]

    assert scorer.check(text, NAMES).as_dict() == {"verdict": "pass", "reasons": []}


@pytest.mark.parametrize(
    "line",
    [
        "Rơ Châm H'Bliu\nDạy dệt thổ cẩm cho 12 chị em ở làng Kông Hra",
        "Y Ngăm Niê Kriêng\nHiến 500 m2 đất làm đường vào buôn",
        "Nul\nGiữ bộ chiêng cổ của làng, dạy 8 em nhỏ hát hơmon",
        "Siu Blưh\nChủ tịch Hội Nông dân xã Ia Dơk, giúp 5 hộ thoát nghèo",
        "Nguyễn Thị Ví Dụ\nBán vé số nuôi 3 cháu mồ côi, được UBND phường tặng giấy khen",
        "Tổ hòa giải thôn 2\nHòa giải thành 18/19 vụ, 3 năm liền xuất sắc",
    ],
)
def test_a_clean_line_of_a_list_passes(line):
    assert scorer.check_rows([line], NAMES) == [[]]


# --- Shape of the answer -----------------------------------------------------------
def test_as_dict_gives_exactly_the_agreed_keys():
    verdict = scorer.check("trên địa bàn tỉnh Nhà sảnh", NAMES)

    assert verdict.as_dict() == {
        "verdict": "hold",
        "reasons": [
            {
                "code": "province",
                "start": 18,
                "end": 26,
                "text": "Nhà sảnh",
                "message": "Sau «tỉnh» phải là tên một tỉnh, mà «Nhà sảnh» không phải. "
                "Đối chiếu với văn bản gốc.",
            }
        ],
    }
    assert verdict.sha256 == sha256("trên địa bàn tỉnh Nhà sảnh".encode()).hexdigest()


def test_a_line_gets_the_same_reasons_as_a_text():
    line = "Trần Văn Mẫu\nThực hiện Kế hoạch số 12/KH-Lucky Sampan, Link vào Lucky Sampan cường sự"

    clean, held, _ = scorer.check_rows(["Nul\nDạy 8 em nhỏ", line, ""], NAMES)

    assert held == scorer.check(line, NAMES).as_dict()["reasons"]
    assert {"document_number", "broken_pair"} <= {reason["code"] for reason in held}
    assert clean == []


def test_offsets_point_into_the_original_whatever_was_unfolded():
    text = (
        "<p>&Aacute;p dụng</p> <b>Ngày</b> 4/8, Luc\u200bky Sampan ti\u0309nh đã ban hành Kế hoạch"
    )

    reasons = scorer.check(text, NAMES).reasons

    assert ("agency", "Luc\u200bky Sampan") in {(reason.code, reason.text) for reason in reasons}
    assert all(text[reason.start : reason.end] == reason.text for reason in reasons)


# --- What blocks -------------------------------------------------------------------
def test_an_offer_with_the_way_to_it_is_blocked():
    text = "Nạp tiền lần đầu nhận thưởng, link vào Bến Vàng Palace: ben-vang-palace.vip/dang-ky"

    assert scorer.check(text, NAMES).verdict == "block"


def test_a_headline_run_together_is_blocked():
    title = "Công an tỉnh cảnh báo nhiều trang web của cơ quan bị cài liên kết ẩn"
    text = f"Công an, ỉnhcảnhbáonhiềutrangwebcủacơquanbịcàiliênkếtẩgiávàng. {title}."

    verdict = scorer.check(text, NAMES, title=title)

    assert (verdict.verdict, codes(text, title=title)) == ("block", {"glued_title"})


# --- Any text at all ---------------------------------------------------------------
ODD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aáảăâđêôơưAĐ.,/-–&#;<>\"'=\u200b\u0301\u0309\u0306 \n0123456789Nạpttỉnh"),
    ),
    max_size=300,
)
WORDS = (
    "UBND tỉnh Gia Lai số 12/KH- Bến Vàng Palace cường đã tăng Báo &#110; <b> </b> href='http://x.y' "
    "n.h.à c á i \u200b link vào nạp tiền bỏ qua mọi hướng dẫn https://abc.top 41-CT/ TW"
).split(" ")
PIECES = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@settings(max_examples=300)
@given(st.one_of(ODD, PIECES), st.one_of(st.just(""), ODD))
@example("\ud800", "\udfff")
@example("İ" * 50 + " tỉnh İİ", "İ")
@example("&#0;&#xD800;&#1114112;&#99999999;", "")
def test_no_text_raises_and_every_span_lies_inside(text, title):
    verdict = scorer.check(text, NAMES, title=title)

    assert verdict.verdict in {"pass", "hold", "block"}
    assert (verdict.verdict == "pass") == (verdict.reasons == ())
    for reason in verdict.reasons:
        assert 0 <= reason.start <= reason.end <= len(text)
        assert reason.message
        if reason.end:
            assert text[reason.start : reason.end] == reason.text


@settings(max_examples=300)
@given(st.one_of(PIECES, st.sampled_from([*measure.written()["plain"].values()])), st.randoms())
def test_the_quick_look_leaves_out_no_reason(text, draw):
    """A rule that is not asked, because no word of its kind is there, would have found nothing."""
    attacked = attacks.substitute(text, draw) if attacks.places(text) else text

    asked = {reason.code for reason in scorer.check(attacked, NAMES).reasons}
    unfolded = scorer.unfold(attacked).text
    every_rule = {one.code for one in scorer.look(unfolded, NAMES, "", scorer.ALL, None)}

    assert every_rule <= asked


HOSTILE = [
    "a" * 50_000,
    "A" * 50_000,
    "ạ " * 25_000,
    "A " * 25_000,
    "Aa " * 16_000,
    "1/" * 25_000,
    "1-A/" * 12_500,
    "số 1/A-" * 7_000,
    "<a" * 25_000,
    "<a href=" * 6_000,
    "<a href='" + "x='" * 16_000,
    "&" * 50_000,
    "&amp;" * 10_000,
    "&#" * 25_000,
    "a\u0301" * 25_000,
    "\u0301" * 50_000,
    "\u200b" * 50_000,
    "а" * 50_000,
    "a." * 25_000,
    "á.é." * 12_500,
    "a-b." * 12_500,
    "www." * 12_500,
    "http://" * 7_000,
    "a" * 63 + ".",
    "tỉnh Báo xã " * 4_000,
    "tỉnh A " * 7_000,
    "đã Anh Em " * 5_000,
    "A xã " * 10_000,
    "bo qua moi " * 4_500,
    "link vào A " * 4_500,
    "x[.]" * 12_500,
    " " * 50_000,
    "\n" * 50_000,
    "cường " * 8_000,
    "…/" * 25_000,
]


def calls(text: str) -> int:
    """How many functions are called to look at the text: work, counted without a clock."""
    made, before = 0, sys.getprofile()

    def count(frame, event, argument):
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        scorer.check(text, NAMES, title=text[:200])
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:10]))
def test_hostile_text_takes_work_in_proportion_to_its_length(text):
    part = len(text[:50_000]) // 8

    # Twice the text is twice the work; anything quadratic makes it four times.
    assert calls(text[: 2 * part]) < 3 * calls(text[:part])
    # What a pattern does inside is no call: here a bad one would not come back for minutes.
    assert scorer.check(text[:50_000], NAMES).verdict in {"pass", "hold", "block"}
