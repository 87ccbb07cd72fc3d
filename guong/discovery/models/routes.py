from django.conf import settings
from django.db import models

from guong.core import calendar
from guong.units.models import Field, Unit


class RouteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who handles what is nobody's secret inside the office."""
        return self if user.is_authenticated else self.none()


class Route(models.Model):
    """Leads of a field go to this unit; the row without a field is where all else goes."""

    field = models.ForeignKey(
        Field, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="lĩnh vực"
    )
    # Code of the field, empty for all else: one answer to each question.
    key = models.CharField(max_length=40, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị xử lý"
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("đặt lúc", default=calendar.now)

    objects = RouteQuerySet.as_manager()

    def __str__(self):
        return f"{self.field or 'Mọi tin khác'}: {self.unit}"
