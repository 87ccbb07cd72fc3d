import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guong.core import calendar
from guong.core.vietnamese import fold

from .criteria import OfSubjects, Verifiable, for_kind


class RuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Law is nobody's secret."""
        return self if user.is_authenticated else self.none()

    def valid(self, on):
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(
            Q(valid_until=None) | Q(valid_until__gte=on)
        )

    def switched_on(self):
        return self.filter(is_switched_on=True)

    def speaking_first(self):
        """Rules switched on before those that are off, by what they speak of."""
        return self.order_by("-is_switched_on", "award_key", "name", "valid_from", "pk")

    def about(self, *, award: str, kind: str):
        """Those that speak of this award and this kind of subject."""
        return self.filter(for_kind(kind), award_key__in=["", fold(award)])


class Rule(OfSubjects, Verifiable):
    """One rule of law or of the province as data: on these days, so much of that, by this article."""

    class Kind(models.TextChoices):
        YEARS = "years", "Số năm có danh hiệu"
        GAP = "gap", "Khoảng cách giữa hai lần"
        QUOTA = "quota", "Số lượng tối đa, tối thiểu"
        THRESHOLD = "threshold", "Tỷ lệ phải đạt"
        DENOMINATOR = "denominator", "Tỷ lệ tính trên số nào"

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", "Ít nhất"
        AT_MOST = "at_most", "Nhiều nhất"

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    name = models.CharField("tên quy định", max_length=200)
    kind = models.CharField("loại", max_length=12, choices=Kind)
    award = models.CharField("xét cho danh hiệu, mức", max_length=120, blank=True)
    award_key = models.CharField(max_length=120, blank=True)
    # Of what is counted: a title already held, or something the dossier's room counts.
    counted = models.CharField("đếm điều gì", max_length=160)
    counted_key = models.CharField(max_length=160)
    number = models.DecimalField("con số", max_digits=7, decimal_places=2, null=True)
    comparison = models.CharField(
        "so sánh", max_length=8, choices=Comparison, default=Comparison.AT_LEAST
    )
    is_consecutive = models.BooleanField("phải liên tục", default=False)
    counted_on = models.CharField("tỷ lệ tính trên", max_length=160, blank=True)
    article = models.CharField("điều, khoản, văn bản", max_length=200)
    valid_from = models.DateField("có hiệu lực từ", null=True)
    valid_until = models.DateField("đến hết ngày", null=True)
    is_switched_on = models.BooleanField("đang bật", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=calendar.now)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_kind_is_known",
                condition=Q(kind__in=["years", "gap", "quota", "threshold", "denominator"]),
            ),
            models.CheckConstraint(
                name="rule_has_the_number_its_kind_needs",
                condition=Q(kind="denominator", number__isnull=True)
                | (~Q(kind="denominator") & Q(number__isnull=False, number__gte=0)),
            ),
            models.CheckConstraint(
                name="rule_threshold_is_a_percentage",
                condition=~Q(kind="threshold") | Q(number__lte=100),
            ),
            models.CheckConstraint(
                name="rule_denominator_says_on_what",
                condition=~Q(kind="denominator") | ~Q(counted_on=""),
            ),
            models.CheckConstraint(
                name="rule_comparison_is_known",
                condition=Q(comparison__in=["at_least", "at_most"]),
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_starts",
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="rule_author_verifies_nothing",
                condition=Q(verified_by=None) | Q(added_by=None) | ~Q(verified_by=F("added_by")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def in_words(self) -> str:
        """What is asked, as a line of the list."""
        if self.kind == self.Kind.DENOMINATOR:
            return f"«{self.counted}» tính trên {self.counted_on}"
        number = f"{self.number.normalize():f}".replace(".", ",")
        if self.kind == self.Kind.YEARS:
            row = " liền" if self.is_consecutive else ""
            return f"{number} năm{row} được «{self.counted}»"
        if self.kind == self.Kind.GAP:
            return f"cách lần trước được «{self.counted}» ít nhất {number} tháng"
        sign = " %" if self.kind == self.Kind.THRESHOLD else ""
        return f"{self.counted}: {self.get_comparison_display().lower()} {number}{sign}"

    @property
    def cited(self) -> str:
        """The article, and «chưa xác minh» while nobody has held the rule against it."""
        return self.article if self.is_verified else f"{self.article}, chưa xác minh"

    @property
    def binds(self) -> bool:
        """A rule that stops somebody: switched on, and checked by a person."""
        return self.is_switched_on and self.is_verified


class RuleOverrideQuerySet(models.QuerySet):
    def of(self, subject: models.Model):
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def of_those(self, rows):
        """Overrides whose subject is among the rows a reader may see."""
        return self.filter(
            subject_kind=rows.model._meta.label_lower, subject_id__in=rows.values("pk")
        )


class RuleOverride(models.Model):
    """Somebody let one dossier pass a rule it does not meet, and said why."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="overrides")
    # The dossier lies in a room above, so it is named and not pointed to.
    subject_kind = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    reason = models.TextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("ngày", default=calendar.today)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rule_override_once_per_dossier",
                fields=["rule", "subject_kind", "subject_id"],
            ),
            models.CheckConstraint(name="rule_override_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.rule_id}: {self.subject_kind}:{self.subject_id}"
