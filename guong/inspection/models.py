from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.states import Stateful
from guong.units.models import Unit


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if {"inspector", "secretariat", "leader"} & set(user.functions()):
            return self
        return self.filter(unit__path__startswith=user.branch_path(), state=Inspection.State.CLOSED)


class Inspection(Stateful):
    """One look at one unit for one period, along a checklist."""

    class State(models.TextChoices):
        OPEN = "open", "Đang kiểm tra"
        CLOSED = "closed", "Đã kết luận"

    MOVES = {State.OPEN: {State.CLOSED}}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    period = models.CharField("kỳ", max_length=8)
    state = models.CharField("trạng thái", max_length=6, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("mở lúc", default=calendar.now)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspection_state_is_known", condition=Q(state__in=["open", "closed"])
            ),
            models.UniqueConstraint(
                name="inspection_one_open_per_unit_and_period",
                fields=["unit", "period"],
                condition=Q(state="open"),
            ),
        ]

    def __str__(self):
        return f"{self.unit}, kỳ {self.period}"


class ChecklistAnswer(models.Model):
    """One question of the checklist: what the system says, what the inspector found."""

    class Result(models.TextChoices):
        MET = "met", "Đạt"
        PARTLY = "partly", "Đạt một phần"
        NOT_MET = "not_met", "Chưa đạt"

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField()
    question = models.CharField("nội dung kiểm tra", max_length=300)
    figure = models.CharField("hệ thống ghi nhận", max_length=200, blank=True)
    indicator = models.CharField("chỉ tiêu", max_length=6, blank=True)
    result = models.CharField("kết quả", max_length=8, choices=Result, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_order_once", fields=["inspection", "order"])
        ]

    def __str__(self):
        return self.question


class Finding(models.Model):
    """Something the inspection found that must be mended, by a day."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField("tồn tại")
    recommendation = models.TextField("kiến nghị")
    due_on = models.DateField("hạn khắc phục")
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(default=calendar.now)

    def __str__(self):
        return self.text[:80]
