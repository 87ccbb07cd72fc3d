"""Earlier distinctions: written from a document, struck out when mistaken, by those who write."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core import calendar
from guong.core.models import JournalEntry, JournalText
from guong.exemplars import actions
from guong.exemplars.models import Distinction
from guong.exemplars.tests.factories import ExemplarFactory
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Chiến sĩ thi đua cơ sở", "given_by": "UBND huyện", "document": "12/QĐ-UBND"}


@pytest.fixture
def exemplar():
    return ExemplarFactory()


@pytest.fixture
def clerk(exemplar):
    return UserFactory(unit=exemplar.unit, function="introducer")


def verbs() -> list[str]:
    rows = JournalEntry.objects.filter(verb__contains="distinction").order_by("pk")
    return [row.verb for row in rows]


def test_record_distinction_stands_with_its_document(exemplar, clerk):
    on = datetime.date(2023, 5, 19)
    made = actions.record_distinction(exemplar=exemplar, by=clerk, given_on=on, **GIVEN)

    assert list(exemplar.distinctions.all()) == [made]
    assert verbs() == ["exemplars.distinction_recorded"]


def test_record_distinction_refuses_a_day_to_come_and_the_same_twice(exemplar, clerk):
    tomorrow = calendar.today() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="chưa tới"):
        actions.record_distinction(exemplar=exemplar, by=clerk, given_on=tomorrow, **GIVEN)

    actions.record_distinction(exemplar=exemplar, by=clerk, given_on=None, **GIVEN)
    with pytest.raises(ValidationError, match="Đã ghi rồi"):
        actions.record_distinction(exemplar=exemplar, by=clerk, given_on=None, **GIVEN)


def test_strike_distinction_takes_the_line_away_and_the_journal_keeps_its_words(exemplar, clerk):
    made = actions.record_distinction(exemplar=exemplar, by=clerk, **GIVEN)
    with pytest.raises(PermissionDenied):
        actions.strike_distinction(distinction=made, by=UserFactory(function="introducer"))

    actions.strike_distinction(distinction=made, by=clerk)

    assert not Distinction.objects.exists()
    assert verbs() == ["exemplars.distinction_recorded", "exemplars.distinction_struck"]
    last = JournalText.objects.get(entry__verb="exemplars.distinction_struck")
    assert last.text == GIVEN["title"]


def test_the_page_of_the_record_shows_it_and_takes_a_mistake_back(client, exemplar, clerk):
    client.force_login(clerk, backend="guong.units.backends.AccountBackend")
    url = reverse("exemplars:record_distinction", args=[exemplar.pk])
    tomorrow = calendar.today() + datetime.timedelta(days=1)

    refused = client.post(url, GIVEN | {"given_on": f"{tomorrow:%d/%m/%Y}"})
    assert "chưa tới" in refused.content.decode() and "12/QĐ-UBND" in refused.content.decode()
    client.post(url, GIVEN | {"given_on": "19/05/2023"})

    life = reverse("web:life", args=[exemplar.pk])
    assert "UBND huyện, 19/05/2023, 12/QĐ-UBND" in client.get(life).content.decode()
    client.post(reverse("exemplars:strike_distinction", args=[exemplar.distinctions.get().pk]))
    assert "Chưa ghi lần nào" in client.get(life).content.decode()
