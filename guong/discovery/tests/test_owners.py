"""Which unit owns a lead, handing over, every mouth with its code and its clock."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.discovery import actions, selectors
from guong.discovery.models import Lead, Route
from guong.dropbox.codes import answer_path
from guong.units.models import Field
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import LeadAnswerFactory, LeadFactory, RouteFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 10, 1)


@pytest.fixture
def board():
    return UserFactory(function="secretariat")


@pytest.fixture
def snv():
    return UnitFactory(code="SNV", kind="department", name="Sở Mẫu")


def owner(where="", field=None):
    return selectors.owner_of(where, field, DAY)[0]


# --- By rule -----------------------------------------------------------------------
def test_a_lead_belongs_to_the_commune_of_its_place_under_any_name(snv):
    commune = UnitFactory(name="Xã Mẫu Ba", predecessors=["Xã Mẫu Cũ (trước 7/2025)"])

    assert owner("Xã Mẫu Ba") == owner("Làng Kép, xa mau ba") == commune
    assert owner("ở xã Mẫu Ba, đầu làng") == owner("thôn 2, xã Mẫu Cũ") == commune
    assert owner("") == owner("Hà Nội") == snv


def test_a_field_with_a_unit_of_its_own_comes_before_the_place(snv):
    commune, agency = UnitFactory(name="Xã Mẫu Bốn"), UnitFactory(kind="department")
    field, other = (Field.objects.create(code=code, name=code) for code in ("mau-1", "mau-2"))
    RouteFactory(field=field, unit=agency)

    assert owner("Xã Mẫu Bốn", field) == agency
    assert owner("Xã Mẫu Bốn", other) == commune
    assert owner("", other) == snv


def test_all_else_goes_where_the_table_says(snv):
    desk = UnitFactory(kind="department")
    RouteFactory(field=None, unit=desk)

    assert selectors.owner_of("", None, DAY) == (desk, "nơi nhận mọi tin khác")


def test_a_commune_that_is_gone_owns_nothing(snv):
    UnitFactory(name="Xã Đã Hết", valid_to=datetime.date(2025, 6, 30))

    assert owner("Xã Đã Hết") == snv


def test_set_route_changes_what_comes_next_and_remove_route_ends_it(board, snv):
    agency = UnitFactory(kind="department")
    field = Field.objects.create(code="mau-3", name="Mẫu")

    actions.set_route(by=board, field=field, unit=snv)
    route = actions.set_route(by=board, field=field, unit=agency)

    assert (Route.objects.count(), owner("", field)) == (1, agency)
    actions.remove_route(route=route, by=board)
    assert owner("", field) == snv


def test_set_route_for_all_else_stands_once(board):
    for _ in range(2):
        actions.set_route(by=board, field=None, unit=UnitFactory())

    assert [str(route)[:12] for route in Route.objects.all()] == ["Mọi tin khác"]


def test_remove_route_and_set_route_are_the_boards_alone():
    clerk, route = UserFactory(function="unit_head"), RouteFactory()

    with pytest.raises(PermissionDenied):
        actions.set_route(by=clerk, field=None, unit=clerk.unit)
    with pytest.raises(PermissionDenied):
        actions.remove_route(route=route, by=clerk)


# --- Every mouth -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "via", "is_from_outside"),
    [
        ("citizen", "phone", True),
        ("citizen", "post", True),
        ("citizen", "zalo", True),
        ("self", "in_person", True),
        ("front", "", True),
        ("press", "", False),
        ("unit", "", False),
        ("list", "", False),
    ],
)
def test_receive_gives_whoever_waits_outside_a_code_and_a_day(
    board, snv, source, via, is_from_outside
):
    lead = actions.receive(
        by=board, unit=None, source=source, via=via, who="Bà Mẫu", what="Dạy chữ."
    )

    assert lead.unit == snv
    assert (
        bool(lead.answer_path)
        == bool(lead.answer_due_on)
        == is_from_outside
        == lead.is_from_outside
    )
    if is_from_outside:
        assert lead.code.startswith("GT-") and lead.answer_path == answer_path(lead.code.lower())
        assert lead.answer_due_on > calendar.today()


def test_a_lead_tells_how_it_came():
    assert LeadFactory.build(source="citizen", via="phone", unit=None, received_by=None).way == (
        "Người dân, qua điện thoại"
    )


def test_overdue_are_those_promised_and_not_yet_answered():
    today = calendar.today()
    late = LeadFactory(answer_due_on=today - datetime.timedelta(days=2))
    LeadFactory(answer_due_on=today)
    LeadFactory(answer_due_on=None, answer_path="", source="unit")
    done = LeadFactory(answer_due_on=today - datetime.timedelta(days=2), state="declined")
    LeadAnswerFactory(lead=done, confirmed=True)
    half = LeadFactory(answer_due_on=today - datetime.timedelta(days=2), state="declined")
    LeadAnswerFactory(lead=half)

    assert set(Lead.objects.overdue(today)) == {late, half}


def test_an_answer_reaches_a_lead_that_came_by_phone(board, snv):
    lead = actions.receive(
        by=board, unit=None, source="self", via="phone", who="Bà Mẫu", what="Dạy chữ."
    )
    actions.decline(lead=lead, by=board, reason="Việc còn mới.")

    written = actions.answer(lead=lead, by=board, text="Việc tốt nhưng còn mới.")
    actions.confirm_answer(answer=written, by=UserFactory(function="secretariat"))

    assert list(Lead.objects.public()) == [lead]


# --- Handing over ------------------------------------------------------------------
def test_hand_over_moves_the_lead_and_keeps_the_reason_out_of_the_chain(board):
    lead, other = LeadFactory(), UnitFactory()
    due = lead.answer_due_on

    moved = actions.hand_over(lead=lead, unit=other, by=board, reason="Việc ở xã bên.")

    assert (moved.unit, moved.answer_due_on) == (other, due)
    entry = JournalEntry.objects.get(verb="discovery.handed_over")
    assert entry.states["new"] == f"units.unit:{other.pk}"
    assert entry.text.text == "Việc ở xã bên."


def test_hand_over_takes_the_lead_out_of_the_old_units_sight():
    lead = LeadFactory()
    clerk = UserFactory(unit=lead.unit, function="introducer")
    there = UserFactory(function="introducer")

    actions.hand_over(lead=lead, unit=there.unit, by=clerk, reason="Việc ở xã bên.")

    assert not Lead.objects.visible_to(clerk).exists()
    assert Lead.objects.visible_to(there).get() == lead
    with pytest.raises(PermissionDenied):
        actions.hand_over(lead=lead, unit=clerk.unit, by=clerk, reason="Lấy lại.")


@pytest.mark.parametrize(
    ("state", "same", "reason", "words"),
    [
        ("declined", False, "Vì thế.", "xử lý xong"),
        ("received", True, "Vì thế.", "chính đơn vị này"),
        ("held", False, "  ", "Chưa nêu lý do"),
    ],
)
def test_hand_over_is_refused_with_a_sentence(board, state, same, reason, words):
    lead = LeadFactory(state=state)

    with pytest.raises(ValidationError, match=words):
        actions.hand_over(
            lead=lead, unit=lead.unit if same else UnitFactory(), by=board, reason=reason
        )


# --- Pages -------------------------------------------------------------------------
@pytest.fixture
def office(client):
    def log_in(function, **fields):
        user = UserFactory(function=function, **fields)
        client.force_login(user, backend="guong.units.backends.AccountBackend")
        return user

    return log_in


def test_a_clerk_writes_down_a_call_and_prints_a_slip_without_a_name(client, office):
    clerk = office("introducer")
    told = {"source": "citizen", "via": "phone", "who": "Bà Siu Mẫu", "what": "Dạy chữ cho trẻ.",
            "contact": "0900000000", "unit": clerk.unit_id}  # fmt: skip

    client.post(reverse("discovery:receive"), told)

    lead = Lead.objects.get()
    slip = client.get(reverse("discovery:slip", args=[lead.pk])).content.decode()
    detail = client.get(reverse("discovery:detail", args=[lead.pk])).content.decode()
    assert lead.code in slip and "/tra-loi/" in slip and "qua điện thoại" in slip
    assert "Siu Mẫu" not in slip and "0900000000" not in slip
    assert reverse("discovery:slip", args=[lead.pk]) in detail


def test_a_lead_without_an_answer_page_has_no_slip(client, office):
    office("secretariat")
    lead = LeadFactory(source="unit", answer_path="", answer_due_on=None)

    assert client.get(reverse("discovery:slip", args=[lead.pk])).status_code == 404


def test_the_board_may_leave_the_unit_to_the_rule_a_clerk_may_not(client, office, snv):
    told = {"source": "press", "who": "Bà Siu Mẫu", "what": "Dạy chữ cho trẻ."}
    office("introducer")
    assert (
        "Chưa có: đơn vị xử lý" in client.post(reverse("discovery:receive"), told).content.decode()
    )

    office("secretariat")
    client.post(reverse("discovery:receive"), told)

    assert Lead.objects.get().unit == snv


def test_the_list_shows_the_clock_and_narrows_to_what_is_late(client, office):
    office("secretariat")
    today = calendar.today()
    LeadFactory(who="Bà Trễ", answer_due_on=today - datetime.timedelta(days=2), via="phone")
    LeadFactory(who="Bà Sớm", answer_due_on=today + datetime.timedelta(days=3))
    LeadFactory(who="Ông Báo", source="press", answer_due_on=None, answer_path="")

    def page(**asked):
        return client.get(reverse("discovery:list"), asked).content.decode()

    assert "quá hạn 2 ngày" in page() and "còn 3 ngày" in page() and "1 tin quá hạn" in page()
    late = page(state="overdue")
    assert "Bà Trễ" in late and "Bà Sớm" not in late and "qua điện thoại" in late
    assert "Ông Báo" in page(source="press") and "Bà Sớm" not in page(source="press")


def test_a_unit_counts_only_its_own_late_leads(client, office):
    LeadFactory(answer_due_on=datetime.date(2026, 1, 5))
    office("introducer")

    page = client.get(reverse("discovery:list"))

    assert page.context["overdue"] == 0 == page.context["page"].paginator.count


def test_handing_over_is_a_form_that_keeps_what_was_typed(client, office):
    office("secretariat")
    lead, there = LeadFactory(), UnitFactory()
    url = reverse("discovery:hand_over", args=[lead.pk])

    assert (
        "chính đơn vị này"
        in client.post(url, {"unit": lead.unit_id, "reason": "Vì thế."}).content.decode()
    )
    client.post(url, {"unit": there.pk, "reason": "Vì thế."})

    lead.refresh_from_db()
    assert lead.unit == there


def test_routes_are_set_and_removed_on_their_page(client, office, snv):
    office("secretariat")
    field = Field.objects.create(code="mau-4", name="Lĩnh vực bốn")

    client.post(reverse("discovery:set_route"), {"field": field.pk, "unit": snv.pk})
    assert "Lĩnh vực bốn" in client.get(reverse("discovery:routes")).content.decode()
    client.post(reverse("discovery:remove_route", args=[Route.objects.get().pk]))

    assert not Route.objects.exists()
