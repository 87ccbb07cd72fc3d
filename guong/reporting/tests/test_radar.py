"""Who is never heard: the numbers, what they open, and what they must not tell."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from guong.core.calendar import parse_period
from guong.core.models import JournalEntry
from guong.discovery.tests.factories import LeadFactory
from guong.exemplars.models import EthnicGroup, Exemplar
from guong.exemplars.selectors import hide_few
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory, ValueFactory
from guong.nomination.tests.factories import NominationFactory
from guong.reporting import actions, radar
from guong.reporting.models import Population
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)
HALF = parse_period("2026-H2")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-26 03:00", tick=False):
        yield


def nominated(**fields):
    state = fields.pop("state", "submitted")
    one = ExemplarFactory(introduced_on=DAY, **fields)
    NominationFactory(exemplar=one, state=state)
    return one


def asked(unit=None, user=None, period=HALF):
    return radar.Asked(period, unit, user or UserFactory(function="secretariat"))


def found(dimension, asked):
    line = next(one for one in radar.radar(asked) if one.key == dimension)
    return {group.name: (group.leads, group.nominated) for group in line.groups}


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return client


def test_a_commune_is_heard_by_where_its_people_live_and_by_what_it_introduced():
    silent, spoken, home = UnitFactory(name="Xã Im"), UnitFactory(name="Xã Nói"), UnitFactory()
    nominated(unit=spoken, commune=spoken)
    nominated(unit=spoken, commune=home)
    nominated(unit=silent, state="draft")
    nominated(unit=silent, state="withdrawn")
    LeadFactory(unit=silent)
    LeadFactory(
        unit=silent, received_at=datetime.datetime(2026, 6, 30, 16, 59, tzinfo=datetime.UTC)
    )

    shown = found("xa", asked())

    assert {name: shown[name] for name in ("Xã Im", "Xã Nói", home.name)} == {
        "Xã Im": (1, 0),
        "Xã Nói": (0, 2),
        home.name: (0, 1),
    }


def test_fields_labour_and_sex_are_counted_and_what_is_not_written_down_is_a_group_of_its_own():
    field, empty = FieldFactory(name="Y tế"), FieldFactory(name="Rừng")
    lead = nominated(field=field, sex="female", labour_category="farmer")
    nominated(kind="collective", sex="")
    nominated(sex="")
    LeadFactory(exemplar=lead, state="taken_up")
    LeadFactory()

    fields, labour, sex = (found(key, asked()) for key in ("linh-vuc", "lao-dong", "gioi"))

    assert (fields["Y tế"], fields[empty.name], fields["Chưa ghi"]) == ((1, 1), (0, 0), (0, 2))
    assert (labour["Nông dân"], labour["Công nhân"], labour["Chưa ghi"]) == ((1, 1), (0, 0), (0, 1))
    assert sex == {"Nữ": (1, 1), "Nam": (0, 0), "Chưa ghi": (0, 1)}


def test_the_absent_stand_first_and_of_these_the_largest():
    small, large, heard = (UnitFactory(name=name) for name in ("Bé", "Lớn", "Có"))
    nominated(unit=heard)
    LeadFactory(unit=heard)
    for unit, number in ((small, 900), (large, 12_000), (heard, 5_000)):
        Population.objects.create(
            dimension="xa",
            key=str(unit.pk),
            number=number,
            counted_on=DAY,
            source="Niên giám",
            recorded_by=UserFactory(),
        )

    communes = radar.radar(asked())[0]
    ours = [group for group in communes.groups if group.name in ("Bé", "Lớn", "Có")]

    assert [(group.name, group.said, group.in_ten_thousand) for group in ours] == [
        ("Lớn", "chưa có tin và đề cử", 0.0),
        ("Bé", "chưa có tin và đề cử", 0.0),
        ("Có", "", 2.0),
    ]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 0, "b": 9, "c": 0}, set()),  # nobody to hide: a nought is said openly
        ({"a": 3, "b": 9, "c": 0}, {"a", "c"}),  # the nought beside it is hidden as well
        ({"a": 3, "b": 9, "c": 7}, {"a", "c"}),  # one alone is the rest: the next larger goes too
        ({"a": 3, "b": 4, "c": 7}, {"a", "b"}),
        ({"a": 4, "b": 4, "c": 7}, {"a", "b", "c"}),  # both at their most: the sum would tell
        ({"a": 1, "b": 0, "c": 9}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_a_hidden_number_cannot_be_worked_out_from_the_sum(counts, hidden):
    told = hide_few(counts)

    assert {name for name, many in told.items() if many is None} == hidden
    assert {name: many for name, many in told.items() if many is not None} == {
        name: many for name, many in counts.items() if name not in hidden
    }


def test_every_small_table_leaves_two_values_open_for_each_hidden_small_number():
    """All tables of four groups up to seven: by brute force, as somebody would who knows the sum."""
    from itertools import product

    tables = list(product(range(8), repeat=4))
    for table in tables:
        told = hide_few(dict(enumerate(table)))
        hidden = [at for at, many in told.items() if many is None]
        small = [at for at in hidden if table[at] < 5]
        if not hidden or len(hidden) == len(table):
            continue
        total = sum(table[at] for at in hidden)
        ranges = [range(5) if at in small else range(5, total + 1) for at in hidden]
        fits = [values for values in product(*ranges) if sum(values) == total]
        for at in small:
            assert len({values[hidden.index(at)] for values in fits}) > 1, table


def test_peoples_are_counted_by_the_year_without_opening_any_row(client):
    unit = UnitFactory()
    EthnicGroup.objects.get_or_create(name="Chăm", defaults={"source": "x"})
    for said in ["Gia Rai"] * 6 + ["Ba Na"] * 2 + ["Kinh"] * 8:
        one = nominated(unit=unit)
        ValueFactory(exemplar=one, kind="ethnic_group", said=said)
    old = nominated(unit=unit)
    Exemplar.objects.filter(pk=old.pk).update(introduced_on=datetime.date(2026, 2, 1))
    ValueFactory(exemplar=old, kind="ethnic_group", said="Gia Rai")

    shown = found("dan-toc", asked())
    secretary = UserFactory(function="secretariat")
    refused = login(client, secretary).get(
        reverse("reporting:radar_rows", args=["dan-toc", "Gia Rai"])
    )

    assert {name: shown[name][1] for name in ("Gia Rai", "Ba Na", "Chăm", "Kinh")} == {
        "Gia Rai": 7,  # with the one of the first half
        "Ba Na": None,
        "Chăm": None,
        "Kinh": 8,
    }
    assert refused.status_code == 404
    assert not JournalEntry.objects.filter(verb="exemplars.identity_read").exists()


def test_peoples_are_told_of_the_whole_and_never_of_one_branch_to_whoever_sees_several(client):
    unit = UnitFactory()
    login(client, UserFactory(function="secretariat"))

    whole = client.get(reverse("reporting:radar"))
    one = client.get(reverse("reporting:radar"), {"don_vi": unit.pk})
    login(client, UserFactory(unit=unit, function="introducer"))
    own = client.get(reverse("reporting:radar"))

    assert [
        "dan-toc" in [dimension.key for dimension in answer.context["dimensions"]]
        for answer in (whole, one, own)
    ] == [True, False, True]


@pytest.mark.parametrize("key", ["xa", "linh-vuc", "lao-dong", "gioi"])
def test_every_number_is_the_number_of_the_rows_it_opens(client, key):
    field = FieldFactory()
    for at in range(3):
        one = nominated(
            field=field if at else None,
            sex=["", "female", "male"][at],
            labour_category=["", "farmer", "leader"][at],
            commune=UnitFactory(),
        )
        LeadFactory(exemplar=one, state="taken_up", unit=one.unit)
    secretary = UserFactory(function="secretariat")
    login(client, secretary)
    line = next(one for one in radar.radar(asked(user=secretary)) if one.key == key)

    for group in line.groups:
        url = reverse("reporting:radar_rows", args=[key, group.key]) + "?ky=2026-H2"
        counted = client.get(url).context["page"].paginator.count
        leads = client.get(url + "&loai=tin").context["page"].paginator.count
        assert (group.name, leads, counted) == (group.name, group.leads, group.nominated)


def test_a_unit_sees_its_branch_and_counts_opens_and_exports_nothing_else(client):
    own, other = UnitFactory(name="Xã Của Mình"), UnitFactory(name="Xã Khác Hẳn")
    nominated(unit=own, full_name="Người Của Mình")
    nominated(unit=other, full_name="Người Xã Khác", commune=own)
    LeadFactory(unit=other, who="Tin Xã Khác")
    clerk = UserFactory(unit=own, function="introducer")
    login(client, clerk)

    page = client.get(reverse("reporting:radar") + "?ky=2026-H2")
    sheet = client.get(reverse("reporting:radar") + "?ky=2026-H2&xuat=xlsx")
    asked_for = client.get(reverse("reporting:radar") + f"?don_vi={other.pk}")
    rows = client.get(reverse("reporting:radar_rows", args=["xa", own.pk]) + "?ky=2026-H2")
    theirs = client.get(reverse("reporting:radar_rows", args=["xa", other.pk]))

    cells = {
        str(cell.value) for row in load_workbook(BytesIO(sheet.content)).active for cell in row
    }
    assert found("xa", asked(own, clerk)) == {"Xã Của Mình": (0, 1)}
    assert "Xã Khác Hẳn" not in page.content.decode()
    assert ("Xã Của Mình" in cells, "Xã Khác Hẳn" in cells) == (True, False)
    assert [str(row) for row in rows.context["page"]] == ["Người Của Mình"]
    assert (asked_for.status_code, theirs.status_code) == (404, 404)


def test_who_is_involved_does_not_count_the_exemplar():
    one = nominated(sex="female")
    secretary = UserFactory(function="secretariat")
    ConflictFactory(exemplar=one, user=secretary)

    assert found("gioi", asked(user=secretary))["Nữ"] == (0, 0)


def test_a_leader_who_may_not_see_leads_is_shown_no_noughts_of_them():
    leader = UserFactory(function="leader", unit=UnitFactory(kind="provincial_pc"))
    LeadFactory()

    assert {leads for leads, _ in found("xa", asked(user=leader)).values()} == {None}


def test_record_population_writes_changes_and_takes_back_what_is_not_known():
    secretary = UserFactory(function="secretariat")
    asked_for = {"dimension": "gioi", "counted_on": DAY, "source": "Niên giám 2025"}

    first = actions.record_population(numbers={"female": 9, "male": 8}, by=secretary, **asked_for)
    second = actions.record_population(
        numbers={"female": 9, "male": None}, by=secretary, **asked_for
    )

    assert (first, second) == (2, 1)
    assert list(Population.objects.values_list("key", "number")) == [("female", 9)]
    lines = JournalEntry.objects.filter(verb="reporting.population_recorded").order_by("pk")
    assert [line.states for line in lines] == [
        {"old": None, "new": 9},
        {"old": None, "new": 8},
        {"old": 8, "new": None},
    ]


def test_record_population_asks_for_a_source_and_for_who_may():
    asked_for = {"dimension": "gioi", "counted_on": DAY, "numbers": {"female": 9}}

    with pytest.raises(ValidationError, match="nguồn"):
        actions.record_population(source=" ", by=UserFactory(function="secretariat"), **asked_for)
    with pytest.raises(PermissionDenied):
        actions.record_population(source="x", by=UserFactory(function="introducer"), **asked_for)
    assert not Population.objects.exists()


def test_the_page_of_numbers_keeps_what_was_typed_and_says_what_is_wrong(client):
    login(client, UserFactory(function="secretariat"))
    url = reverse("reporting:record_population", args=["gioi"])
    typed = {"counted_on": "01/04/2025", "source": "Niên giám", "so0": "1.234", "so1": "1,5"}

    wrong = client.post(url, typed)
    right = client.post(url, typed | {"so1": ""})

    assert ("1,5" in wrong.content.decode(), "ví dụ 12.500" in wrong.content.decode()) == (
        True,
        True,
    )
    assert right.status_code == 302
    assert list(Population.objects.values_list("key", "number")) == [("female", 1234)]
    assert client.get(reverse("reporting:record_population", args=["linh-vuc"])).status_code == 404


def test_the_page_costs_the_same_for_few_and_many(client, django_assert_max_num_queries):
    login(client, UserFactory(function="secretariat"))
    for _ in range(6):
        nominated(commune=UnitFactory())

    with django_assert_max_num_queries(30):
        answer = client.get(reverse("reporting:radar") + "?ky=2026-H2")

    assert "chưa có số dân" in answer.content.decode()
