from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.models import StoredFile
from guong.core.states import Stateful
from guong.exemplars.models import Exemplar
from guong.units.models import Field, Unit

ANSWERED_WITHIN = 15  # working days; our own promise, in no law


class LeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The Board sees all leads, a unit those that lie with its branch."""
        if not user.is_authenticated:
            return self.none()
        if {"secretariat", "inspector"} & set(user.functions()) or user.is_system:
            return self.exclude(exemplar__conflicts__user=user)
        return self.filter(unit__path__startswith=user.branch_path()).exclude(
            exemplar__conflicts__user=user
        )

    def waiting(self):
        return self.filter(state__in=[Lead.State.RECEIVED, Lead.State.HELD])

    def with_answered(self):
        """Each with `is_answered`: whoever gave it can read an answer."""
        confirmed = LeadAnswer.objects.filter(
            lead=models.OuterRef("pk"), confirmed_by__isnull=False
        )
        return self.annotate(is_answered=models.Exists(confirmed))

    def overdue(self, today):
        """Promised an answer by a day that is over, and nobody can read one."""
        return self.filter(answer_due_on__lt=today).exclude(answers__confirmed_by__isnull=False)

    def to_forget(self, before):
        """Refused before the moment, never taken up, and still telling of a person."""
        return self.filter(
            state=Lead.State.DECLINED, state_since__lt=before, exemplar=None, forgotten_on=None
        )

    def unanswered(self):
        """A lead from outside that has been decided, and no answer is written yet."""
        decided = self.filter(state__in=[Lead.State.TAKEN_UP, Lead.State.DECLINED], answers=None)
        return decided.exclude(answer_path="")

    def public(self):
        """Leads whose giver may look up an answer; what the guard holds has no page."""
        return self.exclude(answer_path="").exclude(state=Lead.State.HELD)


class Lead(Stateful):
    """A hint, from any mouth, that somebody or something is worth a look."""

    class State(models.TextChoices):
        RECEIVED = "received", "Mới nhận"
        HELD = "held", "Giữ lại, chờ người thứ hai"
        TAKEN_UP = "taken_up", "Đã lập hồ sơ"
        DECLINED = "declined", "Không tiếp nhận"

    MOVES = {
        State.RECEIVED: {State.TAKEN_UP, State.DECLINED},
        State.HELD: {State.RECEIVED, State.DECLINED},
    }

    class Source(models.TextChoices):
        UNIT = "unit", "Đơn vị"
        LIST = "list", "Danh sách Excel"
        CITIZEN = "citizen", "Người dân"
        SELF = "self", "Tự giới thiệu"
        FRONT = "front", "Mặt trận, đoàn thể"
        PRESS = "press", "Báo chí"

    class Via(models.TextChoices):
        PORTAL = "portal", "qua cổng"
        PHONE = "phone", "qua điện thoại"
        POST = "post", "qua thư"
        ZALO = "zalo", "qua Zalo"
        IN_PERSON = "in_person", "đến gặp"

    # Whoever gave one of these waits outside for an answer: it has a code to ask by, and a day.
    FROM_OUTSIDE = {Source.CITIZEN, Source.SELF, Source.FRONT}

    code = models.CharField("mã", max_length=24, unique=True)
    source = models.CharField("nguồn", max_length=8, choices=Source)
    via = models.CharField("đến bằng cách nào", max_length=10, choices=Via, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.RECEIVED)
    who = models.CharField("ai", max_length=200)
    where = models.CharField("ở đâu", max_length=200, blank=True)
    what = models.TextField("việc gì")
    contact = models.CharField("liên hệ người giới thiệu", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="leads", verbose_name="đơn vị xử lý"
    )
    field = models.ForeignKey(
        Field, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="lĩnh vực",
    )  # fmt: skip
    files = models.ManyToManyField(StoredFile, related_name="+", verbose_name="ảnh, tiếng")
    verdict = models.JSONField("lớp gác", default=dict)
    exemplar = models.ForeignKey(
        Exemplar, null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    answer = models.TextField("trả lời", blank=True)
    received_at = models.DateTimeField("nhận lúc", default=calendar.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Of a lead from outside: the page its code leads to, and the day we promised an answer by.
    answer_path = models.CharField(
        "địa chỉ trả lời", max_length=60, blank=True, editable=False, db_index=True
    )
    answer_due_on = models.DateField("hẹn trả lời", null=True, editable=False)
    # Refused, and so long ago that whom it was about is gone from it.
    forgotten_on = models.DateField("đã xoá dữ liệu cá nhân ngày", null=True, editable=False)
    # The drop box's own id: the same row moved twice makes one lead.
    intake_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lead_state_is_known",
                condition=Q(state__in=["received", "held", "taken_up", "declined"]),
            ),
            models.CheckConstraint(
                name="lead_forgotten_was_refused",
                condition=Q(forgotten_on=None)
                | Q(state="declined", who="", where="", what="", contact=""),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.who}".strip()

    @property
    def title(self) -> str:
        """Who it is about, or that this is no longer known."""
        return self.who or "Đã xoá dữ liệu cá nhân"

    @property
    def way(self) -> str:
        """«Người dân, qua điện thoại»."""
        return ", ".join(filter(None, [self.get_source_display(), self.get_via_display()]))

    @property
    def is_from_outside(self) -> bool:
        return self.source in self.FROM_OUTSIDE

    @property
    def words(self) -> str:
        """What was said, as the guard reads it: its spans are places in this very text."""
        return "\n".join(filter(None, [self.who, self.where, self.what]))


class LeadAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def waiting(self):
        return self.filter(confirmed_by=None)

    def public(self):
        return self.filter(confirmed_by__isnull=False)


class LeadAnswer(models.Model):
    """What whoever gave a lead can read on the portal: written by one person, confirmed by another.

    A confirmed answer is never edited; a later one takes its place.
    """

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("câu trả lời")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("viết lúc", default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)

    objects = LeadAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lead_answer_by_four_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("written_by")),
            ),
            models.UniqueConstraint(
                name="lead_answer_one_waiting", fields=["lead"], condition=Q(confirmed_by=None)
            ),
        ]

    def __str__(self):
        return f"Trả lời {self.lead.code}"


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters lie with the Board and the newsroom; the inspector reads along."""
        if not user.is_authenticated:
            return self.none()
        functions = set(user.functions())
        if {"secretariat", "editor", "inspector"} & functions or user.is_system:
            seen = self.exclude(exemplar__conflicts__user=user)
            if functions & {"secretariat", "inspector"} or user.is_system:
                return seen
            # The newsroom need not know who is complained of.
            return seen.exclude(kind=Letter.Kind.COMPLAINT)
        return self.none()

    def waiting(self):
        return self.filter(state__in=[Letter.State.NEW, Letter.State.CHOSEN])

    def public(self):
        """Comments two officers have let onto the portal."""
        return self.filter(kind=Letter.Kind.COMMENT, state=Letter.State.PUBLISHED)


class Letter(Stateful):
    """Something somebody outside wrote that is no lead: a wish to learn, to be taken off, a comment."""

    class Kind(models.TextChoices):
        LEARN = "learn", "Muốn học theo"
        REMOVE = "remove", "Xin rút bài về mình"
        FEEDBACK = "feedback", "Góp ý"
        COMPLAINT = "complaint", "Phản ánh, khiếu nại"
        COMMENT = "comment", "Lời bình"

    class State(models.TextChoices):
        NEW = "new", "Mới"
        CHOSEN = "chosen", "Chờ người thứ hai"
        PUBLISHED = "published", "Đã cho đăng"
        ANSWERED = "answered", "Đã xử lý"
        SET_ASIDE = "set_aside", "Không xử lý"

    MOVES = {
        State.NEW: {State.CHOSEN, State.ANSWERED, State.SET_ASIDE},
        State.CHOSEN: {State.PUBLISHED, State.SET_ASIDE},
        State.PUBLISHED: {State.SET_ASIDE},
        State.SET_ASIDE: {State.CHOSEN},  # a comment somebody else would rather show
    }

    code = models.CharField("mã", max_length=24, unique=True)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.NEW)
    about = models.CharField("về bài, gương nào", max_length=200, blank=True)
    exemplar = models.ForeignKey(
        Exemplar, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    name = models.CharField("người viết", max_length=120, blank=True)
    contact = models.CharField("liên hệ", max_length=200, blank=True)
    text = models.TextField("lời", blank=True)
    verdict = models.JSONField("lớp gác", default=dict)
    received_at = models.DateTimeField("nhận lúc", default=calendar.now)
    intake_id = models.UUIDField(null=True, unique=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("đã xử lý thế nào", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_state_is_known",
                condition=Q(state__in=["new", "chosen", "published", "answered", "set_aside"]),
            ),
            models.CheckConstraint(
                name="letter_published_by_four_eyes",
                condition=~Q(state="published")
                | (Q(approved_by__isnull=False) & ~Q(approved_by=models.F("handled_by"))),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.get_kind_display()}"
