"""Sounds and films are what they say they are, to the last byte, and tell nothing of the place."""

import io
import wave

import pytest

from guong.guard import recordings as guard
from guong.guard.files import Refused

from . import recordings as made


def cleaned(content: bytes) -> guard.Recording:
    return guard.cleaned(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (made.mp3(), ("sound", "audio/mpeg", ".mp3", 0, 0)),
        (made.wav(), ("sound", "audio/wav", ".wav", 0, 0)),
        (made.opus(), ("sound", "audio/ogg", ".ogg", 0, 0)),
        (made.vorbis(), ("sound", "audio/ogg", ".ogg", 0, 0)),
        (made.mp4(made.track(b"soun", b"mp4a")), ("sound", "audio/mp4", ".m4a", 0, 0)),
        (made.mp4(), ("video", "video/mp4", ".mp4", 320, 180)),
        (made.webm(made.webm_track(2, b"A_OPUS")), ("sound", "audio/webm", ".weba", 0, 0)),
        (made.live_webm(), ("sound", "audio/webm", ".weba", 0, 0)),
        (made.webm(), ("video", "video/webm", ".webm", 320, 180)),
    ],
)
def test_each_kind_is_known_by_its_bytes(content, expected):
    found = cleaned(content)

    assert (found.kind, found.content_type, found.ending, found.width, found.height) == expected


@pytest.mark.parametrize(
    "content",
    [
        made.mp3(before=made.id3(), behind=b"TAG" + made.PLACE.ljust(125, b"\0")),
        made.mp4(),
        made.opus(),
        made.opus(label=made.PLACE * 60),  # its packet is longer than one lace
        made.vorbis(),
        made.webm(),
        made.live_webm(),
        made.wav() + b"LIST" + made.PLACE,
    ],
)
def test_what_tells_the_place_is_gone_and_cleaning_again_changes_nothing(content):
    assert made.PLACE in content

    body = cleaned(content).body

    assert made.PLACE not in body
    assert cleaned(body).body == body


def test_nothing_moves_inside_a_film_and_its_times_are_gone():
    for content in (made.mp4(), made.webm(), made.opus()):
        body = cleaned(content).body
        assert len(body) == len(content)
        assert (body.find(b"\x01" * 64) == content.find(b"\x01" * 64)) or content[:4] == b"OggS"
    assert b"\xee" * 8 not in cleaned(made.mp4()).body


def test_a_long_box_and_a_last_one_without_size_are_walked():
    mdat = b"\0\0\0\1mdat" + (16 + 4).to_bytes(8, "big") + b"film"
    last = b"\0\0\0\0mdat" + b"rest"

    assert cleaned(made.mp4(behind=mdat + last)).body.endswith(mdat + last)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"GIF89a" + bytes(200), "không phải âm thanh hay phim"),
        (b"<!doctype html><script>alert(1)</script>", "không phải âm thanh hay phim"),
        (made.mp3(frames=3), "Tệp MP3 hỏng"),
        (made.mp3(behind=b"PK\x05\x06" + bytes(18)), "Tệp MP3 hỏng"),
        (made.id3() + b"%PDF-1.7", "Tệp MP3 hỏng"),
        (made.mp4(behind=b"PK\x03\x04" + bytes(30)), "Tệp MP4 hỏng"),
        (made.mp4()[:-3], "Tệp MP4 hỏng"),
        (made.mp4(behind=b"abc"), "Tệp MP4 hỏng"),
        (made.mp4(b""), "Tệp MP4 hỏng"),
        (made.mp4(made.box(b"trak")), "Tệp MP4 hỏng"),
        (made.mp4(made.track(b"meta", b"mebx")), "vị trí quay"),
        (made.mp4(made.track(codec=b"hvc1")), "Tương thích nhất"),
        (made.mp4(brand=b"qt  "), "QuickTime"),
        (made.opus(behind=b"%PDF-"), "Tệp Ogg hỏng"),
        (made.opus()[:-4], "Tệp Ogg hỏng"),
        (made.opus() + made.page(b"", [], 3, serial=8), "Tệp Ogg hỏng"),
        (made.page(b"\x80theora", [7], 0), "Tệp Ogg hỏng"),
        (made.page(b"OpusHead", [8], 0), "Tệp Ogg hỏng"),
        (made.page(b"OpusHead", [8], 0) + made.page(b"", [], 1), "Tệp Ogg hỏng"),
        (made.wav()[:10] + b"VE" + bytes(8), "Tệp WAV hỏng"),
        (made.webm(behind=b"%PDF-1.7"), "Tệp WebM hỏng"),
        (made.live_webm(behind=b"%PDF-1.7"), "Tệp WebM hỏng"),
        (made.live_webm()[:-1], "Tệp WebM hỏng"),
        (made.live_webm(of_all=False), "Tệp WebM hỏng"),
        (made.webm()[:-1], "Tệp WebM hỏng"),
        (made.webm(behind=made.element(0x18538067)), "Tệp WebM hỏng"),
        (made.webm(doctype=b"matroska"), "WebM lạ"),
        (made.webm(made.webm_track(17, b"S_TEXT")), "WebM lạ"),
        (made.webm(b"\xec\x80"), "Tệp WebM hỏng"),
        (made.mp3(frames=11) + made.mp3(before=b"\xff\xf3\x48\x00<script>")[:144], "giấu mã"),
    ],
)
def test_what_is_broken_or_something_else_besides_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(Refused, match=sentence):
        cleaned(content)


def test_a_film_whose_track_has_no_measure_is_broken():
    whole = made.track()
    tkhd = made.box(b"tkhd", bytes(20))
    start = whole.index(b"tkhd") - 4
    short = made.box(b"trak", tkhd, whole[start + 8 + 84 :])

    with pytest.raises(Refused, match="Tệp MP4 hỏng"):
        cleaned(made.mp4(short))


def test_a_film_without_a_measure_says_none():
    bare = made.element(0xAE, made.element(0x83, b"\x01"), made.element(0x86, b"V_VP8"))

    assert (cleaned(made.webm(bare)).width, cleaned(made.webm(bare)).height) == (0, 0)


def test_size_is_limited_by_kind(monkeypatch):
    monkeypatch.setattr(guard, "LARGEST", {"sound": 2000, "video": 3000})

    with pytest.raises(Refused, match="20 MB"):
        cleaned(made.mp3(frames=15))
    with pytest.raises(Refused, match="24 MB"):
        cleaned(made.mp3(frames=50))


def test_what_stands_between_labels_and_sound_and_the_cut_last_frame_are_no_fault():
    content = made.mp3(before=made.id3() + bytes(30))[:-5]

    assert cleaned(content).body == made.mp3()[:-5]


def test_the_sum_of_an_ogg_page_is_the_one_of_the_standard():
    # The published check value of this sum (no reflection, nothing added) over «123456789».
    from guong.guard.containers import ogg

    assert ogg._sum(b"123456789") == 0x89A1897F


def test_a_cleaned_wav_still_plays():
    with wave.open(io.BytesIO(cleaned(made.wav(seconds=0.5)).body)) as heard:
        assert (heard.getnframes(), heard.getframerate()) == (4000, 8000)
