from django.conf import settings
from django.db import models
from django.db.models import Q

from guong.core import calendar

from .exemplars import Exemplar


class Identity(models.Model):
    """By what a person is known again: the keyed hash of the ID number, and its last four digits."""

    exemplar = models.OneToOneField(Exemplar, on_delete=models.PROTECT, related_name="identity")
    id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    id_last_digits = models.CharField("bốn số cuối", max_length=4, blank=True)

    def __str__(self):
        return f"#{self.exemplar_id}"


class EthnicGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """How peoples are called is nobody's secret; strangers see nothing."""
        return self if user.is_authenticated else self.none()

    def in_use(self):
        """May be chosen for somebody now."""
        return self.filter(valid_to=None)

    def names_by_spelling(self) -> dict[str, str]:
        """How each is or was written → how it is called now; a name outweighs another's alias."""
        rows = list(self.order_by("pk").values_list("name", "aliases"))
        spelt = {alias: name for name, aliases in reversed(rows) for alias in aliases}
        return spelt | {name: name for name, _ in rows}


class EthnicGroup(models.Model):
    """A people as the statistics name it; spelling and aliases are the office's to change.

    None is ever deleted: locked values hold the name. Who is told «nobody has it» would know of a small
    group what docs/adr/0019 hides. Switched off, nobody chooses it any more.
    """

    name = models.CharField("tên", max_length=60, unique=True)
    aliases = models.JSONField("cách viết khác", default=list)
    codes = models.JSONField("mã theo từng bảng", default=dict)  # {"1979": "10"}
    valid_to = models.DateField("dùng đến ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=200)
    verified_by = models.CharField("người xác minh", max_length=120, blank=True)
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)
    # Who typed it as it stands; empty for what came with the package.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EthnicGroupQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def is_switched_on(self) -> bool:
        return self.valid_to is None

    @property
    def other_spellings(self) -> str:
        return ", ".join(self.aliases)


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
