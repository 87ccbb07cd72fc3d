import factory

from guong.core import calendar
from guong.exemplars.tests.factories import ExemplarFactory
from guong.honours.models import HonourEntry, HonourRoll
from guong.units.tests.factories import UnitFactory, UserFactory


class RollFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HonourRoll

    title = factory.Sequence(lambda n: f"Lễ mẫu {n}")
    given_on = factory.LazyFunction(calendar.today)
    organiser = factory.SubFactory(UnitFactory)
    opened_by = factory.SubFactory(UserFactory, function="secretariat")


class EntryFactory(factory.django.DjangoModelFactory):
    """Entered by one person; `confirmed=True` as if a second one had agreed."""

    class Meta:
        model = HonourEntry

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, function="leader"),
            confirmed_at=factory.LazyFunction(calendar.now),
        )

    roll = factory.SubFactory(RollFactory)
    exemplar = factory.SubFactory(ExemplarFactory, recognised=True)
    citation = "Dạy nghề cho 12 hộ"
    entered_by = factory.SubFactory(UserFactory, function="secretariat")
