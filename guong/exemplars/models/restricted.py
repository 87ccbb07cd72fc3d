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
