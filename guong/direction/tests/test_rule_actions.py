import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core.models import JournalEntry
from guong.direction import actions
from guong.direction.models import Rule, RuleOverride
from guong.units.tests.factories import UserFactory

from .factories import CriteriaSetFactory, RuleFactory

pytestmark = pytest.mark.django_db
START = datetime.date(2026, 7, 1)


@pytest.fixture
def secretary():
    return UserFactory(function="secretariat")


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def values(**changed):
    return {
        "name": "Hai năm  liền",
        "kind": "years",
        "counted": "Gương của xã",
        "article": "Điều 5 Quy chế",
        "number": Decimal(2),
        "award": "Điển hình tiên tiến",
    } | changed


def test_add_rule_stands_unverified_and_switched_off(secretary):
    made = actions.add_rule(by=secretary, **values(kinds=["individual"]))

    assert (made.name, made.award_key, made.counted_key, made.kinds) == (
        "Hai năm liền",
        "dien hinh tien tien",
        "guong cua xa",
        ["individual"],
    )
    assert (made.is_switched_on, made.is_verified, made.binds, made.cited) == (
        False,
        False,
        False,
        "Điều 5 Quy chế, chưa xác minh",
    )
    assert lines() == [("direction.rule_added", {})]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": None}, "number"),
        ({"number": Decimal(-1)}, "number"),
        ({"kind": "threshold", "number": Decimal("100.01")}, "number"),
        ({"kind": "denominator", "counted_on": " "}, "counted_on"),
        ({"valid_from": START, "valid_until": START - datetime.timedelta(days=1)}, "valid_until"),
    ],
)
def test_add_rule_refuses_what_cannot_be(secretary, changed, field):
    before = Rule.objects.count()

    with pytest.raises(ValidationError) as refusal:
        actions.add_rule(by=secretary, **values(**changed))

    assert set(refusal.value.error_dict) == {field}
    assert (Rule.objects.count(), lines()) == (before, [])


def test_add_rule_of_a_denominator_has_no_number(secretary):
    made = actions.add_rule(by=secretary, **values(kind="denominator", counted_on="số có mặt"))

    assert (made.number, made.counted_on) == (None, "số có mặt")


def test_add_rule_that_replaces_another_ends_it_the_day_before(secretary):
    old = RuleFactory()

    made = actions.add_rule(by=secretary, **values(replaces=old, valid_from=START))

    old.refresh_from_db()
    assert (made.key, made.replaces, old.valid_until) == (
        old.key,
        old,
        datetime.date(2026, 6, 30),
    )
    for day, speaking in [(old.valid_until, old), (START, made)]:
        assert list(Rule.objects.valid(day).filter(key=old.key)) == [speaking]


@pytest.mark.parametrize("start", [None, datetime.date(2026, 1, 1)])
def test_add_rule_that_replaces_another_must_begin_after_it(secretary, start):
    old = RuleFactory(valid_from=datetime.date(2026, 1, 1))

    with pytest.raises(ValidationError, match="ngày bắt đầu"):
        actions.add_rule(by=secretary, **values(replaces=old, valid_from=start))


def test_add_rule_replaces_a_rule_once(secretary):
    old = RuleFactory()
    actions.add_rule(by=secretary, **values(replaces=old, valid_from=START))

    with pytest.raises(ValidationError, match="đã có quy định khác"):
        actions.add_rule(by=secretary, **values(replaces=old, valid_from=START))


def test_add_rule_is_the_board_s_alone():
    with pytest.raises(PermissionDenied):
        actions.add_rule(by=UserFactory(function="unit_head"), **values())

    assert lines() == []


def test_verify_rule_is_done_by_a_second_person_once(secretary):
    rule = RuleFactory(added_by=secretary)
    second = UserFactory(function="secretariat")

    with pytest.raises(PermissionDenied):
        actions.verify_rule(rule=rule, by=secretary)
    verified = actions.verify_rule(rule=rule, by=second)
    with pytest.raises(ValidationError, match="đã được xác minh"):
        actions.verify_rule(rule=rule, by=second)

    assert (verified.verified_by, verified.binds, verified.cited) == (
        second,
        True,
        "Điều 5 Quy chế của tỉnh",
    )
    assert lines() == [("direction.rule_verified", {})]


def test_switch_rule_makes_it_speak_or_be_silent(secretary):
    rule = RuleFactory(binding=True)

    off = actions.switch_rule(rule=rule, by=secretary, on=False)

    assert (off.is_switched_on, off.binds) == (False, False)
    assert lines() == [("direction.rule_switched", {"on": False})]


def test_switch_rule_is_refused_to_a_leader():
    rule = RuleFactory()

    with pytest.raises(PermissionDenied):
        actions.switch_rule(rule=rule, by=UserFactory(function="leader"), on=False)

    rule.refresh_from_db()
    assert (rule.is_switched_on, lines()) == (True, [])


# Any record with an author does for a dossier: this room knows none of those above.
REASON = "Việc đột xuất, không đợi đủ hai năm."


def test_override_rule_is_listed_with_its_reason(secretary):
    rule, dossier, about = RuleFactory(binding=True), CriteriaSetFactory(), secretary.unit

    made = actions.override_rule(
        rule=rule, subject=dossier, by=secretary, reason=f" {REASON}", about=about
    )

    assert list(RuleOverride.objects.of(dossier)) == [made]
    assert (made.rule, made.by, made.reason) == (rule, secretary, REASON)
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.subject, entry.states, entry.text.text) == (
        "direction.rule_overridden",
        f"units.unit:{about.pk}",
        {"rule": rule.pk, "dossier": f"direction.criteriaset:{dossier.pk}"},
        f" {REASON}",
    )


def test_override_rule_needs_a_reason_and_happens_once(secretary):
    rule, dossier = RuleFactory(), CriteriaSetFactory()

    with pytest.raises(ValidationError, match="hai mươi"):
        actions.override_rule(rule=rule, subject=dossier, by=secretary, reason="Đồng ý")
    actions.override_rule(rule=rule, subject=dossier, by=secretary, reason=REASON)
    with pytest.raises(ValidationError, match="đã được cho qua"):
        actions.override_rule(rule=rule, subject=dossier, by=secretary, reason=REASON)

    assert RuleOverride.objects.count() == 1


def test_override_rule_of_what_one_wrote_oneself_is_refused(secretary):
    dossier = CriteriaSetFactory(drafted_by=secretary)

    with pytest.raises(PermissionDenied):
        actions.override_rule(rule=RuleFactory(), subject=dossier, by=secretary, reason=REASON)

    assert (RuleOverride.objects.exists(), lines()) == (False, [])
