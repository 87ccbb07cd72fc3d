"""The release page: what watches the portal, and how long its timestamp lasts."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from guong.core import calendar, queue
from guong.portal import jobs, publishing
from guong.portal.rewording import stretches
from guong.portal.tests.factories import approved_story, confirmed
from guong.publicity import content as contents
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
    return client.get(reverse("portal:desk") + "?next=1").content.decode()


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


def test_administrators_get_a_letter_while_the_timestamp_is_not_refreshed(
    home, monkeypatch, mailoutbox
):
    confirmed()
    UserFactory(function="administrator", email="quantri@example.vn")
    UserFactory(function="editor", email="bientap@example.vn")
    assert jobs.warn_of_timestamp() == 0  # nothing has been published
    publishing.publish(by=UserFactory(function="editor"))
    assert jobs.warn_of_timestamp() == 0
    now = calendar.now()
    monkeypatch.setattr(calendar, "now", lambda: now + timedelta(days=2))

    assert jobs.warn_of_timestamp() == 3  # the two who confirmed the package, and this one
    queue.run_all()

    written_to = [letter.to for letter in mailoutbox]
    assert len(written_to) == 3
    assert ["quantri@example.vn"] in written_to and ["bientap@example.vn"] not in written_to
    assert "chưa được ký lại" in mailoutbox[0].body


def test_a_changed_page_is_shown_word_by_word_with_who_stands_behind_it(client, home, editor):
    confirmed()
    approval = approved_story(lead="Bốn mươi hai nhà cùng làm.")
    path = f"/chuyen/{approval.slug}/"
    publishing.publish(by=editor)
    content = approval.content | {"lead": "Năm mươi hai nhà cùng làm <b>."}
    approval.content, approval.sha256 = content, contents.digest(content)
    approval.save()

    said = desk(client)
    link = f"{reverse('portal:difference')}?path={path}"
    page = client.get(link).content.decode()

    assert f'href="{link}"' in said
    assert "<del>Bốn</del>" in page and "<ins>Năm</ins>" in page
    assert "&lt;b&gt;" in page
    assert f"bài viết {approval.pk}" in page
    assert approval.approved_by.username in page


def test_a_page_that_does_not_change_leads_back(client, home, editor):
    confirmed()
    publishing.publish(by=editor)

    answer = client.get(reverse("portal:difference") + "?path=/khong/", follow=True)

    assert "không còn gì khác" in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("một\nhai", "một\nhai", []),
        ("", "mới", ["ins"]),
        ("cũ", "", ["del"]),
        ("a b c", "a x c", ["same", "del", "ins", "same"]),
        ("a " * 15_000, "b " * 15_000, ["del", "ins"]),
    ],
)
def test_stretches_of_a_changed_text(before, after, kinds):
    found = [piece.kind for stretch in stretches(before, after) for piece in stretch]
    assert found == kinds
