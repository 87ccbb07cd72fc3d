from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.exemplars.models import Exemplar
from guong.units.models import Unit


class HonourRollQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class HonourRoll(models.Model):
    """A round of honour: its name, who gives it, on which day."""

    title = models.CharField("tên", max_length=200)
    given_on = models.DateField("ngày tôn vinh")
    organiser = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="honour_rolls", verbose_name="nơi tổ chức"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = HonourRollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="honour_roll_once_a_day_and_title", fields=["title", "given_on"]
            )
        ]

    def __str__(self):
        return self.title


class HonourEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.exclude(exemplar__conflicts__user=user)

    def waiting(self):
        return self.filter(confirmed_by=None)

    def counted(self, period):
        return self.filter(
            confirmed_by__isnull=False, roll__given_on__range=(period.start, period.end)
        )

    def public(self):
        """Confirmed by a second person, of an exemplar that may be shown."""
        return self.filter(confirmed_by__isnull=False, exemplar__in=Exemplar.objects.public())


class HonourEntry(models.Model):
    """One exemplar in one honour roll: entered by one person, confirmed by another."""

    roll = models.ForeignKey(HonourRoll, on_delete=models.PROTECT, related_name="entries")
    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="honours")
    citation = models.CharField("vì", max_length=300)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = HonourEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="honour_entry_once", fields=["roll", "exemplar"]),
            models.CheckConstraint(
                name="honour_entry_by_four_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self):
        return f"{self.exemplar} – {self.roll}"
