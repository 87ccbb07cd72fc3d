"""Several units put one exemplar forward: each head signs off, or says why not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.core.states import IllegalMove
from guong.units.models import Unit, User
from guong.units.selectors import heads_of

from ..models import Nomination, SignOff
from ..selectors import judged_by, lapsed
from ..signed import content_of, hash_of

TO_SIGN = "nomination.to_sign"


@transaction.atomic
def ask_unit(*, nomination: Nomination, unit: Unit, by: User) -> SignOff:
    """Another unit is asked to put the exemplar forward together with this one; its head is told."""
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    require(by, "nomination.ask_unit", nomination)
    if not nomination.is_with_its_unit:
        raise IllegalMove(f"{nomination}: {nomination.state}")
    if unit == nomination.unit:
        raise ValidationError({"unit": "Đây là đơn vị lập hồ sơ. Chọn đơn vị khác."})
    if not heads_of(unit):
        raise ValidationError(
            {"unit": "Đơn vị này chưa có tài khoản người đứng đầu để ký. Hỏi quản trị hệ thống."}
        )
    asked, is_new = SignOff.objects.get_or_create(
        nomination=nomination, unit=unit, defaults={"asked_by": by}
    )
    if not is_new:
        raise ValidationError({"unit": "Đơn vị này đã được mời ký."})
    journal.record("nomination.unit_asked", asked, by=by, subject=nomination.exemplar)
    _tell_heads(asked, f"{nomination.unit} mời {unit} cùng đề cử {nomination.exemplar}.", by)
    return asked


def _tell_heads(asked: SignOff, sentence: str, by: User) -> None:
    notices.tell(
        TO_SIGN,
        asked,
        sentence,
        to=heads_of(asked.unit),
        url=reverse("nomination:sign_off", args=[asked.pk]),
        by=by,
        subject=asked.nomination.exemplar,
    )


@transaction.atomic
def drop_unit(*, sign_off: SignOff, by: User) -> None:
    """The unit is no longer asked; what its head said stays in the journal."""
    sign_off = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    nomination = sign_off.nomination
    require(by, "nomination.drop_unit", nomination)
    if not nomination.is_with_its_unit:
        raise IllegalMove(f"{nomination}: {nomination.state}")
    journal.record("nomination.unit_dropped", sign_off, by=by, subject=nomination.exemplar)
    notices.settle(TO_SIGN, sign_off)
    sign_off.delete()


@transaction.atomic
def lapse(*, sign_off: SignOff, by: User) -> SignOff:
    """The dossier is not what the unit signed: its yes does not count, and its head is asked again."""
    asked = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    require(by, "nomination.lapse", asked.nomination)
    if asked not in lapsed(asked.nomination):
        raise IllegalMove(f"{asked}: the dossier is what was signed")
    old_state = asked.move_to(SignOff.State.LAPSED)
    asked.save()
    journal.record(
        "nomination.lapsed", asked, by=by, subject=asked.nomination.exemplar, old=old_state
    )
    _tell_heads(
        asked,
        f"Hồ sơ {asked.nomination.exemplar} đã đổi sau khi {asked.unit} ký; xem và ký lại.",
        by,
    )
    return asked


@transaction.atomic
def sign_off(*, sign_off: SignOff, by: User, read: str | None = None) -> SignOff:
    """The head of the unit stands for the dossier too, as it is now.

    `read`: the hash of what stood on the page; raises ValidationError when the dossier has moved on.
    """
    asked = _held(sign_off, by, "nomination.sign_off")
    content = content_of(asked.nomination, judged_by(asked.nomination))
    if read is not None and read != hash_of(content):
        raise ValidationError("Hồ sơ vừa đổi sau khi bạn mở trang này. Đọc lại rồi ký.")
    old_state = asked.move_to(SignOff.State.SIGNED)
    asked.content, asked.content_hash = content, hash_of(content)
    asked.signed_at = calendar.now()
    _said(asked, by)
    journal.record(
        "nomination.signed_off", asked, by=by, subject=asked.nomination.exemplar, old=old_state
    )
    return asked


@transaction.atomic
def decline(*, sign_off: SignOff, by: User, reason: str) -> SignOff:
    """The head of the unit does not, and says why."""
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do không đồng ý."})
    asked = _held(sign_off, by, "nomination.decline")
    old_state = asked.move_to(SignOff.State.DECLINED)
    _said(asked, by, reason)
    journal.record(
        "nomination.declined",
        asked,
        by=by,
        subject=asked.nomination.exemplar,
        text=reason,
        old=old_state,
    )
    return asked


def _held(sign_off: SignOff, by: User, permission: str) -> SignOff:
    asked = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    require(by, permission, asked)
    if not asked.nomination.is_with_its_unit:
        raise IllegalMove(f"{asked.nomination}: {asked.nomination.state}")
    return asked


def _said(asked: SignOff, by: User, reason: str = "") -> None:
    asked.said_by, asked.reason = by, reason
    asked.save()
    notices.settle(TO_SIGN, asked)
