import factory

from guong.core import calendar
from guong.core.vietnamese import fold, sort_key
from guong.units.models import SYSTEM_ACCOUNT, Field, IntroducingRight, Mandate, Unit, User

PASSWORD = "mot cau dai de nho 27"


def system_user():
    """The row that acts by the clock, made once a database."""
    return User.objects.get_or_create(
        username=SYSTEM_ACCOUNT, defaults={"full_name": "Hệ thống", "is_active": False}
    )[0]


class UnitFactory(factory.Factory):
    """A commune under the province; `parent=` hangs it elsewhere, `parent=None` makes a root.

    `introduces=False`: without the right to introduce.
    """

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"XA{n:03}")
    name = factory.Sequence(lambda n: f"Xã Mẫu {n}")
    kind = "commune"
    doc_symbol = "UBND"
    search_key = factory.LazyAttribute(lambda unit: fold(unit.name))
    sort_key = factory.LazyAttribute(lambda unit: sort_key(unit.name, unit.name))

    @classmethod
    def _create(cls, model_class, *args, parent="province", introduces=True, **fields):
        above = province() if parent == "province" else parent
        made = (
            Unit.add_root(**fields)
            if above is None
            else Unit.objects.get(pk=above.pk).add_child(**fields)
        )
        if introduces:
            IntroducingRight.objects.create(unit=made, basis="Văn bản mẫu")
        return made


def province() -> Unit:
    """The root of the tests' tree."""
    return Unit.objects.filter(code="TINH").first() or UnitFactory(
        code="TINH", name="Tỉnh Mẫu", kind="province", parent=None
    )


class UserFactory(factory.django.DjangoModelFactory):
    """An account; `function="introducer"` gives it the function in its own unit."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(lambda n: f"Cán Bộ Mẫu {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@guong.example")
    unit = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def function(self, create, names, **kwargs):
        for name in [names] if isinstance(names, str) else names or []:
            MandateFactory(user=self, function=name, unit=self.unit)


class MandateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mandate

    user = factory.SubFactory(UserFactory)
    function = "introducer"
    unit = factory.LazyAttribute(lambda mandate: mandate.user.unit)
    starts_on = factory.LazyFunction(calendar.today)
    granted_by = factory.LazyFunction(system_user)


class FieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Field

    code = factory.Sequence(lambda n: f"linh-vuc-{n}")
    name = factory.Sequence(lambda n: f"Lĩnh vực {n}")
