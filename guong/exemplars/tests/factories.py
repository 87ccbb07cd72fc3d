import factory

from guong.core import calendar
from guong.core.vietnamese import fold, name_key, sort_key
from guong.direction.tests.factories import MovementFactory
from guong.exemplars.identity import lock
from guong.exemplars.matching import index
from guong.exemplars.models import (
    AccessGrant,
    Check,
    Claim,
    Conflict,
    Consent,
    EthnicGroup,
    Evidence,
    Exemplar,
    Hold,
    Identity,
    MovementEntry,
    RestrictedValue,
)
from guong.units.tests.factories import UnitFactory, UserFactory


class ExemplarFactory(factory.django.DjangoModelFactory):
    """Somebody a commune has introduced; `recognised=True` as if a decision had been signed."""

    class Meta:
        model = Exemplar
        skip_postgeneration_save = True

    class Params:
        recognised = factory.Trait(
            recognised_on=factory.LazyFunction(calendar.today), grade="exemplar"
        )

    code = factory.Sequence(lambda n: f"GU-2020-{n:05}")
    kind = "individual"
    full_name = factory.Sequence(lambda n: f"Người Mẫu {n}")
    given_name = ""
    search_key = factory.LazyAttribute(lambda row: fold(row.full_name))
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.full_name, row.given_name))
    name_key = factory.LazyAttribute(lambda row: name_key(row.full_name))
    unit = factory.SubFactory(UnitFactory)
    introduced_by = factory.SubFactory(UserFactory, unit=factory.SelfAttribute("..unit"))

    @factory.post_generation
    def marks(self, create, extracted, **kwargs):
        index.write_names(self)


class ClaimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claim
        skip_postgeneration_save = True

    exemplar = factory.SubFactory(ExemplarFactory)
    statement = "Dạy nghề cho 12 hộ trong thôn"
    stated_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def marks(self, create, extracted, **kwargs):
        index.write_deeds(self)


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    exemplar = factory.SubFactory(ExemplarFactory)
    kind = "testimony"
    title = "Lời trưởng thôn"
    testimony = "Đúng là đã dạy nghề."
    added_by = factory.SubFactory(UserFactory)


class CheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Check

    claim = factory.SubFactory(ClaimFactory)
    evidence = factory.SubFactory(
        EvidenceFactory, exemplar=factory.SelfAttribute("..claim.exemplar")
    )
    result = "proven"
    by = factory.SubFactory(UserFactory)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    exemplar = factory.SubFactory(ExemplarFactory)
    purpose = "name_publicly"
    signer = factory.SelfAttribute("exemplar.full_name")
    recorded_by = factory.SubFactory(UserFactory)


class HoldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hold

    exemplar = factory.SubFactory(ExemplarFactory)
    reason = "Có đơn phản ánh."
    placed_by = factory.SubFactory(UserFactory)


class IdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Identity

    exemplar = factory.SubFactory(ExemplarFactory)
    id_last_digits = "0123"


class ValueFactory(factory.django.DjangoModelFactory):
    """`said`: what is locked; empty for «không muốn nêu»."""

    class Meta:
        model = RestrictedValue

    class Params:
        said = "0900000000"

    exemplar = factory.SubFactory(ExemplarFactory)
    kind = "phone"
    sealed = factory.LazyAttribute(lambda row: lock(row.said))
    is_declined = factory.LazyAttribute(lambda row: not row.said)
    legal_basis = "Đồng ý bằng văn bản"
    source = "Giấy tờ xuất trình"


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    exemplar = factory.SubFactory(ExemplarFactory)
    user = factory.SubFactory(UserFactory)


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccessGrant

    exemplar = factory.SubFactory(ExemplarFactory)
    user = factory.SubFactory(UserFactory)
    why = "Đi xác minh liên xã"
    until = factory.LazyFunction(calendar.today)
    granted_by = factory.SubFactory(UserFactory)


class MovementEntryFactory(factory.django.DjangoModelFactory):
    """An exemplar said to have come of a confirmed movement; `confirmed=True`: by two persons."""

    class Meta:
        model = MovementEntry

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, function="secretariat"),
            confirmed_at=factory.LazyFunction(calendar.now),
        )

    exemplar = factory.SubFactory(ExemplarFactory)
    movement = factory.SubFactory(MovementFactory, confirmed=True)
    entered_by = factory.SubFactory(UserFactory, function="secretariat")


class EthnicGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EthnicGroup

    name = factory.Sequence(lambda n: f"Tên Mẫu {n}")
    source = "Bảng danh mục (mẫu)"
