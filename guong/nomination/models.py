from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.models import StoredFile
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

    def sent_in(self, year: int):
        """Before the Board, or taken in by it, since some day of the year."""
        return self.filter(state__in=["submitted", "accepted"], state_since__year=year)


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
    # The report in the unit's own words, as it goes onto paper.
    did = models.TextField("đã làm gì", blank=True)
    results = models.TextField("kết quả", blank=True)
    worth = models.TextField("vì sao đáng học", blank=True)
    return_reason = models.TextField("lý do trả lại", blank=True)
    withdraw_reason = models.TextField("lý do rút", blank=True)
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


class SignOffQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of dossiers this person may see, and those their own unit is asked for."""
        if not user.is_authenticated:
            return self.none()
        seen = Nomination.objects.visible_to(user)
        asked = Q(unit__path__startswith=user.branch_path())
        free = self.exclude(nomination__exemplar__conflicts__user=user)
        return free.filter(asked | Q(nomination__in=seen))

    def waiting_for(self, user):
        """What this person, as head of a unit, has yet to say yes or no to, or to say again."""
        heads = [one.unit_id for one in user.mandates_on() if one.function == "unit_head"]
        open_ones = self.filter(nomination__state__in=["draft", "returned"])
        return open_ones.filter(state__in=SignOff.WAITING, unit__in=heads)


class SignOff(Stateful):
    """One of several units that put an exemplar forward together, and what its head says."""

    class State(models.TextChoices):
        ASKED = "asked", "Chờ ký"
        SIGNED = "signed", "Đã ký cùng đề cử"
        LAPSED = "lapsed", "Hồ sơ đã đổi, chờ ký lại"
        DECLINED = "declined", "Không đồng ý"

    # Asked again after a no: the old row is taken back first; the journal keeps what was said.
    MOVES = {
        State.ASKED: {State.SIGNED, State.DECLINED},
        State.SIGNED: {State.LAPSED},
        State.LAPSED: {State.SIGNED, State.DECLINED},
    }
    WAITING = (State.ASKED, State.LAPSED)

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="sign_offs")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị cùng đề cử"
    )
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.ASKED)
    reason = models.TextField("lý do không đồng ý", blank=True)
    # What was signed, to say what has changed since; the yes belongs to its hash. Empty: not kept then.
    content = models.JSONField("nội dung đã ký", default=dict)
    content_hash = models.CharField("mã băm nội dung", max_length=64, blank=True)
    signed_at = models.DateTimeField("ký lúc", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SignOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sign_off_once_per_unit", fields=["nomination", "unit"]),
            models.CheckConstraint(
                name="sign_off_state_is_known",
                condition=Q(state__in=["asked", "signed", "lapsed", "declined"]),
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        """Its head is to say yes or no, while the dossier is still with its unit."""
        return self.state in self.WAITING and self.nomination.is_with_its_unit


class GuidedDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the own branch is writing; nobody above reads what has not been put forward."""
        if not user.is_authenticated or not WRITERS & set(user.functions()):
            return self.none()
        free = self.exclude(exemplar__conflicts__user=user)
        return free.filter(unit__path__startswith=user.branch_path())

    def open(self):
        return self.filter(nomination=None)

    def waiting_for(self, user):
        """Not sent yet, begun by this person or by anybody of the unit they write for."""
        theirs = Q(by=user)
        if user.has_function("introducer"):
            theirs |= Q(unit=user.unit_id)
        return self.open().filter(theirs)


WRITERS = {"introducer", "unit_head", "secretariat"}


class GuidedDraft(models.Model):
    """A dossier on its way: what was typed so far, as it was typed. A nomination is made at the end."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField("câu trả lời", default=dict)  # name of the box → what stands in it
    # Name of the box → whose account wrote it last, and when, in words.
    written = models.JSONField("ai viết ô nào", default=dict)
    exemplar = models.ForeignKey(  # somebody who has a life record already
        Exemplar, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    copied_from = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # What it has become: whoever goes back is led there, and nothing is sent twice.
    nomination = models.OneToOneField(
        Nomination, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=calendar.now)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField("lưu lúc", default=calendar.now)

    objects = GuidedDraftQuerySet.as_manager()

    def __str__(self):
        return self.answers.get("full_name") or "Chưa có tên"


class DraftFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(draft__in=GuidedDraft.objects.visible_to(user))


class DraftFile(models.Model):
    """A picture or a paper that waits with a draft; `slot`: the place of a criterion it is for."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", "Ảnh, giấy tờ"
        CONSENT = "consent", "Giấy đồng ý"

    draft = models.ForeignKey(GuidedDraft, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.EVIDENCE)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("tên", max_length=200)
    slot = models.ForeignKey(
        EvidenceSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DraftFileQuerySet.as_manager()

    def __str__(self):
        return self.title
