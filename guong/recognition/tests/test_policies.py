import pytest
from django.contrib.auth.models import AnonymousUser

from guong.exemplars.tests.factories import ConflictFactory
from guong.recognition.models import Decision
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import DecisionFactory

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values


@pytest.fixture
def decision():
    return DecisionFactory()


@pytest.fixture
def people(decision):
    return {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", decision.exemplar.unit), ("far", UnitFactory())]
        for name in FUNCTIONS
    }


@pytest.mark.parametrize(
    ("verb", "function"), [("draft", "secretariat"), ("sign", "leader"), ("revoke", "leader")]
)
def test_who_may_draft_sign_and_revoke(people, decision, verb, function):
    allowed = {n for n, user in people.items() if user.has_perm(f"recognition.{verb}", decision)}

    assert allowed == {f"own {function}", f"far {function}"}


def test_nobody_signs_what_they_drafted():
    both = UserFactory(function=["leader", "secretariat"])

    assert not both.has_perm("recognition.sign", DecisionFactory(drafted_by=both))
    assert both.has_perm("recognition.sign", DecisionFactory())


def test_who_may_confirm_a_revocation(people, decision):
    decision.revoked_by = people["own leader"]

    allowed = {
        name
        for name, user in people.items()
        if user.has_perm("recognition.confirm_revocation", decision)
    }

    assert allowed == {"far leader", "own secretariat", "far secretariat"}
    assert not people["far leader"].has_perm("recognition.confirm_revocation", None)


def test_who_is_involved_may_nothing_and_sees_nothing(people, decision):
    involved = [people["own leader"], people["own secretariat"]]
    for user in involved:
        ConflictFactory(exemplar=decision.exemplar, user=user)

    powers = [
        user.has_perm(f"recognition.{verb}", decision)
        for user in involved
        for verb in ("draft", "sign", "revoke", "confirm_revocation")
    ]
    assert not any(powers)
    assert not any(Decision.objects.visible_to(user).exists() for user in involved)


def test_who_sees_a_decision(people, decision):
    seen = {n for n, user in people.items() if Decision.objects.visible_to(user).exists()}

    assert seen == {f"own {name}" for name in FUNCTIONS} | {
        "far secretariat",
        "far leader",
        "far inspector",
    }
    assert not Decision.objects.visible_to(AnonymousUser()).exists()
