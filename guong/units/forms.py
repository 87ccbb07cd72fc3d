"""What accounts are asked for."""

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain

from .models import Mandate, Unit


class Login(LoginForm):
    """Account and password; two fields, no sign-up, no reset by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Tên tài khoản"
        self.fields["password"].label = "Mật khẩu"
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].help_text = ""
        self.fields.pop("remember", None)
        self.label_suffix = ""


class NewPassword(forms.Form):
    """A password, typed once and shown on request by the browser."""

    password = forms.CharField(
        label="Mật khẩu mới",
        help_text="Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất.",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, account=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password


class Join(NewPassword):
    """What a person types from the printed slip."""

    field_order = ["username", "code", "password"]
    username = forms.CharField(
        label="Tên tài khoản",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label="Mã trên phiếu",
        help_text="Mười sáu chữ và số; gạch nối, chữ hoa chữ thường không quan trọng.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class NewAccount(forms.Form):
    """A new account and its first function."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    username = forms.RegexField(
        r"^[a-z0-9._-]{3,40}$",
        label="Tên tài khoản",
        help_text="Chữ thường không dấu, số, dấu chấm; ví dụ: xa.iagrai",
        error_messages={
            "invalid": "Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch nối; 3–40 ký tự."
        },
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị"
    )
    function = forms.ChoiceField(label="Chức năng", choices=Mandate.Function)
    email = forms.EmailField(label="Thư điện tử", required=False)
    ends_on = forms.DateField(
        label="Dùng đến ngày",
        required=False,
        help_text="Để trống nếu không hạn. Ví dụ: 31/12/2027",
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={"invalid": "Viết ngày như 31/12/2027."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.standing()
        self.label_suffix = ""

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < calendar.today():
            raise forms.ValidationError("Ngày này đã qua.")
        return day


class Introducing(Plain):
    """From when to when, and by which document."""

    basis = LineField(
        label="Văn bản làm căn cứ",
        max_length=200,
        help_text="Số, ký hiệu, ngày, cơ quan ban hành. Ví dụ: Công văn 12/UBND-NC ngày 05/03/2026.",
    )
    valid_from = DayField(
        label="Từ ngày", required=False, help_text="Để trống: từ trước tới nay. Ví dụ: 05/03/2026"
    )
    valid_to = DayField(
        label="Đến ngày", required=False, help_text="Để trống: không hạn. Ví dụ: 31/12/2027"
    )


class Grant(forms.Form):
    """A further function in a unit."""

    function = forms.ChoiceField(label="Chức năng", choices=Mandate.Function)
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label="Phạm vi (đơn vị)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.standing()
        self.label_suffix = ""
