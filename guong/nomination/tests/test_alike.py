"""A dossier by hand: who it might be is said while typing and on sending; others' drafts never."""

import pytest
from django.urls import reverse

from guong.exemplars.models import Exemplar, Judgement
from guong.exemplars.tests.factories import ClaimFactory, ExemplarFactory
from guong.exemplars.tests.test_matching import DEED
from guong.nomination.models import Nomination
from guong.nomination.tests.factories import NominationFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW, ALIKE = "nomination:new", "nomination:alike"


@pytest.fixture
def clerk(client):
    user = UserFactory(unit=UnitFactory(kind="commune"), function="introducer")
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def typed(clerk, **changed):
    return {
        "full_name": "siu hwiem",
        "kind": "individual",
        "birth_year": "1970",
        "commune": str(clerk.unit.pk),
        "statement": "Dạy chữ cho trẻ em của làng",
    } | changed


def known(clerk, **kwargs):
    unit = kwargs.pop("unit", clerk.unit)
    return ExemplarFactory(
        full_name="Siu H'Wiêm", birth_year=1970, unit=unit, commune=clerk.unit, **kwargs
    )


def test_while_typing_the_likely_record_is_named_with_reasons(client, clerk):
    record = known(clerk)

    half = client.post(reverse(ALIKE), {"full_name": "siu h"}, headers={"HX-Request": "true"})
    whole = client.post(reverse(ALIKE), typed(clerk), headers={"HX-Request": "true"})

    assert "Siu H" not in half.content.decode()
    shown = whole.content.decode()
    assert reverse("web:life", args=[record.pk]) in shown
    assert "cùng tên khi bỏ dấu, cùng năm sinh, cùng xã, phường" in shown
    assert "<html" not in shown and not Nomination.objects.exists()


def test_while_typing_an_empty_form_is_answered_and_a_tick_stays(client, clerk):
    known(clerk)

    empty = client.post(reverse(ALIKE), {})
    ticked = client.post(reverse(ALIKE), typed(clerk, is_new="1")).content.decode()

    assert empty.status_code == 200 and "checked" in ticked


def test_the_same_deed_under_another_name_is_said_too(client, clerk):
    ClaimFactory(statement=DEED, exemplar=known(clerk))

    asked = typed(clerk, full_name="Rahlan Kơi", birth_year="", statement=DEED)
    shown = client.post(reverse(ALIKE), asked).content.decode()

    assert "cùng một thành tích dưới tên khác" in shown


def test_without_javascript_it_is_said_on_sending_and_a_tick_is_remembered(client, clerk):
    record = known(clerk)

    asked = client.post(reverse(NEW), typed(clerk)).content.decode()
    client.post(reverse(NEW), typed(clerk, is_new="1"))
    made = Exemplar.objects.exclude(pk=record.pk).get()

    assert "Có thể đã có hồ sơ" in asked
    pair = Judgement.objects.get()
    assert (pair.first, pair.second, pair.verdict, pair.by) == (record, made, "different", clerk)


def test_what_another_branch_has_is_never_named_only_the_board(client, clerk):
    far = known(clerk, unit=UnitFactory(), code="XA-1")

    def sent():
        typing = client.post(reverse(ALIKE), typed(clerk)).content.decode()
        page = client.post(reverse(NEW), typed(clerk), follow=True).content.decode()
        Nomination.objects.filter(unit=clerk.unit).delete()
        Exemplar.objects.filter(unit=clerk.unit).update(full_name="Ai khác", commune=None)
        Exemplar.objects.filter(unit=clerk.unit).update(birth_year=1900)
        return far.code in typing + page, "Có thể" in typing, "hỏi bộ phận thường trực" in page

    as_draft = sent()
    NominationFactory(exemplar=far, unit=far.unit, state="submitted")

    assert (as_draft, sent()) == ((False, False, False), (False, False, True))


def test_a_stranger_is_not_answered(client):
    client.force_login(
        UserFactory(function="editor"), backend="guong.units.backends.AccountBackend"
    )

    assert client.post(reverse(ALIKE), {"full_name": "Siu"}).status_code == 403
