"""`guong guard check FILE…`: one line a file, exit code 1 when one does not pass."""

import json

import pytest
from django.core.management import CommandError, call_command

from guong.guard.tests import pages
from guong.units.tests.factories import system_user


@pytest.fixture
def files(tmp_path):
    clean, hijacked = tmp_path / "sach.txt", tmp_path / "bi-thay.txt"
    clean.write_text(pages.OFFICIAL, "utf-8")
    hijacked.write_text(pages.hijacked(), "utf-8")
    return clean, hijacked


def test_clean_files_end_well(files, capsys):
    clean, _ = files

    call_command("guard", "check", str(clean), "--json")

    assert json.loads(capsys.readouterr().out) == {
        "file": str(clean),
        "verdict": "pass",
        "reasons": [],
    }


def test_one_json_line_a_file_and_exit_code_1(files, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("guard", "check", *map(str, files), "--json")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = files[1].read_text("utf-8")
    assert end.value.code == 1
    assert [(line["file"], line["verdict"]) for line in lines] == [
        (str(files[0]), "pass"), (str(files[1]), "hold"),
    ]  # fmt: skip
    assert {key for reason in lines[1]["reasons"] for key in reason} == {
        "code", "start", "end", "text", "message",
    }  # fmt: skip
    assert all(text[one["start"] : one["end"]] == one["text"] for one in lines[1]["reasons"])


def test_without_json_people_read_it(files, capsys):
    with pytest.raises(SystemExit):
        call_command("guard", "check", str(files[1]))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{files[1]}: giữ lại"
    assert any("«Nhà sảnh»: Sau «tỉnh» phải là tên một tỉnh" in line for line in lines)


def test_a_gazetteer_file_adds_names(tmp_path, capsys):
    text, names = tmp_path / "a.txt", tmp_path / "ten.json"
    text.write_text("Xem tại trangmoi.vn.", "utf-8")
    names.write_text(json.dumps({"hosts": ["trangmoi.vn"]}), "utf-8")

    call_command("guard", "check", str(text), "--gazetteer", str(names), "--json")

    assert json.loads(capsys.readouterr().out)["verdict"] == "pass"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0", "Xã tôi".encode("utf-16-le") * 3])
def test_what_is_no_text_does_not_pass(tmp_path, capsys, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)

    with pytest.raises(SystemExit):
        call_command("guard", "check", str(file), "--json")

    assert json.loads(capsys.readouterr().out)["reasons"][0]["code"] == "unreadable"


def test_other_encodings_with_a_mark_are_read(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_bytes(pages.OFFICIAL.encode("utf-16"))

    call_command("guard", "check", str(file), "--json")

    assert json.loads(capsys.readouterr().out)["verdict"] == "pass"


def test_a_missing_file_or_list_is_told_in_a_sentence(tmp_path, files):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("guard", "check", str(tmp_path / "khong-co.txt"))
    with pytest.raises(CommandError, match="Không đọc được danh sách tên"):
        call_command("guard", "check", str(files[0]), "--gazetteer", str(files[1]))


def test_check_needs_files_and_train_takes_none():
    with pytest.raises(CommandError, match="cần tên tệp"):
        call_command("guard", "check")
    with pytest.raises(CommandError, match="cần tên tệp"):
        call_command("guard", "train", "a.txt")


@pytest.mark.django_db
def test_train_says_when_there_is_too_little_and_for_whom():
    with pytest.raises(CommandError, match="Không có tài khoản «ai-do»"):
        call_command("guard", "train", "--by", "ai-do")
    system_user()
    with pytest.raises(CommandError, match="Mới có 0 chữ trong 0 bài"):
        call_command("guard", "train")
