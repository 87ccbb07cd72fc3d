"""Every link is seen, says where it leads, and leads somewhere known."""

import pytest

from guong.guard import gazetteer, links, scorer

NAMES = gazetteer.default()


def codes(text: str) -> set[str]:
    return {reason.code for reason in scorer.check(text, NAMES).reasons}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xem https://ben-vang.top/x", "unknown_host"),
        ("Xem ben-vang.com hôm nay", "unknown_host"),
        ("Xem WWW.BENVANG.VIP", "unknown_host"),
        ("Xem nhàsảnh.com", "unknown_host"),
        ("https://gialai.gov.vn@ben-vang.top/", "disguised_link"),
        ("https://gialai.gov.vn.ben-vang.top/", "unknown_host"),
        ("https://xn--gilai-6qa.gov.vn/", "unknown_host"),
        ("https://203.0.113.7/a", "unknown_host"),
        ("https://bit.ly/3abc", "shortener"),
        ("benvang[.]com, benvang chấm com", "disguised_link"),
        ('<a href="https://ben-vang.top">Báo Gia Lai</a>', "unknown_host"),
        ('<a href="//ben-vang.top">gialai.gov.vn</a>', "unknown_host"),
        ('<a href="&#104;ttps://ben-vang.top">x</a>', "unknown_host"),
        ('<a href="java&#115;cript:alert(1)">x</a>', "script_link"),
        ('<p style="display:none">chữ</p>', "hidden_text"),
        ('<a style="font-size:0" href="https://gialai.gov.vn">x</a>', "hidden_link"),
        ('<div style="position:absolute; left:-9999px"><a href="https://gialai.gov.vn">x</a></div>',
         "hidden_link"),
        ('<iframe src="https://ben-vang.top"></iframe>', "unknown_host"),
        ('<meta http-equiv="refresh" content="https://ben-vang.top">', "unknown_host"),
    ],
)  # fmt: skip
def test_a_link_that_hides_or_leads_astray_is_held(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Xem https://snv.gialai.gov.vn/a?b=1, dichvucong.gov.vn, www.chinhphu.vn.",
        "Nguồn: baogialai.com.vn; hộp thư thidua@gialai.gov.vn, ten.nguoi@gmail.com",
        "Điều 5.Tiêu chuẩn, TP.HCM, tr.đ/ng/th, 1.000.000 đồng, bao.cao.docx, Node.js, v.v.",
        '<a href="/guong/1/">Xem</a> <a href="#muc-2">Mục 2</a> <a href="mailto:a@snv.vn">Thư</a>',
        '<p style="text-align:center; opacity: 0.8">chữ</p>',
    ],
)
def test_known_links_and_lookalikes_of_links_pass(text):
    assert codes(text) == set()


def test_a_hidden_link_to_an_unknown_host_is_blocked():
    text = 'Bài hay <a href="https://ben-vang.top" style="display:none">x</a>.'

    assert scorer.check(text, NAMES).verdict == "block"


def test_cleaning_keeps_text_and_drops_what_acts():
    html = (
        '<p onclick="x()">Gương <b>sáng</b><script>alert(1)</script></p><svg onload=x></svg>'
        '<a href="javascript:x()">a</a><a href="https://gialai.gov.vn/" style="display:none">b</a>'
    )

    assert links.clean_html(html) == (
        '<p>Gương <b>sáng</b></p><a rel="noopener">a</a>'
        '<a href="https://gialai.gov.vn/" rel="noopener">b</a>'
    )


def test_cleaning_with_a_gazetteer_drops_unknown_targets():
    html = '<a href="https://ben-vang.top/">a</a><a href="/b/">b</a>'

    assert (
        links.clean_html(html, NAMES) == '<a rel="noopener">a</a><a href="/b/" rel="noopener">b</a>'
    )


@pytest.mark.parametrize(
    ("link", "host"),
    [("https://A.B.vn:8080/x", "a.b.vn"), ("www.b.vn", "b.vn"), ("//b.vn", "b.vn"),
     ("hxxps://b.vn", "b.vn"), ("https:\\\\b.vn\\x", "b.vn"),
     ("https://u@b.vn", "b.vn"), ("http://[::1", ""), ("", "")],
)  # fmt: skip
def test_the_host_is_the_one_a_browser_would_go_to(link, host):
    assert links.host_of(link) == host
