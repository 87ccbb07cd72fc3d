from django import forms

from guong.core.forms import DayField, LineField, Plain, TextField
from guong.exemplars.forms import ACCEPTED
from guong.units.models import Field, Unit

from .models import Lead, PressSource

BY_RULE = "Theo lĩnh vực và nơi chốn"


class NewLead(Plain):
    """What somebody told a clerk, or a press text that was pasted."""

    source = forms.ChoiceField(
        label="Nguồn", choices=[pair for pair in Lead.Source.choices if pair[0] != Lead.Source.LIST]
    )
    via = forms.ChoiceField(
        label="Đến bằng cách nào",
        required=False,
        choices=[
            ("", "Không ghi"),
            *[pair for pair in Lead.Via.choices if pair[0] != Lead.Via.PORTAL],
        ],
        help_text="Người dân, đoàn thể, tự giới thiệu: in phiếu có mã, hoặc đọc mã cho người ta.",
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
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(), label="Lĩnh vực", required=False, empty_label="Chưa rõ"
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị xử lý", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args, fields, units, by_rule=False, **kwargs):
        """`by_rule`: the unit may stay empty, and then follows from field and place."""
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields
        self.fields["unit"].queryset = units
        if by_rule:
            self.fields["unit"].required = False
            self.fields["unit"].empty_label = BY_RULE


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


class Paste(Plain):
    """An article's words; or its address, when the source is listed."""

    text = TextField(
        label="Lời bài",
        required=False,
        max_length=60000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Chép cả bài, kể cả tít, rồi dán vào đây.",
    )
    address = forms.URLField(
        label="Địa chỉ bài",
        required=False,
        max_length=700,
        assume_scheme="https",
        help_text="Có lời bài thì địa chỉ chỉ để ghi lại. Không có lời bài thì đọc từ địa chỉ, nếu "
        "báo ấy có trong danh sách nguồn.",
        error_messages={"invalid": "Viết địa chỉ như https://bao.vn/bai-123.html."},
    )

    def clean(self):
        given = super().clean()
        if not self.errors and not (given.get("text") or given.get("address")):
            raise forms.ValidationError("Dán lời bài, hoặc địa chỉ của bài.")
        return given


class NewSource(Plain):
    name = LineField(label="Tên báo, chuyên mục", max_length=120)
    address = forms.URLField(
        label="Địa chỉ",
        max_length=500,
        assume_scheme="https",
        help_text="Địa chỉ nguồn tin RSS, hoặc trang chuyên mục.",
        error_messages={"invalid": "Viết địa chỉ như https://bao.vn/rss/tin-moi.rss."},
    )
    kind = forms.ChoiceField(label="Loại", choices=PressSource.Kind.choices)


class HandOver(Plain):
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Chuyển cho", empty_label="Chọn đơn vị"
    )
    reason = TextField(label="Lý do", max_length=2000)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class NewRoute(Plain):
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực",
        required=False,
        empty_label="Mọi tin khác",
        help_text="«Mọi tin khác»: tin không rõ lĩnh vực, không rõ xã, phường.",
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị xử lý", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args, fields, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = fields
        self.fields["unit"].queryset = units


class NewKeeping(Plain):
    days = forms.IntegerField(
        label="Giữ bao nhiêu ngày sau khi không tiếp nhận",
        min_value=1,
        max_value=3660,
        error_messages={
            "invalid": "Viết số ngày, ví dụ 90.",
            "min_value": "Ít nhất 1 ngày.",
            "max_value": "Nhiều nhất 3660 ngày.",
        },
    )
    valid_from = DayField(label="Áp dụng từ ngày")
    reason = LineField(
        label="Căn cứ", max_length=300, help_text="Văn bản, hoặc vì sao chọn số ngày này."
    )
