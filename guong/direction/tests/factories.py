import datetime

import factory

from guong.core import calendar
from guong.core.vietnamese import fold
from guong.direction.models import (
    Assignment,
    CriteriaSet,
    Criterion,
    Directive,
    EvidenceSlot,
    Movement,
    Rule,
    Task,
)
from guong.units.tests.factories import UnitFactory, UserFactory


class DirectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Directive

    number = factory.Sequence(lambda n: str(n + 1))
    sign = "UBND-NC"
    issued_on = datetime.date(2026, 1, 5)
    issuer = factory.SubFactory(UnitFactory, kind="provincial_pc")
    summary = "Về việc tăng cường phát hiện gương điển hình"
    registered_by = factory.SubFactory(UserFactory)


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    directive = factory.SubFactory(DirectiveFactory)
    text = "Giới thiệu ít nhất một điển hình"
    due_on = datetime.date(2026, 12, 20)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    task = factory.SubFactory(TaskFactory)
    unit = factory.SubFactory(UnitFactory)


class MovementFactory(factory.django.DjangoModelFactory):
    """A movement somebody entered; `confirmed=True` as if a second person had agreed."""

    class Meta:
        model = Movement

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, function="secretariat"),
            confirmed_at=factory.LazyFunction(calendar.now),
        )

    name = factory.Sequence(lambda n: f"Làng cùng làm {n}")
    launcher = factory.SubFactory(UnitFactory)
    goals = "Mỗi xã một cách làm."
    scope = "Cả tỉnh."
    criteria = "Đo được trước và sau."
    starts_on = datetime.date(2026, 1, 5)
    entered_by = factory.SubFactory(UserFactory, function="secretariat")


class CriteriaSetFactory(factory.django.DjangoModelFactory):
    """A draft; `in_force=True` as if a second person had put it in force at the start of the year."""

    class Meta:
        model = CriteriaSet
        skip_postgeneration_save = True

    class Params:
        in_force = factory.Trait(
            state="in_force",
            document="12/QĐ-UBND",
            valid_from=datetime.date(2026, 1, 1),
            verified_on=datetime.date(2026, 1, 1),
        )

    name = "Tiêu chí của xã"
    award = "Điển hình tiên tiến"
    issuer = factory.SubFactory(UnitFactory)
    drafted_by = factory.SubFactory(UserFactory, unit=factory.SelfAttribute("..issuer"))

    @factory.post_generation
    def criteria(self, create, given, **kwargs):
        for order, kind in enumerate(["required"] if given is None else given, start=1):
            CriterionFactory(criteria_set=self, order=order, kind=kind)


class CriterionFactory(factory.django.DjangoModelFactory):
    """One with a place for one paper; `slots=[]` makes one without."""

    class Meta:
        model = Criterion
        skip_postgeneration_save = True

    criteria_set = factory.SubFactory(CriteriaSetFactory, criteria=[])
    order = 1
    code = factory.LazyAttribute(lambda row: f"C{row.order}")
    text = "Được cộng đồng thừa nhận"
    points = factory.LazyAttribute(lambda row: 10 if row.kind == "scored" else None)
    kind = "required"

    @factory.post_generation
    def slots(self, create, given, **kwargs):
        for order, text in enumerate(["Biên bản họp thôn"] if given is None else given, start=1):
            EvidenceSlot.objects.create(criterion=self, order=order, text=text)


class RuleFactory(factory.django.DjangoModelFactory):
    """Switched on and unverified; `binding=True` as if a second person had verified it."""

    class Meta:
        model = Rule

    class Params:
        binding = factory.Trait(
            verified_on=datetime.date(2026, 1, 1), verified_by=factory.SubFactory(UserFactory)
        )

    name = "Hai năm liền"
    kind = "years"
    counted = "Gương của xã"
    counted_key = factory.LazyAttribute(lambda row: fold(row.counted))
    award_key = factory.LazyAttribute(lambda row: fold(row.award))
    award = ""
    number = 2
    is_consecutive = True
    article = "Điều 5 Quy chế của tỉnh"
    is_switched_on = True
