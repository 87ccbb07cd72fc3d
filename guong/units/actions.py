"""Everything that changes units, accounts and mandates."""

import csv
import datetime
import hashlib
import secrets
from pathlib import Path

import holidays
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.models import CalendarDay
from guong.core.policies import require
from guong.core.vietnamese import clean_line, fold, nfc, sort_key

from .models import Field, IntroducingRight, Invitation, Mandate, Unit, User

DATA = Path(__file__).parent / "data"
FROM_THE_FIRST_DAY = "Có từ ngày cài đặt, chưa ghi văn bản"
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: it is typed from paper
INVITATION_DAYS = 14
# Ordinary words of the places this office serves: a password must not be one of them.
COMMON_WORDS = ("gialai", "pleiku", "quynhon", "thidua", "khenthuong", "guong")


def _code_hash(code: str) -> str:
    """The stored form of a one-time code; blanks, hyphens and case do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _check_password(password: str, user: User) -> None:
    """Raise ValidationError in Vietnamese when the password is too easy to guess."""
    validate_password(password, user)
    squeezed = fold(password).replace(" ", "")
    if any(word in squeezed and len(squeezed) < len(word) + 8 for word in COMMON_WORDS):
        raise ValidationError("Mật khẩu dựa trên một từ dễ đoán. Thêm vài từ khác.")


@transaction.atomic
def open_account(
    *, by: User, username: str, full_name: str, unit: Unit, email: str = "", ends_on=None
) -> User:
    """An account stands, without a password: the slip of `invite` opens it."""
    require(by, "units.open_account")
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise ValidationError({"username": "Tên tài khoản này đã có người dùng."})
    account = User(
        username=username, full_name=clean_line(full_name), unit=unit, email=email, ends_on=ends_on
    )
    account.set_unusable_password()
    account.save()
    journal.record("units.account_opened", account, by=by, subject=account)
    return account


@transaction.atomic
def invite(*, account: User, by: User) -> str:
    """Give the person a one-time code for a first or new password; older slips stop working."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require(by, "units.invite", account)
    account.invitations.filter(used_at=None).update(used_at=calendar.now())
    groups = ["".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(4)]
    code = "-".join(groups)
    invitation = Invitation.objects.create(
        user=account,
        code_hash=_code_hash(code),
        made_by=by,
        expires_at=calendar.now() + datetime.timedelta(days=INVITATION_DAYS),
    )
    account.set_unusable_password()
    account.session_round += 1  # whoever holds the old password is out at once
    account.save()
    journal.record("units.invited", invitation, by=by, subject=account)
    return code


@transaction.atomic
def accept_invitation(*, account: User, code: str, password: str, by: User) -> User:
    """The person of the slip has set a password; the code is used up."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require(by, "units.accept_invitation", account)
    invitation = account.invitations.filter(code_hash=_code_hash(code)).last()
    if invitation is None or not invitation.is_open or not account.may_log_in():
        raise ValidationError(
            {
                "code": "Tên tài khoản hoặc mã trên phiếu không đúng, hoặc mã đã "
                "hết hạn. Xin phiếu mới của quản trị."
            }
        )
    _check_password(password, account)
    account.set_password(password)
    account.save()
    invitation.used_at = calendar.now()
    invitation.save()
    journal.record("units.invitation_accepted", invitation, by=by, subject=account)
    return account


@transaction.atomic
def change_password(*, account: User, password: str, by: User) -> User:
    """The person has a new password; other sessions end."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require(by, "units.change_password", account)
    _check_password(password, account)
    account.set_password(password)
    account.save()
    journal.record("units.password_changed", account, by=by, subject=account)
    return account


@transaction.atomic
def grant(
    *, account: User, function: str, unit: Unit, by: User, starts_on=None, ends_on=None
) -> Mandate:
    """The person holds the function in the unit for the time."""
    require(by, "units.grant", account)
    if function not in Mandate.Function:
        raise ValidationError({"function": "Không có chức năng này."})
    mandate = Mandate.objects.create(
        user=account,
        function=function,
        unit=unit,
        starts_on=starts_on or calendar.today(),
        ends_on=ends_on,
        granted_by=by,
    )
    # Wagtail asks groups; publicity says what the group of a function may do in the newsroom.
    account.groups.add(Group.objects.get_or_create(name=function)[0])
    journal.record("units.granted", mandate, by=by, subject=account, function=function)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: User) -> Mandate:
    """The function is no longer held from today on."""
    mandate = Mandate.objects.select_for_update().select_related("user").get(pk=mandate.pk)
    require(by, "units.end_mandate", mandate.user)
    _keep_one_administrator(mandate.user, mandate)
    yesterday = calendar.today() - datetime.timedelta(days=1)
    if mandate.starts_on > yesterday:
        mandate.starts_on = yesterday  # given by mistake today: it must not count at all
    mandate.ends_on = yesterday
    mandate.save()
    journal.record("units.mandate_ended", mandate, by=by, subject=mandate.user)
    return mandate


@transaction.atomic
def end_account(*, account: User, by: User) -> User:
    """The person can no longer log in; every session ends."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require(by, "units.end_account", account)
    if account.has_function("administrator"):
        _keep_one_administrator(account)
    account.is_active = False
    account.session_round += 1
    account.save()
    journal.record("units.account_ended", account, by=by, subject=account)
    return account


def _keep_one_administrator(account: User, mandate: Mandate | None = None) -> None:
    if mandate is not None and mandate.function != "administrator":
        return
    others = User.objects.filter(is_active=True).holding("administrator").exclude(pk=account.pk)
    if not others.exists():
        raise ValidationError("Phải còn ít nhất một quản trị hệ thống.")


@transaction.atomic
def log_out_everywhere(*, account: User, by: User) -> User:
    """Every session of the account has ended."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require(by, "units.log_out_everywhere", account)
    account.session_round += 1
    account.save()
    journal.record("units.logged_out_everywhere", account, by=by, subject=account)
    return account


@transaction.atomic
def seed(*, by: User, demo: bool = False) -> int:
    """The province's tree, fields and holidays stand, all marked unverified; return the units made.

    Running it again adds what is missing and changes nothing. `demo` marks bodies «(mẫu)».
    """
    require(by, "units.seed")
    made = _seed_units()
    if demo:
        _mark_as_demo()
    for order, (code, name) in enumerate(_rows("fields.csv")):
        Field.objects.get_or_create(code=code, defaults={"name": name, "order": order})
    _seed_holidays(calendar.today().year)
    if made:
        journal.record("units.seeded", Unit.objects.get(code="TINH"), by=by, made=made)
    return made


def _mark_as_demo() -> None:
    # Sample data must never look like the real body's: communes alone keep their names.
    bodies = Unit.objects.exclude(kind__in=["commune", "province"])
    for unit in bodies.exclude(name__endswith=" (mẫu)"):
        unit.name += " (mẫu)"
        unit.search_key, unit.sort_key = fold(unit.name), sort_key(unit.name, unit.name)
        unit.save()
    Unit.objects.update(doc_symbol="MẪU")


def _rows(name: str):
    with (DATA / name).open(encoding="utf-8") as file:
        yield from list(csv.reader(file))[1:]


def _seed_units() -> int:
    known = {unit.code: unit for unit in Unit.objects.all()}
    made = 0

    def add(code, name, kind, parent=None, **more):
        nonlocal made
        if code not in known:
            name = nfc(name)
            fields = {"search_key": fold(name), "sort_key": sort_key(name, name)}
            fields |= {"code": code, "name": name, "kind": kind} | more
            above = known.get(parent)
            # Read again: treebeard keeps the number of children on the object in hand.
            known[code] = (
                Unit.objects.get(pk=above.pk).add_child(**fields)
                if above
                else Unit.add_root(**fields)
            )
            made += 1
            new.append(known[code])

    new: list[Unit] = []
    add("TINH", "Tỉnh Gia Lai", "province", source="units/data")
    for code, name, kind, doc_symbol, parent, predecessors, _note in _rows("agencies.csv"):
        add(
            code,
            name,
            kind,
            parent or "TINH",
            doc_symbol=doc_symbol,
            predecessors=[part for part in predecessors.split("|") if part],
            source="units/data/agencies.csv",
        )
    tiles = {row[0]: row[2:4] for row in _rows("tiles.csv")}
    for code, name, _kind in _rows("communes.csv"):
        column, line = tiles.get(code, (None, None))
        add(
            code,
            name,
            "commune",
            "UBND",
            doc_symbol="UBND",
            valid_from=datetime.date(2025, 7, 1),
            source="units/data/communes.csv",
            tile_column=column,
            tile_row=line,
        )
    # A new home begins with everybody introducing; the Board takes the right back where it sees fit.
    IntroducingRight.objects.bulk_create(
        IntroducingRight(unit=unit, basis=FROM_THE_FIRST_DAY) for unit in new
    )
    return made


def _seed_holidays(year: int) -> None:
    days = holidays.country_holidays("VN", years=range(year - 2, year + 3), language="vi")
    for day, name in days.items():
        CalendarDay.objects.get_or_create(
            day=day, defaults={"name": name[:120], "source": "thư viện holidays"}
        )


# --- Who may introduce ---------------------------------------------------------
@transaction.atomic
def grant_introducing(
    *,
    unit: Unit,
    basis: str,
    by: User,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> IntroducingRight:
    """The unit may introduce exemplars on these days, by this document."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    require(by, "units.grant_introducing", unit)
    if not basis.strip():
        raise ValidationError({"basis": "Chưa ghi văn bản làm căn cứ."})
    if valid_from and valid_to and valid_to < valid_from:
        raise ValidationError({"valid_to": "Ngày hết hạn phải sau ngày bắt đầu."})
    if unit.introducing_rights.meeting(valid_from, valid_to).exists():
        raise ValidationError(
            "Đơn vị đã có quyền trong những ngày này. Thôi quyền cũ trước, rồi giao lại."
        )
    right = IntroducingRight.objects.create(
        unit=unit, basis=clean_line(basis), valid_from=valid_from, valid_to=valid_to, granted_by=by
    )
    journal.record("units.introducing_granted", right, by=by, subject=unit)
    return right


@transaction.atomic
def end_introducing(*, right: IntroducingRight, by: User) -> IntroducingRight:
    """From today the unit introduces nobody by this right; what it has introduced stays."""
    right = IntroducingRight.objects.select_for_update(of=("self",)).get(pk=right.pk)
    require(by, "units.end_introducing", right)
    yesterday = calendar.today() - datetime.timedelta(days=1)
    if right.valid_to is not None and right.valid_to <= yesterday:
        raise ValidationError("Quyền này đã hết hạn rồi.")
    right.valid_from = (
        min(filter(None, [right.valid_from, yesterday])) if right.valid_from else None
    )
    right.valid_to, right.ended_by = yesterday, by
    right.save()
    journal.record("units.introducing_ended", right, by=by, subject=right.unit)
    return right
