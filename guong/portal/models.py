from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar, journal

SEES = {"editor", "secretariat", "administrator", "leader"}  # the desk of the release
JUDGES = {"editor", "secretariat", "administrator"}  # look again at what one person took off


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


HOLDS = "exemplars.hold_placed"


class TakeDownQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever has to do with the release; a hold is told only to those who may know of it."""
        functions = set(user.functions()) if user.is_authenticated else set()
        if not SEES & functions:
            return self.none()
        rows = self if "secretariat" in functions else self.exclude(cause__verb=HOLDS)
        return rows.exclude(exemplar__conflicts__user=user)

    def waiting(self):
        """What one person took off and nobody else has looked at yet."""
        return self.filter(seen_by=None, taken_by__isnull=False)

    def waiting_for(self, user):
        return self.waiting().exclude(taken_by=user)

    def automatic(self):
        """What left by itself: a date that passed, a condition that no longer holds."""
        return self.filter(taken_by=None)

    def agreed(self):
        return self.filter(seen_by__isnull=False, objection="")

    def objected(self):
        return self.exclude(objection="")


class TakeDown(models.Model):
    """What one cause took off the portal, for a second person to look at afterwards."""

    # The line that says who did it and why; none where a date has passed.
    cause = models.OneToOneField(
        "core.JournalEntry", null=True, on_delete=models.PROTECT, related_name="+"
    )
    keys = models.JSONField("đã gỡ", default=list)  # of the inputs: `story:12`, `comment:3`
    exemplar = models.ForeignKey(
        "exemplars.Exemplar", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_release = models.PositiveIntegerField("gỡ khỏi bản", default=0)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("lúc", default=calendar.now)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    objection = models.TextField("vì sao không đồng ý", blank=True)

    objects = TakeDownQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="take_down_seen_by_another",
                condition=Q(seen_by=None) | Q(taken_by=None) | ~Q(seen_by=F("taken_by")),
            ),
            models.CheckConstraint(
                name="take_down_objected_by_somebody",
                condition=Q(objection="") | Q(seen_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Lần gỡ {self.pk}"


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
