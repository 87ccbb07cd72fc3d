import pytest
from django.contrib.auth.models import AnonymousUser

from guong.exemplars.tests.factories import ConflictFactory
from guong.honours.models import HonourEntry, HonourRoll
from guong.units.models import Mandate
from guong.units.tests.factories import UserFactory

from .factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {name: UserFactory(function=name) for name in Mandate.Function.values}


def allowed(people, verb, record=None):
    return {n for n, user in people.items() if user.has_perm(f"honours.{verb}", record)}


def test_who_may_open_enter_and_confirm(people):
    entry = EntryFactory()

    assert allowed(people, "open_roll") == {"secretariat"}
    assert allowed(people, "enter", entry.exemplar) == {"secretariat"}
    assert allowed(people, "confirm", entry) == {"secretariat", "leader"}
    assert allowed(people, "confirm", EntryFactory(entered_by=people["secretariat"])) == {"leader"}


def test_who_is_involved_may_nothing_and_cannot_count(people):
    entry = EntryFactory()
    for name in ("secretariat", "leader"):
        ConflictFactory(exemplar=entry.exemplar, user=people[name])

    assert allowed(people, "enter", entry.exemplar) == set()
    assert allowed(people, "confirm", entry) == set()
    assert not HonourEntry.objects.visible_to(people["leader"]).exists()


def test_a_roll_is_known_to_everybody_inside(people):
    entry = EntryFactory()

    rolls = {n for n, user in people.items() if entry.roll in HonourRoll.objects.visible_to(user)}

    assert rolls == set(people)
    assert not HonourRoll.objects.visible_to(AnonymousUser()).exists()
    assert not HonourEntry.objects.visible_to(AnonymousUser()).exists()
