from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from guong.core import calendar

SYSTEM_ACCOUNT = "he-thong"


class UnitQuerySet(MP_NodeQuerySet):
    def visible_to(self, user):
        """The tree is public knowledge inside the office; strangers see nothing."""
        return self if user.is_authenticated else self.none()

    def standing(self, on=None):
        """Units that exist on the day."""
        on = on or calendar.today()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(
            Q(valid_to=None) | Q(valid_to__gte=on)
        )

    def communes(self):
        return self.filter(kind=Unit.Kind.COMMUNE)


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):
    """Hands out units in the order of the tree."""

    def get_queryset(self):
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A body of the province on the days it exists: an agency, a commune, a union, a press body."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Tỉnh"
        PROVINCIAL_PC = "provincial_pc", "Ủy ban nhân dân tỉnh"
        COUNCIL = "council", "Hội đồng"
        DEPARTMENT = "department", "Sở, ban, ngành"
        PARTY = "party", "Cơ quan Đảng"
        FRONT = "front", "Mặt trận"
        UNION = "union", "Tổ chức chính trị – xã hội"
        PRESS = "press", "Cơ quan báo chí"
        ASSOCIATION = "association", "Hội"
        ARMED_FORCE = "armed_force", "Lực lượng vũ trang"
        CENTRAL_VERTICAL = "central_vertical", "Ngành dọc trung ương"
        COMMUNE = "commune", "Xã, phường"

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=20, choices=Kind)
    doc_symbol = models.CharField("ký hiệu văn bản", max_length=30, blank=True)
    search_key = models.CharField(max_length=220, db_index=True)
    sort_key = models.CharField(max_length=400)
    predecessors = models.JSONField("đơn vị tiền thân", default=list)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    verified_by = models.CharField("người xác minh", max_length=120, blank=True)
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField("cột ô bản đồ", null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("hàng ô bản đồ", null=True, blank=True)

    objects = UnitManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self):
        return self.name

    def branch(self):
        """This unit and everything below it."""
        return Unit.objects.filter(path__startswith=self.path)

    def former_names(self) -> list[str]:
        """What the bodies it was made of were called; notes in brackets left out."""
        return [name.partition(" (")[0] for name in self.predecessors]

    def same_place(self) -> frozenset[int]:
        """Itself and the units it was made of: somebody typed before the change lives there still."""
        if not self.predecessors:
            return frozenset({self.pk})
        before = Unit.objects.filter(name__in=self.former_names(), kind=self.kind)
        return frozenset({self.pk, *before.values_list("pk", flat=True)})

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


class AccountManager(UserManager):
    """Makes accounts; knows the one that acts by the clock."""

    use_in_migrations = False

    def system(self):
        """`by` of tick and intake: no login, no unit, nobody's second pair of eyes."""
        return self.get(username=SYSTEM_ACCOUNT)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An administrator sees every account, a unit head those of the own branch."""
        if not user.is_authenticated:
            return self.none()
        if user.has_function("administrator"):
            return self.exclude(username=SYSTEM_ACCOUNT)
        return self.filter(pk=user.pk)

    def holding(self, function: str, on=None):
        on = on or calendar.today()
        return self.filter(mandates__in=Mandate.objects.valid(on).filter(function=function))


class User(AbstractUser):
    """A person with an account, or the one row that acts by the clock."""

    first_name = last_name = None  # one authoritative name field: names are never split
    full_name = models.CharField("họ và tên", max_length=150)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    ends_on = models.DateField("ngày hết hạn", null=True, blank=True)
    # Counted up by «đăng xuất mọi nơi»: every older session stops being valid.
    session_round = models.PositiveIntegerField(default=0)

    objects = AccountManager.from_queryset(UserQuerySet)()
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @property
    def is_system(self) -> bool:
        return self.username == SYSTEM_ACCOUNT

    def may_log_in(self, on=None) -> bool:
        return (
            self.is_active
            and not self.is_system
            and (self.ends_on is None or self.ends_on >= (on or calendar.today()))
        )

    def mandates_on(self, on=None):
        """The mandates valid on the day; read once a request."""
        on = on or calendar.today()
        cache = self.__dict__.setdefault("_mandates", {})
        if on not in cache:
            cache[on] = list(self.mandates.valid(on).select_related("unit"))
        return cache[on]

    def has_function(self, name: str, unit: Unit | None = None, on=None) -> bool:
        """Whether the person holds the function on the day, in that unit when one is named."""
        return any(
            mandate.function == name and (unit is None or mandate.unit_id == unit.pk)
            for mandate in self.mandates_on(on)
        )

    def functions(self, on=None) -> list[str]:
        return [mandate.function for mandate in self.mandates_on(on)]

    def branch_path(self) -> str:
        """The tree path of the own unit; no path begins with the one of a person without unit."""
        return self.unit.path if self.unit_id else "-"

    def branch(self):
        """Own unit and below."""
        return self.unit.branch() if self.unit_id else Unit.objects.none()

    def get_session_auth_hash(self):
        return f"{super().get_session_auth_hash()}{self.session_round}"

    def get_session_auth_fallback_hash(self):
        for fallback in super().get_session_auth_fallback_hash():
            yield f"{fallback}{self.session_round}"


class MandateQuerySet(models.QuerySet):
    def valid(self, on):
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Mandate(models.Model):
    """A function somebody holds in a unit for a time."""

    class Function(models.TextChoices):
        INTRODUCER = "introducer", "Người giới thiệu"
        UNIT_HEAD = "unit_head", "Thủ trưởng đơn vị"
        VERIFIER = "verifier", "Người xác minh"
        SECRETARIAT = "secretariat", "Bộ phận thường trực"
        COUNCIL_MEMBER = "council_member", "Ủy viên Hội đồng"
        COUNCIL_SECRETARY = "council_secretary", "Thư ký Hội đồng"
        LEADER = "leader", "Lãnh đạo"
        EDITOR = "editor", "Biên tập viên"
        PRESS = "press", "Phóng viên"
        INSPECTOR = "inspector", "Người kiểm tra"
        DATA_PROTECTION = "data_protection", "Bảo vệ dữ liệu"
        ADMINISTRATOR = "administrator", "Quản trị hệ thống"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates"
    )
    function = models.CharField("chức năng", max_length=20, choices=Function)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates")
    starts_on = models.DateField("từ ngày", default=calendar.today)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self):
        return f"{self.get_function_display()}, {self.unit}"


class Invitation(models.Model):
    """The one-time code on a printed slip: with it a person sets the first, or a new, password."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    code_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=calendar.now)
    expires_at = models.DateTimeField("dùng đến")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)

    def __str__(self):
        return f"{self.user} {self.expires_at:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > calendar.now()


class IntroducingRightQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may introduce is known to all in the office."""
        return self if user.is_authenticated else self.none()

    def valid(self, on):
        return self.meeting(on, on)

    def meeting(self, start, end):
        """Those valid on at least one of these days; None: since ever, without end."""
        rows = self
        if end is not None:
            rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=end))
        if start is not None:
            rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=start))
        return rows


class IntroducingRight(models.Model):
    """A unit, the Front or a union may introduce exemplars, on these days, by this document."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="introducing_rights")
    basis = models.CharField("văn bản làm căn cứ", max_length=200)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=calendar.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = IntroducingRightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="introducing_right_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="introducing_right_has_a_basis", condition=~Q(basis="")),
        ]

    def __str__(self):
        return f"{self.unit}: {self.basis}"


class Field(models.Model):
    """A field of life exemplars come from."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=120)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    verified_by = models.CharField("người xác minh", max_length=120, blank=True)
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)

    def __str__(self):
        return self.name
