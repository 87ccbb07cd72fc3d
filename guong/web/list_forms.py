"""What is asked on the pages of a list: the file, what its columns mean, pictures."""

from collections.abc import Iterator

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from guong.core import staging
from guong.core.forms import Plain
from guong.guard import archives

NOT_USED = ("-", "Không dùng cột này")


class List(Plain):
    """The uploaded workbook, or cells copied out of one."""

    file = forms.FileField(
        label="Tệp Excel",
        required=False,
        help_text="Tệp .xlsx của đơn vị, không cần theo mẫu; tối đa 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    pasted = forms.CharField(
        label="Hoặc dán bảng từ Excel",
        required=False,
        strip=False,
        max_length=2_000_000,
        help_text="Chọn cả dòng tiêu đề trong Excel, sao chép, rồi dán vào đây.",
        widget=forms.Textarea(attrs={"rows": 5, "wrap": "off", "spellcheck": "false"}),
    )

    def clean(self):
        given = super().clean()
        if not self.errors and not given.get("file") and not given.get("pasted", "").strip():
            self.add_error("file", "Chọn tệp Excel, hoặc dán bảng vào ô bên dưới.")
        return given


class Mended(forms.Form):
    """The workbook with its bad rows put right."""

    mended = forms.FileField(label="Tệp đã sửa", widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class Matching(Plain):
    """One choice for each heading of the file."""

    def __init__(self, *args, batch, **kwargs):
        super().__init__(*args, **kwargs)
        titles = staging.KINDS[batch.kind].titles
        self.headings = staging.headings(batch)
        for number, heading in enumerate(self.headings):
            examples = ", ".join(heading.examples)
            self.fields[f"cot-{number}"] = forms.ChoiceField(
                label=heading.title,
                choices=[NOT_USED, *titles.items()],
                initial=heading.guess or NOT_USED[0],
                help_text=f"Ví dụ trong tệp: {examples}" if examples else "",
            )

    def clean(self):
        given = super().clean()
        named = [name for name in given.values() if name != NOT_USED[0]]
        if len(set(named)) < len(named):
            raise forms.ValidationError("Mỗi mục chỉ ghép với một cột của tệp.")
        return given

    def mapping(self) -> dict[str, str]:
        """Folded heading → what it means; empty for a column that is not used."""
        said = {
            heading.key: self.cleaned_data[f"cot-{number}"]
            for number, heading in enumerate(self.headings)
        }
        return {key: "" if name == NOT_USED[0] else name for key, name in said.items()}


class Many(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files chosen at once."""

    widget = Many

    def clean(self, value, initial=None):
        files = value if isinstance(value, list) and value else [None]
        return [super(ManyFiles, self).clean(each, initial) for each in files]


class Pictures(Plain):
    files = ManyFiles(
        label="Ảnh, hoặc một tệp .zip đựng ảnh",
        help_text="Tên tệp là tên người, mã hồ sơ hoặc số thứ tự: «Rơ Châm H'Bliu.jpg», «03.jpg».",
        widget=Many(attrs={"accept": ".jpg,.jpeg,.png,.webp,.zip"}),
    )


def pictures_of(upload: UploadedFile) -> Iterator[tuple[str, UploadedFile]]:
    """The file itself, or each picture of the archive. Raises archives.Refused."""
    if not upload.name.lower().endswith(".zip"):
        yield upload.name, upload
        return
    for name, content in archives.pictures_in(upload):
        yield name, SimpleUploadedFile(name, content.getvalue())
