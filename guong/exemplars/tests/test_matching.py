"""Who may be the same: every way of writing a name, and every sign a suggestion may rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.exemplars.matching import deeds, names
from guong.exemplars.matching.judging import Asked, Known, judge

DEED = (
    "Vận động 45 hộ làng Ghè góp 12 triệu đồng dẫn nước từ suối về, mùa khô không ai phải gùi nước"
)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Nguyễn Văn Hoà", "Nguyễn Văn Hòa", names.SAME),
        ("Nguyễn Văn Hoà", "NGUYEN VAN HOA", names.UNMARKED),
        ("Rơ Châm H'Bliu", "Rchom Hbliu", names.UNMARKED),
        ("Rơ Châm H'Bliu", "Rơ Châm H’Bliu", names.SAME),
        ("Lý Thị Mỹ", "Lí Thị Mĩ", names.SAME),
        ("Ksor Thiưn", "Thiưn Ksor", names.TURNED),
        ("Y Ngăm Niê Kriêng", "Niê Kriêng Y Ngăm", names.TURNED),
        ("Nguyễn Văn Hoà", "N. V. Hoà", names.SHORTENED),
        ("N.V. Hoà", "Nguyễn Văn Hoà", names.SHORTENED),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", names.OTHER_MARKS),
        ("Nguyễn Văn Hùng", "Nguyen Van Hung", names.UNMARKED),
        ("Nguyễn Văn An", "Nguyễn Văn Ân", names.OTHER_MARKS),
        ("Nguyễn Văn Hoà", "nguyen van hòa", names.UNMARKED),
        ("Bà Siu H'Wiêm", "Siu H'Wiêm", names.UNMARKED),
        ("Trần Thị Hường", "Trần Thị Hườngg", names.CLOSE),
        ("Trần Thị Hường", "Trần Thị Hoanh", ""),
        ("Trần Thị Ngọc Hường", "Trần Ngọc Hường", names.CLOSE),
        ("Nul", "Nul", names.SAME),
        ("Wớch", "Wơch", names.OTHER_MARKS),
        ("Bleng", "Blengg", names.CLOSE),
        ("Nul", "Nal", ""),
        ("Ông Thị Á", "Ông Thị Á", names.SAME),
        ("Ông Thị Á", "Trần Văn Ba", ""),
        ("Siu Y Bleng", "Rahlan Kơi", ""),
    ],
)
def test_how_two_names_stand_to_one_another(one, other, how):
    assert (names.relation(one, other), names.relation(other, one)) == (how, how)


SYLLABLE = st.text("abcdeghiklmnoprstuvxyăâđêôơưáàảãạếềể'", min_size=1, max_size=7)
BEGUN = {"h'", "k'"}  # belongs to the word after it: turned round, that is another name
NAME = st.lists(SYLLABLE.filter(lambda it: it not in BEGUN), min_size=1, max_size=5).map(" ".join)


@given(NAME)
def test_a_name_meets_itself_turned_and_without_marks(name):
    turned = " ".join(reversed(name.split()))
    asked = [names.asked_keys(other) for other in (name, name.upper(), turned, f"  {name}  ")]

    assert all(keys & names.stored_keys(name) or not names.words(name) for keys in asked)


@given(NAME, NAME)
def test_relation_does_not_care_who_is_asked_first(one, other):
    assert names.relation(one, other) == names.relation(other, one)


@given(st.text(max_size=200))
def test_a_deed_is_itself_and_has_at_most_sixteen_marks(text):
    assert len(deeds.marks(text)) <= deeds.KEPT
    assert deeds.marks(text) == deeds.marks(text.upper()) or not text.isascii()
    assert deeds.likeness(text, text) in (0, 100)


def test_a_deed_in_other_words_is_the_same_and_with_other_figures_another():
    said = "Góp 12 triệu đồng, 45 hộ làng Ghè dẫn nước từ suối về, mùa khô không phải gùi nước nữa"

    assert deeds.likeness(DEED, said) >= deeds.ALIKE
    assert set(deeds.marks(DEED)) & set(deeds.marks(said))
    assert deeds.likeness(DEED, DEED.replace("45", "30")) == 0
    assert deeds.likeness(DEED, "") == 0
    assert deeds.is_telling(DEED, DEED) and not deeds.is_telling(DEED, "Dẫn nước về làng")


ME = {"full_name": "Nguyễn Văn Hoà", "birth_year": 1970, "commune": 7, "residence": "Làng Ghè"}


def why(asked: dict, known: dict) -> list[str]:
    return judge(Asked(**asked), Known(pk=1, **known), frozenset({asked.get("commune")} - {None}))


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, ["cùng tên", "cùng năm sinh", "cùng xã, phường", "cùng làng, thôn, tổ"]),
        (
            {"full_name": "nguyen van hoa", "residence": ""},
            ["cùng tên khi bỏ dấu", "cùng năm sinh", "cùng xã, phường"],
        ),
        ({"birth_year": 1971, "residence": ""},
         ["cùng tên", "năm sinh lệch một năm", "cùng xã, phường"]),
        ({"birth_year": None, "residence": ""}, ["cùng tên", "cùng xã, phường"]),
        ({"commune": None}, ["cùng tên", "cùng năm sinh"]),
        ({"birth_year": None, "commune": None}, ["cùng tên"]),
        ({"birth_year": 1990}, []),
        ({"commune": 8}, []),
        ({"commune": 8, "birth_year": None}, []),
        ({"commune": None, "birth_year": 1971}, []),
        ({"full_name": "Nguyễn Văn Hoaf", "residence": ""},
         ["tên gần giống", "cùng năm sinh", "cùng xã, phường"]),
        ({"full_name": "Nguyễn Văn Hoaf", "commune": 8}, []),
        ({"full_name": "N. V. Hoà", "residence": ""},
         ["khớp tên viết tắt", "cùng năm sinh", "cùng xã, phường"]),
        ({"full_name": "N. V. Hoà", "birth_year": None}, []),
        ({"full_name": "Ama Bia", "other_names": "Hoà, Nguyễn Văn Hoà", "residence": ""},
         ["cùng tên", "cùng năm sinh", "cùng xã, phường"]),
        ({"full_name": "Trần Văn Ba"}, []),
    ],
)  # fmt: skip
def test_what_a_suggestion_may_rest_on(changed, reasons):
    assert why(ME, ME | changed) == reasons


def test_an_id_number_outweighs_every_other_reason():
    other = {"full_name": "Ba Lê", "birth_year": 1990, "id_hash": "k"}

    assert why(ME | {"id_hash": "k"}, other) == ["cùng số căn cước"]
    assert why(ME | {"id_hash": "k"}, other | {"id_hash": "q"}) == []


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"full_name": "Nguyễn Văn Hào", "commune": 8},
         ["tên gần giống", "cùng năm sinh", "cùng thành tích"]),
        ({"commune": 8}, ["cùng tên", "cùng năm sinh", "cùng thành tích"]),
        ({"full_name": "Trần Văn Ba", "birth_year": 1990},
         ["cùng một thành tích dưới tên khác", "cùng xã, phường", "cùng làng, thôn, tổ"]),
        ({"full_name": "Làng Ghè", "commune": None}, ["cùng một thành tích dưới tên khác"]),
        ({"full_name": "Trần Văn Ba", "deeds": [DEED.replace("45", "30")]}, []),
    ],
)  # fmt: skip
def test_a_deed_speaks_for_a_misspelt_name_and_for_another_one(changed, reasons):
    assert why(ME | {"deed": DEED}, ME | {"deeds": [DEED]} | changed) == reasons


@pytest.mark.parametrize(
    ("changed", "is_shown"),
    [
        ({"residence": ""}, True),
        ({"birth_year": None}, True),
        ({"birth_year": 1971}, True),
        ({"birth_year": None, "residence": ""}, False),
        ({"birth_year": 1971, "residence": ""}, False),
    ],
)
def test_who_did_something_else_needs_more_than_name_and_commune(changed, is_shown):
    other = {"deeds": ["Dạy chữ buổi tối ở nhà rông cho 12 người lớn tuổi của làng"]}

    assert bool(why(ME | {"deed": DEED}, ME | other | changed)) is is_shown


def test_without_years_nothing_speaks_against_a_namesake_of_the_commune():
    bare = ME | {"birth_year": None, "residence": ""}

    assert why(bare | {"deed": DEED}, bare | {"deeds": ["Việc khác hẳn"]}) == [
        "cùng tên",
        "cùng xã, phường",
    ]


def test_a_short_deed_says_nothing_without_its_name():
    short = "Hiến đất làm đường"

    assert why(ME | {"deed": short}, ME | {"full_name": "Trần Văn Ba", "deeds": [short]}) == []
