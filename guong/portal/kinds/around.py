"""Where an exemplar belongs on the portal: its commune, its field, and what is at their addresses."""

from guong.core.vietnamese import slug
from guong.exemplars.models import Exemplar
from guong.units.models import Field, Unit

PLACES, FIELDS = "/noi/", "/linh-vuc/"


def path_of_place(unit: Unit) -> str:
    # With the code: two communes may bear one name.
    return f"{PLACES}{slug(str(unit))}-{slug(unit.code)}/"


def path_of_field(subject: Field) -> str:
    return f"{FIELDS}{slug(subject.code)}/"


def commune_of(exemplar: Exemplar) -> Unit | None:
    """Where the exemplar is at home, if that is a commune at all."""
    unit = exemplar.commune or exemplar.unit
    return unit if unit.kind == Unit.Kind.COMMUNE else None


class Around:
    """What a story and a card say of their exemplar's surroundings. Needs `exemplar`."""

    exemplar: Exemplar

    @property
    def place(self) -> str:
        return str(self.exemplar.commune or self.exemplar.unit)

    @property
    def place_path(self) -> str:
        unit = commune_of(self.exemplar)
        return path_of_place(unit) if unit else ""

    @property
    def field(self) -> str:
        return str(self.exemplar.field or "")

    @property
    def field_path(self) -> str:
        return path_of_field(self.exemplar.field) if self.exemplar.field else ""
