"""A unit without the right to introduce is told so, keeps what it typed and leaves no trace."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.discovery import actions as discovery
from guong.discovery.models import Lead
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ClaimFactory
from guong.nomination import actions
from guong.nomination.models import GuidedDraft, Nomination
from guong.units.models import IntroducingRight
from guong.units.selectors import right_ended
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

from .factories import ANSWERS, GuidedDraftFactory, NominationFactory

pytestmark = pytest.mark.django_db
REFUSED = "chưa được giao quyền giới thiệu"


def test_draft_is_refused_without_the_right_for_the_board_too():
    unit = UnitFactory(introduces=False)
    claim = ClaimFactory(exemplar__unit=unit)

    for function in ("introducer", "secretariat"):
        with pytest.raises(ValidationError, match=REFUSED):
            actions.draft(
                by=UserFactory(unit=unit, function=function),
                unit=unit,
                exemplar=claim.exemplar,
                claims=[claim],
            )
    assert not Nomination.objects.exists()


def test_a_lead_of_the_unit_itself_is_refused_and_one_of_the_public_is_dealt_with():
    unit = UnitFactory(introduces=False)
    clerk = UserFactory(unit=unit, function="introducer")
    told = {"who": "Bà Mẫu", "what": "Dạy chữ cho trẻ trong làng.", "unit": unit}

    with pytest.raises(ValidationError, match=REFUSED):
        discovery.receive(by=clerk, source="unit", **told)
    assert not Lead.objects.exists()
    lead = discovery.receive(by=system_user(), source="citizen", **told)

    assert lead.unit == unit


def test_the_form_says_so_and_keeps_what_was_typed(client):
    unit = UnitFactory(introduces=False)
    clerk = UserFactory(unit=unit, function="introducer")
    client.force_login(clerk, backend="guong.units.backends.AccountBackend")

    answer = client.post(
        reverse("nomination:new"),
        {
            "kind": "individual",
            "full_name": "Bà Mẫu Ở Làng",
            "statement": "Dạy nghề cho 12 hộ trong thôn",
        },
    )

    page = answer.content.decode()
    assert (answer.status_code, REFUSED in page, "Bà Mẫu Ở Làng" in page) == (200, True, True)
    assert not Exemplar.objects.exists()


# --- A right that has ended ------------------------------------------------------------
def end_right(unit):
    right = unit.introducing_rights.get()
    right.valid_to = calendar.today() - datetime.timedelta(days=1)
    right.save()
    return f"{unit} không còn quyền giới thiệu điển hình từ sau ngày {right.valid_to:%d/%m/%Y}."


def test_submit_of_an_old_draft_is_refused_once_the_right_has_ended_and_the_draft_stays(client):
    nomination = NominationFactory()
    clerk = UserFactory(unit=nomination.unit, function="introducer")
    sentence = end_right(nomination.unit)
    client.force_login(clerk, backend="guong.units.backends.AccountBackend")

    page = client.get(reverse("nomination:detail", args=[nomination.pk])).content.decode()
    done = client.post(reverse("nomination:submit", args=[nomination.pk]), follow=True)

    assert sentence in page and "disabled>Gửi hồ sơ" in page
    assert f"{sentence} Hồ sơ vẫn giữ nguyên. Đề nghị bộ phận thường trực (Sở Nội vụ)" in (
        done.content.decode()
    )
    assert Nomination.objects.get().state == "draft"
    assert not JournalEntry.objects.filter(verb="nomination.submitted").exists()

    IntroducingRight.objects.create(unit=nomination.unit, basis="Công văn mẫu")

    assert actions.submit(nomination=nomination, by=clerk).state == "submitted"


def test_submit_of_what_came_back_is_no_new_introduction():
    nomination = NominationFactory(state="returned")
    clerk = UserFactory(unit=nomination.unit, function="introducer")
    end_right(nomination.unit)

    assert actions.submit(nomination=nomination, by=clerk).state == "submitted"


def test_a_guided_draft_of_a_unit_whose_right_has_ended_stays_and_says_what_to_do(client):
    draft = GuidedDraftFactory()
    client.force_login(draft.by, backend="guong.units.backends.AccountBackend")
    end_right(draft.unit)

    page = client.get(reverse("nomination:guided_step", args=[draft.pk, "check"])).content.decode()
    done = client.post(reverse("nomination:guided_send", args=[draft.pk]), follow=True)

    for words in (page, done.content.decode()):
        assert REFUSED in words and "bộ phận thường trực (Sở Nội vụ) giao quyền" in words
    assert GuidedDraft.objects.get().answers == ANSWERS and not Nomination.objects.exists()


def test_a_unit_that_never_had_the_right_is_told_without_a_day():
    unit = UnitFactory(introduces=False)

    assert right_ended(unit).startswith(f"{unit} không còn quyền giới thiệu điển hình. Hồ sơ")
