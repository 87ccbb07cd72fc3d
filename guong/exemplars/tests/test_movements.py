"""Which exemplar came of which movement: said by one person, confirmed by another."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from guong.core.models import JournalEntry
from guong.direction.tests.factories import MovementFactory
from guong.exemplars import actions
from guong.exemplars.models import MovementEntry
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import ConflictFactory, ConsentFactory, ExemplarFactory, MovementEntryFactory

pytestmark = pytest.mark.django_db


def board():
    return UserFactory(function="secretariat")


def test_enter_movement_is_for_a_confirmed_movement_and_once():
    exemplar, movement = ExemplarFactory(), MovementFactory(confirmed=True)
    clerk = UserFactory(unit=exemplar.unit, function="introducer")

    with pytest.raises(ValidationError, match="người thứ hai"):
        actions.enter_movement(exemplar=exemplar, movement=MovementFactory(), by=clerk)
    entry = actions.enter_movement(exemplar=exemplar, movement=movement, by=clerk)
    with pytest.raises(ValidationError, match="đã gắn"):
        actions.enter_movement(exemplar=exemplar, movement=movement, by=clerk)

    assert list(MovementEntry.objects.waiting()) == [entry]
    line = JournalEntry.objects.get()
    assert (line.verb, line.by) == ("exemplars.movement_entered", clerk)
    assert line.subject == f"exemplars.exemplar:{exemplar.pk}"


def test_enter_movement_is_refused_to_another_unit():
    with pytest.raises(PermissionDenied):
        actions.enter_movement(
            exemplar=ExemplarFactory(),
            movement=MovementFactory(confirmed=True),
            by=UserFactory(function="introducer"),
        )
    assert not MovementEntry.objects.exists()


def test_confirm_movement_is_by_another_person_and_once():
    entry, second = MovementEntryFactory(), UserFactory(function="leader")

    with pytest.raises(PermissionDenied):
        actions.confirm_movement(entry=entry, by=entry.entered_by)
    confirmed = actions.confirm_movement(entry=entry, by=second)
    with pytest.raises(ValidationError, match="rồi"):
        actions.confirm_movement(entry=entry, by=board())

    assert confirmed.confirmed_by == second
    assert JournalEntry.objects.get().verb == "exemplars.movement_confirmed"


def test_public_are_confirmed_entries_of_whom_and_of_what_may_be_shown():
    shown = MovementEntryFactory(confirmed=True, exemplar__recognised=True)
    ConsentFactory(exemplar=shown.exemplar, purpose="name_publicly")
    MovementEntryFactory(exemplar=shown.exemplar)
    MovementEntryFactory(confirmed=True, exemplar__recognised=True)
    MovementEntryFactory(confirmed=True, exemplar=shown.exemplar, movement=MovementFactory())

    assert list(MovementEntry.objects.public()) == [shown]


def test_the_database_refuses_one_person_for_both_and_the_same_again():
    entry = MovementEntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MovementEntryFactory(entered_by=entry.entered_by, confirmed_by=entry.entered_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        MovementEntryFactory(exemplar=entry.exemplar, movement=entry.movement)


def test_who_may_enter_and_who_may_confirm():
    entry = MovementEntryFactory()
    people = {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", entry.exemplar.unit), ("far", UnitFactory())]
        for name in Mandate.Function.values
    }

    def allowed(verb, thing):
        return {name for name, user in people.items() if user.has_perm(f"exemplars.{verb}", thing)}

    boards = {"own secretariat", "far secretariat"}
    assert allowed("enter_movement", entry.exemplar) == boards | {"own introducer", "own unit_head"}
    assert allowed("confirm_movement", entry) == boards | {"own leader", "far leader"}
    ConflictFactory(user=people["own leader"], exemplar=entry.exemplar)
    assert "own leader" not in allowed("confirm_movement", entry)
    assert allowed("confirm_movement", None) == set()


# --- Pages --------------------------------------------------------------------
def login(client, function="secretariat"):
    user = UserFactory(function=function)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def test_entering_and_confirming_from_the_pages(client):
    exemplar, movement = ExemplarFactory(), MovementFactory(confirmed=True)
    place = reverse("exemplars:movement_entries")
    login(client)
    client.post(reverse("exemplars:enter_movement", args=[exemplar.pk]), {"movement": movement.pk})
    entry = MovementEntry.objects.get()
    button = reverse("exemplars:confirm_movement", args=[entry.pk])
    life = client.get(reverse("web:life", args=[exemplar.pk])).content.decode()
    own = client.get(place).content.decode()
    second = login(client)
    other = client.get(place, {"movement": movement.pk, "state": "waiting"})
    client.post(button)
    again = client.post(button, follow=True)

    assert f"{movement} (chờ xác nhận)" in life
    assert (button in own, button in other.content.decode()) == (False, True)
    assert list(other.context["page"]) == [entry]
    entry.refresh_from_db()
    assert entry.confirmed_by == second
    assert "Đã có người xác nhận rồi." in again.content.decode()
    assert "Chưa gắn gương nào" in client.get(place, {"state": "waiting"}).content.decode()


def test_a_movement_nobody_knows_is_not_there(client):
    login(client)

    assert client.get(reverse("exemplars:movement_entries"), {"movement": "99"}).status_code == 404
