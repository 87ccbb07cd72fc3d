"""The quick search finds a name however it is typed, and never beyond what the person may see."""

import unicodedata

import pytest
from django.db import connection
from django.urls import reverse

from guong.core.vietnamese import fold
from guong.exemplars.matching.names import LONGEST, search_key
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory, GrantFactory
from guong.exemplars.words import INDEX, TABLE, keep_words
from guong.units.tests.factories import UnitFactory, UserFactory
from guong.web import quick

from .golden import GOLDEN

pytestmark = pytest.mark.django_db


def named(name, **fields):
    return ExemplarFactory(full_name=name, search_key=search_key(name), **fields)


def hits(query, user):
    return [hit.title for hit in quick.search(query, user) if hit.kind == "exemplar"]


@pytest.fixture
def golden():
    unit = UnitFactory()
    for name in GOLDEN:
        named(name, unit=unit)
    return unit


@pytest.mark.parametrize("function", ["secretariat", "introducer"])
def test_every_golden_query_finds_its_name_composed_or_not(golden, function):
    user = UserFactory(unit=golden, function=function)

    missed = [
        (name, query)
        for name, queries in GOLDEN.items()
        for query in queries
        for typed in (query, unicodedata.normalize("NFD", query), query.upper())
        if name not in hits(typed, user)
    ]

    assert missed == []


def test_who_types_the_marks_sees_the_name_with_them_first():
    unit = UnitFactory()
    for name in ("Trần Hạ", "Trần Hà", "Trần Hả"):
        named(name, unit=unit)

    assert hits("hà", UserFactory(unit=unit, function="secretariat"))[0] == "Trần Hà"


def test_the_index_follows_every_change_of_a_record():
    one = named("Trần Thị Mẫu")
    secretary = UserFactory(function="secretariat")
    assert hits("tran thi mau", secretary) == ["Trần Thị Mẫu"]

    Exemplar.objects.filter(pk=one.pk).update(full_name="Lê Mới", search_key=search_key("Lê Mới"))
    assert (hits("tran thi mau", secretary), hits("le moi", secretary)) == ([], ["Lê Mới"])
    new = UnitFactory()
    Exemplar.objects.filter(pk=one.pk).update(unit=new)
    assert hits("le moi", UserFactory(unit=new, function="introducer")) == ["Lê Mới"]


def test_the_index_is_made_again_where_it_is_missing():
    named("Trần Thị Mẫu")
    connection.check_constraints()  # PostgreSQL changes no table while a key waits to be looked at
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TABLE {INDEX}" if is_sqlite else f"ALTER TABLE {TABLE} DROP COLUMN words"
        )

    for _ in range(2):  # where it stands, asking again does no harm
        keep_words(using="default")

    assert hits("tran thi mau", UserFactory(function="secretariat")) == ["Trần Thị Mẫu"]


def test_a_unit_finds_its_branch_and_what_was_lent_to_it_and_nothing_else():
    own, other = UnitFactory(), UnitFactory()
    named("Nguyễn Văn Mình", unit=own)
    named("Nguyễn Văn Dưới", unit=UnitFactory(parent=own))
    lent = named("Nguyễn Văn Mượn", unit=other)
    named("Nguyễn Văn Người Ta", unit=other)
    clerk = UserFactory(unit=own, function="introducer")
    GrantFactory(exemplar=lent, user=clerk)

    assert sorted(hits("nguyen van", clerk)) == [
        "Nguyễn Văn Dưới",
        "Nguyễn Văn Mình",
        "Nguyễn Văn Mượn",
    ]


def test_a_verifier_finds_where_the_function_reaches_and_an_editor_who_is_recognised():
    unit = UnitFactory()
    named("Trần Chưa", unit=unit)
    named("Trần Rồi", unit=unit, recognised=True)
    verifier = UserFactory(unit=unit, function="verifier")
    editor = UserFactory(function="editor")

    assert (sorted(hits("tran", verifier)), hits("tran", editor)) == (
        ["Trần Chưa", "Trần Rồi"],
        ["Trần Rồi"],
    )


def test_whoever_is_involved_finds_others_even_behind_many_of_that_name():
    secretary = UserFactory(function="secretariat")
    named("Trần Thị Xa")
    for _ in range(quick.FIRST + 3):
        ConflictFactory(exemplar=named("Trần Thị Gần"), user=secretary)

    assert hits("tran thi", secretary) == ["Trần Thị Xa"]


def test_a_code_read_out_on_the_phone_opens_the_record():
    one = named("Trần Thị Mẫu")

    assert hits(f" {one.code.lower()} ", UserFactory(function="secretariat")) == ["Trần Thị Mẫu"]
    assert hits(one.code, UserFactory(function="introducer")) == []


@pytest.mark.parametrize(
    "typed",
    ['"', "h'b\"", "* *", "a AND", "NOT near(x)", "zzu1", "zzr", "🙂🙂", "%%", "a:b & !c", "\0ab"],
)
def test_nothing_typed_breaks_it_or_shows_more(client, typed):
    named("Trần Thị Mẫu", recognised=True)
    clerk = UserFactory(function="introducer")
    client.force_login(clerk, backend="guong.units.backends.AccountBackend")

    answer = client.get(reverse("web:search"), {"q": typed})

    assert (answer.status_code, hits(typed, clerk)) == (200, [])


@pytest.mark.parametrize("query", ["so y te", "sở y tê", "y te", "so i te"])
def test_a_unit_is_found_by_its_words(query):
    UnitFactory(name="Sở Y tế Mẫu", search_key=fold("Sở Y tế Mẫu"))
    user = UserFactory(unit=None, function=[])

    found = [hit.title for hit in quick.search(query, user)]

    assert found == (["Sở Y tế Mẫu"] if query != "so i te" else [])


def test_a_long_line_of_names_is_cut_between_words_and_keeps_the_name():
    aliases = [f"ten{at}" for at in range(200)]

    key = search_key("Rơ Châm H'Bliu", ", ".join(aliases))

    assert len(key) <= LONGEST
    assert {"ro", "cham", "rchom", "hbliu"} <= set(key.split())
    assert key.split()[-1].rstrip(",") in aliases
