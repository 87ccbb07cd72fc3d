"""Answers to whoever introduced somebody: found by the code they took home, listed nowhere.

The list of all addresses of a release is public, so anybody can open such a page: it names nobody who
is not on the portal anyway, neither the code nor the introducer ever. What the address is made of, see
`dropbox.codes.answer_path`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from guong.core import calendar
from guong.discovery.models import ANSWERED_WITHIN, Lead, LeadAnswer
from guong.dropbox.codes import ANSWERS

from ..release.pages import Input
from ..site import AT_ONCE, Site, digest, person
from .fixed import NOINDEX

MOST_WAITING = 2000  # pages of leads nobody has answered: anybody can send leads


@dataclass(frozen=True)
class Fruit:
    """What the lead led to, as far as the portal tells of it."""

    words: str
    path: str


@dataclass(frozen=True)
class Told:
    """What the giver of one lead can read."""

    received_on: date
    due_on: date
    text: str
    answered_at: datetime | None
    fruits: list[Fruit]


def input_of(answer: LeadAnswer) -> Input:
    """Who wrote an answer and who confirmed it."""
    persons = (person(answer.written_by), person(answer.confirmed_by))
    return Input(f"answer:{answer.pk}", digest(answer.text), persons)


def pages(site: Site):
    """The page where a code is typed in, the shell it is answered in, and a page for each lead."""
    context = {"days": ANSWERED_WITHIN}
    yield site.page(ANSWERS, "lookup.html", context)
    yield site.page("/gui/tra-loi/shell.html", "lookup.html", context, headers=(NOINDEX,))
    by_exemplar = {one.exemplar.pk: one for one in site.cards}
    for lead in leads():
        yield _page(site, lead, by_exemplar.get(lead.exemplar_id))


def leads() -> list[Lead]:
    """Every answered lead; of those that wait the ones promised soonest, up to a number."""
    confirmed = LeadAnswer.objects.public().select_related("written_by", "confirmed_by")
    rows = Lead.objects.public().prefetch_related(
        Prefetch("answers", confirmed.order_by("-confirmed_at", "-pk"))
    )
    answered = rows.filter(answers__confirmed_by__isnull=False).distinct()
    return [*_all(answered), *rows.exclude(pk__in=answered).order_by("pk")[:MOST_WAITING]]


def _all(rows: QuerySet) -> list[Lead]:
    return list(rows.order_by("pk").iterator(chunk_size=AT_ONCE))


def _page(site: Site, lead: Lead, card):
    answer = next(iter(lead.answers.all()), None)
    stories = card.stories if card else []
    told = Told(
        received_on=calendar.day_of(lead.received_at),
        due_on=lead.answer_due_on,
        text=answer.text if answer else "",
        answered_at=answer.confirmed_at if answer else None,
        fruits=_fruits(card),
    )
    inputs = [input_of(answer)] if answer else []
    inputs += [card.input] if card else []
    inputs += [story.input for story in stories]
    return site.page(
        lead.answer_path, "answer.html", {"told": told}, tuple(inputs), headers=(NOINDEX,)
    )


def _fruits(card) -> list[Fruit]:
    if card is None:
        return []
    decided = f"{card.shown_name}: {card.decision.title}, ngày {card.decision.signed_on:%d/%m/%Y}"
    return [
        Fruit(decided, card.path),
        *(Fruit(f"Chuyện kể: {story.title}", story.path) for story in card.stories),
    ]
