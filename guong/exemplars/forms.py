"""What a life record is asked for."""

from django import forms
from django.urls import reverse_lazy

from guong.core.forms import DayField, LineField, Plain, TextField
from guong.core.vietnamese import fold, repair_id_number, repair_phone
from guong.direction.models import Movement
from guong.units.models import Field, Unit

from .models import Consent, EthnicGroup, Evidence, Exemplar, RestrictedValue

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.mp3,.m4a,.mp4"


def advised(widget: forms.Widget, *sent: str) -> forms.Widget:
    """The box asks, when the writer pauses, whether a big word lacks its figure.

    `sent`: the names of the box and of what holds its figure; nothing else of the form leaves.
    """
    widget.attrs |= {
        "hx-params": ",".join(sent),
        "hx-post": reverse_lazy("exemplars:advise"),
        "hx-trigger": "input changed delay:600ms",
        "hx-target": "next .advice",
        "hx-swap": "innerHTML",  # a form around it may swap otherwise
        "hx-headers": '{"X-While-Typing": "1"}',  # an ended session keeps the page
    }
    return widget


class Narrowing(Plain):
    """What a reader of the list may ask for; a part nobody understands narrows nothing."""

    STATES = [("recognised", "Đã công nhận"), ("waiting", "Chưa công nhận")]

    tim = LineField(label="Tên", required=False, max_length=200)
    field = forms.ModelChoiceField(
        Field.objects.order_by("order"), label="Lĩnh vực", required=False, empty_label="Tất cả"
    )
    xa = forms.ModelChoiceField(
        Unit.objects.none(), label="Xã, phường", required=False, empty_label="Tất cả"
    )
    kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *Exemplar.Kind.choices]
    )
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả"), *STATES])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["xa"].queryset = Unit.objects.communes().order_by("sort_key")

    def narrow(self, rows):
        """The rows that fit everything that was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        for word in fold(asked.get("tim", "")).split():
            rows = rows.filter(search_key__contains=word)
        if asked.get("field"):
            rows = rows.filter(field=asked["field"])
        if asked.get("xa"):
            rows = rows.of_commune(asked["xa"])
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("state"):
            rows = rows.recognised() if asked["state"] == "recognised" else rows.unrecognised()
        return rows


class NewEvidence(Plain):
    """A file or words that show a claim to be true."""

    kind = forms.ChoiceField(label="Loại", choices=Evidence.Kind)
    title = LineField(label="Tên minh chứng", max_length=200, help_text="Ví dụ: Biên bản họp thôn")
    file = forms.FileField(
        label="Tệp",
        required=False,
        help_text="PDF, Word, Excel, ảnh, âm thanh hoặc video; tối đa 20 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    testimony = TextField(label="Lời xác nhận", required=False, max_length=4000)
    taken_on = DayField(label="Ngày của minh chứng", required=False)


class NewClaim(Plain):
    """One measured achievement."""

    statement = LineField(
        label="Việc gì, kết quả ra sao",
        max_length=500,
        help_text="Một câu, có con số nếu đo được.",
        widget=advised(forms.TextInput(), "statement", "after"),
    )
    metric = LineField(label="Chỉ số", required=False, max_length=120)
    before = forms.DecimalField(label="Trước", required=False, max_digits=16, decimal_places=2)
    after = forms.DecimalField(label="Sau", required=False, max_digits=16, decimal_places=2)
    measure = LineField(label="Đơn vị tính", required=False, max_length=40)
    since = LineField(label="Thời gian", required=False, max_length=80)
    place = LineField(label="Nơi", required=False, max_length=150)


class NewDistinction(Plain):
    """What was given before, as the document says it."""

    title = LineField(label="Danh hiệu, hình thức khen thưởng", max_length=200)
    given_by = LineField(label="Nơi tặng", max_length=200)
    given_on = DayField(
        label="Ngày ký",
        required=False,
        help_text="Quy định về số năm chỉ tính những lần có ngày.",
    )
    document = LineField(label="Số, ký hiệu văn bản", required=False, max_length=120)


class NewConsent(Plain):
    """Who said yes to what, and how."""

    purpose = forms.ChoiceField(label="Đồng ý việc gì", choices=Consent.Purpose)
    signer = LineField(label="Ai đồng ý", max_length=150)
    method = forms.ChoiceField(label="Bằng cách nào", choices=Consent.Method)
    given_on = DayField(label="Ngày đồng ý")
    expires_on = DayField(label="Đến ngày", required=False)
    proof = forms.FileField(
        label="Ảnh hoặc bản chụp giấy đồng ý",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )


class NewPicture(Plain):
    """A face, or a landscape."""

    file = forms.FileField(
        label="Ảnh",
        help_text="JPG, PNG hoặc WebP; thông tin ẩn trong ảnh sẽ bị bỏ.",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )


class NewIdentity(Plain):
    """What may only be read by permission; what is left blank stays as it was."""

    id_number = LineField(
        label="Số căn cước",
        required=False,
        max_length=20,
        help_text="Giữ mã đối chiếu và bản khoá kín; trang chỉ hiện bốn số cuối.",
    )
    birth_date = DayField(label="Ngày sinh", required=False)
    phone = LineField(label="Điện thoại", required=False, max_length=20)
    ethnic_group = forms.ModelChoiceField(
        EthnicGroup.objects.none(),
        label="Dân tộc",
        required=False,
        empty_label="Giữ nguyên",
        help_text="Theo lời người đó tự nhận; chỉ để đếm, không danh sách nào nêu.",
    )
    declined = forms.MultipleChoiceField(
        label="Không muốn nêu",
        required=False,
        choices=RestrictedValue.Kind,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = LineField(
        label="Căn cứ xử lý", max_length=200, help_text="Ví dụ: người đó đồng ý bằng văn bản"
    )
    source = LineField(label="Nguồn", max_length=200, help_text="Ví dụ: giấy tờ xuất trình")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ethnic_group"].queryset = EthnicGroup.objects.in_use().order_by("name")

    def clean_ethnic_group(self):
        return str(self.cleaned_data["ethnic_group"] or "")

    def clean_id_number(self):
        return self._repaired("id_number", repair_id_number)

    def clean_phone(self):
        return self._repaired("phone", repair_phone)

    def _repaired(self, name, repair):
        repaired = repair(self.cleaned_data[name])
        if repaired.message:
            raise forms.ValidationError(repaired.message)
        return repaired.value


class Reason(Plain):
    """Why."""

    reason = TextField(label="Lý do", max_length=2000)


class PeopleName(Plain):
    """How a people is called, and where it stands so."""

    name = LineField(label="Tên dân tộc", max_length=60)
    aliases = LineField(
        label="Cách viết khác",
        required=False,
        max_length=400,
        help_text="Cách nhau bằng dấu phẩy. Tên cũ được giữ ở đây.",
    )
    source = LineField(
        label="Theo văn bản, bảng danh mục nào",
        max_length=200,
        help_text="Ví dụ: Danh mục thành phần các dân tộc (1979)",
    )

    def clean_aliases(self):
        return self.cleaned_data["aliases"].split(",")


class OfMovement(Plain):
    """Of which movement the exemplar came."""

    movement = forms.ModelChoiceField(
        queryset=Movement.objects.none(), label="Phong trào", empty_label="Chọn phong trào"
    )

    def __init__(self, *args, movements, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["movement"].queryset = movements


class Why(Plain):
    """Why the two are the same, or are not: a line for whoever asks later."""

    reason = LineField(
        label="Vì sao", max_length=300, help_text="Ví dụ: cùng số căn cước; hai cha con trùng tên."
    )


class Description(forms.ModelForm):
    """What is known of the exemplar; some of it is asked only so that it can be counted."""

    class Meta:
        model = Exemplar
        fields = """full_name given_name other_names birth_year sex commune residence occupation
        labour_category leadership_level area_class scope field other_fields summary""".split()
        field_classes = dict.fromkeys(
            ("full_name", "given_name", "other_names", "residence", "occupation"), LineField
        )
        widgets = {"other_fields": forms.CheckboxSelectMultiple}
        help_texts = {
            "other_names": "Cách nhau bằng dấu phẩy; tìm kiếm thấy cả những tên này.",
            "given_name": "Tên người ta gọi hằng ngày.",
            "leadership_level": "Chỉ để đếm.",
            "area_class": "Chỉ để đếm.",
            "sex": "Theo lời người đó tự nhận; chỉ để đếm.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["commune"].queryset = Unit.objects.standing().communes()
        self.fields["other_fields"].queryset = Field.objects.order_by("order")
        for field in self.fields.values():
            field.error_messages["required"] = f"Chưa có: {str(field.label).lower()}."
