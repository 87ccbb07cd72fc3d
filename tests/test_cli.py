"""What the command line promises before any room is asked."""

import os
import stat
import subprocess
import sys

import pytest

from guong import cli


def guong(*words, **environment) -> subprocess.CompletedProcess:
    """The command line in a process of its own, outside the tests' settings."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.run(
        [sys.executable, "-m", "guong.cli", *words],
        env=plain | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def secret(path) -> str:
    return path.read_text().splitlines()[0]


@pytest.mark.parametrize("words", [["--help"], ["init", "--help"], ["migrate", "--help"]])
def test_help_needs_no_home_and_makes_none(tmp_path, words):
    home = tmp_path / "home"

    answer = guong(*words, GUONG_HOME=str(home))

    assert (answer.returncode, home.exists()) == (0, False)
    assert "guong" in answer.stdout


def test_without_a_home_one_is_told_how_to_make_it(tmp_path):
    answer = guong("migrate", GUONG_HOME=str(tmp_path))

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == f"{tmp_path} chưa được lập. Chạy: guong init\n"


def test_wrong_usage_is_exit_code_2(tmp_path):
    cli.make_environment(tmp_path)

    answers = [
        guong(*words, GUONG_HOME=str(tmp_path)).returncode
        for words in ([], ["no-such-verb"], ["journal", "rewrite"])
    ]

    assert answers == [2, 2, 2]


def test_a_new_home_has_two_secrets_nobody_else_can_read(tmp_path):
    cli.make_environment(tmp_path)

    files = [tmp_path / ".env", tmp_path / "dropbox.env"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    assert secret(files[0]) != secret(files[1])


def test_a_home_keeps_its_secrets_when_asked_again(tmp_path):
    cli.make_environment(tmp_path)
    before = secret(tmp_path / ".env")

    cli.make_environment(tmp_path)

    assert secret(tmp_path / ".env") == before


def test_the_drop_box_is_never_told_of_the_offices_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://office@db.example/guong")
    monkeypatch.setenv("INTAKE_URL", "postgres://dropbox@db.example/guong")

    cli.make_environment(tmp_path)

    assert "office@db.example" in (tmp_path / ".env").read_text()
    assert "office@db.example" not in (tmp_path / "dropbox.env").read_text()
    assert "dropbox@db.example" in (tmp_path / "dropbox.env").read_text()


def test_demo_never_runs_in_a_real_home(tmp_path):
    cli.make_environment(tmp_path)

    answer = guong("demo", "--dir", str(tmp_path))

    assert answer.returncode == 1
    assert answer.stderr == f"{tmp_path} là chỗ chứa thật, không chạy thử ở đó.\n"
