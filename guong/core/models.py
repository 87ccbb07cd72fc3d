"""What every room leans on: journal, files, staged imports, number registers, calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar
from guong.core.states import Stateful


class JournalEntry(models.Model):
    """One thing somebody did: references, verb and states, never free text."""

    verb = models.CharField("việc", max_length=60)
    target = models.CharField("bản ghi", max_length=80)
    subject = models.CharField("về", max_length=80, blank=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=calendar.now, db_index=True)
    states = models.JSONField("trạng thái", default=dict)
    text_hash = models.CharField("mã băm lời ghi", max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["target"], name="journal_by_target")]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.verb} {self.target}"

    @property
    def label(self) -> str:
        """What the verb is called on a page."""
        from guong.core.journal import VERBS

        return VERBS[self.verb].label


class JournalText(models.Model):
    """What somebody wrote in their own words; may be erased without breaking the chain."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="text")
    salt = models.BinaryField()
    text = models.TextField("lời ghi")

    def __str__(self):
        return f"#{self.entry_id}"


class JournalSeal(models.Model):
    """The place of one committed line in the hash chain. Only ever inserted."""

    sequence = models.PositiveBigIntegerField("thứ tự", primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField("mã băm", max_length=64)
    sealed_at = models.DateTimeField("niêm lúc", default=calendar.now)

    def __str__(self):
        return f"{self.sequence}: {self.digest[:12]}"


class Lease(models.Model):
    """Who may do timed work now; a second process finds the row taken and does nothing."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self):
        return f"{self.name}: {self.holder}"


class WorkerBeat(models.Model):
    """The last sign of life of a worker; the reaper takes back the jobs of a silent one."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self):
        return self.worker_id


class NumberRegister(models.Model):
    """The last number given in one book of one year. No gaps: it counts inside the transaction."""

    book = models.CharField("sổ", max_length=40)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="register_one_per_book_and_year", fields=["book", "year"])
        ]

    def __str__(self):
        return f"{self.book}/{self.year}: {self.last}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a Saturday worked to make up."""

    day = models.DateField("ngày", primary_key=True)
    is_working = models.BooleanField("là ngày làm việc", default=False)
    name = models.CharField("tên", max_length=120)
    source = models.CharField("nguồn", max_length=120, blank=True)
    verified_by = models.CharField("người xác minh", max_length=120, blank=True)
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"


class StoredFile(models.Model):
    """A file kept by its hash outside any web root; the record that owns it decides who sees it."""

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại", max_length=100)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("lúc", default=calendar.now)

    def __str__(self):
        return self.name


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own batches only, and those of the own branch for whoever leads it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(by=user) | Q(unit_path__startswith=user.branch_path()))


class Batch(Stateful):
    """One uploaded list on its way to becoming records."""

    class State(models.TextChoices):
        READ = "read", "Chờ ghép cột"
        CHECKED = "checked", "Đã kiểm tra, chưa nhập"
        COMMITTING = "committing", "Đang nhập, tiếp tục được"
        DONE = "done", "Đã nhập"
        UNDONE = "undone", "Đã hoàn tác"
        DROPPED = "dropped", "Đã bỏ"

    MOVES = {
        State.READ: {State.CHECKED, State.DROPPED},
        State.CHECKED: {State.READ, State.COMMITTING, State.DROPPED},
        State.COMMITTING: {State.DONE},
        State.DONE: {State.CHECKED, State.UNDONE},  # mended rows come in; or all is taken back
    }

    kind = models.CharField("loại danh sách", max_length=40)
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("mã băm", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # A reference and a path, not a key: core knows no units.
    unit = models.CharField("đơn vị", max_length=20)
    unit_path = models.CharField(max_length=255)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.CHECKED)
    made_at = models.DateTimeField("lúc", default=calendar.now)
    header_lines = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # our name → the heading as it stands
    sheet = models.CharField("trang tính", max_length=100, blank=True)
    coding = models.CharField("bảng mã cũ", max_length=16, blank=True)  # as a person said

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_state_is_known",
                condition=Q(
                    state__in=["read", "checked", "committing", "done", "undone", "dropped"]
                ),
            )
        ]

    def __str__(self):
        return f"{self.file_name} ({self.get_state_display()})"


class BatchSheet(models.Model):
    """The workbook of a batch as it came: read again, and sent back with its errors written in."""

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="workbook")
    content = models.BinaryField()

    def __str__(self):
        return f"{self.batch_id}: {len(self.content)}"


class ColumnMapping(models.Model):
    """What somebody of a unit said the headings of its lists of one kind mean."""

    unit = models.CharField("đơn vị", max_length=20)
    kind = models.CharField("loại danh sách", max_length=40)
    headings = models.JSONField(default=dict)  # folded heading → our name, empty for «not used»
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=calendar.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="column_mapping_once_per_unit_and_kind", fields=["unit", "kind"]
            )
        ]

    def __str__(self):
        return f"{self.unit}, {self.kind}"


class BatchRowQuerySet(models.QuerySet):
    def bad(self):
        """Rows somebody has to mend: wrong, or held by the guard."""
        return self.filter(outcome__in=[BatchRow.Outcome.WRONG, BatchRow.Outcome.HELD])


class BatchRow(models.Model):
    """One line of the sheet: what was made of it, what is wrong with it; then also what stood there."""

    class Outcome(models.TextChoices):
        READY = "ready", "Sẽ tạo"
        DUPLICATE = "duplicate", "Có thể trùng"
        HELD = "held", "Giữ lại"
        WRONG = "wrong", "Có lỗi"
        CREATED = "created", "Đã tạo"
        KNOWN = "known", "Đã có, không tạo lại"
        UNDONE = "undone", "Đã hoàn tác"

    # No index of its own: that of «once a line» begins with it.
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField("dòng")
    # Only of a row that has to be mended: nobody's data lies about twice for nothing.
    raw = models.JSONField("như trong tệp")
    values = models.JSONField("sẽ ghi", default=dict)
    # Of the values: the same row in a later list is known by it.
    fingerprint = models.CharField("dấu", max_length=64, blank=True, editable=False)
    repairs = models.JSONField("đã sửa", default=list)  # [{column, before, after}]
    errors = models.JSONField("lỗi", default=list)  # [{column, kind, message}]
    reasons = models.JSONField("lý do giữ", default=list)  # the guard's, with spans
    duplicates = models.JSONField("có thể trùng", default=list)  # [{line|ref, title, why}]
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome)
    record = models.CharField("bản ghi", max_length=80, blank=True)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="batch_row_once_per_line", fields=["batch", "line"])
        ]
        indexes = [
            models.Index(fields=["batch", "outcome"], name="batch_row_by_outcome"),
            # Of the rows that are records, so that one can be forgotten without reading all lists.
            models.Index(fields=["record"], name="batch_row_by_record", condition=~Q(record="")),
        ]

    def __str__(self):
        return f"{self.batch_id}:{self.line}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is wrong: the column's title, and a sentence."""
        errors = [(error["column"], error["message"]) for error in self.errors]
        return errors + [("Lời văn", reason["message"]) for reason in self.reasons]


class BatchPicture(models.Model):
    """A picture sent for a list, and the row its name says it belongs to; a person confirms."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pictures")
    row = models.ForeignKey(BatchRow, null=True, on_delete=models.SET_NULL, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=200)
    why = models.CharField("khớp theo", max_length=60, blank=True)
    is_attached = models.BooleanField("đã gắn", default=False)

    def __str__(self):
        return f"{self.batch_id}: {self.name}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only the receiver: not even the Board reads what somebody else was told."""
        return self.filter(to=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One person was told one thing about one record. Letters only carry it further."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField("việc", max_length=60)
    sentence = models.CharField("câu báo", max_length=300)
    url = models.CharField("nơi mở", max_length=300)
    about = models.CharField("bản ghi", max_length=80)
    subject = models.CharField("về", max_length=80, blank=True, db_index=True)
    created_at = models.DateTimeField("lúc", default=calendar.now)
    read_at = models.DateTimeField("đã xem lúc", null=True)
    letter_subject = models.CharField("tiêu đề thư", max_length=150, blank=True)
    letter_text = models.TextField("thư", blank=True)
    mailed_at = models.DateTimeField("đã gửi thư lúc", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_unread_once",
                fields=["to", "kind", "about"],
                condition=Q(read_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["to", "-created_at"], name="notice_newest_first"),
            models.Index(fields=["to"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["kind", "about"], name="notice_by_record"),
        ]

    def __str__(self):
        return self.sentence

    @property
    def heading(self) -> str:
        """What several of its kind are called."""
        from guong.core.notices import KINDS

        return KINDS.get(self.kind, self.sentence)
