from guong.core.forms import Plain, TextField


class Approve(Plain):
    """Why the story passes although the guard held it."""

    override_reason = TextField(
        label="Lý do cho qua dù lớp gác giữ", required=False, max_length=1000
    )


class Reason(Plain):
    """What is to be mended, or why the story comes down."""

    reason = TextField(label="Lý do", max_length=2000)
