"""The sorting desk: tips and letters of the public in one list."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.discovery import actions, sorting
from guong.discovery.models import Lead, Letter
from guong.discovery.sorting import Asked
from guong.discovery.tests.factories import LeadAnswerFactory, LeadFactory, LetterFactory
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DESK = "discovery:letters"


@pytest.fixture
def board(client):
    person = UserFactory(function="secretariat")
    client.force_login(person, backend="guong.units.backends.AccountBackend")
    return person


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.fixture
def sent():
    """One of each state, by name."""
    today, now = calendar.today(), calendar.now()
    soon = {"answer_due_on": today + days(3)}
    owed = LeadFactory(state="taken_up", **soon)
    written = LeadAnswerFactory(lead__answer_due_on=today + days(3)).lead
    answered = LeadAnswerFactory(confirmed=True, lead__answer_due_on=today - days(3)).lead
    return {
        "tip": LeadFactory(received_at=now - days(1), **soon),
        "late tip": LeadFactory(received_at=now - days(30), answer_due_on=today - days(1)),
        "held": LeadFactory(held=True, **soon),
        "owed": owed,
        "written": written,
        "answered": answered,
        "letter": LetterFactory(),
        "late letter": LetterFactory(received_at=now - days(40)),
        "removal": LetterFactory(kind="remove"),
        "chosen": LetterFactory(chosen=True),
        "done letter": LetterFactory(state="answered", received_at=now - days(40)),
        "aside": LetterFactory(state="set_aside"),
        "from a unit": LeadFactory(source="unit", answer_path=""),
    }


def listed(sent, user, **asked) -> list[str]:
    names = {(type(record), record.pk): name for name, record in sent.items()}
    items = sorting.items(sorting.intake(user, Asked(**asked)), user)
    return [names[type(item.record), item.record.pk] for item in items]


def test_the_desk_holds_tips_and_letters_and_nothing_a_unit_found(sent):
    found = listed(sent, UserFactory(function="secretariat"))

    assert set(found) == set(sent) - {"from a unit"}
    assert found[:3] == ["removal", "late letter", "late tip"]
    waiting = {"removal", "tip", "late tip", "held", "owed", "written", "letter", "late letter"}
    assert set(found[: len(waiting) + 1]) == waiting | {"chosen"}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"kind": "tip", "state": "waiting"}, {"tip", "late tip", "held", "owed", "written"}),
        ({"kind": "letter", "state": "waiting"}, {"letter", "late letter", "removal", "chosen"}),
        ({"state": "second"}, {"held", "written", "chosen"}),
        ({"state": "unanswered"}, {"owed"}),
        ({"state": "done"}, {"answered", "done letter"}),
        ({"state": "set_aside"}, {"written", "answered", "aside"}),
        ({"is_late": True}, {"late tip", "late letter"}),
        ({"kind": "remove"}, {"removal"}),
        ({"kind": "comment", "is_late": True}, set()),
    ],
)
def test_the_desk_is_narrowed(sent, asked, names):
    assert set(listed(sent, UserFactory(function="secretariat"), **asked)) == names


def test_counts_are_those_of_their_lists(client, board, sent):
    for kind in ("", "tip", "letter", "remove"):
        for key, _, number in sorting.counts(board, Asked(kind=kind)):
            query = {"late": "1"} if key == "late" else {"state": key}
            page = client.get(reverse(DESK), query | {"kind": kind})
            assert page.context["page"].paginator.count == number, (kind, key)


def test_a_letter_is_late_when_its_fifteen_working_days_are_over():
    today = datetime.date(2026, 11, 26)

    before = sorting.late_before(today)

    first_late = calendar.day_of(before) - days(1)
    assert calendar.add_working_days(first_late, 15) < today
    assert calendar.add_working_days(calendar.day_of(before), 15) >= today


def test_each_line_offers_what_its_reader_may_do(sent):
    people = {
        name: UserFactory(function=name) for name in ("secretariat", "editor", "inspector")
    } | {"both": UserFactory(function=["secretariat", "introducer"])}

    steps = {
        name: {
            key: item.steps
            for key, item in zip(
                listed(sent, user),
                sorting.items(sorting.intake(user, Asked()), user),
                strict=True,
            )
        }
        for name, user in people.items()
    }

    assert steps["secretariat"]["tip"] == ("decline",)
    assert steps["both"]["tip"] == ("nominate", "decline")
    assert steps["secretariat"]["held"] == ("let_pass", "decline")
    assert steps["secretariat"]["owed"] == ("answer",)
    assert steps["secretariat"]["written"] == ()
    assert steps["secretariat"]["letter"] == ("answer_letter", "pass_on_letter", "set_aside_letter")
    assert steps["secretariat"]["removal"] == ("answer_letter", "set_aside_letter")
    assert steps["editor"]["letter"] == ("answer_letter", "set_aside_letter")
    assert steps["editor"]["chosen"] == ("second", "set_aside_letter")
    assert {step for row in steps["inspector"].values() for step in row} == set()


def test_every_step_of_a_line_is_a_link_that_opens(client, board, sent):
    page = client.get(reverse(DESK)).content.decode()

    for name, record, verb in [
        ("tip", sent["tip"], "decline"),
        ("held", sent["held"], "let_pass"),
        ("owed", sent["owed"], "answer"),
        ("letter", sent["letter"], "answer_letter"),
        ("letter", sent["letter"], "set_aside_letter"),
        ("letter", sent["letter"], "pass_on_letter"),
    ]:
        url = reverse(f"discovery:{verb}", args=[record.pk])
        assert (f'href="{url}"' in page, client.get(url).status_code) == (True, 200), name


def test_whoever_is_entangled_neither_sees_nor_counts_them(client):
    person, exemplar = UserFactory(function="secretariat"), ExemplarFactory()
    ConflictFactory(user=person, exemplar=exemplar)
    LetterFactory(exemplar=exemplar, text="Thư về người quen.")
    LeadFactory(exemplar=exemplar, state="taken_up", who="Người Quen Được Kể")
    client.force_login(person, backend="guong.units.backends.AccountBackend")

    page = client.get(reverse(DESK)).content.decode()
    sheet = load_workbook(BytesIO(client.get(reverse(DESK) + "?xuat=xlsx").content)).active

    said = page + " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "người quen" not in said.lower() and "0 thư, tin" in page
    assert [number for *_, number in sorting.counts(person, Asked())] == [0, 0, 0, 0]


def test_an_editor_sees_no_tip_of_another_branch(client):
    other = LeadFactory(who="Người Xã Khác")
    client.force_login(
        UserFactory(function="editor", unit=UnitFactory()),
        backend="guong.units.backends.AccountBackend",
    )

    page = client.get(reverse(DESK)).content.decode()

    assert other.who not in page and "0 thư, tin" in page


def test_nonsense_in_the_address_narrows_nothing(client, board, sent):
    page = client.get(reverse(DESK), {"kind": "\x00x", "state": "1", "late": "x", "page": "-7"})

    assert page.context["page"].paginator.count == len(sent) - 1


def test_pass_on_letter_makes_a_lead_of_the_unit_under_the_same_code(client, board):
    letter, unit = LetterFactory(name="Bà Đọc", contact="0900000000"), UnitFactory()
    url = reverse("discovery:pass_on_letter", args=[letter.pk])

    empty = client.post(url, {"what": "Dạy chữ."})
    client.post(url, {"who": "Ông Được Kể", "what": "Dạy chữ cho trẻ trong làng.", "unit": unit.pk})

    assert (empty.status_code, "Dạy chữ." in empty.content.decode()) == (200, True)
    letter.refresh_from_db()
    lead = Lead.objects.get()
    assert (lead.code, lead.unit, lead.contact) == (letter.code, unit, "Bà Đọc, 0900000000")
    assert (letter.state, letter.handled_by) == ("answered", board)
    assert lead.answer_path and lead.answer_due_on
    line = JournalEntry.objects.get(verb="discovery.letter_passed_on")
    assert (line.by, line.target) == (board, f"discovery.letter:{letter.pk}")


def test_pass_on_letter_is_for_the_board(board):
    letter = LetterFactory()

    for name in ("editor", "inspector", "introducer"):
        with pytest.raises(PermissionDenied):
            actions.pass_on_letter(
                letter=letter,
                by=UserFactory(function=name),
                who="Ai",
                what="Việc tốt ở làng.",
                unit=UnitFactory(),
            )
    letter.refresh_from_db()
    assert (letter.state, Lead.objects.count()) == (Letter.State.NEW, 0)
