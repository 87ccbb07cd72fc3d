import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.core.states import IllegalMove
from guong.exemplars.tests.factories import ExemplarFactory
from guong.replication import actions
from guong.replication.models import Adoption
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def register(exemplar, by=None, unit=None, **more):
    by = by or UserFactory(function="introducer")
    values = {
        "manner": "adapted",
        "practice": "Đổi công.",
        "in_charge": "Cán Bộ Mẫu",
        "started_on": calendar.today(),
    } | more
    return actions.register(exemplar=exemplar, unit=unit or by.unit, by=by, **values)


def test_register_says_that_a_unit_follows():
    exemplar = ExemplarFactory(recognised=True)

    made = register(exemplar)

    assert (made.state, made.confirmed_by) == ("registered", None)


def test_register_refuses_what_cannot_be():
    exemplar = ExemplarFactory(recognised=True)
    clerk = UserFactory(function="introducer")
    register(exemplar, clerk)

    with pytest.raises(ValidationError, match="đã đăng ký"):
        register(exemplar, clerk)
    with pytest.raises(ValidationError, match="công nhận"):
        register(ExemplarFactory())
    with pytest.raises(ValidationError, match="chính đơn vị"):
        register(exemplar, UserFactory(unit=exemplar.unit, function="introducer"))
    with pytest.raises(ValidationError, match="chưa tới"):
        register(exemplar, started_on=calendar.today() + datetime.timedelta(days=1))
    with pytest.raises(PermissionDenied):
        register(exemplar, UserFactory(function="introducer"), exemplar.unit)
    assert Adoption.objects.count() == 1


def test_confirm_is_the_word_of_the_source():
    exemplar = ExemplarFactory(recognised=True)
    adoption = register(exemplar)
    source = UserFactory(unit=exemplar.unit, function="introducer")

    confirmed = actions.confirm(adoption=adoption, by=source)

    assert (confirmed.state, confirmed.confirmed_by) == ("applying", source)
    with pytest.raises(ValidationError, match="rồi"):
        actions.confirm(adoption=adoption, by=source)


def test_confirm_leaves_a_later_state_as_it_is():
    adoption = register(ExemplarFactory(recognised=True))
    Adoption.objects.filter(pk=adoption.pk).update(state="effective")

    confirmed = actions.confirm(adoption=adoption, by=UserFactory(function="secretariat"))

    assert confirmed.state == "effective"


def test_confirm_is_refused_to_who_registered():
    both = UserFactory(function=["introducer", "secretariat"])
    adoption = register(ExemplarFactory(recognised=True), both)

    with pytest.raises(PermissionDenied):
        actions.confirm(adoption=adoption, by=both)
    assert not both.has_perm("replication.confirm", None)
    assert not both.has_perm("replication.report_progress", None)
    assert not both.has_perm("replication.register", None)


def test_report_progress_is_the_word_of_the_adopter():
    clerk = UserFactory(function="introducer")
    adoption = register(ExemplarFactory(recognised=True), clerk)

    with pytest.raises(IllegalMove):
        actions.report_progress(adoption=adoption, by=clerk, state="effective")
    dropped = actions.report_progress(adoption=adoption, by=clerk, state="dropped")

    assert dropped.state == "dropped"
    with pytest.raises(PermissionDenied):
        actions.report_progress(
            adoption=adoption, by=UserFactory(function="introducer"), state="dropped"
        )
