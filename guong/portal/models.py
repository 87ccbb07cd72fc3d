from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar, journal

SEES = {"editor", "secretariat", "administrator", "leader"}  # the desk of the release


class ReleaseRecord(models.Model):
    """One published release, as the office remembers it. The truth is the signed directory."""

    number = models.PositiveIntegerField("số", primary_key=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("lúc", default=calendar.now)
    added = models.JSONField("thêm", default=list)
    changed = models.JSONField("đổi", default=list)
    removed = models.JSONField("gỡ", default=list)

    def __str__(self):
        return f"Bản phát hành {self.number}"


class SiteInput(models.Model):
    """Everything the package itself brings to the portal, by hash, confirmed by two persons."""

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(default=calendar.now)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="site_input_by_four_eyes",
                condition=Q(second_by=None) | ~Q(second_by=F("confirmed_by")),
            )
        ]

    def __str__(self):
        return self.sha256[:12]


class TakeDown(models.Model):
    """One story taken off the portal by one person, for a second one to look at afterwards."""

    approval = models.ForeignKey(
        "publicity.StoryApproval", on_delete=models.PROTECT, related_name="take_downs"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("lúc", default=calendar.now)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="take_down_seen_by_another",
                condition=Q(seen_by=None) | ~Q(seen_by=F("taken_by")),
            )
        ]

    def __str__(self):
        return f"Gỡ «{self.approval}»"


class GuardFindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever has to do with the release; nobody who is in conflict with the exemplar."""
        if not user.is_authenticated or not SEES & set(user.functions()):
            return self.none()
        return self.exclude(exemplar__conflicts__user=user)

    def of(self, text):
        """What was found in this very text of this record."""
        return self.filter(subject=journal.ref(text.record), sha256=text.sha256)

    def open(self):
        """Neither let pass by a second person nor gone from the text."""
        return self.filter(let_pass_by=None, gone_at=None)


class GuardFinding(models.Model):
    """One text, by its hash, that the guard did not pass when it read everything again."""

    subject = models.CharField("bản ghi", max_length=80)
    title = models.CharField("nội dung", max_length=200)
    url = models.CharField("mở ở", max_length=200)
    exemplar = models.ForeignKey(
        "exemplars.Exemplar", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField("mã băm", max_length=64)
    is_public = models.BooleanField("trên cổng hoặc sắp lên")
    verdict = models.CharField("lớp gác", max_length=5)
    reasons = models.JSONField("lý do giữ", default=list)
    writers = models.JSONField("người viết", default=list)  # ids; none of them may let it pass
    found_at = models.DateTimeField("thấy lúc", default=calendar.now)
    gone_at = models.DateTimeField("không còn thấy từ", null=True)
    let_pass_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    let_pass_at = models.DateTimeField("cho qua lúc", null=True)
    reason = models.TextField("lý do cho qua", blank=True)

    objects = GuardFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="finding_once_per_record_and_text", fields=["subject", "sha256"]
            ),
            models.CheckConstraint(
                name="finding_let_pass_with_a_reason",
                condition=Q(let_pass_by=None) | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return self.title


class DailyReading(models.Model):
    """How often one page was read on one day; counted without anything about the readers."""

    page = models.CharField("trang", max_length=80)
    on = models.DateField("ngày")
    number = models.PositiveIntegerField("lượt")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_once_per_page_and_day", fields=["page", "on"])
        ]

    def __str__(self):
        return f"{self.page} {self.on:%d/%m/%Y}: {self.number}"
