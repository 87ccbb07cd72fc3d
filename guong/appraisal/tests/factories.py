import factory

from guong.appraisal.models import Verification
from guong.nomination.tests.factories import NominationFactory
from guong.units.tests.factories import UserFactory, province


def verifier():
    """Somebody who verifies all over the province."""
    return UserFactory(unit=province(), function="verifier")


class VerificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verification

    nomination = factory.SubFactory(NominationFactory, state="accepted")
    verifier = factory.LazyFunction(verifier)
    introducer = factory.SelfAttribute("nomination.submitted_by")
