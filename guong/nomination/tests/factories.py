import factory

from guong.exemplars.tests.factories import ClaimFactory, ExemplarFactory
from guong.nomination.models import Nomination
from guong.units.tests.factories import UserFactory


class NominationFactory(factory.django.DjangoModelFactory):
    """A dossier of the exemplar's own unit; `claims=[]` makes one without a claim."""

    class Meta:
        model = Nomination
        skip_postgeneration_save = True

    exemplar = factory.SubFactory(ExemplarFactory)
    state = "draft"
    unit = factory.SelfAttribute("exemplar.unit")
    drafted_by = factory.SubFactory(UserFactory, unit=factory.SelfAttribute("..unit"))
    submitted_by = factory.LazyAttribute(
        lambda row: row.drafted_by if row.state not in ("draft", "withdrawn") else None
    )

    @factory.post_generation
    def claims(self, create, given, **kwargs):
        self.claims.set([ClaimFactory(exemplar=self.exemplar)] if given is None else given)
