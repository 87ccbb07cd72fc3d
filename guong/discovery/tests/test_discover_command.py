"""`guong discover score`: what it prints, and with what it ends."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from guong.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
TEXT = "Lớp đêm\nBà Rơ Châm Mẫu ở xã Mẫu Năm dạy chữ miễn phí cho 40 em nhỏ suốt mười năm."


@pytest.fixture
def file(tmp_path):
    UnitFactory(name="Xã Mẫu Năm")
    path = tmp_path / "bai.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*words, **options) -> str:
    out = io.StringIO()
    call_command("discover", "score", *map(str, words), stdout=out, **options)
    return out.getvalue()


def test_score_tells_points_reasons_guard_and_proposals(file):
    said = run(file)

    assert "đáng xem" in said and "lớp gác cho qua" in said
    assert "+22  Nêu tên người: «Rơ Châm Mẫu»." in said and "Ở đâu: Xã Mẫu Năm" in said


def test_score_in_json_is_a_line_a_file(file, tmp_path):
    other = tmp_path / "khac.txt"
    other.write_text("Công văn số 12/ZZ-Qwerty của UBND tỉnh Qwerty.", "utf-16")

    first, second = map(json.loads, run(file, other, json=True).splitlines())

    assert set(first) == {
        "file", "score", "reasons", "who", "where", "kind", "field", "facts", "guard", "is_worth_a_look",
    }  # fmt: skip
    assert (first["file"], first["who"], first["where"]) == (
        str(file),
        ["Rơ Châm Mẫu"],
        ["Xã Mẫu Năm"],
    )
    assert 0.5 <= first["score"] <= 1 and first["guard"]["verdict"] == "pass"
    assert second["guard"]["verdict"] == "hold" and not second["is_worth_a_look"]


def test_score_reads_a_pipe(monkeypatch, file):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    assert json.loads(run("-", json=True))["who"] == ["Rơ Châm Mẫu"]


def test_score_ends_with_one_below_the_asked_points(file):
    run(file, at_least=0.5)
    with pytest.raises(SystemExit) as end:
        run(file, at_least=1.0)
    assert end.value.code == 1


@pytest.mark.parametrize(
    ("words", "options", "code", "sentence"),
    [
        ([], {}, 2, "Cần tên tệp"),
        (["a.txt"], {"url": "https://bao.example/1"}, 2, "một trong hai"),
        (["/khong/co.txt"], {}, 1, "Không mở được"),
        ([], {"url": "https://bao.example/1"}, 1, "chưa được phép ra mạng"),
    ],
)
def test_score_refuses_with_a_sentence(words, options, code, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(*words, **options)
    assert refusal.value.returncode == code


def test_score_refuses_what_is_no_text_and_a_host_that_is_not_listed(tmp_path, settings):
    path = tmp_path / "anh.bin"
    path.write_bytes(b"\x89PNG\xff\xfe\x00\x80")
    with pytest.raises(CommandError, match="Không đọc được"):
        run(path)
    settings.PRESS_FETCH = True
    with pytest.raises(CommandError, match="không có trong danh sách nguồn"):
        run(url="http://169.254.169.254/latest/")
