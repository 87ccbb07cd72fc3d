"""Everything that changes which unit owns which leads."""

from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.units.models import Field, Unit, User

from ..models import Route


@transaction.atomic
def set_route(*, by: User, field: Field | None, unit: Unit) -> Route:
    """New leads of the field (of none in particular: all others) go to this unit from now on."""
    require(by, "discovery.set_route")
    route, _ = Route.objects.update_or_create(
        key=field.code if field else "",
        defaults={"field": field, "unit": unit, "set_by": by, "set_at": calendar.now()},
    )
    journal.record("discovery.route_set", route, by=by, unit=journal.ref(unit))
    return route


@transaction.atomic
def remove_route(*, route: Route, by: User) -> None:
    """The field has no unit of its own any more: the commune owns its leads again."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    require(by, "discovery.remove_route", route)
    journal.record("discovery.route_removed", route, by=by, unit=journal.ref(route.unit))
    route.delete()
