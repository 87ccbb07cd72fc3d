"""How a unit stands in the head and the addresses of a paper."""

from django.conf import settings

from .models import Unit


def mark() -> str:
    return " (mẫu)" if settings.IS_DEMO_HOME else ""


def province() -> str:
    return f"Ủy ban nhân dân tỉnh{mark()}"


def superior(unit: Unit) -> str:
    """What stands above the unit; nothing above the province."""
    return "" if unit.is_root() else province()


def issuer(unit: Unit) -> str:
    """Who signs for it: «Ủy ban nhân dân xã Ia Mẫu»."""
    if unit.is_root():
        return province()
    if unit.kind != Unit.Kind.COMMUNE:
        return unit.name
    return f"Ủy ban nhân dân {unit.name[:1].lower()}{unit.name[1:]}"
