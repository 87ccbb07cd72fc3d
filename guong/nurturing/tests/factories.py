import factory

from guong.core import calendar
from guong.exemplars.tests.factories import ExemplarFactory
from guong.nurturing.models import Visit
from guong.units.tests.factories import UserFactory


class VisitFactory(factory.django.DjangoModelFactory):
    """Somebody of the exemplar's own unit was there today."""

    class Meta:
        model = Visit

    exemplar = factory.SubFactory(ExemplarFactory, recognised=True)
    unit = factory.SelfAttribute("exemplar.unit")
    visited_on = factory.LazyFunction(calendar.today)
    found = "Vẫn tốt."
    recorded_by = factory.SubFactory(UserFactory, unit=factory.SelfAttribute("..unit"))
