import re

from django import forms

from guong.core.forms import DayField, LineField, Plain, TextField
from guong.core.vietnamese import clean_line
from guong.units.models import Field, Unit

from .models import CriteriaSet, Criterion, Directive, Movement, Rule, SubjectKind


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


class Criteria(Plain):
    """A criteria set: whose, for whom, by which document, from when."""

    name = LineField(label="Tên bộ tiêu chí", max_length=200)
    issuer = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Cơ quan ban hành", empty_label="Chọn cơ quan"
    )
    award = LineField(
        label="Xét cho danh hiệu, mức",
        max_length=120,
        initial="Điển hình tiên tiến",
        help_text="Viết đúng như trong quyết định công nhận.",
    )
    kinds = forms.MultipleChoiceField(
        label="Đối tượng",
        required=False,
        choices=SubjectKind,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn nghĩa là mọi đối tượng.",
    )
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực",
        required=False,
        empty_label="Mọi lĩnh vực",
    )
    directive = forms.ModelChoiceField(
        queryset=Directive.objects.none(),
        label="Ban hành theo văn bản đã đăng ký",
        required=False,
        empty_label="Không có trong sổ",
    )
    document = LineField(
        label="Hoặc số, ký hiệu văn bản",
        required=False,
        max_length=60,
        help_text="Ví dụ: 12/QĐ-UBND",
    )
    document_on = DayField(label="Ngày văn bản", required=False)
    valid_from = DayField(label="Dùng từ ngày", required=False)
    valid_until = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers(user)
        self.fields["field"].queryset = Field.objects.order_by("order")
        seen = Directive.objects.visible_to(user)
        self.fields["directive"].queryset = seen.order_by("-issued_on", "-pk")


def issuers(user):
    """The units whose criteria this person may write."""
    standing = Unit.objects.standing()
    if user.has_function("secretariat"):
        return standing
    return standing.filter(path__startswith=user.branch_path())


PAPERS = re.compile(r"(?:(\d{1,2})\s*[x×*]\s*)?(.+)", re.IGNORECASE)


class CriterionRow(Plain):
    """One criterion of the set."""

    code = LineField(label="Mã", max_length=20)
    text = TextField(label="Tiêu chí", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Loại", choices=Criterion.Kind, initial="required")
    points = forms.IntegerField(
        label="Điểm tối đa",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="Chỉ khi chấm điểm.",
    )
    slots = TextField(
        label="Minh chứng cần có",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một loại giấy tờ. Cần hai bản thì viết: 2 x Ảnh trước và sau",
    )
    is_switched_on = forms.BooleanField(label="Đang dùng", required=False, initial=True)

    def clean_slots(self):
        found = []
        for line in filter(None, map(clean_line, self.cleaned_data["slots"].splitlines())):
            number, text = PAPERS.fullmatch(line).groups()
            if number == "0" or len(text) > 200:
                raise forms.ValidationError("Mỗi dòng một loại giấy tờ, số lượng từ 1 trở lên.")
            found.append((text, int(number or 1)))
        return found

    def clean(self):
        values = super().clean()
        if values.get("kind") == Criterion.Kind.SCORED and not values.get("points"):
            self.add_error("points", "Nêu điểm tối đa.")
        return values


class _Rows(forms.BaseFormSet):
    """Criteria below each other; what is ticked «bỏ» is left out, blank ones count for nothing."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ tiêu chí này"

    def values(self) -> list[dict]:
        """What the action wants, in order."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        names = CriterionRow.base_fields
        return [
            {name: form.cleaned_data[name] for name in names} for form in kept if form.cleaned_data
        ]


CriterionRows = forms.formset_factory(
    CriterionRow, formset=_Rows, can_delete=True, extra=2, max_num=60, absolute_max=60
)


def as_typed(form: forms.Form, data) -> dict:
    """What stands in the form now, unchecked: to show it again with more room."""
    return {
        name: data.getlist(form.add_prefix(name))
        if isinstance(field, forms.MultipleChoiceField)
        else data.get(form.add_prefix(name), "")
        for name, field in form.fields.items()
    }


class ForUnit(Plain):
    """For which unit the clone is."""

    issuer = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Cho cơ quan", empty_label="Chọn cơ quan"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers(user)


class Compared(Plain):
    """Against which document a frame was held."""

    source = LineField(
        label="Đã đối chiếu với văn bản nào", max_length=300, help_text="Số, ký hiệu, ngày."
    )


class NarrowingSets(Plain):
    """What a reader of the list of criteria sets may ask for."""

    issuer = forms.ModelChoiceField(
        Unit.objects.none(), label="Cơ quan", required=False, empty_label="Tất cả"
    )
    field = forms.ModelChoiceField(
        Field.objects.none(), label="Lĩnh vực", required=False, empty_label="Tất cả"
    )
    state = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *CriteriaSet.State.choices]
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        seen = CriteriaSet.objects.visible_to(user)
        self.fields["issuer"].queryset = Unit.objects.filter(criteria_sets__in=seen).distinct()
        self.fields["field"].queryset = Field.objects.order_by("order")

    def narrow(self, rows):
        """The sets that fit everything that was asked for."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return rows.filter(**asked)


class NewRule(Plain):
    """A rule as data: how much of what, by which article, from when."""

    name = LineField(label="Tên quy định", max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=Rule.Kind)
    award = LineField(
        label="Xét cho danh hiệu, mức",
        required=False,
        max_length=120,
        help_text="Để trống là mọi danh hiệu.",
    )
    kinds = forms.MultipleChoiceField(
        label="Đối tượng",
        required=False,
        choices=SubjectKind,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn nghĩa là mọi đối tượng.",
    )
    counted = LineField(
        label="Đếm điều gì",
        max_length=160,
        help_text="Tên danh hiệu đã có, hoặc số liệu, ví dụ: số hồ sơ đơn vị đã lập trong năm",
    )
    comparison = forms.ChoiceField(label="So sánh", choices=Rule.Comparison)
    number = forms.DecimalField(
        label="Con số",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        help_text="Số năm, số tháng, số lượng hoặc phần trăm, tùy loại.",
    )
    is_consecutive = forms.BooleanField(label="Các năm phải liền nhau", required=False)
    counted_on = LineField(
        label="Tỷ lệ tính trên số nào",
        required=False,
        max_length=160,
        help_text="Ví dụ: tổng số thành viên",
    )
    article = LineField(
        label="Điều, khoản, văn bản", max_length=200, help_text="Ghi cả số văn bản và năm."
    )
    valid_from = DayField(label="Có hiệu lực từ", required=False)
    valid_until = DayField(label="Đến hết ngày", required=False)
    replaces = forms.ModelChoiceField(
        Rule.objects.none(),
        label="Thay quy định",
        required=False,
        empty_label="Không thay quy định nào",
        help_text="Quy định cũ hết hiệu lực trước ngày quy định mới một ngày.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        rules = Rule.objects.visible_to(user).filter(replaced_by=None)
        self.fields["replaces"].queryset = rules.order_by("name", "pk")
