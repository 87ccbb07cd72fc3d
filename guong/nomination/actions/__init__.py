"""Everything that changes a nomination, or the draft it grows from. One function, one verb."""

from .dossiers import (
    accept,
    answer,
    choose_set,
    draft,
    draft_all,
    return_,
    submit,
    take_back,
    withdraw,
)
from .guided import (
    add_draft_file,
    copy_last,
    drop_draft_file,
    drop_guided,
    finish_guided,
    keep_answers,
    start_guided,
)
from .partners import (
    ask_unit,
    decline,
    drop_unit,
    lapse,
    sign_off,
)

__all__ = [
    "accept",
    "add_draft_file",
    "answer",
    "ask_unit",
    "choose_set",
    "copy_last",
    "decline",
    "draft",
    "draft_all",
    "drop_draft_file",
    "drop_guided",
    "drop_unit",
    "finish_guided",
    "keep_answers",
    "lapse",
    "return_",
    "sign_off",
    "start_guided",
    "submit",
    "take_back",
    "withdraw",
]
