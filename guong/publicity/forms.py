from django import forms

from guong.core.forms import LineField, Plain, TextField
from guong.core.languages import LANGUAGES

from .furniture import HELP, WORDS


class Approve(Plain):
    """Why the story passes although the guard held it."""

    override_reason = TextField(
        label="Lý do cho qua dù lớp gác giữ", required=False, max_length=1000
    )


class Reason(Plain):
    """What is to be mended, or why the story comes down."""

    reason = TextField(label="Lý do", max_length=2000)


class NewVersion(Plain):
    """In which language the story is told again."""

    lang = forms.ChoiceField(label="Viết bằng", choices=())

    def __init__(self, *args, there: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lang"].choices = [
            (code, name) for code, name in LANGUAGES.items() if code not in there
        ]


class NewRecording(Plain):
    """A sound with its words, or a film with captions."""

    file = forms.FileField(
        label="Tệp âm thanh hoặc phim",
        help_text="MP3, M4A, Ogg, WAV tới 20 MB; MP4 (H.264), WebM tới 24 MB.",
        widget=forms.FileInput(
            attrs={"accept": ".mp3,.m4a,.ogg,.opus,.oga,.wav,.mp4,.webm,audio/*,video/*"}
        ),
    )
    title = LineField(label="Tên bản ghi", max_length=200)
    source = LineField(label="Nguồn", max_length=120, help_text="Ai thu, ai quay.")
    rights = LineField(
        label="Quyền sử dụng", max_length=200, help_text="Ví dụ: Người nói đồng ý đăng, 05/03/2026."
    )
    transcript = TextField(
        label="Lời trong bản ghi",
        required=False,
        max_length=60_000,
        help_text="Âm thanh phải có: ghi lại đúng lời nói, bằng tiếng được nói.",
    )
    captions = forms.FileField(
        label="Tệp phụ đề",
        required=False,
        help_text="Phim phải có: WebVTT (.vtt) hoặc SRT, bằng tiếng được nói.",
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
    )


class Furniture(Plain):
    """The words a named speaker has approved."""

    speaker = LineField(
        label="Người nói tiếng này đã duyệt", max_length=200, help_text="Họ tên, ở đâu."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, word in WORDS.items():
            self.fields[key] = LineField(
                label=f"«{word}»", required=False, max_length=80, help_text=HELP.get(key, "")
            )
