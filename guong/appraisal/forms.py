from django import forms

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain, TextField
from guong.exemplars.models import Check, Evidence


class ClaimCheck(Plain):
    """What was found on the spot for one claim."""

    result = forms.ChoiceField(label="Kết quả", choices=Check.Result, widget=forms.RadioSelect)
    evidence = forms.ModelChoiceField(
        label="Minh chứng đã có",
        queryset=Evidence.objects.none(),
        required=False,
        empty_label="Chọn minh chứng",
    )
    file = forms.FileField(
        label="Hoặc thêm tệp mới",
        required=False,
        help_text="Ảnh chụp tại chỗ, biên bản; tối đa 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png,.webp,.mp3,.m4a"}),
    )
    testimony = LineField(label="Hoặc ghi lời xác nhận", required=False, max_length=500)
    note = LineField(label="Ghi chú", required=False, max_length=300)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = evidence
        # Rows that have been read stand as they are: a desk with many claims asks for them once.
        self.fields["evidence"].choices = [("", "Chọn minh chứng")] + [
            (item.pk, str(item)) for item in evidence
        ]


class Conclusion(Plain):
    """The end of a verification."""

    visited_on = DayField(label="Ngày đi xác minh", initial=calendar.today)
    conclusion = TextField(label="Kết luận", max_length=4000)
    eligible = forms.ChoiceField(
        label="Đề nghị",
        choices=[("yes", "Đủ điều kiện công nhận"), ("no", "Không đủ điều kiện")],
        widget=forms.RadioSelect,
    )

    def clean_eligible(self):
        return self.cleaned_data["eligible"] == "yes"
