import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.direction import actions
from guong.direction.models import CriteriaSet
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

from .factories import CriteriaSetFactory, DirectiveFactory

pytestmark = pytest.mark.django_db
START = datetime.date(2026, 1, 1)
CRITERIA = [
    {"code": "C1", "text": "Có số liệu", "kind": "required", "slots": [("Biên bản", 2)]},
    {"code": "C2", "text": "Lan tỏa", "kind": "scored", "points": 20},
    {"code": "C3", "text": "Đoàn kết", "kind": "informational", "points": 9},
]


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def said(criteria_set):
    return [
        (
            one.code,
            one.kind,
            one.points,
            [(slot.text, slot.how_many) for slot in one.slots_in_order],
        )
        for one in criteria_set.criteria.in_order()
    ]


SAID = [
    ("C1", "required", None, [("Biên bản", 2)]),
    ("C2", "scored", 20, []),
    ("C3", "informational", None, []),  # points mean nothing where nobody scores
]


def person_of(unit, function="introducer"):
    return UserFactory(unit=unit, function=function)


def values(**changed):
    return {"name": " Tiêu chí  xã ", "award": "Điển hình", "criteria": CRITERIA} | changed


# --- draft ---
def test_draft_set_keeps_criteria_in_their_order_with_their_places():
    unit, field = UnitFactory(), FieldFactory()
    clerk = person_of(unit)

    made = actions.draft_set(
        by=clerk, issuer=unit, **values(kinds=["model", "individual"], field=field)
    )

    assert (made.state, made.name, made.kinds, made.field, made.drafted_by, made.version) == (
        "drafted",
        "Tiêu chí xã",
        ["individual", "model"],
        field,
        clerk,
        1,
    )
    assert said(made) == SAID
    assert lines() == [("direction.set_drafted", {})]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": [CRITERIA[0], CRITERIA[0]]}, "criteria"),
        ({"criteria": [{"code": "C1", "text": "Lan tỏa", "kind": "scored"}]}, "criteria"),
        ({"valid_from": START, "valid_until": START - datetime.timedelta(days=1)}, "valid_until"),
    ],
)
def test_draft_set_refuses_what_cannot_be(changed, field):
    unit = UnitFactory()

    with pytest.raises(ValidationError) as refusal:
        actions.draft_set(by=person_of(unit), issuer=unit, **values(**changed))

    assert set(refusal.value.error_dict) == {field}
    assert lines() == []


def test_draft_set_is_refused_for_another_unit():
    with pytest.raises(PermissionDenied):
        actions.draft_set(by=person_of(UnitFactory()), issuer=UnitFactory(), **values())

    assert lines() == []


# --- revise ---
def test_revise_set_writes_the_draft_over_and_makes_the_writer_its_author():
    criteria_set = CriteriaSetFactory()
    clerk = person_of(criteria_set.issuer)

    revised = actions.revise_set(
        criteria_set=criteria_set, by=clerk, issuer=criteria_set.issuer, **values()
    )

    assert (revised.name, revised.drafted_by, said(revised)) == ("Tiêu chí xã", clerk, SAID)
    assert lines() == [("direction.set_revised", {})]


def test_revise_set_leaves_what_is_in_force_as_it_is():
    criteria_set = CriteriaSetFactory(in_force=True)
    before = said(criteria_set)

    with pytest.raises(ValidationError, match="bản mới"):
        actions.revise_set(
            criteria_set=criteria_set,
            by=person_of(criteria_set.issuer),
            issuer=criteria_set.issuer,
            **values(),
        )

    assert (said(criteria_set), lines()) == (before, [])


def test_revise_set_may_not_hand_the_draft_to_a_unit_of_others():
    criteria_set = CriteriaSetFactory()

    with pytest.raises(PermissionDenied):
        actions.revise_set(
            criteria_set=criteria_set,
            by=person_of(criteria_set.issuer),
            issuer=UnitFactory(),
            **values(),
        )


# --- clone, renew ---
def test_clone_set_is_a_draft_that_remembers_its_parent():
    parent = CriteriaSetFactory(in_force=True, criteria=["required", "scored"])
    unit = UnitFactory()
    clerk = person_of(unit)

    made = actions.clone_set(criteria_set=parent, by=clerk, issuer=unit)

    assert (made.state, made.parent, made.issuer, made.drafted_by) == (
        "drafted",
        parent,
        unit,
        clerk,
    )
    assert (said(made), made.key == parent.key, made.version) == (said(parent), False, 1)
    # The document that issued the parent issued nothing of ours.
    assert (made.document, made.valid_from, made.is_verified) == ("", None, False)
    assert lines() == [("direction.set_cloned", {})]


def test_clone_set_is_refused_for_another_unit():
    with pytest.raises(PermissionDenied):
        actions.clone_set(
            criteria_set=CriteriaSetFactory(in_force=True),
            by=person_of(UnitFactory()),
            issuer=UnitFactory(),
        )


def test_renew_set_drafts_the_next_version_once():
    first = CriteriaSetFactory(in_force=True)
    clerk = person_of(first.issuer)

    second = actions.renew_set(criteria_set=first, by=clerk)
    with pytest.raises(ValidationError, match="bản mới hơn"):
        actions.renew_set(criteria_set=first, by=clerk)

    first.refresh_from_db()
    assert (second.key, second.version, second.replaces, second.state) == (
        first.key,
        2,
        first,
        "drafted",
    )
    assert (said(second), first.state) == (said(first), "in_force")
    assert lines() == [("direction.set_renewed", {"version": 2})]


def test_renew_set_takes_only_what_is_in_force():
    with pytest.raises(ValidationError, match="đang dùng"):
        draft = CriteriaSetFactory()
        actions.renew_set(criteria_set=draft, by=person_of(draft.issuer))


# --- put in force ---
def test_put_in_force_needs_a_second_person():
    draft = CriteriaSetFactory(document="12/QĐ-UBND", valid_from=START)
    author, head = draft.drafted_by, person_of(draft.issuer, "unit_head")
    for account in (author, head):
        account.refresh_from_db()

    with pytest.raises(PermissionDenied):
        actions.put_in_force(criteria_set=draft, by=author)
    made = actions.put_in_force(criteria_set=draft, by=head)

    assert (made.state, made.put_in_force_by, made.verified_by, made.is_verified) == (
        "in_force",
        head,
        head,
        True,
    )
    assert lines() == [("direction.set_put_in_force", {"old": "drafted"})]


def test_put_in_force_by_the_head_who_wrote_it_is_refused():
    unit = UnitFactory()
    head = person_of(unit, "unit_head")
    draft = CriteriaSetFactory(
        issuer=unit, drafted_by=head, document="12/QĐ-UBND", valid_from=START
    )

    with pytest.raises(PermissionDenied):
        actions.put_in_force(criteria_set=draft, by=head)

    assert lines() == []


def test_put_in_force_names_all_that_is_missing():
    secretary = UserFactory(function="secretariat")
    draft = CriteriaSetFactory(issuer=None, drafted_by=None)

    with pytest.raises(ValidationError) as refusal:
        actions.put_in_force(criteria_set=draft, by=secretary)

    assert set(refusal.value.error_dict) == {"issuer", "document", "valid_from"}


def test_put_in_force_takes_a_registered_directive_for_the_document():
    draft = CriteriaSetFactory(directive=DirectiveFactory(), valid_from=START)

    made = actions.put_in_force(criteria_set=draft, by=UserFactory(function="secretariat"))

    assert (made.state, made.issued_by) == ("in_force", str(draft.directive))


def test_put_in_force_of_the_next_version_ends_the_old_one_the_day_before():
    first = CriteriaSetFactory(in_force=True)
    second = actions.renew_set(criteria_set=first, by=person_of(first.issuer))
    begins = datetime.date(2027, 3, 1)
    CriteriaSet.objects.filter(pk=second.pk).update(document="9/QĐ-UBND", valid_from=begins)

    actions.put_in_force(criteria_set=second, by=UserFactory(function="secretariat"))

    first.refresh_from_db()
    assert (first.state, first.valid_until) == ("retired", datetime.date(2027, 2, 28))
    for day, serving in [(begins - datetime.timedelta(days=1), first), (begins, second)]:
        assert list(CriteriaSet.objects.in_force(day)) == [serving]
    assert [verb for verb, _ in lines()] == [
        "direction.set_renewed",
        "direction.set_retired",
        "direction.set_put_in_force",
    ]


def test_put_in_force_of_a_version_that_begins_before_the_old_one_is_refused():
    first = CriteriaSetFactory(in_force=True)
    second = actions.renew_set(criteria_set=first, by=person_of(first.issuer))
    CriteriaSet.objects.filter(pk=second.pk).update(document="9/QĐ-UBND", valid_from=START)

    with pytest.raises(ValidationError, match="sau bản nó thay"):
        actions.put_in_force(criteria_set=second, by=UserFactory(function="secretariat"))


def test_put_in_force_when_the_old_version_is_over_touches_only_the_new_one():
    first = CriteriaSetFactory(in_force=True)
    secretary = UserFactory(function="secretariat")
    second = actions.renew_set(criteria_set=first, by=person_of(first.issuer))
    CriteriaSet.objects.filter(pk=second.pk).update(
        document="9/QĐ-UBND", valid_from=datetime.date(2026, 6, 1)
    )
    with time_machine.travel("2026-02-10T03:00:00Z", tick=False):
        actions.retire_set(criteria_set=first, by=UserFactory(function="secretariat"))

    made = actions.put_in_force(criteria_set=second, by=secretary)

    first.refresh_from_db()
    assert (made.state, first.valid_until) == ("in_force", datetime.date(2026, 2, 10))


# --- retire, verify ---
def test_retire_set_serves_out_its_last_day():
    criteria_set = CriteriaSetFactory(in_force=True)
    day = datetime.date(2026, 5, 5)

    with time_machine.travel("2026-05-05T03:00:00Z", tick=False):
        actions.retire_set(
            criteria_set=criteria_set, by=person_of(criteria_set.issuer, "unit_head")
        )

    found = [list(CriteriaSet.objects.in_force(day + datetime.timedelta(days=n))) for n in (0, 1)]
    assert found == [[criteria_set], []]
    assert lines() == [("direction.set_retired", {"old": "in_force"})]


def test_retire_set_before_its_first_day_was_in_force_on_none():
    criteria_set = CriteriaSetFactory(in_force=True)

    with time_machine.travel("2025-12-01T03:00:00Z", tick=False):
        actions.retire_set(criteria_set=criteria_set, by=UserFactory(function="secretariat"))

    assert list(CriteriaSet.objects.in_force(START)) == []


def test_retire_set_is_refused_to_an_introducer_and_happens_once():
    criteria_set = CriteriaSetFactory(in_force=True)
    secretary = UserFactory(function="secretariat")

    with pytest.raises(PermissionDenied):
        actions.retire_set(criteria_set=criteria_set, by=person_of(criteria_set.issuer))
    actions.retire_set(criteria_set=criteria_set, by=secretary)
    with pytest.raises(IllegalMove):
        actions.retire_set(criteria_set=criteria_set, by=secretary)


def test_verify_set_makes_a_frame_a_draft_and_names_the_document():
    frame = CriteriaSet.objects.filter(state="switched_off").earliest("pk")
    secretary = UserFactory(function="secretariat")

    with pytest.raises(ValidationError, match="văn bản"):
        actions.verify_set(criteria_set=frame, by=secretary, source=" ")
    verified = actions.verify_set(criteria_set=frame, by=secretary, source="Kế hoạch 5/KH-UBND")

    assert (verified.state, verified.verified_by, verified.source, verified.drafted_by) == (
        "drafted",
        secretary,
        "Kế hoạch 5/KH-UBND",
        secretary,
    )
    assert lines() == [("direction.set_verified", {"old": "switched_off"})]
