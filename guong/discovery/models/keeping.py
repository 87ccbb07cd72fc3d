import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar

DEFAULT_DAYS = 90


class KeepingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """How long personal data is kept is nobody's secret inside the office."""
        return self if user.is_authenticated else self.none()

    def days_on(self, day: datetime.date) -> int:
        """How many days after a refusal personal data is kept, by the row in force on the day."""
        row = self.filter(valid_from__lte=day).order_by("-valid_from").first()
        return row.days if row else DEFAULT_DAYS


class Keeping(models.Model):
    """From this day on, the personal data of a refused lead is kept for so many days."""

    days = models.PositiveSmallIntegerField("số ngày")
    valid_from = models.DateField("áp dụng từ", unique=True)
    reason = models.CharField("căn cứ", max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("đặt lúc", default=calendar.now)

    objects = KeepingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="keeping_of_a_day_to_ten_years", condition=Q(days__gte=1, days__lte=3660)
            )
        ]

    def __str__(self):
        return f"{self.days} ngày, từ {self.valid_from:%d/%m/%Y}"
