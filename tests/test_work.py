import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from guong.core import calendar, files, lease, queue, reaper
from guong.core.calendar import (
    Period,
    add_working_days,
    is_working_day,
    parse_period,
    period_of,
    previous,
)
from guong.core.management.commands.tick import Command
from guong.core.models import CalendarDay, Lease, StoredFile, WorkerBeat
from guong.core.papers.registers import next_number
from guong.core.policies import require
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def running(worker):
    queue.later("core.jobs.deliver", 1)
    job = DBTaskResult.objects.get(task_path__startswith="guong.")  # Wagtail has jobs of its own
    job.claim(worker)
    return job


def test_a_job_of_a_living_worker_is_left_alone():
    reaper.beat("w1")
    running("w1")

    assert reaper.reap() == 0


def test_a_job_of_a_dead_worker_goes_back_and_is_parked_after_the_third_try():
    job = running("w1")
    WorkerBeat.objects.create(
        worker_id="w1", seen_at=calendar.now() - datetime.timedelta(minutes=1)
    )

    states = []
    for _ in range(3):
        assert reaper.reap() == 1
        job.refresh_from_db()
        states.append(job.status)
        job.claim("w1")

    assert states == ["READY", "READY", "FAILED"]


def test_a_job_that_does_not_exist_stops_the_action():
    with pytest.raises(ImportError):
        queue.later("nomination.jobs.nothing", 1)


def test_one_process_holds_the_lease_until_it_runs_out():
    assert lease.hold("tick", "a")
    assert not lease.hold("tick", "b")
    assert lease.hold("tick", "a")
    Lease.objects.update(until=calendar.now() - datetime.timedelta(seconds=1))
    assert lease.hold("tick", "b")
    lease.release("tick", "b")
    assert not Lease.objects.exists()


def test_a_broken_duty_of_tick_does_not_stop_the_others(settings, caplog):
    settings.TICK = {"guong.core.sealing.nothing": 10, "guong.core.reaper.reap": 10}
    job = running("gone")

    Command._run_due(dict.fromkeys(settings.TICK, 0.0))

    job.refresh_from_db()
    assert job.status == "READY"
    assert "guong.core.sealing.nothing" in caplog.text


def test_a_file_is_kept_by_its_hash_and_read_by_permission_alone(settings, tmp_path):
    settings.HOME = tmp_path
    by = UserFactory()

    first = files.store(
        io.BytesIO(b"abc"), name="..\\..\\a\u202egpj.exe", content_type="x/y", by=by
    )
    again = files.store(io.BytesIO(b"abc"), name="b.txt", content_type="x/y", by=by)

    assert first == again
    assert (first.name, first.size) == ("agpj.exe", 3)
    assert files.place(first.sha256).read_bytes() == b"abc"
    assert [path.name for path in (tmp_path / "evidence").rglob("part-*")] == []
    with pytest.raises(PermissionDenied):
        files.serve(by, first)
    assert StoredFile.objects.count() == 1


def test_a_permission_nobody_registered_is_a_mistake_of_ours():
    with pytest.raises(LookupError, match="No policy"):
        require(UserFactory(), "units.dance")


def test_registers_count_by_book_and_year_without_gaps():
    given = [
        next_number("QĐ", 2026),
        next_number("QĐ", 2026),
        next_number("QĐ", 2027),
        next_number("BC", 2026),
    ]

    assert given == [1, 2, 1, 1]


def test_periods_are_half_years_and_years():
    half, year = parse_period("2026-h1"), parse_period("2026")

    assert half == Period("2026-H1", datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
    assert (half.label, str(year)) == ("6 tháng đầu năm 2026", "năm 2026")
    assert (previous(half).code, previous(year).code) == ("2025-H2", "2025")
    assert period_of(datetime.date(2026, 7, 1)).label == "6 tháng cuối năm 2026"
    with pytest.raises(ValueError, match="không phải kỳ"):
        parse_period("quý I")


def test_working_days_skip_weekends_and_holidays_and_take_make_up_days():
    CalendarDay.objects.create(day=datetime.date(2026, 9, 2), name="Quốc khánh")
    CalendarDay.objects.create(day=datetime.date(2026, 9, 5), is_working=True, name="Làm bù")

    assert [is_working_day(datetime.date(2026, 9, day)) for day in (1, 2, 5, 6)] == [
        True,
        False,
        True,
        False,
    ]
    assert add_working_days(datetime.date(2026, 9, 1), 3) == datetime.date(2026, 9, 5)


def test_the_clock_is_set_only_in_a_demo_home(settings):
    with pytest.raises(RuntimeError), calendar.set_to(datetime.date(2026, 1, 1)):
        pass
    settings.IS_DEMO_HOME = True
    with calendar.set_to(datetime.date(2026, 1, 2)):
        assert calendar.today() == datetime.date(2026, 1, 2)
    with calendar.set_to(datetime.datetime(2026, 1, 3, 9, tzinfo=datetime.UTC)):
        assert calendar.today() == datetime.date(2026, 1, 3)
