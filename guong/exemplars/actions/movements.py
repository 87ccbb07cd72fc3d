"""Of which movement an exemplar came: said by one person, confirmed by another."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.direction.models import Movement
from guong.units.models import User

from ..models import (
    Exemplar,
    MovementEntry,
)


@transaction.atomic
def enter_movement(*, exemplar: Exemplar, movement: Movement, by: User) -> MovementEntry:
    """The exemplar is said to have come of the movement; a second person has yet to agree."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.enter_movement", exemplar)
    if movement.confirmed_by_id is None:
        raise ValidationError({"movement": "Phong trào này chưa được người thứ hai xác nhận."})
    entry, made = MovementEntry.objects.get_or_create(
        exemplar=exemplar, movement=movement, defaults={"entered_by": by}
    )
    if not made:
        raise ValidationError({"movement": "Hồ sơ này đã gắn với phong trào ấy."})
    journal.record("exemplars.movement_entered", entry, by=by, subject=exemplar)
    return entry


@transaction.atomic
def confirm_movement(*, entry: MovementEntry, by: User) -> MovementEntry:
    """A second person agrees; from here the movement's page may name the exemplar."""
    entry = MovementEntry.objects.select_for_update().select_related("exemplar").get(pk=entry.pk)
    require(by, "exemplars.confirm_movement", entry)
    if entry.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    entry.confirmed_by, entry.confirmed_at = by, calendar.now()
    entry.save()
    journal.record("exemplars.movement_confirmed", entry, by=by, subject=entry.exemplar)
    return entry
