"""Captions are read as people save them and written in one way."""

import pytest

from guong.guard import captions
from guong.guard.files import Refused

SUBRIP = """1
00:00:01,000 --> 00:00:03,500
<i>Chào</i> bà con

2
00:00:04,000 --> 00:00:06,000
- Đông người quá!
- Ừ &amp; vui.
"""
WEBVTT = """WEBVTT - phim mẫu

STYLE
::cue { color: red }

NOTE ai đó ghi

mở đầu
00:01.000 --> 00:03.500 align:start position:10%
<v Bà Mẫu>Chào bà con</v>

00:04.000 --> 00:06.000
- Đông người quá!
- Ừ &amp; vui.

00:07.000 --> 00:08.000
"""
WRITTEN = """WEBVTT

00:00:01.000 --> 00:00:03.500
Chào bà con

00:00:04.000 --> 00:00:06.000
- Đông người quá!
- Ừ &amp; vui.
"""


@pytest.mark.parametrize("text", [SUBRIP, WEBVTT, WRITTEN, "\ufeff" + WEBVTT])
def test_both_ways_of_writing_become_one(text):
    cues = captions.read(text.encode())

    assert captions.written(cues) == WRITTEN
    assert captions.spoken(cues) == "Chào bà con\n- Đông người quá! - Ừ & vui."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "không có câu nào"),
        (b"WEBVTT\n\n", "không có câu nào"),
        (b"<!doctype html><script>", "không có câu nào"),
        ("Chào".encode("utf-16"), "UTF-8"),
        (b"WEBVTT\n\n1 --> 2\nabc", "dòng 3: giờ viết như"),
        (b"00:05.000 --> 00:04.000\nabc", "dòng 1: câu phải bắt đầu"),
        (b"00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", "dòng 4: câu phải bắt đầu"),
        (b"a" * 400_001, "400.000"),
    ],
)
def test_what_is_no_caption_is_refused_with_the_line(content, sentence):
    with pytest.raises(Refused, match=sentence):
        captions.read(content)
