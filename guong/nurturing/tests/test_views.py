import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from guong.core import calendar
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.nurturing.cards import visits
from guong.nurturing.models import Visit
from guong.units.tests.factories import UserFactory

from .factories import VisitFactory

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def login(client, **who):
    user = UserFactory(**who)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def page(client, state=""):
    return client.get(reverse("nurturing:list"), {"state": state})


def visit_of(exemplar, ago, next_in=None):
    day = calendar.today() - ago * DAY
    return VisitFactory(exemplar=exemplar, visited_on=day, next_on=next_in and day + next_in * DAY)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("state", ["", "due", "coming"])
def test_list_costs_the_same_for_any_number_of_rows(
    client, count, state, django_assert_num_queries
):
    for _ in range(count):
        visit_of(ExemplarFactory(recognised=True), ago=40, next_in=30 if state == "due" else 50)
    login(client, function="secretariat")

    # session, user, mandates, count, rows, unit of the person, bell
    with django_assert_num_queries(7):
        assert len(page(client, state).context["page"]) == min(count, 25)


def test_due_lists_the_last_promise_to_each_exemplar_the_most_overdue_first(client):
    late, later, again = ExemplarFactory.create_batch(3, recognised=True)
    second = visit_of(later, ago=100, next_in=80)
    first = visit_of(late, ago=100, next_in=30)
    visit_of(again, ago=100, next_in=30)
    visit_of(again, ago=10)
    login(client, function="secretariat")

    shown = page(client, "due")

    assert list(shown.context["page"]) == [first, second]
    assert "quá hạn 70 ngày" in shown.content.decode()


def test_of_two_visits_on_one_day_the_one_recorded_last_counts(client):
    exemplar = ExemplarFactory(recognised=True)
    visit_of(exemplar, ago=40, next_in=30)
    last = visit_of(exemplar, ago=40, next_in=35)

    assert list(Visit.objects.latest()) == [last]


def test_coming_lists_the_next_thirty_days_and_no_further():
    near, far, revoked = ExemplarFactory.create_batch(3, recognised=True)
    soon = visit_of(near, ago=0, next_in=30)
    visit_of(far, ago=0, next_in=31)
    visit_of(revoked, ago=0, next_in=5)
    type(revoked).objects.filter(pk=revoked.pk).update(revoked_on=calendar.today())

    assert list(Visit.objects.coming(calendar.today())) == [soon]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("", "Chưa có lần thăm nào."),
        ("due", "Không có lần thăm nào quá hạn."),
        ("coming", "Trong 30 ngày tới"),
    ],
)
def test_an_empty_list_says_why(client, state, words):
    login(client, function="introducer")

    assert words in page(client, state).content.decode()


def test_list_offers_a_visit_only_to_who_may_record_one(client):
    visit = VisitFactory(next_on=calendar.today() + DAY)
    login(client, unit=visit.unit, function="introducer")
    own = page(client).content.decode()
    login(client, function="leader")
    leader = page(client).content.decode()

    url = reverse("nurturing:record_visit", args=[visit.exemplar_id])
    assert [url in shown for shown in (own, leader)] == [True, False]


def test_record_visit_keeps_what_was_typed_until_it_is_sound(client):
    exemplar = ExemplarFactory(recognised=True)
    clerk = login(client, unit=exemplar.unit, function="introducer")
    url = reverse("nurturing:record_visit", args=[exemplar.pk])
    typed = {"visited_on": "01/11/2026", "found": "Thêm ba hộ.", "next_on": "01/10/2026"}

    refused = client.post(url, typed)
    done = client.post(url, typed | {"next_on": "01/2/2027", "needs": "Giống"})

    assert set(refused.context["form"].errors) == {"next_on"}
    assert "Thêm ba hộ." in refused.content.decode()
    assert done.url == reverse("web:life", args=[exemplar.pk])
    visit = Visit.objects.get()
    assert (visit.recorded_by, visit.unit, visit.needs) == (clerk, clerk.unit, "Giống")
    assert visit.next_on == datetime.date(2027, 2, 1)


def test_visits_are_cards_newest_first_for_who_may_see_them():
    exemplar = ExemplarFactory(recognised=True)
    old, new = visit_of(exemplar, ago=9), visit_of(exemplar, ago=2, next_in=30)
    reader = UserFactory(function="leader")

    assert [(card.on, card.state_kind) for card in visits(exemplar, reader)] == [
        (new.visited_on, "info"),
        (old.visited_on, ""),
    ]
    assert visits(exemplar, UserFactory(function="introducer")) == []
    ConflictFactory(exemplar=exemplar, user=reader)
    assert visits(exemplar, reader) == []
    assert not Visit.objects.visible_to(AnonymousUser()).exists()
