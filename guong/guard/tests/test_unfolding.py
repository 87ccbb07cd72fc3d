"""What hides words is undone, and every sign still knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.guard import attacks, gazetteer, measure, scorer
from guong.guard.unfolding import unfold

NAMES = gazetteer.default()


@pytest.mark.parametrize(
    ("written", "read", "tricks"),
    [
        ("U\u200bBND", "UBND", {"unseen_sign"}),
        ("C\u0430\u0455\u0456n\u043e", "Casino", {"look_alike"}),
        ("Ｃａｓｉｎｏ 𝐜𝐚𝐬𝐢𝐧𝐨", "Casino casino", {"look_alike"}),
        ("Ca&#115;ino", "Casino", {"coded_letter"}),
        ("Ca&amp;#115;ino", "Casino", {"coded_letter"}),
        ("c<b></b>asino", "casino", {"split_by_tags"}),
        ("c<!-- x -->asino", "casino", {"split_by_tags"}),
        ("n.h.à c.á.i", "nhà cái", {"spelled_out"}),
        ("n h à  c á i", "nhà cái", {"spelled_out"}),
        ("c-a-s-i-n-o", "casino", {"spelled_out"}),
        ("c_a*s_i*n_o", "casino", {"spelled_out"}),
        ("nhà.cái.uy.tín", "nhà cái uy tín", {"spelled_out"}),
        ("e\u0301\u0302\u0300\u0309\u0323 ơi", "ế\u0300 ơi", {"stacked_marks"}),
        ("abc\u202edef", "abcdef", {"unseen_sign"}),
    ],
)
def test_a_trick_is_undone_and_named(written, read, tricks):
    unfolded = unfold(written)

    assert (unfolded.text, {trick.code for trick in unfolded.tricks}) == (read, tricks)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ti\u0309nh Gia Lai", "tỉnh Gia Lai"),  # decomposed, as some keyboards send it
        ("tie\u0301\u0302ng", "tiếng"),  # the tone before the letter's own mark
        ("t&#7881;nh, c&agrave; ph&ecirc; &amp; ti&ecirc;u", "tỉnh, cà phê & tiêu"),
        ("<p>Làng</p><p>Ốp</p>", "\nLàng\n\nỐp\n"),
        ("<b>N</b>gười giữ lửa", "Người giữ lửa"),  # a big first letter is an ornament
        ("H'Bliu, ê\u0306, Č\u0306", "H'Bliu, ê\u0306, Č\u0306"),
        ("ông N.V.T., T.Ư, TP.HCM, v.v.", "ông N.V.T., T.Ư, TP.HCM, v.v."),
        ("A - B - C - D; a. b. c.", "A - B - C - D; a. b. c."),
        ("bao.gialai.gov.vn", "bao.gialai.gov.vn"),
        ("Москва và Ελλάδα", "Москва và Ελλάδα"),
        ("đèn LED 12\u00adV", "đèn LED 12V"),
        ("kết thúc.\u200b Hết", "kết thúc. Hết"),
    ],
)
def test_what_honest_writers_do_is_no_trick(written, read):
    unfolded = unfold(written)

    assert (unfolded.text, unfolded.tricks) == (read, ())


HOW = [attacks.zero_width, attacks.look_alike, attacks.spell_out, attacks.coded, attacks.decomposed]


@pytest.mark.parametrize("how", HOW, ids=lambda how: how.__name__)
@given(draw=st.randoms())
def test_an_offer_is_held_however_it_is_written(how, draw):
    text = f"Sáng nay, hội nghị đã họp. {how(measure.OFFER, draw)}. Hội nghị kết thúc lúc 11 giờ."

    assert scorer.check(text, NAMES).verdict in {"hold", "block"}


@given(st.text(max_size=200))
def test_every_sign_comes_from_somewhere(text):
    unfolded = unfold(text)

    spans = [unfolded.span(i, i + 1) for i in range(len(unfolded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
