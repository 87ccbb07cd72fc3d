import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from guong.core import calendar
from guong.exemplars.models import Exemplar
from guong.units.models import Unit

COMING = datetime.timedelta(days=30)


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def counted(self, period):
        return self.filter(visited_on__range=(period.start, period.end))

    def latest(self):
        """The last visit to each exemplar that is still recognised: whose next day counts."""
        later = Visit.objects.filter(exemplar=OuterRef("exemplar")).filter(
            Q(visited_on__gt=OuterRef("visited_on"))
            | Q(visited_on=OuterRef("visited_on"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), exemplar__in=Exemplar.objects.recognised())

    def due(self, on):
        """Somebody should have come again by that day."""
        return self.latest().filter(next_on__lte=on)

    def coming(self, on):
        """Somebody should come again in the weeks after that day."""
        return self.latest().filter(next_on__gt=on, next_on__lte=on + COMING)


class Visit(models.Model):
    """Somebody went to see an exemplar: what was found, what is needed, when to come again."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="visits", verbose_name="đơn vị đi thăm"
    )
    visited_on = models.DateField("ngày thăm")
    found = models.TextField("tình hình")
    needs = models.TextField("khó khăn, cần giúp", blank=True)
    next_on = models.DateField("lần tới", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=calendar.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_next_comes_later",
                condition=Q(next_on=None) | Q(next_on__gt=F("visited_on")),
            )
        ]

    def __str__(self):
        return f"{self.exemplar} {self.visited_on:%d/%m/%Y}"
