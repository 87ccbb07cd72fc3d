import pytest
from django.contrib.auth.models import AnonymousUser

from guong.direction.models import Assignment, CriteriaSet, Directive, Rule
from guong.direction.tests.factories import (
    AssignmentFactory,
    CriteriaSetFactory,
    RuleFactory,
)
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


# --- criteria sets and rules ---
@pytest.fixture
def draft(assignment):
    """Of the first unit, written by somebody who is not among the people asked."""
    return CriteriaSetFactory(issuer=assignment.unit)


BOARD = {"own secretariat", "far secretariat"}
WRITERS = BOARD | {"own introducer", "own unit_head"}


def test_who_may_write_criteria_for_a_unit(people, draft):
    for verb in ("draft_set", "clone_set"):
        assert allowed(people, f"direction.{verb}", draft.issuer) == WRITERS
        assert allowed(people, f"direction.{verb}") == BOARD
    for verb in ("revise_set", "renew_set"):
        assert allowed(people, f"direction.{verb}", draft) == WRITERS


def test_who_may_put_criteria_in_force_and_retire_them(people, draft):
    for verb in ("put_in_force", "retire_set"):
        assert allowed(people, f"direction.{verb}", draft) == BOARD | {"own unit_head"}
    assert allowed(people, "direction.verify_set", draft) == BOARD
    assert not draft.drafted_by.has_perm("direction.put_in_force", draft)


def test_the_author_puts_nothing_in_force_whatever_their_function(people, draft):
    for name in ("own unit_head", "own secretariat"):
        draft.drafted_by = people[name]

        assert name not in allowed(people, "direction.put_in_force", draft)


def test_a_frame_without_a_unit_is_the_board_s(people):
    frame = CriteriaSet.objects.filter(state="switched_off").first()

    for verb in ("revise_set", "renew_set", "put_in_force", "retire_set", "verify_set"):
        assert allowed(people, f"direction.{verb}", frame) == BOARD
    assert allowed(people, "direction.revise_set") == BOARD


def test_who_may_change_rules(people):
    rule = RuleFactory()

    for verb in ("add_rule", "switch_rule", "verify_rule"):
        assert allowed(people, f"direction.{verb}", rule) == BOARD
    rule.added_by = people["own secretariat"]
    assert allowed(people, "direction.verify_rule", rule) == {"far secretariat"}


def test_who_may_let_a_dossier_pass(people, draft):
    letting = BOARD | {"own leader", "far leader"}

    assert allowed(people, "direction.override_rule", draft) == letting
    draft.drafted_by = people["far leader"]
    assert allowed(people, "direction.override_rule", draft) == letting - {"far leader"}
    assert allowed(people, "direction.override_rule") == set()


def test_who_reads_a_draft_and_who_reads_what_is_in_force(people, draft):
    in_force = CriteriaSetFactory(in_force=True)
    seen = CriteriaSet.objects.visible_to

    readers = {name for name, user in people.items() if seen(user).filter(pk=draft.pk).exists()}
    assert readers == {f"own {name}" for name in FUNCTIONS} | {
        "far secretariat",
        "far leader",
        "far inspector",
    }
    assert seen(draft.drafted_by).filter(pk=draft.pk).exists()
    assert all(seen(user).filter(pk=in_force.pk).exists() for user in people.values())
    assert list(seen(AnonymousUser())) == []


def test_rules_are_nobody_s_secret(people):
    RuleFactory()

    assert all(Rule.objects.visible_to(user).exists() for user in people.values())
    assert list(Rule.objects.visible_to(AnonymousUser())) == []
