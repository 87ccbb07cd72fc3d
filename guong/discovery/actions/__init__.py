"""Everything that changes leads, letters, the press that is watched, who owns a lead."""

from .keeping import forget, set_keeping
from .leads import (
    answer,
    answer_letter,
    bore_fruit,
    choose_comment,
    confirm_answer,
    decline,
    hand_over,
    let_pass,
    pass_on_letter,
    publish_comment,
    receive,
    receive_letter,
    set_aside_letter,
    take_back,
    take_up,
)
from .press import (
    add_source,
    keep_article,
    keep_reading,
    make_lead,
    put_back_item,
    set_aside_item,
    switch_source,
)
from .routes import remove_route, set_route

__all__ = [
    "add_source",
    "answer",
    "answer_letter",
    "bore_fruit",
    "choose_comment",
    "confirm_answer",
    "decline",
    "forget",
    "hand_over",
    "keep_article",
    "keep_reading",
    "let_pass",
    "make_lead",
    "pass_on_letter",
    "publish_comment",
    "put_back_item",
    "receive",
    "receive_letter",
    "remove_route",
    "set_aside_item",
    "set_aside_letter",
    "set_keeping",
    "set_route",
    "switch_source",
    "take_back",
    "take_up",
]
