import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core.states import Stateful
from guong.units.models import Field, Unit

from .directives import Directive

READS_DRAFTS = {"secretariat", "leader", "inspector"}


class SubjectKind(models.TextChoices):
    """Whom criteria and rules are about; the same words as `Exemplar.Kind`, which lies above."""

    INDIVIDUAL = "individual", "Cá nhân"
    HOUSEHOLD = "household", "Hộ gia đình"
    COLLECTIVE = "collective", "Tập thể"
    MODEL = "model", "Mô hình"


def pack_kinds(kinds) -> str:
    """`,individual,model,`: one column both databases can search; empty means every kind."""
    chosen = [kind for kind in SubjectKind.values if kind in set(kinds)]
    return f",{','.join(chosen)}," if chosen else ""


class OfSubjects(models.Model):
    """What holds for some kinds of subject, or for all when none is named."""

    subject_kinds = models.CharField("đối tượng", max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def kinds(self) -> list[str]:
        return [kind for kind in self.subject_kinds.split(",") if kind]

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(SubjectKind(kind).label for kind in self.kinds) or "Mọi đối tượng"


class Verifiable(models.Model):
    """A fact of law that is data: who has held it against the document, and when."""

    source = models.CharField("nguồn", max_length=300, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_on = models.DateField("ngày xác minh", null=True)

    class Meta:
        abstract = True

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


def for_kind(kind: str) -> Q:
    return Q(subject_kinds="") | Q(subject_kinds__contains=f",{kind},")


class CriteriaSetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Criteria are public inside the office; a draft is read by its branch and the Board."""
        if not user.is_authenticated:
            return self.none()
        if READS_DRAFTS & set(user.functions()):
            return self
        own = Q(issuer__path__startswith=user.branch_path()) | Q(drafted_by=user)
        return self.filter(~Q(state=CriteriaSet.State.DRAFTED) | own)

    def in_force(self, on):
        """Those one judges by on the day: a version that is being replaced serves out its days."""
        states = [CriteriaSet.State.IN_FORCE, CriteriaSet.State.RETIRED]
        return self.filter(state__in=states, valid_from__lte=on).filter(
            Q(valid_until=None) | Q(valid_until__gte=on)
        )

    def fitting(self, *, unit: Unit, kind: str, field: Field | None):
        """Sets a unit may judge such a subject by: its own, or one of a body of the province."""
        above = Q(issuer__in=[*unit.get_ancestors(), unit]) | ~Q(issuer__kind=Unit.Kind.COMMUNE)
        of_field = Q(field=None) | Q(field=field) if field else Q(field=None)
        return self.filter(for_kind(kind), above, of_field)

    def by_state(self):
        """What is in force on top, then drafts, then frames, then what is over; by unit within."""
        order = {"in_force": 0, "drafted": 1, "switched_off": 2, "retired": 3}
        place = models.Case(
            *(models.When(state=state, then=number) for state, number in order.items())
        )
        return self.order_by(place, "issuer__path", "name", "-version", "pk")

    def nearest_first(self, unit: Unit):
        """The unit's own before others', those of one field before general ones, newest first."""
        return self.annotate(
            is_own=models.Case(models.When(issuer=unit, then=0), default=1),
            is_general=models.Case(models.When(field=None, then=1), default=0),
        ).order_by("is_own", "is_general", "-valid_from", "-pk")


class CriteriaSet(OfSubjects, Verifiable, Stateful):
    """One version of the criteria a unit holds exemplars of one kind and field against."""

    class State(models.TextChoices):
        SWITCHED_OFF = "switched_off", "Đang tắt"
        DRAFTED = "drafted", "Dự thảo"
        IN_FORCE = "in_force", "Đang dùng"
        RETIRED = "retired", "Đã thôi dùng"

    MOVES = {
        State.SWITCHED_OFF: {State.DRAFTED},
        State.DRAFTED: {State.IN_FORCE},
        State.IN_FORCE: {State.RETIRED},
    }

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField("bản", default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="clones", verbose_name="bộ gốc"
    )
    name = models.CharField("tên bộ tiêu chí", max_length=200)
    # Empty only for a frame that came with the program and for what is drafted from it.
    issuer = models.ForeignKey(
        Unit,
        null=True,
        on_delete=models.PROTECT,
        related_name="criteria_sets",
        verbose_name="cơ quan ban hành",
    )
    field = models.ForeignKey(
        Field,
        null=True,
        on_delete=models.PROTECT,
        related_name="criteria_sets",
        verbose_name="lĩnh vực",
    )
    award = models.CharField("danh hiệu, mức", max_length=120)
    directive = models.ForeignKey(
        Directive, null=True, on_delete=models.PROTECT, related_name="criteria_sets"
    )
    document = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_on = models.DateField("ngày văn bản", null=True)
    valid_from = models.DateField("dùng từ ngày", null=True)
    valid_until = models.DateField("đến hết ngày", null=True)
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.DRAFTED)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    put_in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="criteria_set_state_is_known",
                condition=Q(state__in=["switched_off", "drafted", "in_force", "retired"]),
            ),
            models.UniqueConstraint(name="criteria_set_version_once", fields=["key", "version"]),
            models.UniqueConstraint(
                name="criteria_set_one_version_in_force",
                fields=["key"],
                condition=Q(state="in_force"),
            ),
            models.CheckConstraint(
                name="criteria_set_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="criteria_set_in_force_is_issued_by_a_document",
                condition=~Q(state="in_force")
                | (
                    Q(issuer__isnull=False, valid_from__isnull=False)
                    & (Q(directive__isnull=False) | ~Q(document=""))
                ),
            ),
            models.CheckConstraint(
                name="criteria_set_author_puts_nothing_in_force",
                condition=Q(put_in_force_by=None)
                | Q(drafted_by=None)
                | ~Q(put_in_force_by=F("drafted_by")),
            ),
        ]

    def __str__(self):
        return f"{self.name}, bản {self.version}"

    def may(self, verb: str) -> bool:
        """Whether the state allows the verb; who may is asked elsewhere."""
        return verb in {
            self.State.SWITCHED_OFF: {"verify_set"},
            self.State.DRAFTED: {"revise_set", "put_in_force"},
            self.State.IN_FORCE: {"renew_set", "retire_set"},
        }.get(self.State(self.state), set())

    def is_in_force(self, on) -> bool:
        """Whether one judges by it on the day."""
        return (
            self.state in (self.State.IN_FORCE, self.State.RETIRED)
            and self.valid_from is not None
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )

    @property
    def issued_by(self) -> str:
        """The document it was issued by, as one writes it."""
        if self.directive:
            return str(self.directive)
        if not self.document:
            return "chưa có văn bản ban hành"
        day = f" ngày {self.document_on:%d/%m/%Y}" if self.document_on else ""
        return f"{self.document}{day}"


class CriterionQuerySet(models.QuerySet):
    def in_order(self):
        """As the paper has them, each with its slots at hand."""
        return self.order_by("order", "pk").prefetch_related("slots")

    def switched_on(self):
        return self.filter(is_switched_on=True)


class Criterion(models.Model):
    """One thing asked of whoever is held against the set."""

    class Kind(models.TextChoices):
        REQUIRED = "required", "Bắt buộc"
        SCORED = "scored", "Chấm điểm"
        INFORMATIONAL = "informational", "Tham khảo"

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="criteria", verbose_name="bộ tiêu chí"
    )
    code = models.CharField("mã", max_length=20)
    order = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("tiêu chí", max_length=500)
    kind = models.CharField("loại", max_length=14, choices=Kind, default=Kind.REQUIRED)
    points = models.PositiveSmallIntegerField("điểm tối đa", null=True)
    is_switched_on = models.BooleanField("đang dùng", default=True)
    source = models.CharField("nguồn", max_length=300, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="criterion_code_once_per_set", fields=["criteria_set", "code"]
            ),
            models.CheckConstraint(
                name="criterion_kind_is_known",
                condition=Q(kind__in=["required", "scored", "informational"]),
            ),
            models.CheckConstraint(
                name="criterion_points_only_when_scored",
                # «points > 0» of no points is neither true nor false, and a check lets it by.
                condition=Q(kind="scored", points__isnull=False, points__gt=0)
                | (~Q(kind="scored") & Q(points__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.code}. {self.text}"

    @property
    def slots_in_order(self) -> list["EvidenceSlot"]:
        return sorted(self.slots.all(), key=lambda slot: slot.order)


class EvidenceSlot(models.Model):
    """A place for the papers that show a criterion to be met: which, and how many."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="slots")
    text = models.CharField("giấy tờ", max_length=200)
    how_many = models.PositiveSmallIntegerField("số lượng", default=1)
    order = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evidence_slot_order_once", fields=["criterion", "order"]),
            models.CheckConstraint(
                name="evidence_slot_asks_for_something", condition=Q(how_many__gte=1)
            ),
        ]

    def __str__(self):
        return f"{self.how_many} × {self.text}" if self.how_many > 1 else self.text
