from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.core.models import StoredFile
from guong.core.states import Stateful
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
        named = Consent.objects.valid(calendar.today(), Consent.Purpose.NAME_PUBLICLY)
        # By id, not by a join: SQLite would hold every consent against every exemplar.
        may_be_named = self.recognised().filter(pk__in=named.values("exemplar"))
        return may_be_named.exclude(holds__state=Hold.State.PLACED)


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


class DistinctionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exemplar__in=Exemplar.objects.visible_to(user))


class Distinction(models.Model):
    """A past recognition or award, whoever gave it."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="distinctions")
    title = models.CharField("danh hiệu, hình thức", max_length=200)
    given_by = models.CharField("nơi tặng", max_length=200)
    given_on = models.DateField("ngày", null=True, blank=True)
    document = models.CharField("văn bản", max_length=120, blank=True)

    objects = DistinctionQuerySet.as_manager()

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
