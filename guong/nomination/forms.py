from django import forms

from guong.core.forms import LineField, Plain, TextField
from guong.exemplars.models import Exemplar
from guong.units.models import Field, Unit


class NewNomination(Plain):
    """One person, household, collective or model, on one page."""

    full_name = LineField(
        label="Tên", max_length=150, help_text="Như trên giấy tờ. Tên một chữ cũng được."
    )
    kind = forms.ChoiceField(label="Đối tượng", choices=Exemplar.Kind)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, min_value=1880, max_value=2100
    )
    commune = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Xã, phường", required=False, empty_label="Chọn nơi ở"
    )
    residence = LineField(label="Làng, thôn, tổ", required=False, max_length=120)
    occupation = LineField(label="Nghề nghiệp", required=False, max_length=120)
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực",
        required=False,
        empty_label="Chọn lĩnh vực",
    )
    statement = TextField(
        label="Việc gì, kết quả ra sao",
        max_length=500,
        help_text="Một, hai câu. Có con số nếu đo được.",
    )
    before = forms.DecimalField(label="Số trước", required=False, max_digits=16, decimal_places=2)
    after = forms.DecimalField(label="Số sau", required=False, max_digits=16, decimal_places=2)
    measure = LineField(label="Đơn vị tính", required=False, max_length=40)
    summary = TextField(
        label="Vì sao người khác nên học",
        required=False,
        max_length=4000,
        help_text="Cách làm, để nơi khác làm theo được.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = Unit.objects.standing().communes()
        self.fields["field"].queryset = Field.objects.order_by("order")


class Reason(Plain):
    reason = TextField(
        label="Thiếu gì, sửa thế nào", max_length=2000, help_text="Đơn vị đọc đúng lời này."
    )
