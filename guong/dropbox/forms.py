"""What a visitor may send. The fields are named as in the released form, in Vietnamese."""

from django import forms
from django.utils.datastructures import MultiValueDict

from guong.core.vietnamese import clean_line, clean_text, repair_phone

from . import spool

TRAP = "trang_web"  # hidden from people by the page's style; who fills it in is a machine


class Line(forms.CharField):
    """One line, as a person meant it; cleaned before its length is counted."""

    def to_python(self, value):
        return clean_line(super().to_python(value))


class Text(forms.CharField):
    def to_python(self, value):
        return clean_text(super().to_python(value))


class Pictures(forms.FileField):
    """Several files, none of them required."""

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if len(files) > spool.MOST_FILES:
            raise forms.ValidationError(f"Gửi nhiều nhất {spool.MOST_FILES} tệp.")
        for file in files:
            if not spool.kind_of(file):
                raise forms.ValidationError(
                    f"Tệp «{clean_line(file.name)[:80]}» không phải ảnh hay tiếng ghi âm."
                )
        return files


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class Told(forms.Form):
    """Base of the forms: what the office reads, the files, the first mistake of each field."""

    def payload(self) -> dict[str, str]:
        """What the office will read, under names of the code."""
        raise NotImplementedError

    def sent_files(self) -> list:
        return []

    def sentences(self) -> dict[str, str]:
        """The first mistake of each field, in the order of the page."""
        return {name: self.errors[name][0] for name in self.fields if name in self.errors}


class Tip(Told):
    """«Giới thiệu người tốt»: who, where, what; who tells it only if they like."""

    ten = Line(
        label="Tên người, nhóm hoặc mô hình",
        max_length=200,
        error_messages={
            "required": "Viết tên người, nhóm hoặc mô hình.",
            "max_length": "Tên dài quá 200 chữ cái. Viết gọn lại.",
        },
    )
    noi = Line(
        label="Xã, phường",
        max_length=120,
        error_messages={
            "required": "Chọn xã, phường nơi người ấy sống hoặc làm việc.",
            "max_length": "Chọn một xã, phường trong danh sách.",
        },
    )
    lang = Line(
        label="Làng, thôn, tổ",
        max_length=120,
        required=False,
        error_messages={"max_length": "Tên làng, thôn, tổ dài quá 120 chữ cái."},
    )
    viec = Text(
        label="Người ấy đã làm gì",
        max_length=5000,
        min_length=10,
        error_messages={
            "required": "Viết một, hai câu về việc người ấy làm.",
            "min_length": "Viết thêm một, hai câu về việc người ấy làm.",
            "max_length": "Lời kể dài quá 5.000 chữ cái. Viết gọn lại, cán bộ sẽ hỏi thêm.",
        },
    )
    anh = Pictures(label="Ảnh hoặc lời ghi âm", required=False, widget=ManyFiles)
    toi = Line(
        label="Tên của bạn",
        max_length=120,
        required=False,
        error_messages={"max_length": "Tên của bạn dài quá 120 chữ cái."},
    )
    dt = Line(
        label="Số điện thoại",
        max_length=40,
        required=False,
        error_messages={"max_length": "Số điện thoại cần 10 chữ số, bắt đầu bằng 0."},
    )
    la = forms.ChoiceField(
        label="Bạn là ai",
        required=False,
        choices=[("1", "neighbour"), ("2", "family"), ("3", "self")],
        error_messages={"invalid_choice": "Chọn một trong ba mục."},
    )

    def clean_dt(self) -> str:
        phone = repair_phone(self.cleaned_data["dt"])
        if phone.message:
            raise forms.ValidationError(phone.message)
        return phone.value

    def payload(self) -> dict[str, str]:
        given = self.cleaned_data
        return {
            "who": given["ten"],
            "where": _joined(given["lang"], given["noi"]),
            "commune": given["noi"],
            "village": given["lang"],
            "what": given["viec"],
            "contact": _joined(given["toi"], given["dt"]),
            "name": given["toi"],
            "phone": given["dt"],
            "relation": dict(self.fields["la"].choices).get(given["la"], ""),
        }

    def sent_files(self) -> list:
        return self.cleaned_data["anh"]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _about(required: bool = True) -> Line:
    words = "Viết mã hoặc tên bài, tên người."
    return Line(
        label="Về bài nào, ai",
        max_length=200,
        required=required,
        error_messages={"required": words, "max_length": "Viết gọn lại, hoặc chỉ ghi mã."},
    )


def _name() -> Line:
    return Line(
        label="Tên của bạn",
        max_length=120,
        error_messages={
            "required": "Viết tên của bạn.",
            "max_length": "Tên của bạn dài quá 120 chữ cái.",
        },
    )


def _phone() -> Line:
    return Line(
        label="Số điện thoại",
        max_length=40,
        error_messages={
            "required": "Viết số điện thoại để cán bộ gọi lại.",
            "max_length": "Số điện thoại cần 10 chữ số, bắt đầu bằng 0.",
        },
    )


def _words(required: bool, longest: int) -> Text:
    return Text(
        label="Lời của bạn",
        max_length=longest,
        min_length=5,
        required=required,
        error_messages={
            "required": "Viết một, hai câu.",
            "min_length": "Viết thêm một, hai câu.",
            "max_length": f"Dài quá {longest:,} chữ cái. Viết gọn lại.".replace(",", "."),
        },
    )


class Word(Told):
    """Base of the short forms: about whom, by whom, what."""

    def clean_dt(self) -> str:
        phone = repair_phone(self.cleaned_data["dt"])
        if phone.message:
            raise forms.ValidationError(phone.message)
        return phone.value

    def payload(self) -> dict[str, str]:
        given = self.cleaned_data
        return {
            "about": given.get("ve", ""),
            "name": given.get("toi", ""),
            "contact": _joined(given.get("dt", ""), given.get("don_vi", "")),
            "text": given.get("loi", ""),
        }


class Learn(Word):
    """«Tôi muốn học theo»: somebody would like to be shown how."""

    ve = _about()
    toi = _name()
    dt = _phone()
    don_vi = Line(
        label="Bạn ở đâu, đơn vị nào",
        max_length=120,
        required=False,
        error_messages={"max_length": "Viết gọn lại trong 120 chữ cái."},
    )
    loi = _words(False, 2000)


class Remove(Word):
    """«Rút bài về tôi»: no reason is asked."""

    ve = _about()
    toi = _name()
    dt = _phone()
    loi = _words(False, 2000)


class Feedback(Word):
    """A word about the portal itself; nobody has to say who they are."""

    loi = _words(True, 3000)


class Complaint(Word):
    """Something is not true or not right; whoever wants an answer says who they are."""

    ve = _about()
    toi = Line(
        label="Tên của bạn",
        max_length=120,
        required=False,
        error_messages={"max_length": "Tên của bạn dài quá 120 chữ cái."},
    )
    dt = Line(
        label="Số điện thoại",
        max_length=40,
        required=False,
        error_messages={"max_length": "Số điện thoại cần 10 chữ số, bắt đầu bằng 0."},
    )
    loi = _words(True, 5000)


class Comment(Word):
    """A word under a story; shown only after two officers have agreed."""

    ve = _about()
    toi = _name()
    loi = _words(True, 1000)


FORMS: dict[str, type[Told]] = {
    "gioi-thieu": Tip,
    "hoc-theo": Learn,
    "rut-bai": Remove,
    "gop-y": Feedback,
    "phan-anh": Complaint,
    "binh-luan": Comment,
}


def typed(data: MultiValueDict) -> dict[str, str]:
    """What stood in the fields, to be shown again; never more than a form could hold."""
    return {name: data[name][:6000] for name in data if name != TRAP}
