import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.core.models import StoredFile
from guong.core.states import Stateful
from guong.direction.models import Movement
from guong.units.models import Field, Unit

SEES_ALL = {"secretariat", "leader", "inspector"}


class ExemplarQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The life records this person may open; who is involved must not even count them."""
        if not user.is_authenticated:
            return self.none()
        functions = set(user.functions())
        free = self.standing().exclude(conflicts__user=user)
        if functions & SEES_ALL or user.is_system:
            return free
        own = Q(unit__path__startswith=user.branch_path())
        # Whose record was taken up into another one goes on with that one.
        followed = Exemplar.objects.filter(own, merged_into__isnull=False).values("merged_into")
        rows = own | Q(pk__in=followed) | Q(grants__in=_open_grants(user))
        for mandate in user.mandates_on():
            if mandate.function == "verifier":
                rows |= Q(unit__path__startswith=mandate.unit.path)
        if "editor" in functions:
            rows |= Q(recognised_on__isnull=False, revoked_on=None)
        return free.filter(rows).distinct()

    def standing(self):
        """Not taken up into another record."""
        return self.filter(merged_into=None)

    def recognised(self):
        """Named by a signed decision that stands."""
        return self.standing().filter(recognised_on__isnull=False, revoked_on=None)

    def unrecognised(self):
        """Never named by a signed decision."""
        return self.filter(recognised_on=None)

    def of_commune(self, commune):
        """Who lives there, and what the commune itself has introduced."""
        return self.filter(Q(commune=commune) | Q(unit=commune))

    def public(self):
        """May be shown on the portal: recognised, nothing held, consent to be named."""
        today = calendar.today()
        return (
            self.recognised()
            .exclude(holds__state=Hold.State.PLACED)
            .filter(consents__in=Consent.objects.valid(today, Consent.Purpose.NAME_PUBLICLY))
            .distinct()
        )


def _open_grants(user):
    return AccessGrant.objects.filter(user=user, until__gte=calendar.today())


class Exemplar(models.Model):
    """A person, household, collective or model worth following."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "Cá nhân"
        HOUSEHOLD = "household", "Hộ gia đình"
        COLLECTIVE = "collective", "Tập thể"
        MODEL = "model", "Mô hình"

    class Grade(models.TextChoices):
        GOOD_DEED = "good_deed", "Người tốt việc tốt"
        NEW_FACTOR = "new_factor", "Nhân tố mới"
        NEW_MODEL = "new_model", "Mô hình mới"
        EXEMPLAR = "exemplar", "Điển hình tiên tiến"

    class Labour(models.TextChoices):
        FARMER = "farmer", "Nông dân"
        WORKER = "worker", "Công nhân"
        TEACHER = "teacher", "Giáo viên"
        HEALTH = "health", "Y tế"
        ARMED_FORCES = "armed_forces", "Lực lượng vũ trang"
        CIVIL_SERVANT = "civil_servant", "Cán bộ, công chức, viên chức"
        LEADER = "leader", "Lãnh đạo, quản lý"
        ENTREPRENEUR = "entrepreneur", "Doanh nhân"
        STUDENT = "student", "Học sinh, sinh viên"
        RETIRED = "retired", "Hưu trí"
        ELDER = "elder", "Già làng, người có uy tín"
        OTHER = "other", "Khác"

    class Scope(models.TextChoices):
        COMPREHENSIVE = "comprehensive", "Toàn diện"
        PARTIAL = "partial", "Từng mặt"

    class Leadership(models.TextChoices):
        NONE = "none", "Không giữ chức vụ"
        TEAM = "team", "Tổ trưởng, trưởng thôn, chi hội trưởng"
        UNIT = "unit", "Lãnh đạo phòng, đơn vị"
        COMMUNE = "commune", "Lãnh đạo xã, phường, sở, ngành"
        PROVINCE = "province", "Lãnh đạo tỉnh"

    class Area(models.TextChoices):
        BORDER = "border", "Biên giới"
        ISLAND = "island", "Đảo"
        HARDSHIP = "hardship", "Đặc biệt khó khăn"
        ORDINARY = "ordinary", "Khác"

    code = models.CharField("mã", max_length=20, unique=True)
    kind = models.CharField("đối tượng", max_length=12, choices=Kind)
    grade = models.CharField("mức", max_length=12, choices=Grade, default=Grade.GOOD_DEED)
    full_name = models.CharField("tên", max_length=150)
    given_name = models.CharField("tên gọi", max_length=60, blank=True)
    other_names = models.CharField("tên khác", max_length=200, blank=True)
    search_key = models.CharField(max_length=400, db_index=True)
    sort_key = models.CharField(max_length=600)
    name_key = models.CharField(max_length=150, db_index=True)
    sex = models.CharField(
        "giới tính", max_length=6, blank=True, choices=[("female", "Nữ"), ("male", "Nam")]
    )
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    commune = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="xã, phường",
    )
    residence = models.CharField("làng, thôn, tổ", max_length=120, blank=True)
    occupation = models.CharField("nghề nghiệp", max_length=120, blank=True)
    labour_category = models.CharField("nhóm lao động", max_length=14, blank=True, choices=Labour)
    field = models.ForeignKey(
        Field,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="exemplars",
        verbose_name="lĩnh vực",
    )
    other_fields = models.ManyToManyField(
        Field, blank=True, related_name="+", verbose_name="lĩnh vực khác"
    )
    scope = models.CharField("phạm vi", max_length=13, blank=True, choices=Scope)
    # For counting only: no list, no export shows who is what.
    leadership_level = models.CharField("chức vụ", max_length=8, blank=True, choices=Leadership)
    area_class = models.CharField("loại địa bàn", max_length=8, blank=True, choices=Area)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="exemplars", verbose_name="đơn vị giới thiệu"
    )
    unit_named = models.CharField("tên đơn vị lúc ấy", max_length=200, blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    picture = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    introduced_on = models.DateField("ngày giới thiệu", default=calendar.today)
    introduced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recognised_on = models.DateField("công nhận ngày", null=True, blank=True)
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)
    # Another record of the same: everything lies there now, see Merge.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up"
    )
    # Made by a batch that is not through yet; shown as «đang nhập, tiếp tục được».
    batch = models.CharField(max_length=20, blank=True, db_index=True)

    objects = ExemplarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exemplar_birth_year_is_plausible",
                condition=Q(birth_year=None) | Q(birth_year__range=(1880, 2100)),
            ),
            models.CheckConstraint(
                name="exemplar_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="exemplar_revoked_only_after_recognised",
                condition=Q(revoked_on=None) | Q(recognised_on__lte=F("revoked_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["-introduced_on", "-id"], name="exemplar_newest_first"),
            models.Index(fields=["commune", "birth_year"], name="exemplar_by_commune_and_year"),
            models.Index(fields=["commune", "name_key"], name="exemplar_by_commune_and_name"),
        ]

    def __str__(self):
        return self.full_name

    @property
    def unit_formerly(self) -> str:
        """What the unit was called on the day, where that was another name."""
        return self.unit_named if self.unit_named != self.unit.name else ""

    @property
    def is_recognised(self) -> bool:
        return self.recognised_on is not None and self.revoked_on is None

    @property
    def standing(self) -> str:
        """How far it has come, in words."""
        if self.revoked_on:
            return "Đã thu hồi"
        if self.recognised_on:
            return "Đã công nhận"
        return "Đang nhập, tiếp tục được" if self.batch else self.get_grade_display()

    @property
    def is_minor(self) -> bool:
        return self.birth_year is not None and calendar.today().year - self.birth_year < 18


class Identity(models.Model):
    """By what a person is known again: the keyed hash of the ID number, and its last four digits."""

    exemplar = models.OneToOneField(Exemplar, on_delete=models.PROTECT, related_name="identity")
    id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    id_last_digits = models.CharField("bốn số cuối", max_length=4, blank=True)

    def __str__(self):
        return f"#{self.exemplar_id}"


class EthnicGroup(models.Model):
    """A people as the statistics name it; spelling and aliases are the office's to change."""

    name = models.CharField("tên", max_length=60, unique=True)
    aliases = models.JSONField("cách viết khác", default=list)
    codes = models.JSONField("mã theo từng bảng", default=dict)  # {"1979": "10"}
    valid_to = models.DateField("dùng đến ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=200)
    verified_by = models.CharField("người xác minh", max_length=120, blank=True)
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)

    def __str__(self):
        return self.name


class RestrictedValue(models.Model):
    """One value read by permission only, with its own basis, source and day; locked by the home's key.

    «Không muốn nêu» is an answer like any other.
    """

    class Kind(models.TextChoices):
        ID_NUMBER = "id_number", "Số căn cước"
        BIRTH_DATE = "birth_date", "Ngày sinh"
        PHONE = "phone", "Điện thoại"
        ETHNIC_GROUP = "ethnic_group", "Dân tộc"

    exemplar = models.ForeignKey(
        Exemplar, on_delete=models.PROTECT, related_name="restricted_values"
    )
    kind = models.CharField("loại", max_length=12, choices=Kind)
    sealed = models.TextField(blank=True)
    is_declined = models.BooleanField("không muốn nêu", default=False)
    legal_basis = models.CharField("căn cứ xử lý", max_length=200)
    source = models.CharField("nguồn", max_length=200)
    recorded_on = models.DateField("ngày ghi", default=calendar.today)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="restricted_one_of_a_kind", fields=["exemplar", "kind"]),
            models.CheckConstraint(
                name="restricted_has_a_value_or_was_declined",
                condition=Q(is_declined=True, sealed="") | (Q(is_declined=False) & ~Q(sealed="")),
            ),
            models.CheckConstraint(
                name="restricted_has_a_basis_and_a_source",
                condition=~Q(legal_basis="") & ~Q(source=""),
            ),
        ]

    def __str__(self):
        return f"#{self.exemplar_id} {self.get_kind_display()}"


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


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def to_pictures(self):
        """Those by which somebody may be seen on the portal today."""
        return self.valid(calendar.today(), Consent.Purpose.PICTURE)

    def valid(self, on, purpose):
        return self.filter(purpose=purpose, withdrawn_on=None, given_on__lte=on).filter(
            Q(expires_on=None) | Q(expires_on__gte=on)
        )


class Consent(models.Model):
    """A person's yes to one purpose, with how it was given; withdrawn at any time."""

    class Purpose(models.TextChoices):
        NAME_PUBLICLY = "name_publicly", "Nêu tên công khai"
        STORY = "story", "Viết bài giới thiệu"
        PICTURE = "picture", "Đăng ảnh"

    class Method(models.TextChoices):
        PAPER = "paper", "Giấy có chữ ký"
        RECORDING = "recording", "Ghi âm"
        CODE = "code", "Mã xác nhận"

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField("mục đích", max_length=14, choices=Purpose)
    method = models.CharField("cách đồng ý", max_length=10, choices=Method, default=Method.PAPER)
    signer = models.CharField("người đồng ý", max_length=150)
    proof = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField("ngày đồng ý", default=calendar.today)
    expires_on = models.DateField("hết hạn", null=True, blank=True)
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_purpose_display()} ({self.given_on:%d/%m/%Y})"


class HoldQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A hold is invisible outside its file."""
        if not user.is_authenticated:
            return self.none()
        if {"secretariat", "inspector"} & set(user.functions()):
            return self.exclude(exemplar__conflicts__user=user)
        return self.none()


class Hold(Stateful):
    """A stop on everything public about an exemplar while something is being cleared up."""

    class State(models.TextChoices):
        PLACED = "placed", "Đang tạm dừng"
        LIFTED = "lifted", "Đã gỡ"

    MOVES = {State.PLACED: {State.LIFTED}}

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField("trạng thái", max_length=6, choices=State, default=State.PLACED)
    reason = models.TextField("lý do")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lift_reason = models.TextField("lý do gỡ", blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hold_one_at_a_time", fields=["exemplar"], condition=Q(state="placed")
            ),
            models.CheckConstraint(
                name="hold_state_is_known", condition=Q(state__in=["placed", "lifted"])
            ),
        ]

    def __str__(self):
        return f"{self.exemplar_id}: {self.get_state_display()}"


class Distinction(models.Model):
    """A past recognition or award, whoever gave it."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="distinctions")
    title = models.CharField("danh hiệu, hình thức", max_length=200)
    given_by = models.CharField("nơi tặng", max_length=200)
    given_on = models.DateField("ngày", null=True, blank=True)
    document = models.CharField("văn bản", max_length=120, blank=True)

    def __str__(self):
        return self.title


class Conflict(models.Model):
    """«Tôi có liên quan»: hides the file and its counts. The kind of kinship is not asked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts"
    )
    exemplar = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="conflicts")
    declared_at = models.DateTimeField(default=calendar.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="conflict_once", fields=["user", "exemplar"])]

    def __str__(self):
        return f"{self.user_id}×{self.exemplar_id}"


class AccessGrant(models.Model):
    """Somebody outside the branch may open the file for a time, and why."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_grants"
    )
    exemplar = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="grants")
    why = models.CharField("lý do", max_length=200)
    until = models.DateField("đến ngày")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self):
        return f"{self.user_id}→{self.exemplar_id}"


class MovementEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))

    def waiting(self):
        return self.filter(confirmed_by=None)

    def public(self):
        """Confirmed, of an exemplar and of a movement that may both be shown."""
        return self.filter(
            confirmed_by__isnull=False,
            exemplar__in=Exemplar.objects.public(),
            movement__in=Movement.objects.public(),
        )


class MovementEntry(models.Model):
    """One exemplar as the fruit of one movement: entered by one person, confirmed by another."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="movements")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=calendar.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = MovementEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="movement_entry_once", fields=["movement", "exemplar"]),
            models.CheckConstraint(
                name="movement_entry_by_four_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self):
        return f"{self.exemplar} – {self.movement}"


class NameMark(models.Model):
    """One key under which a record's name is found again; kept by the actions."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="name_marks")
    key = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["key", "exemplar"], name="name_mark_by_key")]

    def __str__(self):
        return self.key


class DeedMark(models.Model):
    """One of the sixteen smallest hashes of a claim's words; kept by the actions."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="marks")
    mark = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["mark", "claim"], name="deed_mark_by_mark")]

    def __str__(self):
        return f"{self.claim_id}: {self.mark}"


class JudgementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may open both records."""
        seen = Exemplar.objects.visible_to(user)
        return self.filter(first__in=seen, second__in=seen)


class Judgement(models.Model):
    """Somebody has looked at two records and said whether they are the same. Asked once."""

    class Verdict(models.TextChoices):
        DIFFERENT = "different", "Khác nhau"
        SAME = "same", "Cùng một"

    first = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField("kết luận", max_length=9, choices=Verdict)
    reason = models.CharField("lý do", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("ngày", default=calendar.today)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="judgement_once_a_pair", fields=["first", "second"]),
            models.CheckConstraint(
                name="judgement_lower_number_first", condition=Q(first__lt=F("second"))
            ),
            models.CheckConstraint(
                name="judgement_verdict_is_known", condition=Q(verdict__in=["different", "same"])
            ),
        ]

    def __str__(self):
        return f"{self.first_id}×{self.second_id}: {self.get_verdict_display()}"


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept__in=Exemplar.objects.visible_to(user))

    def standing(self):
        """Not undone."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """One record was taken up into another, with all that must be put back if that was wrong."""

    kept = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=calendar.now)
    # What was moved: [model, column, [keys]]; what the kept record said: {column: [before, after]}.
    moved = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    # The day of the decision on the kept record at that time, ISO; empty for none.
    recognised_on = models.CharField(max_length=10, blank=True)
    undone_at = models.DateTimeField("tách lại lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.CharField("lý do tách", max_length=300, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="merge_one_standing_per_record",
                fields=["merged"],
                condition=Q(undone_at=None),
            )
        ]

    def __str__(self):
        return f"{self.merged_id}→{self.kept_id}"
