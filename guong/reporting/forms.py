from django import forms

from guong.core import calendar
from guong.core.forms import Plain, TextField
from guong.units.models import Unit


def period_choices() -> list[tuple[str, str]]:
    """The last six half-years and three years, newest first."""
    periods, current = [], calendar.period_of(calendar.today())
    for _ in range(6):
        periods.append((current.code, current.label.capitalize()))
        current = calendar.previous(current)
    year = calendar.today().year
    return periods + [(str(y), f"Năm {y}") for y in range(year, year - 3, -1)]


class Asked(Plain):
    """Which period, which unit."""

    ky = forms.ChoiceField(label="Kỳ")
    don_vi = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), empty_label="Toàn tỉnh"
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ky"].choices = period_choices()
        self.fields["don_vi"].queryset = units


class Narrative(Plain):
    """The words of the report."""

    narrative = TextField(
        label="Nhận xét, đánh giá",
        required=False,
        max_length=20000,
        help_text="Tình hình, mặt mạnh, hạn chế, nguyên nhân, phương hướng kỳ tới.",
    )


class Reason(Plain):
    reason = TextField(label="Lý do trả lại", max_length=2000)
