"""What this room shows of an exemplar on pages above."""

from django.urls import reverse

from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import HonourEntry


def entries(exemplar: Exemplar, reader: User) -> list[Card]:
    """The honours of an exemplar the reader may see."""
    rows = HonourEntry.objects.visible_to(reader).filter(exemplar=exemplar).select_related("roll")
    return [
        Card(
            title=row.roll.title,
            state_label="Đã xác nhận" if row.confirmed_by_id else "Chờ xác nhận",
            state_kind="done" if row.confirmed_by_id else "info",
            on=row.roll.given_on,
            text=row.citation,
            url=reverse("honours:roll", args=[row.roll_id]),
        )
        for row in rows.order_by("-roll__given_on", "-pk")
    ]
