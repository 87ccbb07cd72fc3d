import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.honours import actions
from guong.honours.models import HonourEntry, HonourRoll
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def roll(by=None):
    return actions.open_roll(
        by=by or UserFactory(function="secretariat"),
        title="Lễ mẫu",
        given_on=calendar.today(),
        organiser=UnitFactory(),
    )


def entry(by=None, exemplar=None):
    return actions.enter(
        roll=roll(),
        exemplar=exemplar or ExemplarFactory(recognised=True),
        by=by or UserFactory(function="secretariat"),
        citation="Làm tốt",
    )


def test_open_roll_is_for_the_board_and_once_a_day():
    made = roll()

    assert made.title == "Lễ mẫu"
    with pytest.raises(ValidationError, match="đã có"):
        roll()
    with pytest.raises(PermissionDenied):
        roll(UserFactory(function="introducer"))
    assert HonourRoll.objects.count() == 1


def test_enter_takes_a_recognised_exemplar_once():
    board, exemplar = UserFactory(function="secretariat"), ExemplarFactory(recognised=True)
    open_one = roll()
    values = {"roll": open_one, "by": board, "citation": "Làm tốt"}
    actions.enter(exemplar=exemplar, **values)

    with pytest.raises(ValidationError, match="đã có"):
        actions.enter(exemplar=exemplar, **values)
    with pytest.raises(ValidationError, match="công nhận"):
        actions.enter(exemplar=ExemplarFactory(), **values)
    involved = ConflictFactory(user=board, exemplar=ExemplarFactory(recognised=True))
    with pytest.raises(PermissionDenied):
        actions.enter(exemplar=involved.exemplar, **values)
    assert HonourEntry.objects.count() == 1
    assert not board.has_perm("honours.enter", None)


def test_confirm_is_the_second_persons_word():
    first, second = UserFactory.create_batch(2, function="secretariat")
    made = entry(first)

    with pytest.raises(PermissionDenied):
        actions.confirm(entry=made, by=first)
    confirmed = actions.confirm(entry=made, by=second)

    assert confirmed.confirmed_by == second
    with pytest.raises(ValidationError, match="rồi"):
        actions.confirm(entry=made, by=second)
    assert not second.has_perm("honours.confirm", None)
