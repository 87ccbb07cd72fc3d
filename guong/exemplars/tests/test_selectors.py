import stat

import pytest
from django.conf import settings

from guong.core import calendar
from guong.exemplars.identity import _key
from guong.exemplars.selectors import keyed_hash, possible_duplicates
from guong.exemplars.tests.factories import ExemplarFactory, IdentityFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(**asked):
    return [(match.exemplar, match.why) for match in possible_duplicates(**asked)]


def test_a_name_in_another_spelling_is_found_and_says_why():
    known = ExemplarFactory(full_name="Nguyễn Văn Hoà", birth_year=1970)

    assert found(full_name="nguyen van hòa", birth_year=1970) == [
        (known, "cùng tên, sinh năm 1970")
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
        (near, f"tên gần giống, cùng {commune}")
    ]


def test_a_name_alone_in_another_commune_says_nothing():
    ExemplarFactory(full_name="Lê Văn Ba", commune=UnitFactory())
    no_place = ExemplarFactory(full_name="Lê Văn Ba")

    assert found(full_name="Lê Văn Ba", commune=UnitFactory()) == [(no_place, "cùng tên")]


def test_an_id_number_outweighs_every_other_reason():
    commune = UnitFactory()
    same_name = ExemplarFactory(full_name="Lê Văn Ba", commune=commune, birth_year=1970)
    other_name = ExemplarFactory(full_name="Ba Lê", birth_year=1990)
    IdentityFactory(exemplar=other_name, id_hash=keyed_hash("052080000123"))

    matches = found(
        full_name="Lê Văn Ba", birth_year=1970, commune=commune, id_number="052 080 000 123"
    )

    assert matches == [
        (other_name, "cùng số căn cước"),
        (same_name, f"cùng tên, sinh năm 1970, cùng {commune}"),
    ]


def test_only_what_the_person_may_see_is_told():
    ours = ExemplarFactory(full_name="Lê Văn Ba")
    ExemplarFactory(full_name="Lê Văn Ba")

    assert found(full_name="Lê Văn Ba", user=UserFactory(unit=ours.unit)) == [(ours, "cùng tên")]


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
