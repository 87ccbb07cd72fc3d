"""Syllables, glued words, random capitals: how a text is written."""

import random

import pytest

from guong.guard import attacks, gazetteer, scorer
from guong.guard.syllables import flaw, is_syllable

from . import pages

NAMES = gazetteer.default()


def codes(text: str, **more) -> set[str]:
    return {reason.code for reason in scorer.check(text, NAMES, **more).reasons}


@pytest.mark.parametrize(
    "word",
    "nghiêng quốc gì giếng giữ quyển khuỷu ngoằn nguệch oong thuở yêu uống quýt quỳnh khuya tuyết rượu "
    "hươu kỹ mỹ giặt chuyện được ướt ế ỷ hoà hòa thuý khoẻ gìn quắc khoắng loè xoè".split(),
)
def test_every_syllable_of_the_language_is_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", "củà vỉệt họạt nhàt tảp ngàc nuớc nghành kà cê gế ngi thơng bânh ăy uơng fan zũ".split()
)
def test_what_no_syllable_can_be_is_known(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "weight"),
    [("củà", 2), ("vỉệt", 2), ("lãc", 1), ("nghành", 0.5), ("nhât", 0.5), ("của", 0), ("marketing", 0),
     ("hơmon", 0), ("pơthi", 0), ("k'ní", 0), ("Kriêng", 0), ("Blưh", 0), ("H'Nguôm", 0)],
)  # fmt: skip
def test_flaws_are_weighed(word, weight):
    assert flaw(word) == weight


def test_a_text_with_bent_marks_is_held():
    bent = attacks.mutate(pages.OFFICIAL, random.Random(7), 0.3)

    assert "broken_syllable" in codes(bent)


def test_a_slip_or_two_of_hurried_fingers_pass():
    assert (
        codes("Chú làm nghành điện, giúp bà con trong xóm. Chú củng sữa xe, rất đơn giãn.") == set()
    )


def test_words_run_together_are_named():
    run = "ngườidântronglàngđãcùngnhaugópcônglàmđường"

    assert codes(f"Sáng nay {run} mới.") == {"glued"}


@pytest.mark.parametrize(
    "text",
    ["#nguoitotviectotgialai2026 #gươngsáng", "https://snv.gialai.gov.vn/nguoi-tot-viec-tot-trong-tinh",
     "Đường Nguyễn Văn Trỗi, tỉnhGia Lai", "Internationalization và Electroencephalography"],
)  # fmt: skip
def test_tags_links_and_single_slips_are_not_glue(text):
    assert codes(text) == set()


def test_random_capitals_are_named():
    assert codes("hOạt độNg củA làng nGhề") == {"mixed_case"}
    assert codes("VNeID, iPhone, TTg, QyĐ, McDonald, NSƯT, TikTok, KSor") == set()
