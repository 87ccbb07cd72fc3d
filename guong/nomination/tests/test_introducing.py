"""A unit without the right to introduce is told so, keeps what it typed and leaves no trace."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from guong.discovery import actions as discovery
from guong.discovery.models import Lead
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ClaimFactory
from guong.nomination import actions
from guong.nomination.models import Nomination
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

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
