"""Public cards of recognised exemplars: drafted and signed with the decision, named by consent."""

from dataclasses import dataclass
from datetime import date

from guong.exemplars.cards import ClaimCard
from guong.exemplars.models import Exemplar
from guong.honours.models import HonourEntry
from guong.recognition.models import Decision
from guong.replication.models import Adoption

from ..release.pages import Input
from ..searchfile import Document
from ..site import AT_ONCE, Site, digest, person
from .around import Around
from .paging import inputs_of, leaves, older


@dataclass(frozen=True)
class Event:
    """One dated thing of an exemplar's public life."""

    on: date
    words: str
    path: str = ""


@dataclass(frozen=True)
class PublicCard(Around):
    """What the public may know of an exemplar without a story."""

    path: str
    exemplar: Exemplar
    decision: Decision
    claims: list[ClaimCard]
    honours: list[HonourEntry]
    adoptions: list[Adoption]
    stories: list
    input: Input

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Who stands for the card."""
        return (self.input,)

    @property
    def shown_name(self) -> str:
        return self.exemplar.full_name

    @property
    def timeline(self) -> list[Event]:
        """Everything dated the public may know, the earliest first."""
        signed, told = self.decision, self.stories
        events = [
            Event(self.exemplar.introduced_on, f"{self.exemplar.unit} giới thiệu"),
            Event(signed.signed_on, f"{signed.title}, Quyết định {signed.number_sign}"),
            *(Event(one.released_on, f"Chuyện kể: {one.title}", one.path) for one in told),
            *(Event(row.roll.given_on, str(row.roll)) for row in self.honours),
            *(Event(row.started_on, f"{row.unit} làm theo") for row in self.adoptions),
        ]
        return sorted(events, key=lambda event: event.on)


def path_of(exemplar: Exemplar) -> str:
    return f"/guong/{exemplar.code.lower()}/"


def standing(site: Site) -> list[PublicCard]:
    """Every public card, the newest decision first."""
    stories: dict[int, list] = {}
    for story in site.stories:
        stories.setdefault(story.exemplar.pk, []).append(story)
    rows = (
        Exemplar.objects.public()
        .select_related("commune", "unit", "field")
        .prefetch_related("decisions__signatory", "decisions__drafted_by", "decisions__issuer")
        .order_by("pk")
    )
    found = [
        card(row, stories.get(row.pk, []), site)
        for row in rows.iterator(chunk_size=AT_ONCE)
        if not row.is_minor
    ]
    return sorted(found, key=lambda one: (one.decision.signed_on, one.exemplar.pk), reverse=True)


def card(exemplar: Exemplar, stories: list, site: Site) -> PublicCard:
    """One public card with the decision behind it."""
    decision = decision_of(exemplar)
    claims = site.claims.get(exemplar.pk, [])
    return PublicCard(
        path=path_of(exemplar),
        exemplar=exemplar,
        decision=decision,
        claims=claims,
        honours=site.honours.get(exemplar.pk, []),
        adoptions=site.adoptions.get(exemplar.pk, []),
        stories=stories,
        input=Input(
            f"card:{exemplar.code}",
            digest(_said(exemplar, decision, claims)),
            (person(decision.drafted_by), person(decision.signatory)),
        ),
    )


def decision_of(exemplar: Exemplar) -> Decision:
    """The last signed decision; a public exemplar has one."""
    signed = [row for row in exemplar.decisions.all() if row.state == Decision.State.SIGNED]
    return max(signed, key=lambda row: (row.signed_on, row.pk))


def claims_input(exemplar: Exemplar, claims: list[ClaimCard]) -> tuple[Input, ...]:
    """Who stands for the achievements shown beside a story: drafter and signatory of the decision."""
    if not claims:
        return ()
    decision = decision_of(exemplar)
    persons_of = (person(decision.drafted_by), person(decision.signatory))
    return (Input(f"claims:{exemplar.code}", digest([*map(_of_claim, claims)]), persons_of),)


def _of_claim(card: ClaimCard) -> list:
    claim, on = card.claim, card.checked_on
    figures = [str(claim.before), str(claim.after), claim.measure]
    return [claim.statement, *figures, card.is_proven, on and on.isoformat()]


def _said(exemplar: Exemplar, decision: Decision, claims: list[ClaimCard]) -> list:
    return [
        exemplar.full_name,
        exemplar.residence,
        decision.number_sign,
        decision.title,
        decision.citation,
        exemplar.summary,
        [*map(_of_claim, claims)],
    ]


def adoption_input(adoption: Adoption) -> Input:
    """Who says that a unit has followed, and who has confirmed it."""
    said = [str(adoption.unit), adoption.state, adoption.started_on.isoformat()]
    persons_of = (person(adoption.registered_by), person(adoption.confirmed_by))
    return Input(f"adoption:{adoption.pk}", digest(said), persons_of)


def honour_input(entry: HonourEntry, exemplar: Exemplar) -> Input:
    """Who has entered an honour, and who has confirmed it."""
    said = [entry.roll.title, exemplar.full_name, entry.citation]
    persons_of = (person(entry.entered_by), person(entry.confirmed_by))
    return Input(f"honour:{entry.pk}", digest(said), persons_of)


def pages(site: Site):
    """The list of exemplars and a page for each."""
    found = leaves(site.cards, "/guong/")
    context = {"leaf": found[0], "total": len(site.cards)}
    yield site.page("/guong/", "cards.html", context, inputs_of(found[0]))
    yield from older(site, found, "Gương đã công nhận trước")
    for one in site.cards:
        inputs = (
            one.input,
            *(story.input for story in one.stories),
            *(honour_input(entry, one.exemplar) for entry in one.honours),
            *map(adoption_input, one.adoptions),
        )
        yield site.page(one.path, "card.html", {"card": one}, inputs)


def documents(site: Site):
    """Cards as the search knows them."""
    for one in site.cards:
        exemplar = one.exemplar
        yield Document(
            path=one.path,
            title=one.shown_name,
            names=exemplar.other_names,
            text=" ".join(
                (
                    exemplar.summary,
                    one.place,
                    exemplar.occupation,
                    exemplar.code,
                    one.decision.number_sign,
                )
            ),
            kind="Điển hình",
            field=one.field,
            place=one.place,
            year=one.decision.signed_on.year,
            lead=exemplar.summary[:200],
            on=one.decision.signed_on.isoformat(),
        )
