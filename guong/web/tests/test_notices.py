"""The bell and the page behind it: only the receiver, unread first, one press to where it is about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guong.core import notices
from guong.core.models import Notice
from guong.nomination import actions
from guong.nomination.tests.factories import NominationFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return client


def told(user, sentence="Hồ sơ được trả lại.", kind="nomination.returned"):
    unit = UnitFactory()
    notices.tell(kind, unit, sentence, to=[user], url="/nomination/")
    return Notice.objects.order_by("pk").last()


def test_the_bell_counts_what_is_unread_and_only_the_own(client):
    one, other = UserFactory(), UserFactory()
    told(one), told(one), told(other)
    notices.read(told(one))

    page = login(client, one).get(reverse("web:today")).content.decode()

    assert "Thông báo, 2 chưa xem" in page


def test_the_bell_costs_one_query_and_no_more_for_many(client):
    one = UserFactory()
    login(client, one)
    Notice.objects.bulk_create(
        Notice(to=one, kind="nomination.returned", sentence="Mẫu.", url="/", about=f"x:{at}")
        for at in range(130)
    )

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("units:me")).content.decode()

    assert sum("core_notice" in query["sql"] for query in queries) == 1
    assert "99+ chưa xem" in page


def test_unread_ones_stand_first_and_the_same_things_together(client):
    one = UserFactory()
    notices.read(told(one, "Đã đọc rồi."))
    told(one, "Trả lại một.")
    told(one, "Gửi tới.", "nomination.submitted")
    told(one, "Trả lại hai.")

    context = login(client, one).get(reverse("web:notices")).context

    assert {name: [str(row) for row in rows] for name, rows in context["unread"].items()} == {
        "Hồ sơ được trả lại, cần bổ sung": ["Trả lại hai.", "Trả lại một."],
        "Hồ sơ đề cử chờ tiếp nhận": ["Gửi tới."],
    }
    assert [str(row) for row in context["read"]] == ["Đã đọc rồi."]


def test_opening_reads_it_and_leads_on(client):
    one = UserFactory()
    notice = told(one)

    answer = login(client, one).post(reverse("web:open_notice", args=[notice.pk]))

    assert (answer.status_code, answer["Location"]) == (302, "/nomination/")
    assert not Notice.objects.unread().exists()


def test_one_and_all_can_be_marked_as_read(client):
    one = UserFactory()
    first, _, _ = told(one), told(one), told(one)
    login(client, one)

    client.post(reverse("web:read_notice", args=[first.pk]))
    left = Notice.objects.unread().count()
    client.post(reverse("web:read_notices"))

    assert (left, Notice.objects.unread().count()) == (2, 0)


def test_somebody_elses_notice_is_neither_shown_nor_opened_nor_read(client):
    one, other = UserFactory(), UserFactory(function=["secretariat", "administrator"])
    notice = told(one, "Riêng của người khác.")
    login(client, other)

    pages = [
        client.get(reverse("web:notices")),
        client.post(reverse("web:open_notice", args=[notice.pk])),
        client.post(reverse("web:read_notice", args=[notice.pk])),
    ]
    client.post(reverse("web:read_notices"))

    assert [page.status_code for page in pages] == [200, 404, 404]
    assert "Riêng của người khác." not in pages[0].content.decode()
    assert Notice.objects.unread().count() == 1


def test_a_dossier_is_told_of_along_its_way():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")
    head = UserFactory(unit=unit, function="unit_head")
    UserFactory(function="unit_head")  # of another unit
    secretary, other = (UserFactory(function="secretariat") for _ in range(2))
    verifier = UserFactory(unit=unit, function="verifier")
    UserFactory(function="verifier")  # for another unit
    nomination = NominationFactory(exemplar__unit=unit, drafted_by=clerk)

    def unread():
        rows = Notice.objects.unread().order_by("kind", "to")
        return [(row.kind, row.to) for row in rows.select_related("to")]

    actions.submit(nomination=nomination, by=clerk)
    assert unread() == [("nomination.submitted", secretary), ("nomination.submitted", other)]
    actions.return_(nomination=nomination, by=secretary, reason="Thiếu ảnh và lời trưởng thôn.")
    assert unread() == [("nomination.returned", clerk), ("nomination.returned", head)]
    actions.submit(nomination=nomination, by=clerk)
    actions.accept(nomination=nomination, by=secretary)
    assert unread() == [
        ("nomination.accepted", clerk),
        ("nomination.accepted", head),
        ("nomination.to_verify", verifier),
    ]
