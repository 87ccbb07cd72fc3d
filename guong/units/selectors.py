"""Who is meant by what somebody typed before they are known."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from guong.core import calendar
from guong.core.vietnamese import fold

from .models import IntroducingRight, Mandate, Unit, User


def account_named(username: str) -> User | None:
    """The account of that name, whoever asks; pages must answer the same for known and unknown."""
    return User.objects.filter(username=username.strip().lower()).first()


def under_other_names(text: str) -> list[str]:
    """The text with every renamed or merged unit it names called by its other names; folded."""
    said, found = fold(text), []
    for unit in Unit.objects.exclude(predecessors=[]):
        names = [fold(name) for name in (unit.name, *unit.former_names())]
        for name in names:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
                found += [said.replace(name, other) for other in names if other != name]
    return found


def may_introduce(unit: Unit, on=None) -> bool:
    """Whether the unit has the right to introduce exemplars on the day."""
    return IntroducingRight.objects.valid(on or calendar.today()).filter(unit=unit).exists()


def require_introducing(unit: Unit) -> None:
    """Raise ValidationError, telling what to do, where the unit has no right to introduce today."""
    if not may_introduce(unit):
        raise ValidationError(no_right(unit))


def no_right(unit: Unit) -> str:
    return (
        f"{unit} chưa được giao quyền giới thiệu điển hình, hoặc quyền đã hết hạn. "
        "Đề nghị bộ phận thường trực (Sở Nội vụ) giao quyền rồi làm tiếp."
    )


def right_ended(unit: Unit) -> str:
    """Of a unit that has begun and may not go on: since when, who gives the right back; else empty."""
    if may_introduce(unit):
        return ""
    ended = unit.introducing_rights.filter(valid_to__lt=calendar.today()).order_by("-valid_to")
    last = ended.first()
    since = f" từ sau ngày {last.valid_to:%d/%m/%Y}" if last else ""
    return (
        f"{unit} không còn quyền giới thiệu điển hình{since}. Hồ sơ vẫn giữ nguyên. Đề nghị bộ phận "
        "thường trực (Sở Nội vụ) giao lại quyền, rồi gửi."
    )


def heads_of(unit: Unit) -> list[User]:
    """Who heads this very unit today and may log in."""
    rows = Mandate.objects.valid(calendar.today()).filter(function="unit_head", unit=unit)
    found = {mandate.user_id: mandate.user for mandate in rows.select_related("user__unit")}
    return [person for person in found.values() if person.may_log_in()]


def holders(
    *functions: str, of: Iterable[Unit] | None = None, over: Unit | None = None
) -> list[User]:
    """Who holds one of the functions today and may log in.

    `of`: only those whose own unit is one of these; `over`: only whose function reaches down to it.
    """
    rows = Mandate.objects.valid(calendar.today()).filter(function__in=functions)
    if of is not None:
        rows = rows.filter(user__unit__in=of)
    found = {
        mandate.user_id: mandate.user
        for mandate in rows.select_related("user", "unit")
        if over is None or over.path.startswith(mandate.unit.path)
    }
    return [person for person in found.values() if person.may_log_in()]
