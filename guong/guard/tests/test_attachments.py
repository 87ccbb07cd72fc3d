"""Which files are taken as evidence: by ending and by first bytes, both."""

import pytest

from guong.guard.attachments import Refused, accept

HEADS = {
    "a.pdf": (b"%PDF-1.7", "application/pdf"),
    "Hồ sơ.DOCX": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a.xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.b.jpg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "a.JPEG": (b"\xff\xd8\xff\xe1", "image/jpeg"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "a.webp": (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    "a.mp3": (b"ID3\x03", "audio/mpeg"),
    "b.mp3": (b"\xff\xfb\x90", "audio/mpeg"),
    "a.m4a": (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
    "a.mp4": (b"\0\0\0\x20ftypisom", "video/mp4"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_that_is_what_it_says_is_taken(name):
    head, content_type = HEADS[name]

    assert accept(name, head) == content_type


@pytest.mark.parametrize(
    ("name", "head", "sentence"),
    [
        ("a.exe", b"MZ", "Không nhận loại tệp này («.exe»)"),
        ("a.pdf.exe", b"%PDF-", "Không nhận loại tệp này («.exe»)"),
        ("a.svg", b"<svg/>", "Lưu ảnh thành .png"),
        ("a.html", b"<html>", "Không nhận loại tệp này («.html»)"),
        ("a.docm", b"PK\x03\x04", "Không nhận loại tệp này («.docm»)"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "lưu thành .docx"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic", "Tương thích nhất"),
        ("a.zip", b"PK\x03\x04", "Giải nén"),
        ("a", b"%PDF-", "không có đuôi"),
        ("a.pdf", b"", "0 byte"),
        ("a.pdf", b"MZ\x90", "không đúng loại «.pdf»"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "không đúng loại «.jpg»"),
        ("a.webp", b"RIFF\0\0\0\0WAVE", "không đúng loại «.webp»"),
        ("a.mp4", b"\0\0\0\x20abcdisom", "không đúng loại «.mp4»"),
        ("a.pdf", b"%PDF-1.4\n<script>alert(1)</script>", "mã trang web"),
        ("a\u202egpj.exe.pdf", b"%PDF-", "ký tự ẩn"),
        ("a\0.pdf", b"%PDF-", "ký tự ẩn"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence(name, head, sentence):
    with pytest.raises(Refused) as refusal:
        accept(name, head)

    assert sentence in str(refusal.value)
