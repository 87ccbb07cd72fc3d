import pytest
from django.urls import reverse

from guong.direction.models import Assignment, Directive
from guong.direction.tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def url(name, record):
    return reverse(f"direction:{name}", args=[record.pk])


@pytest.fixture
def task():
    """A task for three communes; one has answered."""
    task = TaskFactory()
    AssignmentFactory(task=task, state="acknowledged", in_charge="Bà Mẫu")
    AssignmentFactory.create_batch(2, task=task)
    return task


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("query", "cost"), [("", 8), ("?state=sent", 6)])
def test_list_costs_the_same_for_any_number_of_rows(
    client, count, query, cost, django_assert_num_queries
):
    AssignmentFactory.create_batch(count)
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, count, rows, unit of the person, their permissions (two)
    with django_assert_num_queries(cost):
        client.get(reverse("direction:list") + query)


@pytest.mark.parametrize("count", [1, 30])
def test_detail_costs_the_same_for_any_number_of_units(client, count, django_assert_num_queries):
    task = TaskFactory()
    AssignmentFactory.create_batch(count, task=task)
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, directive, count, silent, rows, tasks, unit of the person
    with django_assert_num_queries(9):
        client.get(url("detail", task.directive))


def test_list_counts_what_each_reader_may_see(client, task):
    login(client, UserFactory(function="secretariat"))
    board = client.get(reverse("direction:list")).context["page"][0]
    unit = task.assignments.filter(state="sent").first().unit
    login(client, UserFactory(unit=unit, function="introducer"))
    own = client.get(reverse("direction:list")).context["page"][0]

    assert [(row.given, row.silent) for row in (board, own)] == [(3, 2), (1, 1)]


def test_detail_shows_the_silent_first_and_counts_them(client, task):
    login(client, UserFactory(function="secretariat"))

    page = client.get(url("detail", task.directive))

    assert [row.state for row in page.context["page"]] == ["sent", "sent", "acknowledged"]
    assert "3 đơn vị, 2 chưa tiếp nhận" in page.content.decode()
    assert page.context["own"] == []


def test_list_of_silent_tasks_holds_the_own_ones(client, task):
    assignment = task.assignments.filter(state="sent").first()
    login(client, UserFactory(unit=assignment.unit, function="introducer"))

    page = client.get(reverse("direction:list"), {"state": "sent"}).context["page"]

    assert list(page) == [assignment]


def test_an_empty_list_says_why(client):
    login(client, UserFactory(function="secretariat"))
    board = client.get(reverse("direction:list")).content.decode()
    login(client, UserFactory(function="introducer"))
    unit = client.get(reverse("direction:list")).content.decode()
    silent = client.get(reverse("direction:list"), {"state": "sent"}).content.decode()

    told = ["Đăng ký văn bản đầu tiên", "Chưa có văn bản nào giao", "đều đã được tiếp nhận"]
    assert [[word in page for word in told] for page in (board, unit, silent)] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def fields(issuer, **changed):
    return {
        "number": "2055",
        "sign": "UBND-NC",
        "issued_on": "05/01/2026",
        "issuer": issuer.pk,
        "summary": "Về việc phát hiện gương",
        "text": "Giới thiệu một điển hình",
        "quota": "1",
        "due_on": "20/06/2026",
    } | changed


@pytest.fixture
def issuer():
    return UnitFactory(kind="provincial_pc")


def test_register_gives_the_task_to_all_communes_and_to_chosen_units(client, issuer):
    communes = [UnitFactory(), UnitFactory()]
    agency = UnitFactory(kind="department")
    login(client, UserFactory(unit=issuer, function="secretariat"))
    shown = client.get(reverse("direction:register")).content.decode()

    client.post(
        reverse("direction:register"),
        fields(issuer, all_communes="on", units=[agency.pk, communes[0].pk]),
    )

    given = set(Directive.objects.get().tasks.get().assignments.values_list("unit", flat=True))
    assert given == {unit.pk for unit in [*communes, agency]}
    assert "Giao cho tất cả 2 xã, phường" in shown


def test_register_keeps_what_was_typed_and_says_what_is_missing(client, issuer):
    login(client, UserFactory(unit=issuer, function="secretariat"))

    response = client.post(reverse("direction:register"), fields(issuer, issued_on="31/02/2026"))
    unit_less = client.post(reverse("direction:register"), fields(issuer))

    assert set(response.context["form"].errors) == {"issued_on"}
    assert set(unit_less.context["form"].errors) == {"units"}
    page = unit_less.content.decode()
    assert "Về việc phát hiện gương" in page and '<details class="gap" open>' in page
    assert not Directive.objects.exists()


def test_register_is_closed_to_units(client):
    login(client, UserFactory(function="introducer"))

    assert client.get(reverse("direction:register")).status_code == 403


def test_acknowledge_from_the_page_of_the_directive(client, task):
    assignment = task.assignments.filter(state="sent").first()
    clerk = login(client, UserFactory(unit=assignment.unit, function="introducer"))

    page = client.get(url("detail", task.directive))
    empty = client.post(url("acknowledge", assignment), {"in_charge": ""})
    done = client.post(url("acknowledge", assignment), {"in_charge": "Bà Mẫu"})
    again = client.post(url("acknowledge", assignment), {"in_charge": "Bà Mẫu"})

    assert page.context["own"] == [assignment]
    assert clerk.full_name in page.content.decode()
    assert set(empty.context["form"].errors) == {"in_charge"}
    assert done["Location"] == url("detail", task.directive)
    assert again.status_code == 409
    assert Assignment.objects.get(pk=assignment.pk).in_charge == "Bà Mẫu"


def test_what_is_given_to_others_does_not_exist(client, task):
    login(client, UserFactory(function="introducer"))
    foreign = task.assignments.first()

    asked = [url("detail", DirectiveFactory()), url("acknowledge", foreign)]

    assert [client.get(one).status_code for one in asked] == [404, 404]
