"""Every text the guard reads again: what the release shows, and what waits in the office.

Each knows the record it belongs to, who wrote it, and where an officer opens it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from guong.core.signing.places import Places
from guong.direction.models import Directive
from guong.discovery.models import Lead, Letter
from guong.exemplars.models import Claim, Exemplar
from guong.honours.models import HonourEntry
from guong.nomination.models import Nomination
from guong.publicity import content as contents
from guong.publicity.models import StoryApproval
from guong.replication.models import Adoption

from .kinds import cards, honours, stories
from .release import catalogue
from .release.pages import Input
from .site import AT_ONCE, Site

Standing = frozenset[tuple[str, str]]  # inputs of a release, as (key, hash)


@dataclass(frozen=True)
class Text:
    """One text of one record; its hash is what a verdict belongs to."""

    record: Model
    title: str
    words: str
    writers: frozenset[int]  # who may not let it pass
    url: str
    exemplar_id: int | None = None
    source: Input | None = None  # of a release

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.title}\0{self.words}".encode()).hexdigest()


def of_release(site: Site, besides: Standing = frozenset()) -> Iterator[Text]:
    """What this release says in somebody's own words, besides the inputs that are named."""
    told = [one for one in site.versions if _is_new(one.input, besides)]
    for start in range(0, len(told), AT_ONCE):
        some = told[start : start + AT_ONCE]
        rows = StoryApproval.objects.prefetch_related("authors").in_bulk([one.pk for one in some])
        yield from (story(rows[one.pk], one.input) for one in some)
    yield from (_card(card) for card in site.cards if _is_new(card.input, besides))
    rows = [
        *(_letter(row, stories.comment_input(row)) for row in chain(*site.comments.values())),
        *(_adoption(row, cards.adoption_input(row)) for row in chain(*site.adoptions.values())),
        *(_honour(row) for row in honours.entries()),
    ]
    yield from (text for text in rows if text.source and _is_new(text.source, besides))


def _is_new(source: Input, besides: Standing) -> bool:
    return (source.key, source.sha256) not in besides


def of_change(site: Site) -> Iterator[Text]:
    """What this release says that the standing one does not: its inputs are new or other ones."""
    entries = catalogue.entries(settings.HOME, Places(settings.HOME).current_number())
    standing = frozenset(
        (source["key"], source["sha256"])
        for entry in entries.values()
        for source in entry["custom"].get("inputs", [])
    )
    return of_release(site, standing)


def of_office() -> Iterator[Text]:
    """What lies in the office: stories that wait, dossiers, directives, leads and letters.

    Leads and letters the guard held at their arrival are on their own pages already.
    """
    for approval in _rows(StoryApproval.objects.filter(state=StoryApproval.State.CHECKING)):
        yield story(approval)
    drafts = Nomination.objects.exclude(state=Nomination.State.WITHDRAWN)
    for nomination in _rows(drafts.select_related("exemplar").prefetch_related("claims")):
        yield _dossier(nomination)
    for directive in _rows(Directive.objects.prefetch_related("tasks")):
        yield _directive(directive)
    for lead in _rows(Lead.objects.filter(verdict__verdict="pass")):
        yield Text(lead, str(lead), lead.words, frozenset({lead.received_by_id}),
                   reverse("discovery:detail", args=[lead.pk]), lead.exemplar_id)  # fmt: skip
    waiting = Letter.objects.waiting().filter(verdict__verdict="pass")
    yield from (_letter(letter) for letter in _rows(waiting))


def _rows(rows) -> Iterable:
    return rows.order_by("pk").iterator(chunk_size=AT_ONCE)


def story(approval: StoryApproval, source: Input | None = None) -> Text:
    """The frozen content of a story."""
    return Text(
        approval,
        approval.content["title"],
        contents.guarded(approval.content),
        frozenset(author.user_id for author in approval.authors.all()),
        reverse("publicity:detail", args=[approval.pk]),
        approval.exemplar_id,
        source,
    )


def _card(card: cards.PublicCard) -> Text:
    exemplar, decision = card.exemplar, card.decision
    claims = [one.claim.statement for one in card.claims]
    return Text(
        exemplar,
        exemplar.full_name,
        _joined(exemplar.residence, exemplar.summary, decision.title, decision.citation, *claims),
        frozenset({decision.drafted_by_id, exemplar.introduced_by_id}),
        reverse("web:life", args=[exemplar.pk]),
        exemplar.pk,
        card.input,
    )


def _letter(letter: Letter, source: Input | None = None) -> Text:
    writers = frozenset({letter.handled_by_id} - {None})
    url = reverse("discovery:letter", args=[letter.pk])
    words = _joined(letter.name, letter.text)
    return Text(letter, str(letter), words, writers, url, letter.exemplar_id, source)


def _adoption(adoption: Adoption, source: Input) -> Text:
    return Text(
        adoption,
        f"{adoption.unit} làm theo",
        _joined(adoption.practice, adoption.goal),
        frozenset({adoption.registered_by_id}),
        reverse("replication:list"),
        adoption.exemplar_id,
        source,
    )


def _honour(entry: HonourEntry) -> Text:
    return Text(
        entry,
        str(entry.exemplar),
        _joined(entry.roll.title, entry.citation),
        frozenset({entry.entered_by_id}),
        reverse("honours:list"),
        entry.exemplar_id,
        cards.honour_input(entry, entry.exemplar),
    )


def _dossier(nomination: Nomination) -> Text:
    exemplar: Exemplar = nomination.exemplar
    claims: list[Claim] = list(nomination.claims.all())
    return Text(
        nomination,
        exemplar.full_name,
        _joined(
            exemplar.residence,
            exemplar.summary,
            nomination.did,
            nomination.results,
            nomination.worth,
            *(claim.statement for claim in claims),
        ),
        frozenset({nomination.drafted_by_id, nomination.submitted_by_id} - {None}),
        reverse("nomination:detail", args=[nomination.pk]),
        exemplar.pk,
    )


def _directive(directive: Directive) -> Text:
    return Text(
        directive,
        str(directive),
        _joined(directive.summary, directive.legal_bases, *(t.text for t in directive.tasks.all())),
        frozenset({directive.registered_by_id}),
        reverse("direction:detail", args=[directive.pk]),
    )


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
