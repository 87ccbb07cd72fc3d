"""The release page: what watches the portal, and how long its timestamp lasts."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from guong.core import calendar
from guong.portal import publishing
from guong.portal.tests.factories import confirmed
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db(databases=["default", "intake"])


@pytest.fixture
def editor(client):
    person = UserFactory(function="editor")
    client.force_login(person, backend="guong.units.backends.AccountBackend")
    return person


def report(home, name, **said):
    folder = home / "watch"
    folder.mkdir(exist_ok=True)
    usual = {"portal": f"https://{name}", "at": calendar.now().isoformat(), "code": 0}
    told = usual | {"findings": [], "release": 3, "every": 15} | said
    (folder / f"{name}.json").write_text(json.dumps(told))


def desk(client) -> str:
    return client.get(reverse("portal:desk")).content.decode()


def test_the_desk_tells_what_each_watch_said_and_who_is_silent(client, home, editor):
    confirmed()
    publishing.publish(by=editor)
    none = desk(client)
    report(home, "dung")
    report(home, "hong", code=1, findings=[{"message": "Trang / đã bị đổi."}])
    report(home, "im", at=(calendar.now() - timedelta(hours=2)).isoformat())
    (home / "watch" / "nua.json").write_text('{"portal": ')

    said = desk(client)

    assert "Chưa có máy canh nào báo về" in none and "tự ký lại mỗi giờ" in none
    assert "https://dung: mọi trang đúng bản 3" in said
    assert "1 điều bất thường" in said and "Trang / đã bị đổi." in said
    assert "https://im: không có tin từ" in said
    assert "nua" not in said


def test_the_desk_warns_when_nobody_refreshes_the_timestamp(client, home, editor, monkeypatch):
    confirmed()
    publishing.publish(by=editor)
    now = calendar.now()
    monkeypatch.setattr(calendar, "now", lambda: now + timedelta(days=2))

    assert "chưa được ký lại" in desk(client)
