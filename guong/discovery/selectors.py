"""What the room asks of others before it acts: places of the province, and who owns a lead."""

import datetime
import re

from django.db.models import QuerySet

from guong.core import calendar
from guong.core.vietnamese import fold
from guong.units.models import Field, Unit

from . import scoring
from .models import Keeping, PressSource, Route

BOARD = "SNV"  # where a lead goes when nothing else is known: the department the Board sits in
OF_PROVINCE = re.compile(r"tỉnh ([^(]+)", re.IGNORECASE)


def places(on: datetime.date) -> scoring.Places:
    """Every commune of the day under its name and those it had, and what the province is called."""
    communes: dict[str, str] = {}
    standing = list(Unit.objects.communes().standing(on))
    for unit in standing:
        communes |= {scoring.lowered(name): unit.name for name in unit.former_names()}
    communes |= {scoring.lowered(unit.name): unit.name for unit in standing}
    tops = Unit.objects.filter(kind__in=[Unit.Kind.PROVINCE, Unit.Kind.PROVINCIAL_PC])
    said = " ".join(f"{name}, " for unit in tops for name in (unit.name, *unit.predecessors))
    provinces = frozenset(
        scoring.lowered(name.strip(" ,"))
        for part in said.split(",")
        for name in OF_PROVINCE.findall(part)
    )
    return scoring.Places(communes, provinces)


def fields() -> QuerySet[Field]:
    """The fields of life, as forms list them."""
    return Field.objects.order_by("order", "pk")


def owner_of(where: str, field: Field | None, on: datetime.date) -> tuple[Unit, str]:
    """Which unit a lead goes to, and why in one line: its field, its commune, or all else."""
    routes = {route.key: route for route in Route.objects.select_related("unit", "field")}
    if field is not None and (found := routes.get(field.code)):
        return found.unit, f"lĩnh vực {field.name} giao cho đơn vị này"
    if commune := commune_in(where, on):
        return commune, f"việc ở {commune}"
    if found := routes.get(""):
        return found.unit, "nơi nhận mọi tin khác"
    board = Unit.objects.filter(code=BOARD).first() or Unit.objects.standing(on).first()
    return board, "không rõ xã, phường nào"


def commune_in(where: str, on: datetime.date) -> Unit | None:
    """The commune a place names: whole, or at its end («Làng Kép, Xã Ia Ly»), by any name it had."""
    communes = Unit.objects.communes().standing(on)
    said = [fold(part) for part in reversed([*where.split(","), where])]
    for part in filter(None, said):
        if found := communes.filter(search_key=part).first():
            return found
    known = places(on)
    named = scoring.score(where, known).where
    today = named[0].rpartition("nay là ")[2] if named else ""
    return communes.filter(name=today).first() if today else None


def listed_hosts() -> frozenset[str]:
    """The hosts of all listed sources, switched on or not: nothing else is ever asked for."""
    return frozenset(source.host for source in PressSource.objects.all())


def forgets_before() -> datetime.datetime:
    """Who was refused before this moment is forgotten now."""
    return calendar.now() - datetime.timedelta(days=Keeping.objects.all().days_on(calendar.today()))
