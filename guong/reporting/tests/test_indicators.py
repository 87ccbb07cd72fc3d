"""Each figure on a population with a duplicate, an outsider and a revoked one."""

import datetime

import pytest

from guong.core.calendar import parse_period
from guong.exemplars.tests.factories import ExemplarFactory
from guong.honours.models import HonourEntry, HonourRoll
from guong.nomination.tests.factories import NominationFactory
from guong.nurturing.models import Visit
from guong.publicity.actions import start_version
from guong.publicity.models import StoryApproval
from guong.publicity.tests.factories import drafted, editor
from guong.recognition.tests.factories import DecisionFactory
from guong.replication.models import Adoption
from guong.reporting.indicators import ALL, BY_CODE
from guong.units.tests.factories import UnitFactory, UserFactory, province

pytestmark = pytest.mark.django_db
PERIOD = parse_period("2026-H1")
IN, OUT = datetime.date(2026, 3, 5), datetime.date(2026, 7, 1)


def count(code, unit=None):
    return BY_CODE[code].compute(PERIOD, unit)


def test_every_indicator_has_a_definition_and_a_code_of_its_own():
    assert [indicator.code for indicator in ALL] == ["B1", "B4", "C1", "D1", "E1", "F1"]
    assert all(len(indicator.definition) > 40 for indicator in ALL)


def test_b1_counts_an_introduced_exemplar_once():
    exemplar = ExemplarFactory(introduced_on=IN)
    NominationFactory(exemplar=exemplar, state="accepted")
    NominationFactory(exemplar=exemplar, state="returned", unit=UnitFactory())
    NominationFactory(exemplar__introduced_on=OUT, state="submitted")
    NominationFactory(exemplar__introduced_on=IN, state="draft")
    NominationFactory(exemplar__introduced_on=IN, state="withdrawn")

    assert (count("B1"), count("B1", exemplar.unit), count("B1", UnitFactory())) == (1, 1, 0)
    assert count("B1", province()) == 1


def test_b4_counts_a_decision_signed_in_the_period_and_not_revoked_in_it():
    exemplar = ExemplarFactory(recognised=True)
    for _ in range(2):
        DecisionFactory(signed=True, signed_on=IN, exemplar=exemplar)
    DecisionFactory(signed=True, signed_on=OUT)
    DecisionFactory(signed=True, signed_on=IN, state="revoked", revoked_on=IN)
    DecisionFactory(signed=True, signed_on=IN, state="revoked", revoked_on=OUT)
    DecisionFactory()

    assert (count("B4"), count("B4", exemplar.unit)) == (2, 1)


def test_c1_counts_a_visited_exemplar_once():
    exemplar, by = ExemplarFactory(recognised=True), UserFactory()
    for day in (IN, IN + datetime.timedelta(days=9), OUT):
        Visit.objects.create(
            exemplar=exemplar, unit=exemplar.unit, visited_on=day, found="Tốt", recorded_by=by
        )
    other = ExemplarFactory(recognised=True)
    Visit.objects.create(
        exemplar=other, unit=other.unit, visited_on=OUT, found="Tốt", recorded_by=by
    )

    assert (count("C1"), count("C1", other.unit)) == (1, 0)


def test_d1_counts_a_story_by_the_day_it_came_on_the_portal():
    inside, outside, gone, writing = (drafted().approvals.get() for _ in range(4))
    version = start_version(page=inside.page, lang="jra", by=editor()).approvals.get()
    days = ((inside, IN, None), (version, IN, None), (outside, OUT, None), (gone, IN, IN))
    for row, released, withdrawn in days:
        StoryApproval.objects.filter(pk=row.pk).update(released_on=released, withdrawn_on=withdrawn)

    assert (count("D1"), count("D1", inside.exemplar.unit)) == (1, 1)
    assert count("D1", writing.exemplar.unit) == 0


def test_e1_counts_a_followed_exemplar_once():
    exemplar, by = ExemplarFactory(recognised=True), UserFactory()
    for state, day in (("applying", IN), ("effective", IN), ("registered", OUT)):
        Adoption.objects.create(
            exemplar=exemplar,
            unit=UnitFactory(),
            state=state,
            manner="copied",
            practice="Đổi công",
            in_charge="Ai",
            started_on=day,
            registered_by=by,
        )
    dropped = ExemplarFactory(recognised=True)
    Adoption.objects.create(
        exemplar=dropped,
        unit=UnitFactory(),
        state="dropped",
        manner="copied",
        practice="Đổi công",
        in_charge="Ai",
        started_on=IN,
        registered_by=by,
    )

    assert (count("E1"), count("E1", exemplar.unit), count("E1", dropped.unit)) == (1, 1, 0)


def test_f1_counts_a_confirmed_honour_once():
    exemplar, by, second = ExemplarFactory(recognised=True), UserFactory(), UserFactory()
    for day, confirmed in ((IN, second), (IN + datetime.timedelta(days=3), second), (OUT, second)):
        roll = HonourRoll.objects.create(
            title="Lễ", given_on=day, organiser=exemplar.unit, opened_by=by
        )
        HonourEntry.objects.create(
            roll=roll, exemplar=exemplar, citation="Tốt", entered_by=by, confirmed_by=confirmed
        )
    waiting = ExemplarFactory(recognised=True)
    HonourEntry.objects.create(
        roll=HonourRoll.objects.filter(given_on=IN).get(),
        exemplar=waiting,
        citation="Tốt",
        entered_by=by,
    )

    assert (count("F1"), count("F1", waiting.unit)) == (1, 0)
