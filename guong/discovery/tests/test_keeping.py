"""Personal data of refused leads goes after a time the office has set."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core import calendar, files, journal
from guong.core.models import Batch, JournalEntry, StoredFile
from guong.discovery import actions, jobs, selectors
from guong.discovery.models import Keeping, Lead
from guong.exemplars.tests.factories import ExemplarFactory
from guong.units.tests.factories import UserFactory, system_user

from .factories import KeepingFactory, LeadAnswerFactory, LeadFactory, PressItemFactory

pytestmark = pytest.mark.django_db


def ago(days: int):
    return calendar.now() - datetime.timedelta(days=days)


def refused(days=91, **fields):
    return LeadFactory(state="declined", state_since=ago(days), answer="Việc còn mới.", **fields)


def a_file(content=b"anh"):
    return files.store(
        io.BytesIO(content), name="a.jpg", content_type="image/jpeg", by=UserFactory()
    )


def test_forget_leaves_code_state_and_answer(django_capture_on_commit_callbacks):
    lead, file = refused(where="Làng Mẫu"), a_file()
    lead.files.set([file])
    answer = LeadAnswerFactory(lead=lead, confirmed=True)

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(lead=lead, by=system_user())

    lead.refresh_from_db()
    assert (lead.who, lead.where, lead.what, lead.contact, lead.verdict) == ("", "", "", "", {})
    assert (lead.state, lead.answer, lead.forgotten_on) == (
        "declined",
        "Việc còn mới.",
        calendar.today(),
    )
    assert lead.title == "Đã xoá dữ liệu cá nhân" and str(lead) == lead.code
    assert answer in lead.answers.public() and lead in Lead.objects.public()
    assert not StoredFile.objects.exists() and not files.place(file.sha256).exists()
    assert JournalEntry.objects.get().verb == "discovery.forgotten"


def test_forget_keeps_a_file_that_another_lead_holds(django_capture_on_commit_callbacks):
    file, other = a_file(b"chung"), LeadFactory()
    lead = refused()
    for one in (lead, other):
        one.files.set([file])

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(lead=lead, by=system_user())

    assert list(other.files.all()) == [file] and files.place(file.sha256).exists()
    assert not lead.files.exists()


def test_forget_takes_the_words_of_the_article_too():
    lead = refused(source="press", answer_path="", answer_due_on=None)
    item = PressItemFactory(state="lead", lead=lead, who=["Bà Mẫu"])

    actions.forget(lead=lead, by=system_user())

    item.refresh_from_db()
    assert (item.text, item.who, item.title) == ("", [], "Đã xoá")
    assert item.fingerprint  # the article does not come a second time


def test_forget_takes_the_line_of_the_list_too():
    lead = refused(source="list", answer_path="", answer_due_on=None)
    batch = Batch.objects.create(kind="leads", unit="X", by=UserFactory())
    said = {"raw": {"Ai": "Bà Mẫu"}, "values": {"who": "Bà Mẫu"}, "outcome": "created"}
    mine = batch.rows.create(line=2, record=journal.ref(lead), fingerprint="a" * 64, **said)
    other = batch.rows.create(line=3, record="discovery.lead:0", **said)

    actions.forget(lead=lead, by=system_user())

    for row in (mine, other):
        row.refresh_from_db()
    assert (mine.raw, mine.values, mine.fingerprint) == ({}, {}, "a" * 64)
    assert other.values == {"who": "Bà Mẫu"}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "declined", "days": 89},
        {"state": "received", "days": 400},
        {"state": "held", "days": 400},
        {"state": "taken_up", "days": 400},
        {"state": "declined", "days": 400, "forgotten": True},
    ],
)
def test_forget_is_refused_before_its_time_and_for_what_was_taken_up(fields):
    lead = LeadFactory(state=fields["state"], state_since=ago(fields["days"]))
    if fields["state"] == "taken_up":
        lead.exemplar = ExemplarFactory()
    if fields.get("forgotten"):
        lead.who = lead.where = lead.what = lead.contact = ""
        lead.forgotten_on = calendar.today()
    lead.save()

    with pytest.raises(ValidationError, match="Chưa tới hạn"):
        actions.forget(lead=lead, by=system_user())


def test_forget_is_the_clocks_alone():
    with pytest.raises(PermissionDenied):
        actions.forget(lead=refused(), by=UserFactory(function="secretariat"))


def test_every_night_those_whose_time_is_over_are_forgotten():
    system_user()
    old, young = refused(days=91), refused(days=10)

    assert jobs.forget_refused() == 1
    assert jobs.forget_refused() == 0
    old.refresh_from_db()
    young.refresh_from_db()
    assert old.forgotten_on and not young.forgotten_on


def test_the_number_of_days_is_that_of_the_day():
    KeepingFactory(days=30, valid_from=calendar.today())
    KeepingFactory(days=5, valid_from=calendar.today() + datetime.timedelta(days=1))

    assert Keeping.objects.days_on(calendar.today() - datetime.timedelta(days=1)) == 90
    assert Keeping.objects.days_on(calendar.today()) == 30
    assert set(Lead.objects.to_forget(selectors.forgets_before())) == set()
    lead = refused(days=31)
    assert list(Lead.objects.to_forget(selectors.forgets_before())) == [lead]


def test_set_keeping_stands_from_its_day_on_and_never_before_today():
    today, officer = calendar.today(), UserFactory(function="data_protection")

    actions.set_keeping(by=officer, days=60, valid_from=today, reason="Quy chế")
    again = actions.set_keeping(by=officer, days=45, valid_from=today, reason="Quy chế mới")

    assert (Keeping.objects.count(), again.days, str(again)) == (
        1,
        45,
        f"45 ngày, từ {today:%d/%m/%Y}",
    )
    with pytest.raises(ValidationError, match="từ hôm nay"):
        actions.set_keeping(
            by=officer, days=45, valid_from=today - datetime.timedelta(days=1), reason="x"
        )
    with pytest.raises(PermissionDenied):
        actions.set_keeping(
            by=UserFactory(function="leader"), days=45, valid_from=today, reason="x"
        )


def test_the_page_counts_and_a_forgotten_lead_says_what_happened(client):
    board = UserFactory(function="secretariat")
    client.force_login(board, backend="guong.units.backends.AccountBackend")
    lead = refused()
    actions.forget(lead=lead, by=system_user())
    refused(days=1)

    client.post(
        reverse("discovery:set_keeping"),
        {"days": "30", "valid_from": f"{calendar.today():%d/%m/%Y}", "reason": "Quy chế"},
    )
    page = client.get(reverse("discovery:keeping")).content.decode()
    shown = client.get(reverse("discovery:detail", args=[lead.pk])).content.decode()
    listed = client.get(reverse("discovery:list"), {"state": "forgotten"}).content.decode()

    assert "30 ngày" in page and "1 tin không tiếp nhận" in page and "1 tin</a>" in page
    assert "đã xoá ngày" in shown and "Đã xoá dữ liệu cá nhân" in listed and lead.code in listed
