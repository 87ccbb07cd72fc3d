from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core.states import Stateful
from guong.nomination.models import Nomination


class VerificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(nomination__in=Nomination.objects.visible_to(user))

    def open(self):
        return self.filter(state=Verification.State.OPEN)

    def in_hand(self, user):
        """What lies on this person's desk, oldest first; who verifies nothing sees all that is open."""
        rows = self.open().order_by("state_since", "pk")
        return rows.filter(verifier=user) if user.has_function("verifier") else rows


class Verification(Stateful):
    """Somebody goes and looks whether what a nomination claims is true."""

    class State(models.TextChoices):
        OPEN = "open", "Đang xác minh"
        PROVEN = "proven", "Đã xác minh"
        NOT_ELIGIBLE = "not_eligible", "Không đủ điều kiện"

    # Public consultation and the council come after PROVEN, each a record of its own in this room
    # (architecture §3), not further states here; recognition then asks for their end as well.
    MOVES = {State.OPEN: {State.PROVEN, State.NOT_ELIGIBLE}}

    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, related_name="verifications"
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifications"
    )
    introducer = models.ForeignKey(  # copied, so that the database itself can refuse two eyes
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.OPEN)
    visited_on = models.DateField("ngày đi xác minh", null=True, blank=True)
    conclusion = models.TextField("kết luận", blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verification_state_is_known",
                condition=Q(state__in=["open", "proven", "not_eligible"]),
            ),
            models.CheckConstraint(
                name="verification_by_four_eyes",
                condition=~Q(verifier=models.F("introducer")),
            ),
            models.UniqueConstraint(
                name="verification_one_open_per_nomination",
                fields=["nomination"],
                condition=Q(state="open"),
            ),
        ]

    def __str__(self):
        return f"{self.nomination.exemplar} ({self.get_state_display()})"
