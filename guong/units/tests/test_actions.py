import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.core.models import CalendarDay, JournalEntry
from guong.units import actions
from guong.units.models import Field, Mandate, Unit

from .factories import PASSWORD, MandateFactory, UnitFactory, UserFactory, system_user

pytestmark = pytest.mark.django_db


def administrator():
    return UserFactory(function="administrator")


def test_open_account_stands_without_a_password():
    by = administrator()

    made = actions.open_account(by=by, username=" Xa.Mau ", full_name="Cán  Bộ", unit=by.unit)

    assert (made.username, made.full_name, made.has_usable_password()) == (
        "xa.mau",
        "Cán Bộ",
        False,
    )
    with pytest.raises(ValidationError, match="đã có người"):
        actions.open_account(by=by, username="xa.mau", full_name="Khác", unit=by.unit)
    with pytest.raises(PermissionDenied):
        actions.open_account(by=made, username="b", full_name="B", unit=by.unit)


def test_invite_gives_a_code_once_and_ends_the_old_password():
    by, account = administrator(), UserFactory()
    account.set_password(PASSWORD)
    account.save()
    first = actions.invite(account=account, by=by)

    second = actions.invite(account=account, by=by)

    account.refresh_from_db()
    assert (account.has_usable_password(), account.session_round) == (False, 2)
    with pytest.raises(ValidationError, match="mã"):
        actions.accept_invitation(account=account, code=first, password=PASSWORD, by=account)
    assert actions.accept_invitation(
        account=account, code=second.lower(), password=PASSWORD, by=account
    ).check_password(PASSWORD)


def test_accept_invitation_refuses_used_wrong_and_late_codes():
    by, account = administrator(), UserFactory()
    code = actions.invite(account=account, by=by)

    with pytest.raises(ValidationError, match="mã"):
        actions.accept_invitation(account=account, code="AAAA", password=PASSWORD, by=account)
    account.invitations.update(expires_at=calendar.now() - datetime.timedelta(seconds=1))
    with pytest.raises(ValidationError, match="mã"):
        actions.accept_invitation(account=account, code=code, password=PASSWORD, by=account)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(account=account, code=code, password=PASSWORD, by=by)


def test_accept_invitation_refuses_an_account_past_its_end():
    account = UserFactory(ends_on=calendar.today() - datetime.timedelta(days=1))
    code = actions.invite(account=account, by=administrator())

    with pytest.raises(ValidationError, match="mã"):
        actions.accept_invitation(account=account, code=code, password=PASSWORD, by=account)


@pytest.mark.parametrize("password", ["ngắn", "password1234", "Gia Lai 2026", "thidua-2026!"])
def test_change_password_refuses_what_is_easy_to_guess(password):
    account = UserFactory()

    with pytest.raises(ValidationError):
        actions.change_password(account=account, password=password, by=account)


def test_change_password_takes_a_long_sentence():
    account = UserFactory()

    assert actions.change_password(account=account, password=PASSWORD, by=account).check_password(
        PASSWORD
    )


def test_grant_gives_a_function_and_its_group():
    by, account = administrator(), UserFactory()

    mandate = actions.grant(account=account, function="editor", unit=account.unit, by=by)

    assert mandate.starts_on == calendar.today()
    assert [group.name for group in account.groups.all()] == ["editor"]
    with pytest.raises(ValidationError, match="chức năng"):
        actions.grant(account=account, function="king", unit=account.unit, by=by)
    with pytest.raises(PermissionDenied):
        actions.grant(account=by, function="editor", unit=by.unit, by=by)


@pytest.mark.parametrize("since", [0, 30])
def test_end_mandate_takes_it_away_at_once(since):
    mandate = MandateFactory(starts_on=calendar.today() - datetime.timedelta(days=since))

    actions.end_mandate(mandate=mandate, by=administrator())

    assert not Mandate.objects.valid(calendar.today()).filter(pk=mandate.pk).exists()


def test_end_mandate_and_end_account_keep_one_administrator():
    first, second = administrator(), administrator()

    actions.end_account(account=second, by=first)
    third = UserFactory(function=["administrator"])
    actions.end_mandate(mandate=third.mandates.get(), by=first)

    third.__dict__.pop("_mandates", None)
    only = administrator()
    actions.end_account(account=first, by=only)
    outsider = UserFactory(function="administrator", ends_on=None)
    actions.end_account(account=only, by=outsider)
    helper = UserFactory(function="administrator")
    outsider.is_active = False
    outsider.save()
    with pytest.raises(ValidationError, match="ít nhất một"):
        actions.end_mandate(mandate=helper.mandates.get(), by=outsider)
    with pytest.raises(ValidationError, match="ít nhất một"):
        actions.end_account(account=helper, by=outsider)


def test_end_account_of_anybody_else_is_plain():
    account = UserFactory()

    assert actions.end_account(account=account, by=administrator()).is_active is False


def test_log_out_everywhere_ends_every_session(client):
    account = UserFactory()
    client.force_login(account, backend="guong.units.backends.AccountBackend")
    assert client.get("/").status_code == 200

    actions.log_out_everywhere(account=account, by=account)

    assert client.get("/").status_code == 302


def test_seed_makes_the_tree_once_and_marks_a_demo():
    system = system_user()

    assert actions.seed(by=system) == 174
    assert actions.seed(by=system) == 0
    assert (Unit.objects.communes().count(), Field.objects.count()) == (135, 9)
    assert not Unit.objects.exclude(verified_on=None).exists()
    assert CalendarDay.objects.filter(is_working=False).exists()
    assert JournalEntry.objects.filter(verb="units.seeded").count() == 1

    actions.seed(by=system, demo=True)
    assert Unit.objects.get(code="SNV").name == "Sở Nội vụ (mẫu)"
    assert set(Unit.objects.values_list("doc_symbol", flat=True)) == {"MẪU"}
    assert not Unit.objects.communes().filter(name__contains="mẫu").exists()


def test_who_reads_and_manages_accounts():
    by, account = administrator(), UserFactory()
    others = [by, account, UserFactory(function="secretariat")]

    assert {user for user in others if user.has_perm("units.invite", account)} == {by}
    assert not by.has_perm("units.grant", None)
    assert not account.has_perm("units.change_password", None)
    from guong.units.policies import anyone_in_the_office, reads_accounts

    assert {user for user in others if reads_accounts(user, account)} == {by, account}
    assert all(anyone_in_the_office(user) for user in others)


def test_a_branch_is_the_own_unit_and_below():
    parent = UnitFactory()
    child = UnitFactory(parent=parent)
    clerk, nobody = UserFactory(unit=parent), UserFactory(unit=None)

    assert set(clerk.branch()) == {Unit.objects.get(pk=parent.pk), child}
    assert list(nobody.branch()) == []
