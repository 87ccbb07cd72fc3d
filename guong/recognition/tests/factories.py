import factory

from guong.appraisal.tests.factories import VerificationFactory
from guong.core import calendar
from guong.recognition.models import Decision
from guong.units.tests.factories import UserFactory


class DecisionFactory(factory.django.DjangoModelFactory):
    """A draft for a verified dossier; `signed=True` as if a leader had signed it today."""

    class Meta:
        model = Decision

    class Params:
        signed = factory.Trait(
            state="signed",
            number=factory.Sequence(lambda n: n + 1),
            number_sign=factory.LazyAttribute(lambda row: f"{row.number}/QĐ-UBND"),
            signed_on=factory.LazyFunction(calendar.today),
            check_code=factory.Sequence(lambda n: f"QD-{n:04}-AAAA-BBBB"),
            signatory=factory.SubFactory(UserFactory, function="leader"),
        )

    nomination = factory.SubFactory(
        "guong.nomination.tests.factories.NominationFactory", state="accepted"
    )
    exemplar = factory.SelfAttribute("nomination.exemplar")
    issuer = factory.SelfAttribute("nomination.unit")
    drafted_by = factory.SubFactory(UserFactory, function="secretariat")


def verified():
    """A nomination that may be decided."""
    return VerificationFactory(state="proven").nomination
