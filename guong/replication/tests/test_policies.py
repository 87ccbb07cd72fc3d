import pytest
from django.contrib.auth.models import AnonymousUser

from guong.exemplars.tests.factories import ConflictFactory
from guong.replication.models import Adoption
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import AdoptionFactory

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values
UNIT_PEOPLE = ["introducer", "unit_head"]


@pytest.fixture
def adoption():
    return AdoptionFactory()


@pytest.fixture
def people(adoption):
    places = {"source": adoption.exemplar.unit, "adopter": adoption.unit, "far": UnitFactory()}
    return {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in places.items()
        for name in FUNCTIONS
    }


def allowed(people, verb, record):
    return {n for n, user in people.items() if user.has_perm(f"replication.{verb}", record)}


def test_who_may_register_confirm_and_report(people, adoption):
    assert allowed(people, "register", adoption.unit) == {f"adopter {n}" for n in UNIT_PEOPLE}
    assert allowed(people, "report_progress", adoption) == {f"adopter {n}" for n in UNIT_PEOPLE}
    assert allowed(people, "confirm", adoption) == {
        "source introducer",
        "source unit_head",
        "source secretariat",
        "adopter secretariat",
        "far secretariat",
    }


def test_who_is_involved_with_the_exemplar_neither_sees_nor_confirms(people, adoption):
    involved = people["far secretariat"]
    ConflictFactory(exemplar=adoption.exemplar, user=involved)

    assert not involved.has_perm("replication.confirm", adoption)
    assert not Adoption.objects.visible_to(involved).exists()


def test_who_sees_an_adoption(people, adoption):
    seen = {n for n, user in people.items() if Adoption.objects.visible_to(user).exists()}

    assert seen == {f"{where} {name}" for where in ("source", "adopter") for name in FUNCTIONS} | {
        "far secretariat",
        "far leader",
        "far inspector",
        "far editor",
    }
    assert not Adoption.objects.visible_to(AnonymousUser()).exists()
