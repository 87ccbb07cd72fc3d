from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.core.states import Stateful
from guong.dropbox.codes import certificate_path
from guong.exemplars.models import Exemplar
from guong.nomination.models import Nomination
from guong.units.models import Unit


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def counted(self, period):
        """Signed in the period and not revoked in it. Every figure starts here."""
        return self.filter(signed_on__range=(period.start, period.end)).filter(
            Q(revoked_on=None) | Q(revoked_on__gt=period.end)
        )

    def standing(self):
        return self.filter(state=Decision.State.SIGNED)

    def unconfirmed(self):
        """Revoked by one person, and no second one has looked."""
        return self.filter(state=Decision.State.REVOKED, revocation_confirmed_by=None)

    def public(self):
        """What anybody may check by its code: signed, or revoked by two persons."""
        signed = Q(state=Decision.State.SIGNED)
        revoked = Q(state=Decision.State.REVOKED, revocation_confirmed_by__isnull=False)
        return self.filter(signed | revoked).exclude(check_code="")


class Decision(Stateful):
    """The decision that recognises an exemplar: number, date, signatory, perhaps revoked."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Dự thảo"
        SIGNED = "signed", "Đã ký"
        REVOKED = "revoked", "Đã thu hồi"

    # A draft waits for its signatory only. The council's vote, when it comes, lies in appraisal and is
    # asked for by `draft`, not added as a state here.
    MOVES = {State.DRAFTED: {State.SIGNED}, State.SIGNED: {State.REVOKED}}

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="decision")
    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="decisions")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.DRAFTED)
    title = models.CharField("công nhận là", max_length=200, default="Điển hình tiên tiến")
    citation = models.TextField("thành tích nêu trong quyết định", blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    number_sign = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ký",
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(default=calendar.now)
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    revoke_reason = models.TextField("lý do thu hồi", blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Until somebody else agrees the page of the check code is only gone; then it says «đã thu hồi».
    revocation_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_code = models.CharField("mã tra cứu", max_length=24, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_state_is_known",
                condition=Q(state__in=["drafted", "signed", "revoked"]),
            ),
            models.CheckConstraint(
                name="decision_signed_has_number_date_and_signatory",
                condition=Q(state="drafted")
                | (
                    Q(number__isnull=False)
                    & Q(signed_on__isnull=False)
                    & Q(signatory__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="decision_signed_by_somebody_else",
                condition=Q(signatory=None) | ~Q(signatory=F("drafted_by")),
            ),
            # Every issuer keeps its own book: two communes sign a «01/QĐ-UBND» on the same day.
            models.UniqueConstraint(
                name="decision_number_once",
                fields=["issuer", "number_sign", "signed_on"],
                condition=~Q(number_sign=""),
            ),
            models.UniqueConstraint(
                name="decision_check_code_once",
                fields=["check_code"],
                condition=~Q(check_code=""),
            ),
            models.CheckConstraint(
                name="decision_revocation_by_four_eyes",
                condition=Q(revocation_confirmed_by=None)
                | ~Q(revocation_confirmed_by=F("revoked_by")),
            ),
            models.CheckConstraint(
                name="decision_revoked_after_signed",
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("signed_on")),
            ),
        ]

    def __str__(self):
        return self.number_sign or f"Dự thảo #{self.pk}"

    @property
    def check_path(self) -> str:
        """Where on the portal anybody can check what the paper says; nowhere before it is signed."""
        return certificate_path(self.check_code) if self.check_code else ""
