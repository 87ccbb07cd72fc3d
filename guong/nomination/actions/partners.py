"""Several units put one exemplar forward: each head signs off, or says why not."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import journal
from guong.core.policies import require
from guong.core.states import IllegalMove
from guong.units.models import Unit, User

from ..models import Nomination, SignOff


@transaction.atomic
def ask_unit(*, nomination: Nomination, unit: Unit, by: User) -> SignOff:
    """Another unit is asked to put the exemplar forward together with this one."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.ask_unit", nomination)
    if not nomination.is_with_its_unit:
        raise IllegalMove(f"{nomination}: {nomination.state}")
    if unit == nomination.unit:
        raise ValidationError({"unit": "Đây là đơn vị lập hồ sơ. Chọn đơn vị khác."})
    if not User.objects.holding("unit_head").filter(mandates__unit=unit).exists():
        raise ValidationError(
            {"unit": "Đơn vị này chưa có tài khoản người đứng đầu để ký. Hỏi quản trị hệ thống."}
        )
    asked, is_new = SignOff.objects.get_or_create(
        nomination=nomination, unit=unit, defaults={"asked_by": by}
    )
    if not is_new:
        raise ValidationError({"unit": "Đơn vị này đã được mời ký."})
    journal.record("nomination.unit_asked", asked, by=by, subject=nomination.exemplar)
    return asked


@transaction.atomic
def drop_unit(*, sign_off: SignOff, by: User) -> None:
    """The unit is no longer asked; what its head said stays in the journal."""
    sign_off = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    nomination = sign_off.nomination
    require(by, "nomination.drop_unit", nomination)
    if not nomination.is_with_its_unit:
        raise IllegalMove(f"{nomination}: {nomination.state}")
    journal.record("nomination.unit_dropped", sign_off, by=by, subject=nomination.exemplar)
    sign_off.delete()


@transaction.atomic
def sign_off(*, sign_off: SignOff, by: User) -> SignOff:
    """The head of the unit stands for the dossier too."""
    return _say(sign_off, by, "nomination.sign_off", SignOff.State.SIGNED)


@transaction.atomic
def decline(*, sign_off: SignOff, by: User, reason: str) -> SignOff:
    """The head of the unit does not, and says why."""
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do không đồng ý."})
    return _say(sign_off, by, "nomination.decline", SignOff.State.DECLINED, reason)


def _say(asked: SignOff, by: User, permission: str, state: str, reason: str = "") -> SignOff:
    asked = SignOff.objects.select_for_update().get(pk=asked.pk)
    require(by, permission, asked)
    if not asked.nomination.is_with_its_unit:
        raise IllegalMove(f"{asked.nomination}: {asked.nomination.state}")
    old_state = asked.move_to(state)
    asked.said_by, asked.reason = by, reason
    asked.save()
    journal.record(
        "nomination.signed_off" if state == SignOff.State.SIGNED else "nomination.declined",
        asked,
        by=by,
        subject=asked.nomination.exemplar,
        text=reason,
        old=old_state,
    )
    return asked
