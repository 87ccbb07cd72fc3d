from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar


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
