"""A list costs the same number of queries for few rows and for many: every view with pages."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from guong.core import calendar
from guong.core.models import Batch, BatchRow, Notice
from guong.direction.models import Assignment, RuleOverride
from guong.direction.tests.factories import AssignmentFactory
from guong.discovery.tests.factories import KeepingFactory
from guong.exemplars.models import Exemplar, SuspectedPair
from guong.exemplars.tests.factories import ExemplarFactory
from guong.honours.models import HonourEntry
from guong.honours.tests.factories import EntryFactory
from guong.nomination.models import Nomination
from guong.nomination.tests.factories import GuidedDraftFactory, NominationFactory
from guong.nurturing.tests.factories import VisitFactory
from guong.recognition.models import Decision
from guong.replication.tests.factories import AdoptionFactory
from guong.units.models import User
from guong.units.tests.factories import UnitFactory, UserFactory
from tests import matrix_upper  # noqa: F401 - its makers register themselves
from tests.matrix import MAKERS

FEW, MANY = 2, 12
HEAD_ROWS = 3  # title, mark, headings
GUONG = Path(__file__).parents[1] / "guong"


@dataclass(frozen=True)
class List:
    """Who reads it, what one more row is made with, and where it lies when not at its bare name."""

    function: str
    add: Callable
    place: Callable = dict


def by_maker(name: str) -> Callable:
    """One more record as the permission matrix makes it, in a unit of its own."""
    return lambda: MAKERS[name](UnitFactory())


def told() -> None:
    MAKERS["publicity:start_story"](UnitFactory())


def the_directive() -> dict:
    return {"pk": Assignment.objects.first().task.directive_id}


def one_more_unit() -> None:
    first = Assignment.objects.first()
    AssignmentFactory(**({"task": first.task} if first else {}))


def the_roll() -> dict:
    return {"pk": HonourEntry.objects.first().roll_id}


def one_more_name() -> None:
    first = HonourEntry.objects.first()
    EntryFactory(**({"roll": first.roll} if first else {}))


def one_more_row() -> None:
    batch = Batch.objects.first() or Batch.objects.get(**MAKERS["web:preview"](UnitFactory()))
    BatchRow.objects.create(
        batch=batch,
        line=batch.rows.count() + 1,
        raw={"full_name": "Bà Mẫu"},
        repairs=[{"column": "Năm sinh", "before": "75", "after": "1975"}],
        duplicates=[{"ref": "exemplars.exemplar:1", "title": "Bà Mẫu", "why": "cùng tên"}],
        outcome="duplicate",
    )


def one_more_pair() -> None:
    first, second = ExemplarFactory(), ExemplarFactory()
    SuspectedPair.objects.create(first=first, second=second, reasons=["cùng tên"], weight=2)


def let_pass() -> None:
    made = MAKERS["nomination:override_rule"](UnitFactory())
    RuleOverride.objects.create(
        rule_id=made["rule_pk"],
        subject_kind="nomination.nomination",
        subject_id=made["pk"],
        reason="Việc đột xuất.",
        by=UserFactory(),
    )


def counted() -> None:
    one = ExemplarFactory(introduced_on=calendar.today(), sex="female")
    NominationFactory(exemplar=one, state="accepted")


def one_more_draft() -> None:
    writer = User.objects.exclude(mandates=None).first()
    GuidedDraftFactory(unit=writer.unit, kept_by=UserFactory(unit=UnitFactory()))


def one_more_notice() -> None:
    for person in User.objects.exclude(mandates=None):
        about = f"x:{Notice.objects.count()}"
        fields = {"kind": "nomination.returned", "sentence": "Hồ sơ được trả lại.", "url": "/"}
        Notice.objects.create(to=person, about=about, **fields)


WITH_A_RECORD = {
    "direction:detail",
    "honours:roll",
    "web:preview",
    "reporting:rows",
    "reporting:radar_rows",
}
LISTS = {
    "appraisal:list": List("secretariat", by_maker("appraisal:detail")),
    "direction:list": List("secretariat", by_maker("direction:detail")),
    "direction:detail": List("secretariat", one_more_unit, the_directive),
    "direction:movements": List("secretariat", by_maker("direction:movement")),
    "discovery:answers": List("secretariat", by_maker("discovery:confirm_answer")),
    "direction:criteria": List("secretariat", by_maker("direction:criteria_set")),
    "direction:rules": List("secretariat", by_maker("direction:verify_rule")),
    "discovery:list": List("secretariat", by_maker("discovery:detail")),
    "discovery:letters": List("editor", by_maker("discovery:letter")),
    "discovery:press": List("editor", by_maker("discovery:press_item")),
    "discovery:sources": List("secretariat", by_maker("discovery:switch_source")),
    "discovery:routes": List("secretariat", by_maker("discovery:remove_route")),
    "discovery:keeping": List("secretariat", lambda: KeepingFactory()),
    "exemplars:list": List("secretariat", by_maker("web:life")),
    "exemplars:ethnic_groups": List("secretariat", by_maker("exemplars:verify_ethnic_group")),
    "exemplars:movement_entries": List("secretariat", by_maker("exemplars:confirm_movement")),
    "exemplars:suspected": List("secretariat", one_more_pair),
    "honours:list": List("secretariat", by_maker("honours:roll")),
    "honours:roll": List("secretariat", one_more_name, the_roll),
    "inspection:list": List("inspector", by_maker("inspection:detail")),
    "nomination:inbox": List("secretariat", by_maker("nomination:accept")),
    "nomination:guided_drafts": List("introducer", one_more_draft),
    "nomination:overrides": List("secretariat", let_pass),
    "nomination:sign_offs": List("secretariat", by_maker("nomination:sign_off")),
    "web:notices": List("introducer", one_more_notice),
    "web:preview": List(
        "introducer", one_more_row, lambda: {"kind": "nominations", "pk": Batch.objects.first().pk}
    ),
    "nurturing:list": List("secretariat", lambda: VisitFactory()),
    "portal:take_downs": List("editor", by_maker("portal:confirm_take_down")),
    "publicity:list": List("editor", by_maker("publicity:detail")),
    "publicity:untold": List("editor", told),
    "recognition:list": List("secretariat", by_maker("recognition:detail")),
    "replication:list": List("secretariat", lambda: AdoptionFactory()),
    "replication:lineage": List("secretariat", lambda: AdoptionFactory()),
    "replication:library": List("introducer", by_maker("nurturing:record_visit")),
    "reporting:radar_rows": List(
        "secretariat", counted, lambda: {"dimension": "gioi", "key": "female"}
    ),
    "reporting:rows": List("secretariat", counted, lambda: {"code": "B1"}),
    "units:accounts": List("administrator", by_maker("units:account")),
    "units:introducing": List("secretariat", lambda: UnitFactory()),
    "units:tree": List("secretariat", lambda: UnitFactory()),
}


# Empty on the first day: all but what hangs on a record, the units, which `init` brings, and the
# frames, rules and peoples, which a migration brings.
BROUGHT = {
    "units:accounts",
    "units:introducing",
    "units:tree",
    "direction:criteria",
    "direction:rules",
    "exemplars:ethnic_groups",
}
BARE = sorted(set(LISTS) - WITH_A_RECORD - BROUGHT)


def views_with_pages() -> set[str]:
    """Room and name of every view that cuts its rows into pages."""
    found = set()
    views = [*GUONG.glob("*/views.py"), *GUONG.glob("*/views/*.py"), *GUONG.glob("*/lists.py")]
    for path in views:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "Paginator" in ast.dump(node):
                found.add(f"{path.relative_to(GUONG).parts[0]}.{node.name}")
    return found


def test_every_view_with_pages_is_counted_here():
    from django.urls import resolve

    def view(name: str) -> str:
        place = {"pk": 1} if name.endswith((":detail", ":roll", ":preview")) else {}
        place = {"code": "B1"} if name == "reporting:rows" else place
        place = {"dimension": "gioi", "key": "male"} if name.endswith(":radar_rows") else place
        place |= {"kind": "nominations"} if name == "web:preview" else {}
        found = resolve(reverse(name, kwargs=place)).func
        return f"{found.__module__.split('.')[1]}.{found.__name__}"

    assert {view(name) for name in LISTS} == views_with_pages()


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_few_rows_and_many(client, name):
    asked = LISTS[name]
    reader = UserFactory(function=asked.function)
    if name == "web:preview":
        one_more_row()
        reader = Batch.objects.first().by
    client.force_login(reader, backend="guong.units.backends.AccountBackend")

    def cost(rows: int) -> tuple[int, int]:
        for _ in range(rows):
            asked.add()
        url = reverse(name, kwargs=asked.place())
        client.get(url)  # what is remembered between requests is remembered now
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        assert answer.status_code == 200
        return len(queries), len(answer.content)

    (few, small), (many, large) = cost(FEW), cost(MANY)

    assert large > small, "the rows made are not on the page: nothing was measured"
    assert many == few, [query["sql"][:120] for query in connection.queries_log]


def of_whom(row) -> Exemplar | None:
    """The exemplar a row is, or is a dossier of."""
    if isinstance(row, Exemplar):
        return row
    return row.exemplar if isinstance(row, Nomination | Decision | HonourEntry) else None


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in LISTS if name != "web:preview"])
def test_a_list_of_exemplars_says_how_many_work_with_their_hands_and_each_number_opens_its_rows(
    client, name
):
    asked = LISTS[name]
    client.force_login(
        UserFactory(function=asked.function), backend="guong.units.backends.AccountBackend"
    )
    for _ in range(FEW):
        asked.add()
    url = reverse(name, kwargs=asked.place())
    page = client.get(url).context["page"]
    one = of_whom(page.object_list[0])
    if one is None:
        return
    Exemplar.objects.filter(pk=one.pk).update(labour_category="farmer")

    shown = client.get(url)
    narrowed = client.get(url + "?nhom=truc-tiep").context["page"].object_list

    total = page.paginator.count
    line = f"1 người lao động trực tiếp ({round(100 / total)} %)"
    assert (line in shown.content.decode(), "nhom=truc-tiep" in shown.content.decode()) == (
        True,
        True,
    )
    assert [of_whom(row) for row in narrowed] == [one]


SAME_ROWS = [
    *((name, "") for name in LISTS if name != "web:preview"),  # a batch goes back as it came
    ("direction:list", "state=sent"),
    ("discovery:list", "state=waiting"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "narrowed"), SAME_ROWS)
def test_a_list_leaves_as_a_workbook_of_the_same_rows_and_nothing_in_it_is_live(
    client, name, narrowed
):
    asked = LISTS[name]
    client.force_login(
        UserFactory(function=asked.function, full_name="=CMD()"),
        backend="guong.units.backends.AccountBackend",
    )
    for _ in range(FEW):
        asked.add()
    url = reverse(name, kwargs=asked.place()) + "?" + narrowed
    shown = client.get(url)

    link = f"{narrowed}&amp;xuat=xlsx" if narrowed else "?xuat=xlsx"
    assert link in shown.content.decode()
    answer = client.get(url + "&xuat=xlsx&lan=m1x2y3")
    book = load_workbook(BytesIO(answer.content))

    assert answer.cookies["guong-tai-m1x2y3"].value == "1"  # for the bar of the page that asked
    page = book.active
    rows = page.max_row - HEAD_ROWS - 2  # an empty line and the note below
    assert (rows, page.freeze_panes) == (shown.context["page"].paginator.count, "A4")
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert all(page.cell(HEAD_ROWS + 1 + row, 1).value for row in range(rows))


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["", "A", "x" * 13, "a%0d%0aSet-Cookie:b=1", "a;b", "a=b"])
def test_only_a_mark_of_our_own_page_becomes_a_cookie(client, mark):
    client.force_login(
        UserFactory(function="secretariat"), backend="guong.units.backends.AccountBackend"
    )
    place = reverse("exemplars:list")

    answers = [client.get(f"{place}?xuat=xlsx&lan={mark}"), client.get(f"{place}?lan=m1")]

    assert [answer.status_code for answer in answers] == [200, 200]
    names = {name for answer in answers for name in answer.cookies}  # the second is no file
    assert not [name for name in names if name.startswith("guong-tai")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", BARE)
def test_an_empty_list_says_what_to_do_next(client, name):
    client.force_login(
        UserFactory(function=LISTS[name].function), backend="guong.units.backends.AccountBackend"
    )

    shown = client.get(reverse(name)).content.decode()

    empty = shown.partition('class="empty"')[2].partition("</div>")[0]
    assert "<a " in empty, "an empty page leads nowhere"
