"""What this room shows of an exemplar on pages above."""

from django.urls import reverse

from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import Decision

COLOURS = {"drafted": "info", "signed": "done", "revoked": "stop"}


def decisions(exemplar: Exemplar, reader: User) -> list[Card]:
    """The decisions about an exemplar the reader may see."""
    rows = Decision.objects.visible_to(reader).filter(exemplar=exemplar)
    return [
        Card(
            title=f"{row}: {row.title}",
            state_label=row.get_state_display(),
            state_kind=COLOURS[row.state],
            on=row.signed_on,
            text=str(row.signatory or ""),
            url=reverse("recognition:detail", args=[row.pk]),
        )
        for row in rows.select_related("signatory").order_by("-pk")
    ]
