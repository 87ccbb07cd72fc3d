"""Who may introduce: granted by a document for a time, taken back, asked where it counts."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.units import actions
from guong.units.models import IntroducingRight
from guong.units.selectors import may_introduce
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def board():
    return UserFactory(function="secretariat")


def test_grant_introducing_gives_the_right_for_its_days_by_its_document():
    unit, secretary, today = UnitFactory(introduces=False), board(), calendar.today()

    right = actions.grant_introducing(
        unit=unit, basis=" 12/UBND ", valid_from=today, valid_to=today + 9 * DAY, by=secretary
    )

    assert (right.basis, right.granted_by) == ("12/UBND", secretary)
    assert [may_introduce(unit, today + days * DAY) for days in (-1, 0, 9, 10)] == [
        False,
        True,
        True,
        False,
    ]
    line = JournalEntry.objects.get(verb="units.introducing_granted")
    assert (line.by, line.subject) == (secretary, f"units.unit:{unit.pk}")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"basis": " "}, "văn bản"),
        (
            {"basis": "x", "valid_from": calendar.today(), "valid_to": calendar.today() - DAY},
            "sau ngày",
        ),
    ],
)
def test_grant_introducing_asks_for_a_document_and_days_that_follow(given, words):
    unit = UnitFactory(introduces=False)

    with pytest.raises(ValidationError, match=words):
        actions.grant_introducing(unit=unit, by=board(), **given)
    assert not may_introduce(unit)


def test_grant_introducing_refuses_a_second_right_on_the_same_days():
    unit, today = UnitFactory(introduces=False), calendar.today()
    actions.grant_introducing(unit=unit, basis="Một", valid_to=today + 5 * DAY, by=board())

    with pytest.raises(ValidationError, match="Thôi quyền cũ"):
        actions.grant_introducing(unit=unit, basis="Hai", valid_from=today + 5 * DAY, by=board())
    actions.grant_introducing(unit=unit, basis="Ba", valid_from=today + 6 * DAY, by=board())

    assert IntroducingRight.objects.filter(unit=unit).count() == 2


@pytest.mark.parametrize("since", [None, -30, 0])
def test_end_introducing_ends_it_at_once_and_keeps_the_line(since):
    today = calendar.today()
    unit, secretary = UnitFactory(introduces=False), board()
    right = IntroducingRight.objects.create(
        unit=unit, basis="Văn bản", valid_from=None if since is None else today + since * DAY
    )

    ended = actions.end_introducing(right=right, by=secretary)

    assert (may_introduce(unit), ended.ended_by) == (False, secretary)
    with pytest.raises(ValidationError, match="hết hạn"):
        actions.end_introducing(right=right, by=secretary)
    assert JournalEntry.objects.filter(verb="units.introducing_ended").count() == 1


def test_grant_introducing_and_end_introducing_are_the_boards_and_the_administrators():
    unit = UnitFactory()
    functions = ["secretariat", "administrator", "unit_head", "leader"]
    people = {function: UserFactory(unit=unit, function=function) for function in functions}

    for verb in ("units.grant_introducing", "units.end_introducing"):
        assert {name for name, one in people.items() if one.has_perm(verb, unit)} == {
            "secretariat",
            "administrator",
        }
    with pytest.raises(PermissionDenied):
        actions.grant_introducing(unit=unit, basis="x", by=people["unit_head"])
    with pytest.raises(PermissionDenied):
        actions.end_introducing(right=unit.introducing_rights.get(), by=people["leader"])


def test_the_page_shows_grants_ends_and_exports(client):
    without, holding = UnitFactory(name="Hội Mẫu", introduces=False), UnitFactory(name="Đoàn Mẫu")
    client.force_login(board(), backend="guong.units.backends.AccountBackend")
    page = reverse("units:introducing")

    lacking = [unit.name for unit in client.get(page + "?state=without").context["page"]]
    client.post(
        reverse("units:grant_introducing", args=[without.pk]),
        {"basis": "12/UBND", "valid_from": "", "valid_to": "31/12/2099"},
    )
    client.post(reverse("units:end_introducing", args=[holding.introducing_rights.get().pk]))
    rows = load_workbook(BytesIO(client.get(page + "?xuat=xlsx").content)).active.iter_rows()
    told = {row[1].value: (row[3].value, row[4].value) for row in rows}

    assert lacking == ["Hội Mẫu"]
    assert (told["Hội Mẫu"], told["Đoàn Mẫu"]) == (("có", "12/UBND"), ("không", None))


def test_what_was_typed_wrong_stays_in_the_form(client):
    unit = UnitFactory(introduces=False)
    client.force_login(board(), backend="guong.units.backends.AccountBackend")

    answer = client.post(
        reverse("units:grant_introducing", args=[unit.pk]),
        {"basis": "12/UBND", "valid_to": "hôm qua"},
    )

    assert (answer.status_code, "hôm qua" in answer.content.decode()) == (200, True)
    assert not may_introduce(unit)
