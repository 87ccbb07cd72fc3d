import pytest

from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_who_may_record_a_visit():
    exemplar = ExemplarFactory(recognised=True)
    people = {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", exemplar.unit), ("far", UnitFactory())]
        for name in Mandate.Function.values
    }

    allowed = {n for n, user in people.items() if user.has_perm("nurturing.record_visit", exemplar)}

    assert allowed == {"own introducer", "own unit_head", "own secretariat", "far secretariat"}
    ConflictFactory(exemplar=exemplar, user=people["own introducer"])
    assert not people["own introducer"].has_perm("nurturing.record_visit", exemplar)
