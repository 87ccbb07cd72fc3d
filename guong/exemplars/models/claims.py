import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.models import StoredFile

from .exemplars import Exemplar


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def current(self):
        return self.filter(replaced_by=None)


class Claim(models.Model):
    """One version of one statement of what was achieved. Never edited: a change is the next version."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="claims")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField("bản", default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    statement = models.CharField("thành tích", max_length=500)
    metric = models.CharField("chỉ số", max_length=120, blank=True)
    before = models.DecimalField("trước", max_digits=16, decimal_places=2, null=True, blank=True)
    after = models.DecimalField("sau", max_digits=16, decimal_places=2, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    since = models.CharField("thời gian", max_length=80, blank=True)
    place = models.CharField("nơi", max_length=150, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stated_at = models.DateTimeField(default=calendar.now)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="claim_version_once", fields=["key", "version"])
        ]

    def __str__(self):
        return self.statement

    @property
    def is_proven(self) -> bool:
        """The latest check of this very version found it proven."""
        checks = sorted(self.checks.all(), key=lambda check: check.pk)
        return bool(checks) and checks[-1].result == Check.Result.PROVEN


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))


class Evidence(models.Model):
    """Something that shows a claim to be true: a paper, a picture, a testimony, a link."""

    class Kind(models.TextChoices):
        PAPER = "paper", "Văn bản"
        PICTURE = "picture", "Ảnh"
        RECORDING = "recording", "Ghi âm, ghi hình"
        TESTIMONY = "testimony", "Lời xác nhận"
        LINK = "link", "Đường dẫn"

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    title = models.CharField("tên", max_length=200)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    testimony = models.TextField("nội dung", blank=True)
    taken_on = models.DateField("ngày", null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=calendar.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_or_words",
                condition=Q(file__isnull=False) | ~Q(testimony=""),
            )
        ]

    def __str__(self):
        return self.title


class Check(models.Model):
    """What somebody found when holding one claim version against one piece of evidence."""

    class Result(models.TextChoices):
        PROVEN = "proven", "Đã kiểm chứng"
        UNPROVEN = "unproven", "Chưa kiểm chứng"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="checks")
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    result = models.CharField("kết quả", max_length=8, choices=Result)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("ngày", default=calendar.today)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_proves_by_evidence",
                condition=~Q(result="proven") | Q(evidence__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.claim_id}: {self.get_result_display()}"
