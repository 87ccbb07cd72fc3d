import factory

from guong.core import calendar
from guong.exemplars.tests.factories import ExemplarFactory
from guong.replication.models import Adoption
from guong.units.tests.factories import UnitFactory, UserFactory


class AdoptionFactory(factory.django.DjangoModelFactory):
    """Another commune follows a recognised exemplar since today; nobody has confirmed it."""

    class Meta:
        model = Adoption

    exemplar = factory.SubFactory(ExemplarFactory, recognised=True)
    unit = factory.SubFactory(UnitFactory)
    manner = "adapted"
    practice = "Đổi công."
    in_charge = "Cán Bộ Mẫu"
    started_on = factory.LazyFunction(calendar.today)
    registered_by = factory.SubFactory(UserFactory, unit=factory.SelfAttribute("..unit"))
