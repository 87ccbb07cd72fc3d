import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.direction import actions
from guong.direction.models import Assignment, Directive
from guong.direction.tests.factories import AssignmentFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def values(units, **changed):
    task = {
        "text": "Giới thiệu  ít nhất một điển hình",
        "due_on": datetime.date(2026, 6, 20),
        "quota": 2,
        "units": units,
    }
    task |= changed.pop("task", {})
    return {
        "number": "2055",
        "sign": "UBND-NC",
        "issued_on": datetime.date(2026, 1, 5),
        "summary": "Về việc  phát hiện gương",
        "legal_bases": "Luật Thi đua, khen thưởng",
        "tasks": [task],
    } | changed


def test_register_lays_the_task_with_every_unit_it_names():
    issuer, *units = [UnitFactory() for _ in range(4)]
    secretary = UserFactory(function="secretariat")

    made = actions.register(by=secretary, issuer=issuer, **values(units))

    assert (made.number_sign, made.summary) == ("2055/UBND-NC", "Về việc phát hiện gương")
    task = made.tasks.get()
    assert (task.text, task.quota) == ("Giới thiệu ít nhất một điển hình", 2)
    assert [row.unit for row in task.assignments.order_by("unit__path")] == units
    assert set(Assignment.objects.values_list("state", flat=True)) == {"sent"}
    assert lines() == [("direction.registered", {})]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"issued_on": datetime.date(2999, 1, 1)}, "issued_on"),
        ({"tasks": []}, "tasks"),
        ({"task": {"units": []}}, "units"),
        ({"task": {"due_on": datetime.date(2026, 1, 5)}}, "due_on"),
    ],
)
def test_register_refuses_what_cannot_be(changed, field):
    issuer = UnitFactory()

    with pytest.raises(ValidationError) as refusal:
        actions.register(
            by=UserFactory(function="secretariat"), issuer=issuer, **values([issuer], **changed)
        )

    assert set(refusal.value.error_dict) == {field}
    assert (Directive.objects.exists(), lines()) == (False, [])


def test_register_refuses_the_same_document_twice():
    issuer, secretary = UnitFactory(), UserFactory(function="secretariat")
    actions.register(by=secretary, issuer=issuer, **values([issuer]))

    with pytest.raises(ValidationError, match="đã được đăng ký"):
        actions.register(by=secretary, issuer=issuer, **values([issuer]))

    assert (Directive.objects.count(), len(lines())) == (1, 1)


def test_register_is_refused_to_a_unit_and_leaves_no_trace():
    clerk = UserFactory(function="introducer")

    with pytest.raises(PermissionDenied):
        actions.register(by=clerk, issuer=clerk.unit, **values([clerk.unit]))

    assert (Directive.objects.exists(), lines()) == (False, [])


def test_acknowledge_names_who_sees_to_it():
    assignment = AssignmentFactory()
    clerk = UserFactory(unit=assignment.unit, function="introducer")

    taken = actions.acknowledge(assignment=assignment, by=clerk, in_charge=" Bà  Mẫu ")

    assert (taken.state, taken.in_charge, taken.acknowledged_by) == (
        "acknowledged",
        "Bà Mẫu",
        clerk,
    )
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.states, entry.subject) == (
        "direction.acknowledged",
        {"old": "sent"},
        f"direction.directive:{assignment.task.directive_id}",
    )


def test_acknowledge_needs_a_person_and_happens_once():
    assignment = AssignmentFactory()
    clerk = UserFactory(unit=assignment.unit, function="unit_head")

    with pytest.raises(ValidationError, match="người phụ trách"):
        actions.acknowledge(assignment=assignment, by=clerk, in_charge=" ")
    actions.acknowledge(assignment=assignment, by=clerk, in_charge="Bà Mẫu")
    with pytest.raises(IllegalMove):
        actions.acknowledge(assignment=assignment, by=clerk, in_charge="Ông Mẫu")

    assignment.refresh_from_db()
    assert (assignment.in_charge, len(lines())) == ("Bà Mẫu", 1)


def test_acknowledge_is_refused_to_another_unit():
    assignment = AssignmentFactory()

    with pytest.raises(PermissionDenied):
        actions.acknowledge(
            assignment=assignment, by=UserFactory(function="introducer"), in_charge="Bà Mẫu"
        )

    assignment.refresh_from_db()
    assert (assignment.state, lines()) == ("sent", [])
