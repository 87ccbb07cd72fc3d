"""The measuring stick itself, and the bars that are already met."""

import random

from guong.guard import attacks, measure


def test_there_are_sixty_texts_written_by_hand_twenty_of_them_hard():
    assert (len(measure.texts("plain")) >= 40, len(measure.texts("hard"))) == (True, 20)


def test_no_clean_text_is_blocked_and_hardly_one_held():
    held = {figure.name: figure.hits for figure in measure.false_alarms()}

    assert held == {
        "7 giữ nhầm bài thường": 0,
        "7 chặn nhầm bài thường": 0,
        "7 giữ nhầm bài khó": 0,
        "7 chặn nhầm bài khó": 0,
    }


def test_attacks_change_the_text_and_only_where_they_say():
    text, draw = "UBND tỉnh Gia Lai tăng cường phối hợp.", random.Random(1)

    assert attacks.replaced(text, "Bến Vàng", "Nhà sảnh") == (
        "Bến Vàng tỉnh Nhà sảnh Link vào Bến Vàng cường phối hợp."
    )
    assert attacks.substitute("không có gì", draw) == "không có gì"
    assert len(attacks.mutate(text, draw, 1.0)) == len(text)
    assert attacks.mutate(text, draw, 0.0) == text


def test_unseen_brands_are_caught_as_often_as_asked():
    everywhere = measure.caught("", lambda text, draw: attacks.substitute(text, draw, 1.0), "")
    one_place = measure.caught("", attacks.substitute, "")

    assert everywhere.hits / everywhere.of >= 0.8
    assert one_place.hits / one_place.of >= 0.5
