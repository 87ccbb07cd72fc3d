"""Commands on a home where nothing runs: what an import reports, what a kill −9 leaves, a restore."""

import os
import re
import select
import signal
import sqlite3
import time
import unicodedata
from contextlib import closing

import pytest
import xlsxwriter

from bench.imports import workbook
from guong.core.staging import ROWS_AT_A_TIME

from .office import Office, another_database
from .test_path import EXAMPLE

UNIT = "23563"
LONG = 900  # rows: some seconds, long enough to be killed half-way


@pytest.fixture(scope="module")
def known(quiet, tmp_path_factory):
    """Somebody of the example list has a record already."""
    path = tmp_path_factory.mktemp("known") / "da-biet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["STT", "Họ và tên", "Năm sinh", "Thôn, làng", "Thành tích"])
        sheet.write_row(1, 0, [1, "Người Đã Biết", 1970, "thôn 4", "Nấu bữa sáng cho trẻ trong xã"])
    assert taken(quiet, path)["created"] == 1
    return quiet


def taken(home: Office, path) -> dict:
    return home.ask("import", "nominations", str(path), "--unit", UNIT, "--by", "cham", "--yes")


def looked_at(home: Office, path) -> dict:
    return home.ask("import", "nominations", str(path), "--unit", UNIT)


def long_list(folder, seed: int):
    """A workbook of nothing but sound rows, save one in a hundred."""
    path = folder / f"dai-{seed}.xlsx"
    path.write_bytes(workbook(LONG, seed))
    return path


def wait_until_some_are_made(home: Office, within=60) -> None:
    """Asked of the file itself: by the time a command has started the list is through."""
    making = (
        "FROM core_batchrow r JOIN core_batch b ON b.id = r.batch_id AND b.state = 'committing'"
    )
    file = f"file:{home.home / 'guong.sqlite3'}?mode=ro"
    deadline = time.monotonic() + within
    with closing(sqlite3.connect(file, uri=True)) as database:
        while time.monotonic() < deadline:
            if database.execute(f"SELECT 1 {making} WHERE r.outcome = 'created'").fetchone():
                return
            time.sleep(0.02)
    raise AssertionError(f"no row made after {within} s")


def wait_until_none_is_in_the_making(home: Office, path, within=240) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if looked_at(home, path)["created"] == 0:
            return
    raise AssertionError(f"still in the making after {within} s")


def read_until(screen, pattern: bytes, within=60) -> None:
    """Read what a command draws until the pattern stands there."""
    seen, deadline = b"", time.monotonic() + within
    while time.monotonic() < deadline:
        if select.select([screen], [], [], 1)[0]:
            seen += os.read(screen, 4096)
        if re.search(pattern, seen):
            return
    raise AssertionError(f"{pattern!r} did not come: {seen[-400:]!r}")


# --- The example list ---
def test_every_trouble_of_the_example_list_is_reported_exactly_once(known):
    found = looked_at(known, EXAMPLE)

    assert [tuple(repair.values()) for repair in found["repaired"]] == [
        (41, "Số CCCD", "87084000999", "087084000999"),
        (41, "Số điện thoại", "905123456", "0905123456"),
        (42, "Ngày, tháng, năm sinh", "5-3-80", "05/03/1980"),
        (43, "Ngày, tháng, năm sinh", "29281", "01/03/1980"),
        (44, "Họ và tên", unicodedata.normalize("NFD", "Đặng Mẫu Hằng"), "Đặng Mẫu Hằng"),
        (45, "Họ và tên", "KPĂ MẪU TOAL", "Kpă Mẫu Toal"),
        (45, "Ngày, tháng, năm sinh", "12/1/1969", "12/01/1969"),
    ]
    assert [line for line, _ in found["duplicates"]] == [46]
    assert [(error["line"], error["column"], error["kind"]) for error in found["errors"]] == [
        (47, "Thành tích", "formula"),
        (49, "Ngày, tháng, năm sinh", "date"),
        (49, "Số CCCD", "value"),
    ]
    assert (found["held"], found["rows"], found["created"]) == ([48], 42, 0)


@pytest.mark.postgres_too
def test_the_same_file_again_makes_nothing_new(known):
    first = taken(known, EXAMPLE)

    again, looked = taken(known, EXAMPLE), looked_at(known, EXAMPLE)

    assert first["created"] > 30
    assert (again["created"], looked["created"]) == (0, 0)


# --- kill −9 ---
@pytest.mark.postgres_too
def test_an_import_that_was_killed_goes_on_where_it_was(quiet, tmp_path):
    path = long_list(tmp_path, seed=7)
    sound = looked_at(quiet, path)["valid"]
    words = ("import", "nominations", str(path), "--unit", UNIT, "--by", "cham", "--yes")
    with quiet.begin_on_a_terminal(*words) as (running, screen):
        read_until(screen, rb" [1-9]\d*/\d+ ")  # the bar has moved
        running.send_signal(signal.SIGKILL)
        running.wait()

    cut_off = looked_at(quiet, path)["created"]
    finished = taken(quiet, path)

    assert 0 < cut_off < sound
    assert cut_off % ROWS_AT_A_TIME == 0  # whole transactions, nothing half-written
    assert finished["created"] == sound
    assert taken(quiet, path)["created"] == 0
    quiet.guong("check-integrity")


def test_a_job_whose_worker_was_killed_is_done_by_the_next(quiet, tmp_path):
    path = long_list(tmp_path, seed=8)
    sound = looked_at(quiet, path)["valid"]
    quiet.guong("shell", "-c", LATER.format(path=path, unit=UNIT))
    worker = quiet.begin("worker")
    wait_until_some_are_made(quiet)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    cut_off = looked_at(quiet, path)["created"]

    # The reaper takes half a minute of silence for death. A list that is through is no longer in
    # the making: looked at again, all of it is known.
    beside = [quiet.begin("tick"), quiet.begin("worker")]
    try:
        wait_until_none_is_in_the_making(quiet, path)
    finally:
        for process in beside:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(120) for process in beside]  # a worker ends what it is at

    assert (0 < cut_off < sound, codes) == (True, [0, 0])
    assert taken(quiet, path)["created"] == 0
    quiet.guong("check-integrity")


LATER = """
from pathlib import Path
from django.db import transaction
from guong.core import queue, staging
from guong.units.models import Unit, User
by, unit = User.objects.get(username="cham"), Unit.objects.get(code="{unit}")
content = Path("{path}").read_bytes()
with transaction.atomic():
    batch = staging.stage("nominations", content, name="dai.xlsx", unit=unit, by=by)
    staging.confirm(batch=batch)
    queue.later("web.jobs.commit_batch", batch.pk, by.pk)
"""


# --- Backup and restore ---
def test_a_backup_becomes_a_home_again(office, tmp_path):
    archive, place = tmp_path / "archive", tmp_path / "restored"
    office.guong("backup", str(archive))
    restored = Office(home=place, database=another_database("restored"))

    told = restored.guong("restore", str(archive))

    assert "mọi điều đều đúng" in told
    assert restored.guong("check-integrity") == "Mọi điều đều đúng.\n"
    assert restored.guong("report", "2026-H1") == office.guong("report", "2026-H1")
    # Never into a home that holds something.
    restored.guong("restore", str(archive), code=1)


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_harmed_backup_is_not_restored(office, tmp_path, harm):
    archive = tmp_path / "archive"
    office.guong("backup", str(archive))
    file = next(path for path in (archive / "evidence").rglob("*") if path.is_file())
    file.write_bytes(b"x") if harm == "changed" else file.unlink()
    place = tmp_path / "restored"
    restored = Office(home=place)

    restored.guong("restore", str(archive), code=1)

    assert not (place / "guong.sqlite3").exists()


# --- The demo ---
def test_the_demo_walks_the_whole_path(tmp_path):
    done = Office(home=tmp_path / "none").guong("demo", "--dir", str(tmp_path / "demo"))

    assert [line[:1] for line in done.splitlines() if line[:1].isdigit() and "→" not in line][
        :8
    ] == list("01234567")
    assert list((tmp_path / "demo" / "reports").glob("*.docx"))
