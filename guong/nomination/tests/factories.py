import factory

from guong.exemplars.tests.factories import ClaimFactory, ExemplarFactory
from guong.nomination.models import DraftFile, GuidedDraft, Nomination, SignOff
from guong.units.tests.factories import UnitFactory, UserFactory

ANSWERS = {
    "full_name": "Rơ Châm H'Bliu",
    "kind": "individual",
    "did": "Dạy dệt cho chị em trong làng, mỗi tối một giờ.",
    "results": "36 chị em biết dệt\n- 12 hộ bán được khăn",
    "worth": "Làng nào cũng có người già biết dệt.",
}


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


class SignOffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignOff

    nomination = factory.SubFactory(NominationFactory)
    unit = factory.SubFactory(UnitFactory)
    asked_by = factory.SelfAttribute("nomination.drafted_by")


class GuidedDraftFactory(factory.django.DjangoModelFactory):
    """Written to its end, nothing wrong with it."""

    class Meta:
        model = GuidedDraft

    unit = factory.SubFactory(UnitFactory)
    answers = factory.LazyFunction(lambda: dict(ANSWERS))
    by = factory.SubFactory(
        UserFactory, function="introducer", unit=factory.SelfAttribute("..unit")
    )
    kept_by = factory.SelfAttribute("by")


class DraftFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DraftFile

    draft = factory.SubFactory(GuidedDraftFactory)
    title = "giay.pdf"
    added_by = factory.SelfAttribute("draft.by")
