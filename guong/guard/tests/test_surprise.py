"""The surprise model: what it has read, what it finds strange, and which one a home asks."""

import logging

import pytest

from guong.guard import bent, gazetteer, scorer, surprise, training
from guong.guard.reading import Reading
from guong.guard.surprise import BREAK, Instead, Model

from . import pages

NAMES = gazetteer.default()
# One strange sentence in a plain text; it has no brand, no link, no word of an offer.
STORY = (
    "Mỗi tuần cả nhóm dồn về một vườn, làm xong vườn này thì sang vườn khác. "
    "Ai giúp bao nhiêu buổi ghi vào một cuốn sổ chung để ở nhà trưởng thôn. "
    "Đến nay trong làng đã có bốn mươi hai hộ cùng làm với nhau. "
    "{}"
    "Trẻ con chiều nào cũng chạy ra nhà rông nghe người già kể chuyện. "
    "Cuối năm bà con họp lại, bàn việc của năm sau."
)
STRANGER = "Shuffle reels wild scatter gamble payline croupier roulette dealer chips royale. "


def taught(*texts: str) -> Model:
    model = Model()
    for text in texts:
        model.read(text)
    return model


def codes(text: str, **more) -> list[str]:
    return [reason.code for reason in scorer.check(text, NAMES, **more).reasons]


def test_the_shipped_model_is_made_of_its_sources_and_small():
    packed = training.model().packed()

    assert surprise.SHIPPED.read_bytes() == packed
    assert len(packed) < 300_000


def test_nothing_it_is_measured_on_was_read():
    sources = {path.name for path in training.sources()}

    assert sources & {"unseen"} == set()
    assert not [path for path in training.sources() if "unseen" in path.parts]


def test_a_model_reads_phrases_and_counts_what_follows_what():
    model = taught("Tăng cường phối hợp, tăng cường.")

    assert model.words == {"tăng": 2, "cường": 2, "phối": 1, "hợp": 1, BREAK: 2}
    assert model.pairs["tăng", "cường"] == 2
    assert model.pairs["hợp", "tăng"] == 0


def test_a_model_comes_back_from_its_file_and_two_make_a_third():
    one, two = taught("tăng cường"), taught("tăng thu nhập")

    assert Model.unpacked(one.packed()).pairs == one.pairs
    assert one.plus(two).words == taught("tăng cường\ntăng thu nhập").words
    assert one.mark == taught("tăng cường").mark != two.mark


@pytest.mark.parametrize("content", [b"", b"chu", surprise.gzip.compress(b"[]", mtime=0)])
def test_what_is_no_model_is_refused(content):
    with pytest.raises(ValueError, match=r"no model|Expecting value"):
        Model.unpacked(content)


def test_what_was_seen_surprises_less_than_what_was_not():
    model = taught("tăng cường phối hợp " * 3)

    assert model.surprise("tăng", "cường") < model.surprise("tăng", "hợp")
    assert model.surprise("tăng", "hợp") < model.surprise("tăng", "xyzzy")


def test_the_same_letters_with_other_marks_are_expected_instead():
    model = taught("tăng cường phối hợp")

    found = model.instead(BREAK, "tâng", "cường")
    assert (found.word, found.support, found.bits > 5) == ("tăng", 2, True)
    assert model.instead(BREAK, "tăng", "cường") == Instead(0.0, "", 0)
    assert model.instead("phối", "xong", BREAK) == Instead(0.0, "", 0)


def test_syllables_nobody_uses_are_known():
    assert [word for word in ("mưởng", "khoẵn", "tăng", "đừng", "aeo", "Krông")
            if bent.is_unspoken(word)] == ["mưởng", "khoẵn"]  # fmt: skip


def test_bent_words_that_rules_allow_are_held_together_and_one_alone_is_not():
    one = STORY.format("Bà con rất mưởng vui. ")
    two = STORY.format("Bà con rất mưởng vui, ai cũng khoẵn khoái. ")

    assert codes(one) == []
    assert codes(two) == ["broken_syllable", "broken_syllable"]


def test_sound_words_in_unheard_company_alone_are_no_reason():
    model = taught("tăng cường phối hợp thực hiện nghiêm túc kịp thời")
    reading = Reading("tâng cường phồi hợp thức hiện")

    found = list(bent._bent(reading, model))
    assert [one.is_no_word for one in found] == [False, False, False]
    assert bent.look(reading, model) == []


def test_what_is_quoted_or_comes_again_is_passed_over():
    model = taught("tăng cường")

    assert list(bent._bent(Reading("ông nói «mưởng khoẵn» thôi"), model)) == []
    assert list(bent._bent(Reading("mưởng này mưởng kia"), model)) == []


def test_a_sentence_that_does_not_belong_is_held_and_named():
    text = STORY.format(STRANGER)

    verdict = scorer.check(text, NAMES)

    assert verdict.verdict == "hold"
    assert [(one.code, one.text) for one in verdict.reasons] == [
        ("strange_sentence", STRANGER.rstrip(". "))
    ]
    assert codes(STORY.format("")) == []


def test_the_same_sentence_quoted_is_another_voice():
    assert codes(STORY.format(f"Có khách hỏi: «{STRANGER}» rồi đi. ")) == []


def test_a_short_text_has_no_median():
    assert codes(STRANGER) == []


def test_lines_of_lists_are_read_without_the_model():
    assert scorer.check_rows([STORY.format(STRANGER)], NAMES) == [[]]


def test_a_home_asks_its_own_model_once_it_has_one(settings, tmp_path, caplog):
    settings.HOME = tmp_path
    assert surprise.current() is surprise.shipped()

    place = surprise.trained_place(tmp_path)
    place.parent.mkdir()
    place.write_bytes(surprise.shipped().plus(taught(STRANGER * 50)).packed())
    assert surprise.current().words["croupier"] == 50
    assert codes(STORY.format(STRANGER)) == []

    place.write_bytes(b"half a file")
    with caplog.at_level(logging.WARNING, logger="guong.guard"):
        assert surprise.current() is surprise.shipped()
    assert "the shipped one is asked" in caplog.text


def test_a_clean_paper_passes_with_the_model():
    assert codes(pages.OFFICIAL) == []
