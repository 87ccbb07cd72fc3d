from django import forms

from guong.core.forms import LineField, Plain, TextField
from guong.exemplars.forms import ACCEPTED
from guong.units.models import Unit

from .models import Lead


class NewLead(Plain):
    """What somebody told a clerk, or a press text that was pasted."""

    source = forms.ChoiceField(
        label="Nguồn", choices=[pair for pair in Lead.Source.choices if pair[0] != Lead.Source.LIST]
    )
    who = LineField(label="Ai, hoặc mô hình nào", max_length=200)
    where = LineField(label="Ở đâu", max_length=200, required=False)
    what = TextField(label="Việc gì", max_length=8000, help_text="Kể lại, hoặc dán nguyên bài báo.")
    contact = LineField(
        label="Liên hệ người giới thiệu",
        max_length=200,
        required=False,
        help_text="Chỉ người xử lý thấy.",
    )
    file = forms.FileField(
        label="Tệp kèm theo",
        required=False,
        help_text="Thư, ảnh, bản chụp bài báo; tối đa 20 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị xử lý", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class PassOn(Plain):
    """A letter that tells of somebody good, as a lead of a unit."""

    who = LineField(label="Ai, hoặc mô hình nào", max_length=200)
    where = LineField(label="Ở đâu", max_length=200, required=False)
    what = TextField(label="Việc gì", max_length=8000)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị xử lý", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class Reason(Plain):
    reason = TextField(label="Lý do", max_length=2000)


class Answer(Plain):
    answer = TextField(
        label="Đã làm gì",
        max_length=2000,
        help_text="Ví dụ: đã gọi lại, đã gỡ bài, đã chuyển cho xã.",
    )


class PublicAnswer(Plain):
    """What the giver of a lead reads on the portal."""

    text = TextField(
        label="Câu trả lời",
        max_length=2000,
        help_text="Đã làm gì, hoặc vì sao không. Trang này ai cũng mở được: không nêu tên ai.",
    )
