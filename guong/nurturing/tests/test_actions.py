import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.exemplars.tests.factories import ExemplarFactory
from guong.nurturing import actions
from guong.nurturing.models import Visit
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def record(exemplar, by=None, **more):
    by = by or UserFactory(unit=exemplar.unit, function="introducer")
    values = {"visited_on": calendar.today(), "found": "Vẫn tốt."} | more
    return actions.record_visit(exemplar=exemplar, unit=by.unit, by=by, **values)


def test_record_visit_keeps_what_was_found_and_when_to_come_again():
    exemplar = ExemplarFactory(recognised=True)

    visit = record(exemplar, next_on=calendar.today() + 30 * DAY)

    assert (visit.found, visit.next_on) == ("Vẫn tốt.", calendar.today() + 30 * DAY)


@pytest.mark.parametrize(
    ("recognised", "values", "words"),
    [
        (True, {"visited_on": calendar.today() + DAY}, "chưa tới"),
        (True, {"next_on": calendar.today()}, "sau ngày thăm"),
        (False, {}, "đã được công nhận"),
    ],
)
def test_record_visit_refuses_what_cannot_be(recognised, values, words):
    with pytest.raises(ValidationError, match=words):
        record(ExemplarFactory(recognised=recognised), **values)
    assert not Visit.objects.exists()


def test_record_visit_is_for_the_own_unit():
    exemplar = ExemplarFactory(recognised=True)
    stranger = UserFactory(function="introducer")

    with pytest.raises(PermissionDenied):
        record(exemplar, stranger)
    assert not stranger.has_perm("nurturing.record_visit", None)
