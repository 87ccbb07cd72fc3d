"""What this room shows of an exemplar on pages above."""

from django.urls import reverse
from django.utils import timezone

from guong.core import calendar
from guong.exemplars.cards import Card
from guong.exemplars.models import Exemplar
from guong.units.models import User

from .guided_forms import CHECK, unwritten
from .models import GuidedDraft, Nomination

COLOURS = {
    "draft": "",
    "submitted": "info",
    "returned": "care",
    "accepted": "done",
    "withdrawn": "stop",
}


def nominations(exemplar: Exemplar, reader: User) -> list[Card]:
    """The nominations of an exemplar the reader may see."""
    rows = Nomination.objects.visible_to(reader).filter(exemplar=exemplar).select_related("unit")
    return [
        Card(
            title=f"{row.unit} đề cử",
            state_label=row.get_state_display(),
            state_kind=COLOURS[row.state],
            on=calendar.day_of(row.state_since),
            text=row.return_reason if row.state == "returned" else "",
            url=reverse("nomination:detail", args=[row.pk]),
        )
        for row in rows.order_by("-pk")
    ]


def copyable(exemplar: Exemplar, reader: User) -> Nomination | None:
    """The last dossier the reader's own unit may begin a new one from; None while one is open."""
    rows = Nomination.objects.visible_to(reader).filter(exemplar=exemplar).order_by("-pk")
    if rows.open().exists():
        return None
    return next((row for row in rows if reader.has_perm("nomination.copy_last", row)), None)


def still_missing(draft: GuidedDraft) -> str:
    """What a draft that was not sent still wants, and who wrote in it last."""
    steps = ", ".join(step.name.lower() for step in unwritten(draft))
    state = f"Còn thiếu: {steps}" if steps else "Viết đủ các bước, chưa gửi"
    return f"{state}. {draft.kept_by} lưu lúc {timezone.localtime(draft.kept_at):%H:%M %d/%m/%Y}"


def where_to_go_on(draft: GuidedDraft) -> str:
    """The address of the first step that waits, or of the last page."""
    step = next(iter(unwritten(draft)), CHECK)
    return reverse("nomination:guided_step", args=[draft.pk, step.key])
