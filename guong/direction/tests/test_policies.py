import pytest
from django.contrib.auth.models import AnonymousUser

from guong.direction.models import Assignment, Directive
from guong.direction.tests.factories import AssignmentFactory
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def people(assignment):
    return {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", assignment.unit), ("far", UnitFactory())]
        for name in FUNCTIONS
    }


def allowed(people, permission, obj=None):
    return {name for name, user in people.items() if user.has_perm(permission, obj)}


def test_who_may_register_and_acknowledge(people, assignment):
    assert allowed(people, "direction.register") == {"own secretariat", "far secretariat"}
    assert allowed(people, "direction.acknowledge", assignment) == {
        "own introducer",
        "own unit_head",
    }
    assert allowed(people, "direction.acknowledge") == set()


@pytest.mark.parametrize("model", [Directive, Assignment])
def test_who_sees_a_directive_and_its_tasks(people, model):
    seen = {name for name, user in people.items() if model.objects.visible_to(user).exists()}

    assert seen == {f"own {name}" for name in FUNCTIONS} | {
        "far secretariat",
        "far leader",
        "far inspector",
    }
    assert list(model.objects.visible_to(AnonymousUser())) == []
