from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Q, When

from guong.core import calendar
from guong.core.states import Stateful
from guong.units.models import Unit


class DirectiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The Board sees all; a unit sees what gives its branch a task."""
        if not user.is_authenticated:
            return self.none()
        if {"secretariat", "leader", "inspector"} & set(user.functions()):
            return self
        return self.filter(tasks__assignments__unit__path__startswith=user.branch_path()).distinct()

    def with_answers(self, user):
        """`given` and `silent`: how many tasks this person may see, and how many nobody took yet."""
        seen = Assignment.objects.visible_to(user)
        tasks = Q(tasks__assignments__in=seen)
        return self.annotate(
            given=Count("tasks__assignments", filter=tasks, distinct=True),
            silent=Count(
                "tasks__assignments",
                filter=tasks & Q(tasks__assignments__state="sent"),
                distinct=True,
            ),
        )


class Directive(models.Model):
    """A directing document, registered with number, sign, date and summary."""

    number = models.CharField("số", max_length=20)
    sign = models.CharField("ký hiệu", max_length=40)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="directives", verbose_name="cơ quan ban hành"
    )
    summary = models.CharField("trích yếu", max_length=500)
    legal_bases = models.TextField("căn cứ", blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(default=calendar.now)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directive_number_once_per_issuer_and_day",
                fields=["issuer", "number", "sign", "issued_on"],
            )
        ]

    def __str__(self):
        return f"{self.number_sign} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def number_sign(self) -> str:
        return f"{self.number}/{self.sign}"


class Task(models.Model):
    """One thing a directive asks of several units."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField("nội dung", max_length=300)
    quota = models.PositiveSmallIntegerField("chỉ tiêu", default=1)
    due_on = models.DateField("hạn")

    def __str__(self):
        return self.text


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if {"secretariat", "leader", "inspector"} & set(user.functions()):
            return self
        return self.filter(unit__path__startswith=user.branch_path())

    def waiting(self):
        return self.filter(state=Assignment.State.SENT)

    def silent_first(self):
        """Whoever has not answered yet stands on top, then the order of the tree."""
        answered = Case(When(state="sent", then=0), default=1)
        return self.order_by(answered, "unit__path", "pk")


class Assignment(Stateful):
    """A task as one unit has it: sent, acknowledged, done."""

    class State(models.TextChoices):
        SENT = "sent", "Chưa tiếp nhận"
        ACKNOWLEDGED = "acknowledged", "Đã tiếp nhận"
        DONE = "done", "Đã thực hiện"

    MOVES = {State.SENT: {State.ACKNOWLEDGED}, State.ACKNOWLEDGED: {State.DONE}}

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.SENT)
    in_charge = models.CharField("người phụ trách", max_length=150, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField("tiếp nhận lúc", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="assignment_once_per_unit", fields=["task", "unit"]),
            models.CheckConstraint(
                name="assignment_state_is_known",
                condition=Q(state__in=["sent", "acknowledged", "done"]),
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.task}"
