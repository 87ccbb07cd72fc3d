"""What the database refuses, which sets fit, and what a new home starts with."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from guong.direction import selectors
from guong.direction.models import CriteriaSet, Criterion, EvidenceSlot, Rule
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

from .factories import CriteriaSetFactory, CriterionFactory, RuleFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


def refused(**wrong) -> str:
    """The constraint that refuses the row, by name."""
    maker, fields = wrong.pop("of"), wrong
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        maker(**fields)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "in_force"}, "criteria_set_in_force_is_issued_by_a_document"),
        ({"state": "lost"}, "criteria_set_state_is_known"),
        (
            {"valid_from": DAY, "valid_until": DAY - datetime.timedelta(days=1)},
            "criteria_set_ends_after_it_starts",
        ),
    ],
)
def test_the_database_refuses_a_set_that_cannot_be(fields, name):
    assert name in refused(of=CriteriaSetFactory, **fields)


def test_the_database_refuses_the_author_as_second_person():
    author = UserFactory()

    assert "criteria_set_author_puts_nothing_in_force" in refused(
        of=CriteriaSetFactory, drafted_by=author, put_in_force_by=author
    )


def test_the_database_keeps_one_version_in_force():
    first = CriteriaSetFactory(in_force=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        CriteriaSetFactory(in_force=True, key=first.key, version=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        CriteriaSetFactory(key=first.key, version=1)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"kind": "scored", "points": None}, "criterion_points_only_when_scored"),
        ({"kind": "required", "points": 5}, "criterion_points_only_when_scored"),
        ({"kind": "wished"}, "criterion_kind_is_known"),
    ],
)
def test_the_database_refuses_a_criterion_that_cannot_be(fields, name):
    assert name in refused(of=CriterionFactory, **fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": None}, "rule_has_the_number_its_kind_needs"),
        ({"kind": "denominator", "counted_on": "số có mặt"}, "rule_has_the_number"),
        ({"kind": "denominator", "number": None}, "rule_denominator_says_on_what"),
        ({"kind": "threshold", "number": 101}, "rule_threshold_is_a_percentage"),
        ({"kind": "wish"}, "rule_kind_is_known"),
        (
            {"valid_from": DAY, "valid_until": DAY - datetime.timedelta(days=1)},
            "rule_ends_after_it_starts",
        ),
    ],
)
def test_the_database_refuses_a_rule_that_cannot_be(fields, name):
    assert name in refused(of=RuleFactory, **fields)


def test_the_database_refuses_a_rule_verified_by_who_added_it():
    author = UserFactory()

    assert "rule_author_verifies_nothing" in refused(
        of=RuleFactory, added_by=author, verified_by=author
    )


# --- which fit ---
def test_sets_that_fit_are_the_own_before_others_and_the_field_s_before_general_ones():
    unit, field = UnitFactory(), FieldFactory()
    board = UnitFactory(kind="provincial_pc")
    general = CriteriaSetFactory(in_force=True, issuer=board)
    of_field = CriteriaSetFactory(in_force=True, issuer=board, field=field)
    own = CriteriaSetFactory(in_force=True, issuer=unit, subject_kinds=",individual,")
    CriteriaSetFactory(in_force=True, issuer=unit, subject_kinds=",collective,")  # other kind
    CriteriaSetFactory(in_force=True, issuer=board, field=FieldFactory())  # other field
    CriteriaSetFactory(in_force=True)  # another commune's
    CriteriaSetFactory(issuer=unit)  # a draft
    today = CriteriaSet.objects.in_force(DAY)

    with_field = today.fitting(unit=unit, kind="individual", field=field).nearest_first(unit)
    without = today.fitting(unit=unit, kind="individual", field=None).nearest_first(unit)

    assert list(with_field) == [own, of_field, general]
    assert list(without) == [own, general]


def test_rules_that_speak_of_an_award_and_a_kind():
    Rule.objects.all().delete()
    general = RuleFactory()
    named = RuleFactory(award="Điển hình tiên tiến", subject_kinds=",individual,model,")
    RuleFactory(award="Chiến sĩ thi đua")
    RuleFactory(subject_kinds=",collective,")
    off = RuleFactory(is_switched_on=False)

    about = Rule.objects.about(award="ĐIỂN HÌNH tiên tiến", kind="model")

    assert set(about) == {general, named, off}
    assert set(about.switched_on()) == {general, named}
    assert (named.kinds_in_words, general.kinds_in_words) == (
        "Cá nhân, Mô hình",
        "Mọi đối tượng",
    )


# --- how a set differs ---
def test_changes_tell_what_was_added_left_out_and_reworded():
    origin = CriteriaSetFactory(criteria=["required", "required", "required"])
    clone = CriteriaSetFactory(criteria=["required", "informational"])
    CriterionFactory(criteria_set=clone, order=9, code="X1")

    found = selectors.changes(clone, origin)

    assert [(one.word, one.code) for one in found] == [
        ("Sửa", "C2"),
        ("Thêm", "X1"),
        ("Bỏ", "C3"),
    ]
    assert selectors.changes(origin, origin) == []


def test_changes_see_a_place_for_evidence_that_is_gone():
    origin, clone = CriteriaSetFactory(), CriteriaSetFactory()
    EvidenceSlot.objects.filter(criterion__criteria_set=clone).delete()

    assert [one.word for one in selectors.changes(clone, origin)] == ["Sửa"]


# --- what a new home starts with ---
def test_frames_of_a_new_home_are_switched_off_and_unverified():
    frames = CriteriaSet.objects.order_by("pk")

    assert [(one.state, one.issuer, one.is_verified) for one in frames] == [
        ("switched_off", None, False),
        ("switched_off", None, False),
    ]
    assert [one.criteria.count() for one in frames] == [8, 11]
    # What was seen in no text at all is not asked of anybody.
    off = Criterion.objects.filter(is_switched_on=False).values_list("code", flat=True)
    assert set(off) == {"C1"}


def test_rules_of_a_new_home_bind_nobody_and_cite_an_article():
    rules = list(Rule.objects.all())

    assert len(rules) == 11
    assert [rule for rule in rules if rule.binds or rule.is_verified or not rule.article] == []
    assert {rule.name for rule in rules if rule.is_switched_on and rule.source} == set()
    assert all(rule.in_words for rule in rules)
