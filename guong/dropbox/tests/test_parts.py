"""Codes, throttle, addresses, files, the office's side, and the settings of its own."""

import json
import os
import re
import subprocess
import sys
import uuid

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from guong.dropbox import collecting, doors, intake, spool
from guong.dropbox.codes import code_of
from guong.dropbox.models import Hit, Submission
from guong.dropbox.router import Intake

from .conftest import JPEG, TIP

KEY = uuid.UUID("12345678-1234-4234-8234-123456789abc")


def test_a_code_is_of_its_submission_and_can_be_read_over_the_phone():
    codes = {code_of("gioi-thieu", uuid.uuid4()) for _ in range(500)}

    assert len(codes) == 500
    assert all(re.fullmatch(r"GT(-[0-9A-HJKMNP-TV-Z]{4}){3}", code) for code in codes)
    assert code_of("gioi-thieu", KEY) == code_of("gioi-thieu", KEY)


# --- The door ---------------------------------------------------------------
def test_the_throttle_counts_each_address_and_the_form_as_a_whole():
    throttle = doors.Throttle(per_address=2, per_form=4)
    heard = [throttle.lets_in("f", f"203.0.113.{n}") for n in (1, 1, 1, 2, 2, 3)]

    assert heard == [True, True, False, True, True, False]
    assert throttle.lets_in("other", "203.0.113.1")


def test_the_throttle_forgets_and_does_not_count_our_own_proxy():
    throttle = doors.Throttle(per_address=1, per_form=3, window=-1)
    assert all(throttle.lets_in("f", "203.0.113.1") for _ in range(5))

    throttle = doors.Throttle(per_address=1, per_form=3)
    assert [throttle.lets_in("f", address) for address in ("127.0.0.1", "", "::1")] == [True] * 3


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", "198.51.100.7"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("127.0.0.1", "", ""),
    ],
)
def test_an_address_is_believed_from_our_own_proxy_only(peer, forwarded, address):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})

    assert doors.address_of(request) == address


# --- Files ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (JPEG, "image"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"RIFF0000WEBP", "image"),
        (b"0000ftypheic", "image"),
        (b"0000ftypM4A ", "audio"),
        (b"#!AMR\n", "audio"),
        (b"%PDF-1.7", ""),
        (b"GIF89a", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_file_is_known_by_its_beginning(head, kind):
    assert spool.kind_of(SimpleUploadedFile("x.jpg", head)) == kind


def test_a_spooled_file_is_whole_and_nothing_half_is_left(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(os, "replace", cut_off)

    with pytest.raises(OSError, match="no space"):
        spool.keep(KEY, [SimpleUploadedFile("a.jpg", JPEG)])

    assert list((tmp_path / "spool" / "in").iterdir()) == []


def cut_off(source, target):
    raise OSError("no space left on device")


# --- The office's side ------------------------------------------------------
@pytest.mark.django_db(databases=["default", "intake"])
def test_the_office_takes_what_waits_and_forgets_row_and_files(settings, tmp_path):
    settings.HOME = tmp_path
    intake.submit("gioi-thieu", {"who": "Nul"}, [SimpleUploadedFile("a.jpg", JPEG)])
    [waiting] = collecting.waiting()
    [(entry, path)] = collecting.files_of(waiting)

    assert (entry["name"], path.read_bytes(), str(waiting)) == (
        "a.jpg",
        JPEG,
        f"{waiting.code} Giới thiệu người tốt",
    )

    collecting.forget(waiting)

    assert (collecting.waiting(), path.exists()) == ([], False)


@pytest.mark.django_db(databases=["default", "intake"])
def test_the_office_sweeps_away_files_without_a_row(settings, tmp_path):
    settings.HOME = tmp_path
    intake.submit("gioi-thieu", {"who": "Nul"}, [SimpleUploadedFile("a.jpg", JPEG)])
    spool.keep(KEY, [SimpleUploadedFile("b.jpg", JPEG)] * 2)
    folder = tmp_path / "spool" / "in"
    for path in folder.iterdir():
        if not path.name.endswith("-2"):
            os.utime(path, (0, 0))

    swept = collecting.sweep()

    [(_, kept)] = collecting.files_of(collecting.waiting()[0])
    assert (swept, set(folder.iterdir())) == (1, {kept, folder / f"{KEY.hex}-2"})


@pytest.mark.django_db(databases=["default", "intake"])
def test_a_row_can_name_no_file_outside_the_spool(settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "spool" / "in").mkdir(parents=True)
    linked = tmp_path / "spool" / "in" / f"{KEY.hex}-1"
    linked.symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("x")
    names = ["../../secret", f"{KEY.hex}-1", f"{KEY.hex}-2", "", None]

    made = Submission(files=[{"spool": name} for name in names])

    assert list(collecting.files_of(made)) == []


def test_rows_of_the_drop_box_lie_in_the_intake_alone():
    router = Intake()
    other = django_settings.AUTH_USER_MODEL.split(".")[0]

    assert [router.db_for_read(Hit), router.db_for_write(Submission)] == ["intake", "intake"]
    assert [
        router.allow_migrate(database, label)
        for database in ("default", "intake")
        for label in ("dropbox", other)
    ] == [False, None, True, False]
    assert str(Hit(page="a")).startswith("a ")


# --- Its own process ----------------------------------------------------------
PROCESS = """
import io, json
from config.wsgi_dropbox import application
from django.apps import apps
from django.core.management import call_command
call_command("check", "--fail-level", "WARNING", stdout=io.StringIO())
call_command("migrate", verbosity=0)

def ask(method, path, body=b"", query=""):
    said = []
    application({
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8081", "HTTP_HOST": "127.0.0.1:8080",
        "HTTP_ORIGIN": "http://127.0.0.1:8080", "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
    }, lambda status, headers: said.append(status[:3]))
    return said[0]

from guong.dropbox.models import Submission
tip = "ten=Nul&noi=X&viec=D\\u1ea1y c\\u1ed3ng chi\\u00eang".encode()
sent = ask("POST", "/gui/gioi-thieu/", tip)
print(json.dumps({
    "apps": [app.name for app in apps.get_app_configs()],
    "asked": [sent, ask("GET", "/dem/a.gif"), ask("GET", "/tim/"), ask("GET", "/system/")],
    "rows": Submission.objects.count(),
}))
"""


def test_its_own_settings_know_this_room_and_no_other(tmp_path):
    shell = tmp_path / "releases" / "1" / "site" / "gui" / "gioi-thieu" / "shell.html"
    shell.parent.mkdir(parents=True)
    shell.write_text(TIP, encoding="utf-8")
    (tmp_path / "releases" / "current").symlink_to("1")
    environment = {
        "PATH": os.environ["PATH"],
        "GUONG_HOME": str(tmp_path),
        "GUONG_ENV": "dropbox.env",
        "SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "config.settings.dropbox",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROCESS],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "apps": ["guong.dropbox"],
        "asked": ["200", "200", "503", "404"],
        "rows": 1,
    }, done.stderr
