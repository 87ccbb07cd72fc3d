"""The measuring stick itself, and the bars that are already met."""

import random
from functools import partial

from guong.guard import attacks, measure


def test_there_are_sixty_texts_written_by_hand_twenty_of_them_hard():
    found = measure.written()

    assert (len(found["plain"]) >= 40, len(found["hard"])) == (True, 20)


def test_no_clean_text_is_blocked_and_hardly_one_held():
    held = {figure.name: figure.hits for figure in measure.false_alarms(measure.written())}

    assert held == {
        "7 giữ nhầm bài thường": 0,
        "7 chặn nhầm bài thường": 0,
        "7 giữ nhầm bài khó": 1,
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
    plain = measure.written()["plain"]
    everywhere = measure.caught(
        "", plain, lambda text, draw: attacks.substitute(text, draw, 1.0), at_least=0.8
    )
    one_place = measure.caught("", plain, attacks.substitute, at_least=0.5)

    assert (everywhere.is_met, one_place.is_met) == (True, True)


def test_bent_words_are_caught_as_often_as_asked_but_for_the_thinnest():
    plain = measure.written()["plain"]
    thick, middle, thin = (
        measure.caught("", plain, partial(attacks.mutate, rate=rate), at_least=asked)
        for rate, asked in ((0.3, 0.98), (0.1, 0.90), (0.03, 0.45))
    )

    assert (thick.is_met, middle.is_met, thin.is_met) == (True, True, True)


def test_the_generated_texts_are_clean_and_the_same_each_time():
    first, second = measure.generated(), measure.generated()
    alarms = {figure.name: figure.hits for figure in measure.false_alarms(first)}

    assert first == second
    assert set(alarms.values()) == {0}
