"""What this room shows of an exemplar on pages above."""

from django.urls import reverse

from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import Verification

COLOURS = {"open": "info", "proven": "done", "not_eligible": "stop"}


def verifications(exemplar: Exemplar, reader: User) -> list[Card]:
    """The verifications of an exemplar's nominations the reader may see."""
    rows = Verification.objects.visible_to(reader).filter(nomination__exemplar=exemplar)
    return [
        Card(
            title=f"{row.verifier} xác minh",
            state_label=row.get_state_display(),
            state_kind=COLOURS[row.state],
            on=row.visited_on,
            text=row.conclusion,
            url=reverse("appraisal:detail", args=[row.pk]),
        )
        for row in rows.select_related("verifier").order_by("-pk")
    ]
