from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from guong.core import calendar

from .claims import Claim
from .exemplars import Exemplar


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


class SuspectedPairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may open both records; see docs/adr/0016."""
        seen = Exemplar.objects.visible_to(user)
        return self.filter(first__in=seen, second__in=seen)

    def undecided(self):
        """Nobody has said yet whether the two are the same."""
        said = Judgement.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
        return self.exclude(Exists(said))

    def of(self, exemplar):
        return self.filter(Q(first=exemplar) | Q(second=exemplar))

    def of_one_person(self):
        """Name, year, place or number speak for one person."""
        return self.filter(weight__gt=SuspectedPair.DEED_ALONE)

    def of_one_deed(self):
        """Nothing but the deed is the same; it is told of another name."""
        return self.filter(weight=SuspectedPair.DEED_ALONE)


class SuspectedPair(models.Model):
    """Two records that look like one, and why; kept by the search, decided by people (`Judgement`)."""

    DEED_ALONE = 1  # the least weight there is

    first = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Exemplar, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField("dấu hiệu", default=list)  # Vietnamese words, the strongest first
    # Places the pair in the list and nothing else: the more, the likelier.
    weight = models.PositiveSmallIntegerField()

    objects = SuspectedPairQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-weight", "id"], name="suspected_likeliest_first")]
        constraints = [
            models.UniqueConstraint(name="suspected_once_a_pair", fields=["first", "second"]),
            models.CheckConstraint(
                name="suspected_lower_number_first", condition=Q(first__lt=F("second"))
            ),
        ]

    def __str__(self):
        return f"{self.first_id}×{self.second_id}"

    @property
    def why(self) -> str:
        return ", ".join(self.reasons)


class PairSearch(models.Model):
    """How far the search for pairs has come: one row."""

    # Changes of records are read in the order in which the journal was sealed.
    sequence = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField("tìm xong lúc", null=True, blank=True)

    def __str__(self):
        return f"{self.sequence}"


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
