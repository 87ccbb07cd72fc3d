from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.states import Stateful
from guong.exemplars.models import Exemplar
from guong.units.models import Unit


class AdoptionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Adopter and source see it, the Board sees all."""
        if not user.is_authenticated:
            return self.none()
        free = self.exclude(exemplar__conflicts__user=user)
        if {"secretariat", "leader", "inspector", "editor"} & set(user.functions()):
            return free
        path = user.branch_path()
        return free.filter(
            Q(unit__path__startswith=path) | Q(exemplar__unit__path__startswith=path)
        )

    def counted(self, period):
        return self.filter(started_on__range=(period.start, period.end))

    def alive(self):
        return self.exclude(state=Adoption.State.DROPPED)

    def public(self):
        return self.alive().filter(confirmed_by__isnull=False)


class Adoption(Stateful):
    """A unit has taken over an exemplar's way of working."""

    class State(models.TextChoices):
        REGISTERED = "registered", "Đã đăng ký"
        APPLYING = "applying", "Đang áp dụng"
        EFFECTIVE = "effective", "Có hiệu quả"
        NOT_EFFECTIVE = "not_effective", "Chưa hiệu quả"
        DROPPED = "dropped", "Đã thôi"

    MOVES = {
        State.REGISTERED: {State.APPLYING, State.DROPPED},
        State.APPLYING: {State.EFFECTIVE, State.NOT_EFFECTIVE, State.DROPPED},
        State.EFFECTIVE: {State.NOT_EFFECTIVE, State.DROPPED},
        State.NOT_EFFECTIVE: {State.APPLYING, State.DROPPED},
    }

    class Manner(models.TextChoices):
        COPIED = "copied", "Làm theo nguyên cách"
        ADAPTED = "adapted", "Vận dụng"
        INSPIRED = "inspired", "Gợi ý"

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField("trạng thái", max_length=14, choices=State, default=State.REGISTERED)
    manner = models.CharField("cách làm theo", max_length=8, choices=Manner)
    practice = models.TextField("học theo điều gì")
    goal = models.CharField("mục tiêu", max_length=200, blank=True)
    in_charge = models.CharField("người phụ trách", max_length=150)
    started_on = models.DateField("bắt đầu ngày")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(  # somebody of the source's unit, or of the Board
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    registered_at = models.DateTimeField(default=calendar.now)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="adoption_state_is_known",
                condition=Q(
                    state__in=["registered", "applying", "effective", "not_effective", "dropped"]
                ),
            ),
            models.CheckConstraint(
                name="adoption_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("registered_by")),
            ),
            models.UniqueConstraint(
                name="adoption_one_alive_per_unit_and_exemplar",
                fields=["exemplar", "unit"],
                condition=~Q(state="dropped"),
            ),
        ]

    def __str__(self):
        return f"{self.unit} học theo {self.exemplar}"
