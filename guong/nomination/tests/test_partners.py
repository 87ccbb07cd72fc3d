"""Several units put one exemplar forward: asked, signed or declined, and nothing else is opened."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ConflictFactory
from guong.nomination import actions
from guong.nomination.models import Nomination, SignOff
from guong.nomination.selectors import incomplete
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import NominationFactory, SignOffFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


@pytest.fixture
def nomination():
    return NominationFactory()


@pytest.fixture
def clerk(nomination):
    return UserFactory(unit=nomination.unit, function="introducer")


@pytest.fixture
def head():
    return UserFactory(function="unit_head")


def test_ask_unit_stops_the_dossier_until_its_head_has_signed(nomination, clerk, head):
    asked = actions.ask_unit(nomination=nomination, unit=head.unit, by=clerk)
    with pytest.raises(ValidationError, match="chưa ký cùng đề cử"):
        actions.submit(nomination=nomination, by=clerk)

    actions.sign_off(sign_off=asked, by=head)

    assert incomplete(nomination) == []
    assert actions.submit(nomination=nomination, by=clerk).state == "submitted"
    assert list(JournalEntry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "nomination.unit_asked",
        "nomination.signed_off",
        "nomination.submitted",
    ]


def test_ask_unit_refuses_oneself_twice_and_who_has_no_head(nomination, clerk, head):
    actions.ask_unit(nomination=nomination, unit=head.unit, by=clerk)
    for unit, words in [
        (nomination.unit, "đơn vị lập hồ sơ"),
        (head.unit, "đã được mời"),
        (UnitFactory(), "chưa có tài khoản"),
    ]:
        with pytest.raises(ValidationError, match=words):
            actions.ask_unit(nomination=nomination, unit=unit, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.ask_unit(nomination=nomination, unit=head.unit, by=head)


def test_decline_needs_a_reason_and_is_read_by_who_wrote_the_dossier(nomination, clerk, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    with pytest.raises(ValidationError, match="lý do"):
        actions.decline(sign_off=asked, by=head, reason=" ")

    actions.decline(sign_off=asked, by=head, reason="Số hộ chưa đúng.")

    assert "không đồng ý cùng đề cử: «Số hộ chưa đúng.»" in " ".join(incomplete(nomination))
    with pytest.raises(IllegalMove):
        actions.sign_off(sign_off=asked, by=head)


def test_drop_unit_lets_the_dossier_go_on(nomination, clerk, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)

    actions.drop_unit(sign_off=asked, by=clerk)

    assert incomplete(nomination) == [] and not SignOff.objects.exists()


@pytest.mark.parametrize("act", ["ask", "drop", "sign"])
def test_of_a_dossier_that_was_sent_nothing_is_changed(clerk, head, nomination, act):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    Nomination.objects.filter(pk=nomination.pk).update(state="submitted")

    with pytest.raises(IllegalMove):
        if act == "ask":
            actions.ask_unit(nomination=nomination, unit=UnitFactory(), by=clerk)
        elif act == "drop":
            actions.drop_unit(sign_off=asked, by=clerk)
        else:
            actions.sign_off(sign_off=asked, by=head)


def test_sign_off_is_for_the_head_of_the_very_unit_alone(nomination, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    others = [
        UserFactory(unit=head.unit, function="introducer"),
        UserFactory(function="unit_head"),
        UserFactory(unit=nomination.unit, function="unit_head"),
        UserFactory(function="secretariat"),
    ]
    for user in others:
        with pytest.raises(PermissionDenied):
            actions.sign_off(sign_off=asked, by=user)


def test_the_asked_unit_reads_this_dossier_and_nothing_else(client, nomination, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    other = SignOffFactory(nomination=NominationFactory(exemplar__unit=nomination.unit))
    login(client, head)

    page = client.get(reverse("nomination:sign_off", args=[asked.pk])).content.decode()
    listed = client.get(reverse("nomination:sign_offs")).context["page"].object_list

    assert nomination.exemplar.full_name in page and "Ký cùng đề cử" in page
    assert list(listed) == [asked]
    for name, pk in [
        ("nomination:sign_off", other.pk),
        ("nomination:detail", nomination.pk),
        ("nomination:paper", nomination.pk),
        ("web:life", nomination.exemplar_id),
    ]:
        args = [pk, "to-trinh"] if name == "nomination:paper" else [pk]
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert not Nomination.objects.visible_to(head).exists()
    assert not Exemplar.objects.visible_to(head).exists()


def test_who_is_involved_with_the_exemplar_is_not_even_asked(nomination, head):
    SignOffFactory(nomination=nomination, unit=head.unit)
    ConflictFactory(user=head, exemplar=nomination.exemplar)

    assert not SignOff.objects.visible_to(head).exists()


def test_it_waits_on_the_head_s_home_and_goes_when_it_was_said(client, nomination, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    login(client, head)

    before = client.get(reverse("web:today")).context
    read = client.get(reverse("nomination:sign_off", args=[asked.pk])).context["read"]
    client.post(reverse("nomination:sign", args=[asked.pk]), {"read": read})
    after = client.get(reverse("web:today")).context

    def waiting(context):
        tiles = [one for one in context["tiles"] if "cùng đề cử" in one.label]
        return tiles[0].number, [one for one in context["waiting"] if "cùng đề cử" in one.sub]

    assert (waiting(before)[0], len(waiting(before)[1])) == (1, 1)
    assert waiting(after) == (0, [])


def test_asking_dropping_and_declining_from_the_screen(client, nomination, clerk, head):
    login(client, clerk)
    client.post(reverse("nomination:ask_unit", args=[nomination.pk]), {"unit": head.unit.pk})
    asked = SignOff.objects.get()
    login(client, head)
    empty = client.post(reverse("nomination:decline", args=[asked.pk]), {"reason": ""})
    client.post(reverse("nomination:decline", args=[asked.pk]), {"reason": "Trùng hồ sơ."})
    login(client, clerk)
    page = client.get(reverse("nomination:detail", args=[nomination.pk])).content.decode()
    client.post(reverse("nomination:drop_unit", args=[asked.pk]))

    assert "Chưa có: vì sao không đồng ý." in empty.content.decode()
    assert "Trùng hồ sơ." in page and "disabled>Gửi hồ sơ" in page
    assert not SignOff.objects.exists()


def test_withdraw_asks_why_and_the_dossier_says_it(client, nomination, clerk):
    login(client, clerk)
    url = reverse("nomination:withdraw", args=[nomination.pk])

    empty = client.post(url, {"reason": " "}).content.decode()
    page = client.post(url, {"reason": "Gia đình xin để năm sau."}, follow=True).content.decode()

    assert "Chưa có: vì sao rút." in empty
    assert "Gia đình xin để năm sau." in page and "Chép từ hồ sơ trước" in page
    with pytest.raises(ValidationError):
        actions.withdraw(nomination=NominationFactory(), by=clerk_of_any(), reason=" ")


def clerk_of_any():
    return UserFactory(unit=Nomination.objects.latest("pk").unit, function="introducer")
