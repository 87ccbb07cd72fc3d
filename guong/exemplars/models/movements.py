from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.direction.models import Movement

from .exemplars import Exemplar


class MovementEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def waiting(self):
        return self.filter(confirmed_by=None)

    def public(self):
        """Confirmed, of an exemplar and of a movement that may both be shown."""
        return self.filter(
            confirmed_by__isnull=False,
            exemplar__in=Exemplar.objects.public(),
            movement__in=Movement.objects.public(),
        )


class MovementEntry(models.Model):
    """One exemplar as the fruit of one movement: entered by one person, confirmed by another."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="movements")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = MovementEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="movement_entry_once", fields=["movement", "exemplar"]),
            models.CheckConstraint(
                name="movement_entry_by_four_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self):
        return f"{self.exemplar} – {self.movement}"
