"""Folding, cleaning, sorting, names: what the whole search and every list stand on."""

import random
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guong.core.vietnamese import (
    also_written,
    clean_line,
    clean_lines,
    clean_text,
    fold,
    fold_all,
    folding,
    name_key,
    nfc,
    sort_key,
    suggest_given_name,
    tidy_name,
)

GOLDEN = Path(__file__).with_name("golden_sort.txt")
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặềểễếệờởỡớợừửữứựỳỷỹýỵčĕŏŭñƀ'’ʼ -\u0306\u0301\u0323"
words = st.text(st.sampled_from(LETTERS + LETTERS.upper()), max_size=40)
anything = st.text(max_size=300)


# --- Folding ----------------------------------------------------------------
def test_fold_takes_marks_and_stroke_from_every_letter():
    assert [
        fold(text)
        for text in ("Đặng Thị Ánh", "ĐẮK LẮK", "Hoà", "Hòa", "Ƀuôn Yă", "Niê̆", "Kriêng Čư", "ñĕŏŭ")
    ] == ["dang thi anh", "dak lak", "hoa", "hoa", "buon ya", "nie", "krieng cu", "neou"]


def test_fold_makes_one_of_all_apostrophes():
    assert {fold(f"H{sign}Bliu") for sign in "'’‘ʼʻ`´＇"} == {"h'bliu"}


def test_fold_forgets_blanks_and_what_nobody_sees():
    assert fold("  Rơ\u00a0\u200bChâm\t\u202eH'\u00adBliu\x00 \n") == "ro cham h'bliu"


@given(anything)
def test_fold_is_the_same_twice_and_for_both_ways_of_composing(text):
    folded = fold(text)

    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(text * 3) == fold(nfc(text * 3))  # also past the length that is remembered


@given(st.text(st.sampled_from(folding.TABLE + folding.TABLE.upper() + "ıßΣẞİ\u200b"), max_size=40))
def test_the_table_of_letters_folds_as_sign_by_sign(text):
    assert folding._bare(text) == folding._bare_of_any(text)


@given(words)
def test_fold_leaves_no_mark(text):
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz' -")


# --- Cleaning ---------------------------------------------------------------
def test_clean_line_keeps_the_letters_of_the_highlands():
    letters = nfc("č ĕ ŏ ŭ ñ ƀ ê̆ ô̆ ơ̆ ư̆ H’Wiêm")

    assert clean_line(unicodedata.normalize("NFD", letters)) == letters


def test_clean_text_keeps_paragraphs_and_drops_controls():
    assert clean_text(" Một \x00 dòng\r\n\r\n\r\n\r\nhai\u202e \n\t") == "Một dòng\n\nhai"


@given(anything)
def test_clean_line_can_always_be_stored(text):
    cleaned = clean_line(text)

    assert cleaned.encode() == clean_line(cleaned).encode()  # no lone surrogate, no NUL
    assert "\x00" not in cleaned


@given(
    st.lists(st.one_of(words, anything, st.text("aÀ\u0301\nΣ\x85\u200b ", max_size=9)), max_size=9)
)
def test_a_column_is_cleaned_and_folded_as_each_of_its_texts(texts):
    assert clean_lines(texts) == [clean_line(text) for text in texts]
    assert fold_all(texts) == [fold(text) for text in texts]


# --- Sorting ----------------------------------------------------------------
def test_sort_key_orders_five_thousand_names_as_icu_does():
    names = GOLDEN.read_text(encoding="utf-8").splitlines()
    shuffled = random.Random(5).sample(names, len(names))

    assert len(names) == 5000
    assert sorted(shuffled, key=sort_key) == names


def test_sort_key_puts_people_by_the_name_they_are_called():
    people = (
        "An|Lê Văn An, Anh|Ngô Anh, Ành|Ành, Ảnh|Vũ Ảnh, Ãnh|Lý Ãnh, Ánh|Trần Thị Ánh, "
        "Ánh|Trần Văn Ánh, Ạnh|A Ạnh, Ăn|Ăn, Ân|Hồ Ân, Blan|Blan, Dũng|Đỗ Dũng, Đăng|Lê Đăng, "
        "Đeng|A Đeng, Đức|Bùi Đức, H'Nguê|H'Nguê Êban, H'Wiêm|Nay H'Wiêm, Huế|Võ Huế, Huệ|Lê Huệ, "
        "Liên|Mai Liên, Nul|Nul"
    ).split(", ")

    def by_given(line):
        return sort_key(line.partition("|")[2], line.partition("|")[0])

    assert sorted(random.Random(1).sample(people, len(people)), key=by_given) == people


def test_sort_key_passes_over_signs_that_are_no_letters():
    assert sort_key("(Lê) Ê.") == sort_key("Lê Ê")


@given(words)
def test_sort_key_is_one_for_both_ways_of_composing_and_fits_its_column(text):
    key = sort_key(text * 5, text)

    assert key == sort_key(
        unicodedata.normalize("NFD", text) * 5, unicodedata.normalize("NFD", text)
    )
    assert set(key) <= set("0123456789abcdef") and len(key) <= 400


# --- Names ------------------------------------------------------------------
def test_given_name_is_suggested_by_the_shape_of_the_name():
    suggested = {
        "Nguyễn Thị Minh Ánh": "Ánh",
        "Ksor Thiưn": "Thiưn",
        "Rơ Châm H'Bliu": "H'Bliu",
        "Rơ Châm H' Bliu": "H'Bliu",
        "Siu Y Bleng": "Bleng",
        "Y Ngăm Niê Kriêng": "Ngăm",
        "H'Nguê Êban": "H'Nguê",
        "H’Blêm Buôn Yă": "H’Blêm",
        "A Hưl": "Hưl",
        "Y Liêm": "Liêm",
        "Y": "Y",
        "Nul": "Nul",
        "K'Wơi": "K'Wơi",
        "Ka Thiêu": "Thiêu",
        "Ý Nhi Trần": "Trần",
        "": "",
    }

    assert {name: suggest_given_name(name) for name in suggested} == suggested


def test_tidy_name_mends_capitals_and_blanks_and_nothing_else():
    tidied = {
        "  NGUYỄN  THỊ   ÁNH ": "Nguyễn Thị Ánh",
        "RƠ CHÂM H'BLIU": "Rơ Châm H'Bliu",
        "H’BLÊM BUÔN YĂ": "H’Blêm Buôn Yă",
        "NIÊ̆ KRIÊNG": "Niê̆ Kriêng",
        "Xã KDang": "Xã KDang",
        "ksor thiưn": "ksor thiưn",
        "Y A": "Y A",
    }

    assert {name: tidy_name(name) for name in tidied} == {
        name: nfc(mended) for name, mended in tidied.items()
    }


def test_name_key_lets_spellings_of_one_name_meet():
    same = [
        ["Rơ Châm H'Bliu", "Rchom H’Bliu", "R'chom H' Bliu", "RƠ CHÂM HBLIU", "Rơ châm h ʼBliu"],
        ["Rahlan Kơi", "Rah Lan Kơi"],
        ["Đỗ Hoà", "đỗ  hòa", "DO HOA"],
    ]

    assert [len({name_key(name) for name in group}) for group in same] == [1, 1, 1]
    assert name_key("Rơ Lan Kơi") != name_key("Rah Lan Kơi")
    assert name_key("李明") == "李明"  # never empty for a name: empty keys would all meet


@given(anything)
def test_names_never_raise(text):
    for function in (suggest_given_name, tidy_name, name_key, also_written):
        function(text)
    assert tidy_name(tidy_name(text)) == tidy_name(text)


def test_also_written_gives_the_other_spellings():
    assert also_written("Bà Rơ Châm H'Bliu") == sorted(
        ["ro cham", "rocham", "rcham", "r'cham", "ro chom", "rochom", "rchom", "r'chom", "hbliu"]
    )
    assert "jrai" in also_written("người Gia-rai")
    assert "gia lai" in also_written("người Jrai")
    assert also_written("tỉnh Gia Lai") == []
    assert also_written("Mỹ, quí") == ["mi", "quy"]
