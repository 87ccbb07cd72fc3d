"""Public cards of recognised exemplars: drafted and signed with the decision, named by consent."""

from dataclasses import dataclass

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
    def shown_name(self) -> str:
        return self.exemplar.full_name


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


def honour_input(entry: HonourEntry) -> Input:
    """Who vouches for an honour."""
    said = [entry.roll.title, entry.exemplar.full_name, entry.citation]
    persons_of = (person(entry.entered_by), person(entry.confirmed_by))
    return Input(f"honour:{entry.pk}", digest(said), persons_of)


def pages(site: Site):
    """The list of exemplars and a page for each."""
    found = leaves(site.cards, "/guong/")
    context = {"leaf": found[0], "total": len(site.cards)}
    yield site.page("/guong/", "cards.html", context, inputs_of(found[0]))
    yield from older(site, found, "Gương đã công nhận trước")
    for one in site.cards:
        told = (story.input for story in one.stories)
        honoured = map(honour_input, one.honours)
        inputs = (one.input, *told, *honoured, *map(adoption_input, one.adoptions))
        yield site.page(one.path, "card.html", {"card": one}, inputs)


def documents(site: Site):
    """Cards as the search knows them."""
    for one in site.cards:
        exemplar = one.exemplar
        yield Document(
            path=one.path,
            title=one.shown_name,
            text=f"{exemplar.summary} {one.place} {exemplar.occupation} {exemplar.other_names}",
            kind="Điển hình",
            field=one.field,
            place=one.place,
            year=one.decision.signed_on.year,
            lead=exemplar.summary[:200],
            on=one.decision.signed_on.isoformat(),
        )
