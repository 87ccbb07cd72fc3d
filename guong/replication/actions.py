"""Everything that changes the adoption ledger."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from guong.core import calendar, journal, notices
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.exemplars.models import Exemplar
from guong.units.models import Unit, User
from guong.units.selectors import holders

from .models import Adoption


@transaction.atomic
def register(
    *,
    exemplar: Exemplar,
    unit: Unit,
    by: User,
    manner: str,
    practice: str,
    in_charge: str,
    started_on: datetime.date,
    goal: str = "",
) -> Adoption:
    """The unit says that it follows this way of working; the source confirms it later."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "replication.register", unit)
    if not exemplar.is_recognised:
        raise ValidationError("Chỉ học theo điển hình đã được công nhận.")
    if exemplar.unit_id == unit.pk:
        raise ValidationError("Đây là điển hình của chính đơn vị bạn.")
    if started_on > calendar.today():
        raise ValidationError({"started_on": "Ngày bắt đầu chưa tới."})
    if Adoption.objects.exclude(state="dropped").filter(exemplar=exemplar, unit=unit).exists():
        raise ValidationError("Đơn vị bạn đã đăng ký học theo điển hình này.")
    adoption = Adoption.objects.create(
        exemplar=exemplar,
        unit=unit,
        manner=manner,
        practice=practice,
        in_charge=clean_line(in_charge),
        started_on=started_on,
        goal=goal,
        registered_by=by,
    )
    journal.record("replication.registered", adoption, by=by, subject=exemplar)
    notices.tell(
        "replication.registered",
        adoption,
        f"{unit} đăng ký học theo {exemplar}, chờ xác nhận.",
        to=holders("unit_head", of=[exemplar.unit]),
        url=reverse("replication:list"),
        subject=exemplar,
        by=by,
    )
    return adoption


@transaction.atomic
def confirm(*, adoption: Adoption, by: User) -> Adoption:
    """The source, or the Board, agrees that the unit really follows."""
    adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    require(by, "replication.confirm", adoption)
    if adoption.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    old_state = adoption.state
    if adoption.can_move_to(Adoption.State.APPLYING):
        adoption.move_to(Adoption.State.APPLYING)
    adoption.confirmed_by, adoption.confirmed_at = by, calendar.now()
    adoption.save()
    notices.settle("replication.registered", adoption)
    journal.record(
        "replication.confirmed", adoption, by=by, subject=adoption.exemplar, old=old_state
    )
    return adoption


@transaction.atomic
def report_progress(*, adoption: Adoption, by: User, state: str) -> Adoption:
    """The adopter says how it goes: effective, not effective, dropped, again."""
    adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    require(by, "replication.report_progress", adoption)
    old_state = adoption.move_to(state)
    adoption.save()
    journal.record(
        "replication.progress_reported",
        adoption,
        by=by,
        subject=adoption.exemplar,
        old=old_state,
        new=state,
    )
    return adoption
