from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.states import Stateful
from guong.direction.models import CriteriaSet, Criterion, EvidenceSlot
from guong.discovery.models import Lead
from guong.exemplars.models import Claim, Evidence, Exemplar
from guong.units.models import Unit


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rows this person may know of. Every read starts here."""
        if not user.is_authenticated:
            return self.none()
        # Who is involved with an exemplar must not even be able to count its dossiers.
        free = self.exclude(exemplar__conflicts__user=user)
        if {"secretariat", "leader", "inspector"} & set(user.functions()):
            return free
        rows = Q(unit__path__startswith=user.branch_path())
        for mandate in user.mandates_on():
            if mandate.function == "verifier":
                rows |= Q(unit__path__startswith=mandate.unit.path)
        return free.filter(rows)

    def waiting(self):
        return self.filter(state=Nomination.State.SUBMITTED)

    def open(self):
        return self.filter(state__in=["draft", "submitted", "returned"])


class Nomination(Stateful):
    """A unit's proposal that an exemplar be appraised."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SUBMITTED = "submitted", "Đã gửi"
        RETURNED = "returned", "Trả lại bổ sung"
        ACCEPTED = "accepted", "Đã tiếp nhận"
        WITHDRAWN = "withdrawn", "Đã rút"

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.RETURNED, State.ACCEPTED},
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
    }

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominations")
    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    claims = models.ManyToManyField(  # each a version; a change in the life record makes the next
        Claim, related_name="nominations", verbose_name="thành tích"
    )
    # The version it is, or was, judged by; a later version changes nothing here.
    criteria_set = models.ForeignKey(
        CriteriaSet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nominations",
        verbose_name="bộ tiêu chí",
    )
    return_reason = models.TextField("lý do trả lại", blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nomination_state_is_known",
                condition=Q(state__in=["draft", "submitted", "returned", "accepted", "withdrawn"]),
            ),
            models.UniqueConstraint(
                name="nomination_one_open_per_exemplar_and_unit",
                fields=["exemplar", "unit"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.exemplar} ({self.get_state_display()})"

    @property
    def is_with_its_unit(self) -> bool:
        return self.can_move_to(self.State.SUBMITTED)


class CriterionAnswer(models.Model):
    """How the unit says one criterion is met, and by what evidence."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField("đáp ứng thế nào", blank=True)
    points = models.PositiveSmallIntegerField("tự chấm", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=calendar.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="criterion_answer_once_per_dossier", fields=["nomination", "criterion"]
            )
        ]

    def __str__(self):
        return f"{self.nomination_id}: {self.criterion_id}"


class SlotFilling(models.Model):
    """A piece of evidence laid into one place of a criterion."""

    answer = models.ForeignKey(CriterionAnswer, on_delete=models.CASCADE, related_name="fillings")
    slot = models.ForeignKey(EvidenceSlot, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="slot_filling_once", fields=["answer", "slot", "evidence"])
        ]

    def __str__(self):
        return f"{self.slot_id}: {self.evidence_id}"
