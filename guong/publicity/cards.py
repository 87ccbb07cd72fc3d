"""What this room shows of an exemplar on pages above."""

from django.urls import reverse

from guong.core import calendar
from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import StoryApproval

COLOURS = {"writing": "", "checking": "info", "approved": "done", "withdrawn": "stop"}


def stories(exemplar: Exemplar, reader: User) -> list[Card]:
    """The stories about an exemplar that the reader may see."""
    rows = StoryApproval.objects.visible_to(reader).filter(exemplar=exemplar)
    return [
        Card(
            title=str(row),
            state_label=row.get_state_display(),
            state_kind=COLOURS[row.state],
            on=row.released_on or (row.approved_at and calendar.day_of(row.approved_at)),
            text="Trên cổng" if row.released_on and row.state == "approved" else "",
            url=reverse("publicity:detail", args=[row.pk]),
        )
        for row in rows.select_related("page").order_by("-pk")
    ]
