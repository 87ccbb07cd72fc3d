import io

import pytest
from django.contrib.auth.models import AnonymousUser

from guong.core import files
from guong.discovery.models import Lead
from guong.discovery.tests.factories import LeadFactory
from guong.exemplars.tests.factories import ConflictFactory
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values


@pytest.fixture
def lead():
    return LeadFactory(held=True)


@pytest.fixture
def people(lead):
    named = {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", lead.unit), ("far", UnitFactory())]
        for name in FUNCTIONS
    }
    return named | {"system": system_user()}


def allowed(people, permission, obj):
    return {name for name, user in people.items() if user.has_perm(permission, obj)}


BOARD = {"own secretariat", "far secretariat"}
UNIT = {"own introducer", "own unit_head"}


def seen(people):
    return {name for name, user in people.items() if Lead.objects.visible_to(user).exists()}


def test_who_sees_a_lead(people):
    assert seen(people) == {f"own {name}" for name in FUNCTIONS} | BOARD | {
        "far inspector",
        "system",
    }
    assert list(Lead.objects.visible_to(AnonymousUser())) == []


def test_a_conflict_hides_the_lead_too(people, lead):
    named = [people["own introducer"], people["far secretariat"]]
    for user in named:
        conflict = ConflictFactory(user=user, exemplar=lead.exemplar or ConflictFactory().exemplar)
        lead.exemplar = conflict.exemplar
        lead.save()

    assert [Lead.objects.visible_to(user).exists() for user in named] == [False, False]


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        ("take_up", BOARD | UNIT),
        ("decline", BOARD | UNIT),
        ("read_contact", BOARD | UNIT),
        ("let_pass", BOARD),
    ],
)
def test_who_may_do_what_with_a_lead(people, lead, verb, who):
    assert allowed(people, f"discovery.{verb}", lead) == who
    assert allowed(people, f"discovery.{verb}", None) == set()


def test_whoever_brought_it_does_not_let_it_pass(people, lead):
    lead.received_by = people["own secretariat"]
    lead.save()

    assert allowed(people, "discovery.let_pass", lead) == {"far secretariat"}


def test_who_may_receive_for_a_unit(people, lead):
    assert allowed(people, "discovery.receive", lead.unit) == BOARD | UNIT | {"system"}
    assert allowed(people, "discovery.receive", None) == BOARD | {"system"}
    assert allowed(people, "discovery.receive_all", lead.unit) == BOARD | UNIT
    assert allowed(people, "discovery.receive_all", None) == BOARD


def test_who_may_say_that_it_bore_fruit(people, lead):
    assert allowed(people, "discovery.bore_fruit", lead) == {"own leader", "far leader"}


def test_a_file_opens_for_whoever_sees_its_lead(people, lead):
    file = files.store(
        io.BytesIO(b"%PDF-3"),
        name="thu.pdf",
        content_type="application/pdf",
        by=lead.received_by,
    )
    before = {name for name, user in people.items() if files.may_read(user, file)}
    lead.files.add(file)

    opened = {name for name, user in people.items() if files.may_read(user, file)}
    assert (before, opened) == (set(), seen(people))
