"""Emulation movements: entered by one person, confirmed by another."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from guong.core.models import JournalEntry
from guong.direction import actions
from guong.direction.models import Movement
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import DirectiveFactory, MovementFactory

pytestmark = pytest.mark.django_db
START = datetime.date(2026, 1, 5)


def board():
    return UserFactory(function="secretariat")


def said(**changes):
    filled = {
        "name": "Làng  cùng làm",
        "kind": "thematic",
        "launcher": UnitFactory(),
        "goals": "Mỗi xã một cách làm.",
        "scope": "Cả tỉnh.",
        "criteria": "Đo được.",
        "starts_on": START,
    }
    return filled | changes


def test_enter_movement_waits_for_a_second_person():
    by, directive = board(), DirectiveFactory()

    movement = actions.enter_movement(by=by, **said(directive=directive, measures=" Sơ kết. "))

    assert (movement.name, movement.directive, movement.measures) == (
        "Làng cùng làm",
        directive,
        "Sơ kết.",
    )
    assert list(Movement.objects.waiting()) == [movement]
    assert list(Movement.objects.public()) == []
    assert JournalEntry.objects.get().verb == "direction.movement_entered"


def test_enter_movement_refuses_an_end_before_the_start_and_the_same_again():
    by = board()
    with pytest.raises(ValidationError, match="sau ngày bắt đầu"):
        actions.enter_movement(by=by, **said(ends_on=START - datetime.timedelta(days=1)))
    actions.enter_movement(by=by, **said(ends_on=START))
    with pytest.raises(ValidationError, match="đã có"):
        actions.enter_movement(by=by, **said())

    assert Movement.objects.count() == 1


def test_confirm_movement_is_by_another_person_and_once():
    by, second = board(), UserFactory(function="leader")
    movement = actions.enter_movement(by=by, **said())

    with pytest.raises(PermissionDenied):
        actions.confirm_movement(movement=movement, by=by)
    confirmed = actions.confirm_movement(movement=movement, by=second)
    with pytest.raises(ValidationError, match="rồi"):
        actions.confirm_movement(movement=movement, by=board())

    assert (confirmed.confirmed_by, list(Movement.objects.public())) == (second, [movement])
    assert JournalEntry.objects.order_by("pk").last().verb == "direction.movement_confirmed"


def test_the_database_refuses_one_person_for_both():
    by = board()

    with pytest.raises(IntegrityError), transaction.atomic():
        MovementFactory(entered_by=by, confirmed_by=by)


def test_who_may_enter_and_who_may_confirm():
    people = {name: UserFactory(function=name) for name in Mandate.Function.values}
    movement = MovementFactory(entered_by=people["secretariat"])

    def allowed(verb, thing=None):
        return {name for name, user in people.items() if user.has_perm(f"direction.{verb}", thing)}

    assert allowed("enter_movement") == {"secretariat"}
    assert allowed("confirm_movement", movement) == {"leader"}
    assert allowed("confirm_movement") == set()
    assert board().has_perm("direction.confirm_movement", movement)
    assert list(Movement.objects.visible_to(AnonymousUser())) == []


# --- Pages --------------------------------------------------------------------
def login(client, function="secretariat"):
    user = UserFactory(function=function)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def test_an_empty_list_says_what_will_come(client):
    login(client)
    board_sees = client.get(reverse("direction:movements")).content.decode()
    login(client, "introducer")
    unit_sees = client.get(reverse("direction:movements")).content.decode()

    assert reverse("direction:enter_movement") in board_sees
    assert "Bộ phận thường trực sẽ ghi" in unit_sees


def test_entering_and_confirming_from_the_pages(client):
    login(client)
    typed = said(launcher=UnitFactory().pk, starts_on="05/01/2026", kind="regular")
    made = client.post(reverse("direction:enter_movement"), typed, follow=True)
    movement = Movement.objects.get()
    button = reverse("direction:confirm_movement", args=[movement.pk])
    second = login(client)
    waiting = client.get(reverse("direction:movements"), {"state": "waiting"})
    other = client.get(reverse("direction:movement", args=[movement.pk])).content.decode()
    client.post(button)
    again = client.post(button, follow=True)

    assert "chờ người thứ hai" in made.content.decode() and button not in made.content.decode()
    assert (list(waiting.context["page"]), button in other) == ([movement], True)
    movement.refresh_from_db()
    assert movement.confirmed_by == second
    assert "Đã có người xác nhận rồi." in again.content.decode()
