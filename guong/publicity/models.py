from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from guong.core import calendar
from guong.core.languages import LANGUAGES, OTHERS, OURS
from guong.core.models import StoredFile
from guong.core.states import Stateful
from guong.exemplars.models import Exemplar

from .blocks import Step

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class StoryIndexPage(Page):
    """The shelf all stories stand on. Nothing of it is served: the portal is released bytes."""

    preview_modes = []
    subpage_types = ["publicity.StoryPage"]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "Kệ bài viết"


class StoryPage(Page):
    """A story as its editor writes it. What readers get is the approved copy, never this page."""

    preview_modes = []
    subpage_types = []
    parent_page_types = ["publicity.StoryIndexPage"]

    exemplar = models.ForeignKey(
        Exemplar, on_delete=models.PROTECT, related_name="stories", verbose_name="điển hình"
    )
    lang = models.CharField("tiếng", max_length=3, choices=LANGUAGES, default=OURS)
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name="bản gốc của bản tiếng này",
    )
    lead = models.TextField("sapo", max_length=400, blank=True)
    body = RichTextField("nội dung", features=FEATURES, blank=True)
    steps = StreamField(
        [("step", Step())],
        blank=True,
        max_num=20,
        verbose_name="cách làm, từng bước",
    )
    byline = models.CharField("tác giả ghi trên bài", max_length=120, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="ảnh",
    )
    picture_alt = models.CharField("mô tả ảnh", max_length=200, blank=True)
    picture_source = models.CharField("nguồn ảnh", max_length=120, blank=True)

    content_panels = [
        FieldPanel("title", heading="Tít"),
        FieldPanel("exemplar", read_only=True),
        FieldPanel("lang", read_only=True),
        FieldPanel("lead", widget=forms.Textarea(attrs={"rows": 3})),
        FieldPanel("body"),
        FieldPanel("steps", heading="Cách làm, từng bước"),
        FieldPanel("byline"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_source")],
            heading="Ảnh",
        ),
    ]
    promote_panels = []
    settings_panels = []

    class Meta:
        verbose_name = "Bài viết"
        constraints = [
            models.UniqueConstraint(
                name="story_one_version_a_language", fields=["original", "lang"]
            )
        ]

    @property
    def family(self) -> int:
        """One number for all language versions of a story."""
        return self.original_id or self.pk

    def told_in(self) -> set[str]:
        """The languages there is a version in, approved or not."""
        family = StoryPage.objects.filter(Q(pk=self.family) | Q(original=self.family))
        return set(family.values_list("lang", flat=True))


class StoryRecordingQuerySet(models.QuerySet):
    def visible_to(self, user):
        seen = StoryApproval.objects.visible_to(user)
        return self.filter(page__approvals__in=seen).distinct()


class StoryRecording(models.Model):
    """A sound or a film of a story: cleaned, by hash, with the words that are heard in it."""

    class Kind(models.TextChoices):
        SOUND = "sound", "Âm thanh"
        VIDEO = "video", "Phim"

    page = models.ForeignKey(StoryPage, on_delete=models.CASCADE, related_name="recordings")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=5, choices=Kind)
    title = models.CharField("tên", max_length=200)
    source = models.CharField("nguồn", max_length=120)
    rights = models.CharField("quyền sử dụng", max_length=200)
    transcript = models.TextField("lời trong bản ghi", blank=True)
    captions = models.TextField("phụ đề (WebVTT)", blank=True)
    ending = models.CharField("đuôi tệp", max_length=5)
    width = models.PositiveIntegerField("rộng", default=0)
    height = models.PositiveIntegerField("cao", default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("thêm lúc", default=calendar.now)

    objects = StoryRecordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="story_recording_once", fields=["page", "file"]),
            models.CheckConstraint(
                name="story_recording_has_its_words",
                condition=(Q(kind="sound") & ~Q(transcript=""))
                | (Q(kind="video") & ~Q(captions="")),
            ),
        ]

    def __str__(self):
        return self.title


class StoryApprovalQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if {"editor", "secretariat", "leader", "inspector", "administrator"} & set(
            user.functions()
        ):
            return self.exclude(exemplar__conflicts__user=user)
        return self.filter(exemplar__unit__path__startswith=user.branch_path())

    def public(self):
        """Approved, of an exemplar that may be shown, with consent to a story."""
        return self.filter(
            state=StoryApproval.State.APPROVED,
            exemplar__in=Exemplar.objects.public(),
        ).filter(exemplar__in=_story_consents().values("exemplar"))

    def counted(self, period):
        """Released in the period. The date counts, never the release."""
        return self.filter(released_on__range=(period.start, period.end))


def _story_consents():
    from guong.exemplars.models import Consent

    return Consent.objects.valid(calendar.today(), Consent.Purpose.STORY)


class StoryApproval(Stateful):
    """The canonical content of a story as one person approved it, who wrote none of it."""

    class State(models.TextChoices):
        WRITING = "writing", "Đang viết"
        CHECKING = "checking", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    MOVES = {
        State.WRITING: {State.CHECKING},
        State.CHECKING: {State.WRITING, State.APPROVED},
        State.APPROVED: {State.WITHDRAWN},
    }

    page = models.ForeignKey(StoryPage, on_delete=models.PROTECT, related_name="approvals")
    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="story_approvals")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WRITING)
    slug = models.SlugField(max_length=120)
    content = models.JSONField("nội dung đã chốt", default=dict)
    sha256 = models.CharField("mã băm", max_length=64, blank=True)
    files = models.JSONField("tệp dùng trong bài", default=dict)  # name → sha256
    verdict = models.JSONField("lớp gác", default=dict)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("gửi duyệt lúc", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    override_reason = models.TextField("lý do cho qua dù lớp gác giữ", blank=True)
    released_on = models.DateField("lên cổng ngày", null=True)
    withdrawn_on = models.DateField("gỡ ngày", null=True)
    withdraw_reason = models.TextField("lý do gỡ", blank=True)

    objects = StoryApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="story_state_is_known",
                condition=Q(state__in=["writing", "checking", "approved", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="story_approved_by_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("sent_by")),
            ),
            models.UniqueConstraint(
                name="story_one_alive_per_page",
                fields=["page"],
                condition=Q(state__in=["writing", "checking"]),
            ),
        ]

    def __str__(self):
        return self.content.get("title") or self.page.title


class StoryAuthor(models.Model):
    """Everybody who touched the text: none of them may approve it."""

    approval = models.ForeignKey(StoryApproval, on_delete=models.CASCADE, related_name="authors")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="story_author_once", fields=["approval", "user"])
        ]

    def __str__(self):
        return str(self.user)


class FurnitureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated else self.none()

    def waiting(self):
        return self.filter(confirmed_by=None)

    def confirmed(self):
        return self.filter(confirmed_by__isnull=False)

    def public(self):
        """What two persons stand for: the newest of each language last."""
        return self.confirmed().order_by("confirmed_at", "pk")


class Furniture(models.Model):
    """The words of a story page in another language, as a named speaker gave them."""

    lang = models.CharField("tiếng", max_length=3, choices=OTHERS)
    words = models.JSONField("chữ khung trang", default=dict)  # key of `furniture.WORDS` → words
    speaker = models.CharField("người nói tiếng này đã duyệt", max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("nhập lúc", default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)

    objects = FurnitureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="furniture_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.UniqueConstraint(
                name="furniture_one_waiting_a_language",
                fields=["lang"],
                condition=Q(confirmed_by=None),
            ),
            models.CheckConstraint(name="furniture_has_a_speaker", condition=~Q(speaker="")),
        ]

    def __str__(self):
        return self.get_lang_display()
