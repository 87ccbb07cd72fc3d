from django import forms

from guong.core.forms import DayField, LineField, Plain, TextField
from guong.units.models import Unit

from .models import Directive, Movement


class NewDirective(Plain):
    """A directing document with one task for many units."""

    number = LineField(label="Số", max_length=20, help_text="Ví dụ: 2055")
    sign = LineField(label="Ký hiệu", max_length=40, help_text="Ví dụ: UBND-NC")
    issued_on = DayField(label="Ngày ban hành")
    issuer = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Cơ quan ban hành", empty_label="Chọn cơ quan"
    )
    summary = LineField(label="Trích yếu", max_length=500)
    legal_bases = TextField(
        label="Căn cứ", required=False, help_text="Mỗi dòng một căn cứ.", max_length=4000
    )
    text = LineField(label="Nhiệm vụ", max_length=300, initial="Giới thiệu ít nhất một điển hình")
    quota = forms.IntegerField(label="Chỉ tiêu", min_value=1, max_value=999, initial=1)
    due_on = DayField(label="Hạn thực hiện")
    all_communes = forms.BooleanField(label="Giao cho tất cả xã, phường", required=False)
    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        label="Đơn vị thực hiện",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        standing = Unit.objects.standing()
        self.fields["issuer"].queryset = standing.exclude(kind=Unit.Kind.COMMUNE)
        self.fields["units"].queryset = standing.exclude(kind=Unit.Kind.PROVINCE)
        count = standing.communes().count()
        self.fields["all_communes"].label = f"Giao cho tất cả {count} xã, phường"

    def task(self) -> dict:
        """What the action wants of the task."""
        values = self.cleaned_data
        units = set(values["units"])
        if values["all_communes"]:
            units |= set(Unit.objects.standing().communes())
        return {
            "text": values["text"],
            "quota": values["quota"],
            "due_on": values["due_on"],
            "units": sorted(units, key=lambda unit: unit.path),
        }


class InCharge(Plain):
    """Who sees to the task."""

    in_charge = LineField(label="Người phụ trách", max_length=150)


class NewMovement(Plain):
    """What the law asks to be said of an emulation movement."""

    name = LineField(label="Tên phong trào", max_length=200)
    kind = forms.ChoiceField(
        label="Hình thức", choices=Movement.Kind, initial=Movement.Kind.THEMATIC
    )
    launcher = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Nơi phát động", empty_label="Chọn đơn vị"
    )
    directive = forms.ModelChoiceField(
        queryset=Directive.objects.none(),
        label="Văn bản chỉ đạo",
        required=False,
        empty_label="Chưa đăng ký văn bản",
    )
    goals = TextField(label="Mục tiêu", max_length=3000)
    scope = TextField(label="Phạm vi, đối tượng", max_length=3000)
    criteria = TextField(label="Nội dung, tiêu chí", max_length=5000)
    measures = TextField(label="Kế hoạch, biện pháp", required=False, max_length=5000)
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến ngày", required=False)

    def __init__(self, *args, directives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["launcher"].queryset = Unit.objects.standing()
        self.fields["directive"].queryset = directives
