import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from guong.direction import actions
from guong.direction.models import Assignment, CriteriaSet, Criterion, Directive, Rule
from guong.direction.tests.factories import (
    AssignmentFactory,
    CriteriaSetFactory,
    DirectiveFactory,
    RuleFactory,
    TaskFactory,
)
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

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
@pytest.mark.parametrize(("query", "cost"), [("", 9), ("?state=sent", 7)])
def test_list_costs_the_same_for_any_number_of_rows(
    client, count, query, cost, django_assert_num_queries
):
    AssignmentFactory.create_batch(count)
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, count, rows, unit of the person, their permissions (two), bell
    with django_assert_num_queries(cost):
        client.get(reverse("direction:list") + query)


@pytest.mark.parametrize("count", [1, 30])
def test_detail_costs_the_same_for_any_number_of_units(client, count, django_assert_num_queries):
    task = TaskFactory()
    AssignmentFactory.create_batch(count, task=task)
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, directive, count, silent, rows, tasks, unit of the person, bell
    with django_assert_num_queries(10):
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


# --- criteria sets ---
def set_fields(issuer, *rows, **changed):
    """What the form sends: the set, and its criteria below each other."""
    sent = {
        "name": "Tiêu chí xã",
        "issuer": issuer.pk,
        "award": "Điển hình tiên tiến",
        "kinds": ["individual"],
        "tc-TOTAL_FORMS": str(len(rows)),
        "tc-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(rows):
        sent |= {f"tc-{number}-{name}": value for name, value in row.items()}
    return sent | changed


ROW = {
    "code": "C1",
    "text": "Có số liệu",
    "kind": "required",
    "slots": "2 x Ảnh\nBiên bản",
    "is_switched_on": "on",
}
BLANK = {"code": "", "text": "", "kind": "required", "slots": "", "is_switched_on": "on"}


def criteria_in(criteria_set):
    return [
        (one.code, one.text, [(slot.text, slot.how_many) for slot in one.slots_in_order])
        for one in criteria_set.criteria.in_order()
    ]


def test_a_set_is_drafted_from_the_form_and_blank_places_count_for_nothing(client):
    clerk = login(client, UserFactory(function="introducer"))

    answer = client.post(reverse("direction:draft_set"), set_fields(clerk.unit, ROW, BLANK, BLANK))

    made = CriteriaSet.objects.get(issuer=clerk.unit)
    assert answer["Location"] == url("criteria_set", made)
    assert (made.kinds, criteria_in(made)) == (
        ["individual"],
        [("C1", "Có số liệu", [("Ảnh", 2), ("Biên bản", 1)])],
    )


def test_more_room_for_criteria_loses_nothing_that_was_typed(client):
    clerk = login(client, UserFactory(function="introducer"))
    before = client.get(reverse("direction:draft_set")).context["criteria"]

    page = client.post(
        reverse("direction:draft_set"),
        set_fields(clerk.unit, ROW, {**BLANK, "code": "C2"}, name="", more="1"),
    )

    shown = page.context["criteria"]
    assert len(before.forms) == 2
    assert [form["code"].value() for form in shown] == ["C1", "C2", None, None]
    assert shown.forms[0]["slots"].value() == "2 x Ảnh\nBiên bản"
    assert page.context["form"]["kinds"].value() == ["individual"]
    assert not CriteriaSet.objects.filter(issuer=clerk.unit).exists()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**ROW, "text": ""}, "text"),
        ({**ROW, "kind": "scored"}, "points"),
        ({**ROW, "slots": "0 x Ảnh"}, "slots"),
    ],
)
def test_a_criterion_that_cannot_be_is_told_beside_it(client, row, field):
    clerk = login(client, UserFactory(function="introducer"))

    page = client.post(reverse("direction:draft_set"), set_fields(clerk.unit, row))

    assert set(page.context["criteria"].forms[0].errors) == {field}
    assert "Lỗi: Soạn bộ tiêu chí" in page.content.decode()


def test_the_action_s_refusal_stands_on_the_form(client):
    clerk = login(client, UserFactory(function="introducer"))

    page = client.post(reverse("direction:draft_set"), set_fields(clerk.unit, BLANK))

    assert "Chưa nêu tiêu chí nào" in page.content.decode()


def test_a_draft_is_revised_and_what_is_ticked_is_left_out(client):
    draft = CriteriaSetFactory(criteria=["required", "informational"])
    login(client, UserFactory(unit=draft.issuer, function="unit_head"))
    shown = client.get(url("revise_set", draft)).context["criteria"]

    client.post(
        url("revise_set", draft),
        set_fields(
            draft.issuer,
            {**ROW, "DELETE": "on"},
            {**ROW, "code": "C2", "slots": ""},
            **{"tc-INITIAL_FORMS": "2"},
        ),
    )

    assert shown.forms[0]["slots"].value() == "1 x Biên bản họp thôn"
    assert criteria_in(draft) == [("C2", "Có số liệu", [])]


def test_a_set_is_cloned_put_in_force_by_another_renewed_and_retired(client):
    parent = CriteriaSetFactory(in_force=True)
    head = login(client, UserFactory(function="unit_head"))

    client.post(url("clone_set", parent), {"issuer": head.unit_id})
    made = CriteriaSet.objects.get(issuer=head.unit)
    own = client.post(url("put_in_force", made))
    second = login(client, UserFactory(unit=head.unit, function="unit_head"))
    too_early = client.post(url("put_in_force", made), follow=True)
    CriteriaSet.objects.filter(pk=made.pk).update(
        document="7/QĐ-UBND", valid_from=datetime.date(2026, 1, 1)
    )
    client.post(url("put_in_force", made))
    renewed = client.post(url("renew_set", made))
    again = client.post(url("renew_set", made), follow=True)
    client.post(url("retire_set", made))

    assert own.status_code == 403
    assert "Chưa nêu văn bản ban hành" in too_early.content.decode()
    made.refresh_from_db()
    assert (made.parent, made.put_in_force_by, made.state) == (parent, second, "retired")
    assert renewed["Location"] == url("criteria_set", CriteriaSet.objects.get(replaces=made))
    assert "đã có bản mới hơn" in again.content.decode()


def test_a_set_s_page_shows_order_versions_and_what_differs(client):
    parent = CriteriaSetFactory(in_force=True, criteria=["required", "scored"])
    head = UserFactory(function="unit_head")
    made = actions.clone_set(criteria_set=parent, by=head, issuer=head.unit)
    Criterion.objects.filter(criteria_set=made, code="C2").delete()
    login(client, head)

    page = client.get(url("criteria_set", made))

    assert [one.code for one in page.context["criteria"]] == ["C1"]
    assert [one.word for one in page.context["changes"]] == ["Bỏ"]
    assert page.context["versions"] == [made]
    words = page.content.decode()
    assert "Bạn là người soạn" in words and "Đưa vào dùng</button>" not in words


@pytest.mark.parametrize("function", ["secretariat", "introducer"])
def test_a_frame_says_that_nobody_has_verified_it(client, function):
    frame = CriteriaSet.objects.filter(state="switched_off").first()
    login(client, UserFactory(function=function))

    words = client.get(url("criteria_set", frame)).content.decode()

    assert "chưa xác minh" in words
    assert ("Xác minh</a>" in words) == (function == "secretariat")


def test_a_frame_is_verified_on_its_page(client):
    frame = CriteriaSet.objects.filter(state="switched_off").first()
    login(client, UserFactory(function="secretariat"))

    client.post(url("verify_set", frame), {"source": "Kế hoạch 5/KH-UBND"})

    frame.refresh_from_db()
    assert (frame.state, frame.source) == ("drafted", "Kế hoạch 5/KH-UBND")


def test_the_list_of_sets_is_narrowed_and_an_empty_one_says_so(client):
    mine = CriteriaSetFactory(in_force=True, field=FieldFactory())
    login(client, UserFactory(unit=mine.issuer, function="introducer"))
    asked = {"issuer": mine.issuer_id, "field": mine.field_id, "state": "in_force"}

    found = client.get(reverse("direction:criteria"), asked).context["page"]
    nothing = client.get(reverse("direction:criteria"), asked | {"state": "retired"})
    everything = client.get(reverse("direction:criteria")).context["page"]

    assert list(found) == [mine]
    assert "Chưa có bộ tiêu chí nào như thế" in nothing.content.decode()
    assert everything[0] == mine and len(everything) == 3  # with the two frames


def test_a_set_goes_out_as_a_workbook(client):
    made = CriteriaSetFactory(in_force=True, criteria=["required", "scored"])
    login(client, UserFactory(function="leader"))

    answer = client.get(url("export_set", made))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
    assert rows == [
        ["Mã", "Tiêu chí", "Loại", "Điểm tối đa", "Minh chứng cần có", "Đang dùng"],
        ["C1", "Được cộng đồng thừa nhận", "Bắt buộc", None, "Biên bản họp thôn", "có"],
        ["C2", "Được cộng đồng thừa nhận", "Chấm điểm", 10, "Biên bản họp thôn", "có"],
    ]


def test_a_draft_of_others_does_not_exist(client):
    draft = CriteriaSetFactory()
    login(client, UserFactory(function="introducer"))

    assert [
        client.get(url(name, draft)).status_code for name in ("criteria_set", "revise_set")
    ] == [
        404,
        404,
    ]


# --- rules ---
def test_a_rule_is_added_verified_by_another_and_switched(client):
    author = login(client, UserFactory(function="secretariat"))
    client.post(
        reverse("direction:add_rule"),
        {
            "name": "Ba năm liền",
            "kind": "years",
            "counted": "Chiến sĩ thi đua cơ sở",
            "comparison": "at_least",
            "number": "3",
            "is_consecutive": "on",
            "article": "Điều 7 Quy chế",
            "valid_from": "1/1/2026",
        },
    )
    rule = Rule.objects.get(name="Ba năm liền")

    own = client.post(url("verify_rule", rule))
    login(client, UserFactory(function="secretariat"))
    client.post(url("verify_rule", rule))
    again = client.post(url("verify_rule", rule), follow=True)
    client.post(url("switch_rule", rule), {"on": "1"})

    rule.refresh_from_db()
    assert (own.status_code, rule.added_by, rule.binds) == (403, author, True)
    assert "đã được xác minh" in again.content.decode()
    client.post(url("switch_rule", rule), {"on": "0"})
    rule.refresh_from_db()
    assert rule.is_switched_on is False


def test_the_list_of_rules_shows_what_each_reader_may_do(client):
    rule = RuleFactory(name="Ba năm liền", number=3)
    login(client, UserFactory(function="secretariat"))
    board = client.get(reverse("direction:rules")).content.decode()
    login(client, UserFactory(function="introducer"))
    unit = client.get(reverse("direction:rules")).content.decode()

    assert f"Tôi đã đối chiếu: {rule.name}" in board and f"Tắt: {rule.name}" in board
    assert "3 năm liền được «Gương của xã»" in unit and "Tôi đã đối chiếu" not in unit


@pytest.mark.parametrize(
    ("function", "words"), [("secretariat", "quy định đầu tiên"), ("leader", "Chưa có quy định")]
)
def test_an_empty_list_of_rules_says_why(client, function, words):
    Rule.objects.all().delete()
    login(client, UserFactory(function=function))

    assert words in client.get(reverse("direction:rules")).content.decode()
