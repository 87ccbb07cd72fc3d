import datetime

import factory

from guong.core import calendar
from guong.direction.models import Assignment, Directive, Movement, Task
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
