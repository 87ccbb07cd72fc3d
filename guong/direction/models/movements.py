from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.units.models import Unit

from .directives import Directive


class MovementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A movement is meant for everybody; inside the office all may read it."""
        return self if user.is_authenticated else self.none()

    def waiting(self):
        return self.filter(confirmed_by=None)

    def public(self):
        """Confirmed by a second person."""
        return self.filter(confirmed_by__isnull=False)


class Movement(models.Model):
    """An emulation movement with what the law asks to be said of it: entered by one person, confirmed
    by another.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", "Thường xuyên"
        THEMATIC = "thematic", "Theo chuyên đề (theo đợt)"

    name = models.CharField("tên phong trào", max_length=200)
    kind = models.CharField("hình thức", max_length=8, choices=Kind, default=Kind.THEMATIC)
    launcher = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="movements", verbose_name="nơi phát động"
    )
    directive = models.ForeignKey(
        Directive,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="movements",
        verbose_name="văn bản chỉ đạo",
    )
    goals = models.TextField("mục tiêu")
    scope = models.TextField("phạm vi, đối tượng")
    criteria = models.TextField("nội dung, tiêu chí")
    measures = models.TextField("kế hoạch, biện pháp", blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="movement_once", fields=["name", "starts_on"]),
            models.CheckConstraint(
                name="movement_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="movement_by_four_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self):
        return self.name
