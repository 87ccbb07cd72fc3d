import stat

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management import call_command

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.exemplars.identity import _key, lock, unlock
from guong.exemplars.matching import index
from guong.exemplars.models import DeedMark, Exemplar, NameMark
from guong.exemplars.selectors import SHOWN, count_of_peoples, keyed_hash, possible_duplicates
from guong.exemplars.tests.factories import (
    ClaimFactory,
    ExemplarFactory,
    IdentityFactory,
    ValueFactory,
)
from guong.exemplars.tests.test_matching import DEED
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(**asked):
    return [(match.exemplar, match.why) for match in possible_duplicates(**asked)]


def test_a_name_in_another_spelling_is_found_and_says_why():
    known = ExemplarFactory(full_name="Nguyễn Văn Hoà", birth_year=1970)

    assert found(full_name="nguyen van hòa", birth_year=1970) == [
        (known, "cùng tên khi bỏ dấu, cùng năm sinh")
    ]


def test_another_year_of_birth_is_somebody_else():
    ExemplarFactory(full_name="Nguyễn Văn Hoà", birth_year=1970)

    assert found(full_name="Nguyễn Văn Hoà", birth_year=1985) == []


def test_a_misspelt_name_counts_inside_one_commune_only():
    commune = UnitFactory()
    near = ExemplarFactory(full_name="Trần Thị Hường", commune=commune)
    ExemplarFactory(full_name="Trần Thị Hường", commune=UnitFactory())
    ExemplarFactory(full_name="Trần Quốc Toản", commune=commune)

    assert found(full_name="Trần Thị Hươngg", commune=commune) == [
        (near, "tên gần giống, cùng xã, phường")
    ]


def test_a_misspelt_name_is_found_by_what_was_done():
    commune = UnitFactory()
    near = ClaimFactory(
        statement=DEED, exemplar__full_name="Trần Thị Hường", exemplar__commune=commune
    ).exemplar
    ClaimFactory(statement=DEED.replace("45", "30"), exemplar__full_name="Trần Thị Hường")

    assert found(full_name="Tràn Thị Huờnh", deed=DEED) == [
        (near, "tên gần giống, cùng thành tích")
    ]


def test_the_same_deed_under_another_name_comes_after_the_same_name():
    commune = UnitFactory()
    other = ClaimFactory(statement=DEED, exemplar__full_name="Làng Ghè").exemplar
    same = ExemplarFactory(full_name="Siu Bleng", commune=commune)

    matches = possible_duplicates(full_name="Siu Bleng", commune=commune, deed=DEED)

    assert [(match.exemplar, match.why, match.by_deed) for match in matches] == [
        (same, "cùng tên, cùng xã, phường", False),
        (other, "cùng một thành tích dưới tên khác", True),
    ]


def test_a_name_alone_in_another_commune_says_nothing():
    ExemplarFactory(full_name="Lê Văn Ba", commune=UnitFactory())
    no_place = ExemplarFactory(full_name="Lê Văn Ba")

    assert found(full_name="Lê Văn Ba", commune=UnitFactory()) == [(no_place, "cùng tên")]


def test_a_commune_is_the_same_place_as_those_it_was_made_of():
    old = UnitFactory(name="Xã Mẫu Cũ", kind="commune")
    new = UnitFactory(name="Xã Mẫu Mới", kind="commune", predecessors=["Xã Mẫu Cũ (trước 7/2025)"])
    known = ExemplarFactory(full_name="Lê Văn Ba", commune=old)

    assert found(full_name="Lê Văn Ba", commune=new) == [(known, "cùng tên, cùng xã, phường")]


def test_a_collective_is_found_under_the_new_name_of_its_unit():
    known = ExemplarFactory(full_name="Chi hội Phụ nữ Xã Mẫu Cũ", kind="collective")
    UnitFactory(name="Xã Mẫu Mới", predecessors=["Xã Mẫu Cũ"])

    asked = {"full_name": "Chi hội phụ nữ xã Mẫu Mới"}
    assert found(**asked, kind="collective") == [(known, "cùng tên khi bỏ dấu")]
    assert found(**asked) == []


def test_an_alias_is_looked_for_and_found():
    known = ExemplarFactory(full_name="Ama Bia", other_names="Ksor Thiưn; Già Thiưn")

    assert found(full_name="ksor thiun") == [(known, "cùng tên khi bỏ dấu")]
    assert found(full_name="Rahlan Kơi", other_names="Ama Bia") == [(known, "cùng tên")]


def test_an_id_number_leaves_no_room_for_namesakes():
    commune = UnitFactory()
    ExemplarFactory(full_name="Lê Văn Ba", commune=commune, birth_year=1970)
    other_name = ExemplarFactory(full_name="Ba Lê", birth_year=1990)
    IdentityFactory(exemplar=other_name, id_hash=keyed_hash("052080000123"))

    matches = found(
        full_name="Lê Văn Ba", birth_year=1970, commune=commune, id_number="052 080 000 123"
    )

    assert matches == [(other_name, "cùng số căn cước")]


def test_only_what_the_person_may_see_is_told():
    ours = ExemplarFactory(full_name="Lê Văn Ba")
    ExemplarFactory(full_name="Lê Văn Ba")

    assert found(full_name="Lê Văn Ba", user=UserFactory(unit=ours.unit)) == [(ours, "cùng tên")]


def test_five_namesakes_are_enough():
    for _ in range(SHOWN + 2):
        ExemplarFactory(full_name="Lê Văn Ba")

    assert len(found(full_name="Lê Văn Ba")) == SHOWN


def test_nothing_typed_finds_nothing():
    ExemplarFactory()

    assert found(full_name="") == found(full_name="…", deed="…") == []


def test_rebuild_writes_the_same_keys_again():
    ClaimFactory(statement=DEED, exemplar__full_name="Siu Bleng")
    before = (keys(NameMark, "key"), keys(DeedMark, "mark"))
    NameMark.objects.all().delete()
    DeedMark.objects.first().delete()

    assert index.rebuild() == 1
    assert (keys(NameMark, "key"), keys(DeedMark, "mark")) == before


def keys(model, column):
    return sorted(model.objects.values_list(column, flat=True))


def test_the_key_of_hashes_is_made_once_and_closed_to_others():
    path = settings.HOME / "keys" / "identity.key"
    path.unlink(missing_ok=True)
    _key.cache_clear()

    first, second = keyed_hash("052080000123"), keyed_hash("052-080-000-123")

    assert first == second and len(first) == 64
    assert keyed_hash("") == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("fields", "is_minor"),
    [({}, False), ({"birth_year": 1970}, False), ({"birth_year": 2015}, True)],
)
def test_a_minor_is_told_by_the_year_of_birth(fields, is_minor):
    assert ExemplarFactory(**fields).is_minor is is_minor


def test_standing_says_how_far_it_has_come():
    day = calendar.today()
    rows = [
        ExemplarFactory(),
        ExemplarFactory(batch="7"),
        ExemplarFactory(recognised=True),
        ExemplarFactory(recognised=True, revoked_on=day),
    ]

    assert [row.standing for row in rows] == [
        "Người tốt việc tốt",
        "Đang nhập, tiếp tục được",
        "Đã công nhận",
        "Đã thu hồi",
    ]


def test_peoples_are_counted_and_small_groups_are_not_told_apart():
    for said in ["Gia Rai"] * 5 + ["Ba Na"] * 4 + [""] * 6:
        ValueFactory(kind="ethnic_group", said=said)

    counted = count_of_peoples(Exemplar.objects.all())

    # «Gia Rai» is hidden beside it: from the sum of all, «Ba Na» could be worked out.
    assert counted == {"Ba Na": None, "Gia Rai": None, "không muốn nêu": 6}
    assert not JournalEntry.objects.exists()


def test_another_home_cannot_unlock_a_value(settings, tmp_path):
    sealed = lock("Gia Rai")
    settings.HOME = tmp_path

    with pytest.raises(InvalidToken):
        unlock(sealed)


def test_a_unit_is_shown_with_the_name_it_had_on_the_day():
    named = ExemplarFactory(unit_named="Xã Mẫu Cũ", unit__name="Xã Mẫu Mới")
    same = ExemplarFactory(unit_named="Xã Mẫu", unit__name="Xã Mẫu")

    assert (named.unit_formerly, same.unit_formerly) == ("Xã Mẫu Cũ", "")


def test_matching_rebuild_by_the_command(capsys):
    ExemplarFactory()
    NameMark.objects.all().delete()

    call_command("matching", "rebuild")

    assert "1 hồ sơ" in capsys.readouterr().out and NameMark.objects.exists()
