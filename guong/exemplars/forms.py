"""What a life record is asked for."""

from django import forms

from guong.core.forms import DayField, LineField, Plain, TextField

from .models import Consent, Evidence

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.mp3,.m4a,.mp4"


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
    )
    metric = LineField(label="Chỉ số", required=False, max_length=120)
    before = forms.DecimalField(label="Trước", required=False, max_digits=16, decimal_places=2)
    after = forms.DecimalField(label="Sau", required=False, max_digits=16, decimal_places=2)
    measure = LineField(label="Đơn vị tính", required=False, max_length=40)
    since = LineField(label="Thời gian", required=False, max_length=80)
    place = LineField(label="Nơi", required=False, max_length=150)


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


class Reason(Plain):
    """Why."""

    reason = TextField(label="Lý do", max_length=2000)
