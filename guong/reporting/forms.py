import re

from django import forms
from django.core.exceptions import ValidationError

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain, TextField
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


class Numbers(Plain):
    """How many people each group of a dimension has; blank where nobody knows."""

    counted_on = DayField(label="Tính đến ngày")
    source = LineField(
        label="Nguồn", max_length=200, help_text="Ví dụ: Niên giám thống kê tỉnh năm 2025."
    )

    def __init__(self, *args, names, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = dict(enumerate(names))  # a people's name is no name for a box
        for at, key in self.keys.items():
            self.fields[f"so{at}"] = NumberField(
                label=names[key], required=False, initial=known.get(key)
            )

    def boxes(self):
        return [self[f"so{at}"] for at in self.keys]

    def numbers(self) -> dict[str, int | None]:
        return {key: self.cleaned_data[f"so{at}"] for at, key in self.keys.items()}


class NumberField(forms.IntegerField):
    """A number of people, typed with or without points."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=200_000_000, **kwargs)
        self.error_messages["invalid"] = "Viết bằng chữ số, ví dụ 12.500."
        for name in ("min_value", "max_value"):
            self.error_messages[name] = "Viết số người, từ 1 trở lên; chưa biết thì để trống."

    def to_python(self, value):
        typed = str(value or "").strip()
        if "," in typed or re.search(r"\.(?!\d{3}(\D|$))", typed):
            raise ValidationError(self.error_messages["invalid"])
        return super().to_python(re.sub(r"[.\s]", "", typed))


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
