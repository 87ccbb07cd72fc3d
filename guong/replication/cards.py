"""What this room shows of an exemplar on pages above."""

from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import Adoption

COLOURS = {
    "registered": "info",
    "applying": "info",
    "effective": "done",
    "not_effective": "care",
    "dropped": "stop",
}


def adoptions(exemplar: Exemplar, reader: User) -> list[Card]:
    """Who follows the exemplar, as far as the reader may see."""
    rows = Adoption.objects.visible_to(reader).filter(exemplar=exemplar).select_related("unit")
    return [
        Card(
            title=str(row.unit),
            state_label=row.get_state_display(),
            state_kind=COLOURS[row.state],
            on=row.started_on,
            text=f"{row.get_manner_display()}: {row.practice}",
        )
        for row in rows.order_by("started_on", "pk")
    ]
