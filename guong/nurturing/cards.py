"""What this room shows of an exemplar on pages above."""

from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import Visit


def visits(exemplar: Exemplar, reader: User) -> list[Card]:
    """The visits to an exemplar the reader may see, newest first."""
    rows = Visit.objects.visible_to(reader).filter(exemplar=exemplar).select_related("unit")
    return [
        Card(
            title=f"{row.unit} đến thăm",
            state_label=f"lần tới {row.next_on:%d/%m/%Y}" if row.next_on else "chưa hẹn",
            state_kind="info" if row.next_on else "",
            on=row.visited_on,
            text=row.found,
        )
        for row in rows.order_by("-visited_on", "-pk")
    ]
