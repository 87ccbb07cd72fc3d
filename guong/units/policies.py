"""Predicates about people that every other room composes, and who may manage accounts."""

import rules

from guong.core import files, journal


def has_function(name: str):
    """The person holds this function today, in whichever unit."""

    @rules.predicate(f"has_function:{name}")
    def holds(user):
        return user.is_authenticated and user.has_function(name)

    return holds


@rules.predicate
def is_system(user):
    """The one row that acts by the clock."""
    return user.is_authenticated and user.is_system


@rules.predicate
def is_somebody_else(user, account):
    # Four eyes: nobody hands functions to themselves.
    return account is not None and user.pk != account.pk


@rules.predicate
def is_oneself(user, account):
    return account is not None and user.pk == account.pk


@rules.predicate
def reads_accounts(user, subject):
    return user.has_function("administrator") or user == subject


@rules.predicate
def anyone_in_the_office(user, subject=None):
    """Whoever has an account; the page itself has already asked who may see the record."""
    return user.is_authenticated


is_administrator = has_function("administrator")

rules.add_perm("units.open_account", is_administrator | is_system)
rules.add_perm("units.invite", is_administrator | is_system)
rules.add_perm("units.accept_invitation", is_oneself)
rules.add_perm("units.change_password", is_oneself)
rules.add_perm("units.grant", (is_administrator & is_somebody_else) | is_system)
rules.add_perm("units.end_mandate", is_administrator & is_somebody_else)
rules.add_perm("units.end_account", is_administrator & is_somebody_else)
rules.add_perm("units.log_out_everywhere", is_oneself | is_administrator)
rules.add_perm("units.seed", is_system)
hands_out_introducing = is_administrator | has_function("secretariat")
rules.add_perm("units.grant_introducing", hands_out_introducing)
rules.add_perm("units.end_introducing", hands_out_introducing)


@rules.predicate
def looks_after(user, subject=None):
    """Who sees which person has opened what."""
    return user.has_function("inspector") or user.has_function("data_protection")


journal.register(files.OPENED, "Mở một tệp", readers=looks_after)
journal.register("units.account_opened", "Mở tài khoản", readers=reads_accounts)
journal.register("units.invited", "Cấp phiếu mời", readers=reads_accounts)
journal.register("units.invitation_accepted", "Nhận tài khoản", readers=reads_accounts)
journal.register("units.password_changed", "Đổi mật khẩu", readers=reads_accounts)
journal.register("units.granted", "Giao chức năng", readers=reads_accounts)
journal.register("units.mandate_ended", "Thôi giao chức năng", readers=reads_accounts)
journal.register("units.account_ended", "Đóng tài khoản", readers=reads_accounts)
journal.register("units.logged_out_everywhere", "Đăng xuất mọi nơi", readers=reads_accounts)
journal.register("units.introducing_granted", "Giao quyền giới thiệu", readers=anyone_in_the_office)
journal.register("units.introducing_ended", "Thôi quyền giới thiệu", readers=anyone_in_the_office)
journal.register("units.seeded", "Lập danh mục đơn vị", readers=reads_accounts)
