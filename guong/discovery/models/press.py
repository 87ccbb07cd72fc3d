import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.states import Stateful

from .leads import Lead

EVERY = datetime.timedelta(hours=1)  # the least between two visits of one source
READS_PRESS = {"secretariat", "editor", "inspector"}


class PressSourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Addresses of newspapers are nobody's secret; strangers see nothing."""
        return self if user.is_authenticated else self.none()

    def due(self, now: datetime.datetime):
        """Switched on, and not asked for an hour."""
        return self.filter(is_switched_on=True).filter(
            Q(asked_at=None) | Q(asked_at__lte=now - EVERY)
        )


class PressSource(models.Model):
    """A feed or a page of a newspaper that is looked at; off until somebody switches it on."""

    class Kind(models.TextChoices):
        FEED = "feed", "Nguồn tin (RSS, Atom)"
        PAGE = "page", "Trang mục của báo"

    name = models.CharField("tên", max_length=120)
    address = models.URLField("địa chỉ", max_length=500, unique=True)
    kind = models.CharField("loại", max_length=4, choices=Kind)
    is_switched_on = models.BooleanField("đang bật", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("thêm lúc", default=calendar.now)
    asked_at = models.DateTimeField("lần đọc gần nhất", null=True, editable=False)
    read_at = models.DateTimeField("lần đọc được gần nhất", null=True, editable=False)
    trouble = models.CharField("vì sao không đọc được", max_length=300, blank=True, editable=False)
    failures = models.PositiveIntegerField("số lần liền không đọc được", default=0, editable=False)
    # What the server gave last time, sent back so that it need not send the same again.
    etag = models.CharField(max_length=200, blank=True, editable=False)
    modified = models.CharField(max_length=80, blank=True, editable=False)

    objects = PressSourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="press_source_kind_is_known", condition=Q(kind__in=["feed", "page"])
            )
        ]

    def __str__(self):
        return self.name

    @property
    def host(self) -> str:
        """Host and port, as compared with other addresses."""
        return urlsplit(self.address).netloc.lower()


class PressItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Articles lie with the Board and the newsroom; the inspector reads along."""
        if not user.is_authenticated:
            return self.none()
        if READS_PRESS & set(user.functions()) or user.is_system:
            return self.exclude(lead__exemplar__conflicts__user=user)
        return self.none()

    def waiting(self):
        return self.filter(state=PressItem.State.NEW)


class PressItem(Stateful):
    """One article, from a watched source or pasted. A score orders it; a person decides."""

    class State(models.TextChoices):
        NEW = "new", "Mới"
        LEAD = "lead", "Đã thành tin"
        SET_ASIDE = "set_aside", "Bỏ qua"

    MOVES = {
        State.NEW: {State.LEAD, State.SET_ASIDE},
        State.SET_ASIDE: {State.NEW},
    }

    source = models.ForeignKey(
        PressSource, null=True, on_delete=models.PROTECT, related_name="items", verbose_name="nguồn"
    )
    address = models.URLField("địa chỉ", max_length=700, blank=True)
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField("tít", max_length=300)
    text = models.TextField("lời bài", blank=True)
    published_on = models.DateField("ngày đăng", null=True)
    taken_in_at = models.DateTimeField("nhận lúc", default=calendar.now)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Of the article, not of anybody it names: an order to read in, never exported.
    score = models.FloatField("điểm", default=0)
    reasons = models.JSONField("vì sao", default=list)
    who = models.JSONField("nêu ai", default=list)
    where = models.JSONField("ở đâu", default=list)
    verdict = models.JSONField("lớp gác", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.NEW)
    lead = models.OneToOneField(
        Lead, null=True, on_delete=models.PROTECT, related_name="press_item", verbose_name="tin"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PressItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="press_item_state_is_known",
                condition=Q(state__in=["new", "lead", "set_aside"]),
            ),
            models.CheckConstraint(
                name="press_item_became_its_lead",
                condition=Q(state="lead", lead__isnull=False) | ~Q(state="lead"),
            ),
            models.UniqueConstraint(
                name="press_item_one_an_address",
                fields=["address_key"],
                condition=~Q(address_key=""),
            ),
        ]
        indexes = [models.Index(fields=["-taken_in_at"], name="press_items_newest")]

    def __str__(self):
        return self.title

    @property
    def percent(self) -> int:
        """The score as a reader is shown it, 0 to 100."""
        return round(self.score * 100)

    @property
    def words(self) -> str:
        """Headline and text, as scorer and guard read them: their spans are places in it."""
        return f"{self.title}\n\n{self.text}".strip()
