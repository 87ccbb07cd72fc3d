"""Read-only mode: what is typed comes back, nothing is written, the clock stands still."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from guong.core import maintenance, queue
from guong.core.management.commands import tick
from guong.discovery.models import Lead
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def test_pages_open_and_forms_come_back_with_what_was_typed(client, home):
    by = UserFactory(function="secretariat")
    client.force_login(by, backend="guong.units.backends.AccountBackend")
    call_command("maintenance", "on")
    lead = {"source": "unit", "who": "Bà Mẫu", "what": "Dạy chữ", "unit": by.unit_id}

    read = client.get(reverse("discovery:list"))
    refused = client.post(reverse("discovery:receive"), lead)

    assert (read.status_code, refused.status_code, Lead.objects.count()) == (200, 503, 0)
    assert "Bà Mẫu" in refused.content.decode()
    call_command("maintenance", "off")
    assert client.post(reverse("discovery:receive"), lead).status_code == 302


def test_neither_worker_nor_tick_touch_anything(home, settings, monkeypatch):
    # The test's own connection is the only one there is: a command must not close it.
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)
    settings.TICK = {"guong.core.reaper.reap": 10}
    for _ in range(2):
        queue.later("core.jobs.deliver", 1)
    ours = DBTaskResult.objects.filter(task_path__startswith="guong.")
    ours.first().claim("gone")  # what the reaper would take back
    maintenance.turn(True)

    call_command("worker", "--once")
    call_command("tick", "--once")

    assert sorted(ours.values_list("status", flat=True)) == ["READY", "RUNNING"]


def test_off_twice_is_off(home):
    maintenance.turn(False)
    maintenance.turn(False)

    assert not maintenance.is_on()
