from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.calendar import parse_period
from guong.core.states import Stateful
from guong.units.models import Unit


class PopulationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Statistics are nobody's secret inside the office."""
        return self if user.is_authenticated else self.none()


class Population(models.Model):
    """How many people one group has: what the figures of the radar are held against."""

    class Dimension(models.TextChoices):
        COMMUNE = "xa", "Xã, phường"
        LABOUR = "lao-dong", "Nhóm lao động"
        SEX = "gioi", "Giới"
        PEOPLES = "dan-toc", "Dân tộc"

    dimension = models.CharField("chia theo", max_length=8, choices=Dimension)
    key = models.CharField("nhóm", max_length=60)  # of a commune its key, of a people its name
    number = models.PositiveIntegerField("số dân")
    counted_on = models.DateField("tính đến ngày")
    source = models.CharField("nguồn", max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=calendar.now)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="population_once_a_group", fields=["dimension", "key"]),
            models.CheckConstraint(
                name="population_has_a_number_and_a_source",
                condition=Q(number__gt=0) & ~Q(source=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_dimension_display()} {self.key}: {self.number}"


class PeriodicReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if {"secretariat", "leader", "inspector"} & set(user.functions()):
            return self
        return self.filter(unit__path__startswith=user.branch_path())

    def public(self):
        """Closed by a second person: its frozen figures may be shown to everybody."""
        return self.filter(state=PeriodicReport.State.ACCEPTED)


class PeriodicReport(Stateful):
    """What one unit answers for one period: figures counted from records, and words."""

    class State(models.TextChoices):
        DRAFTING = "drafting", "Đang soạn"
        SUBMITTED = "submitted", "Đã gửi"
        RETURNED = "returned", "Trả lại"
        ACCEPTED = "accepted", "Đã chấp nhận"

    MOVES = {
        State.DRAFTING: {State.SUBMITTED},
        State.SUBMITTED: {State.RETURNED, State.ACCEPTED},
        State.RETURNED: {State.SUBMITTED},
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period_code = models.CharField("kỳ", max_length=8)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFTING)
    narrative = models.TextField("nhận xét, đánh giá", blank=True)
    # Frozen when submitted; an accepted report reads these and never counts again.
    figures = models.JSONField("số liệu chốt", default=dict)
    number_sign = models.CharField("số, ký hiệu", max_length=60, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=calendar.now)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_one_per_unit_and_period", fields=["unit", "period_code"]
            ),
            models.CheckConstraint(
                name="report_state_is_known",
                condition=Q(state__in=["drafting", "submitted", "returned", "accepted"]),
            ),
            models.CheckConstraint(
                name="report_accepted_by_somebody_else",
                condition=Q(accepted_by=None) | ~Q(accepted_by=models.F("written_by")),
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.period}"

    @property
    def period(self):
        return parse_period(self.period_code)
