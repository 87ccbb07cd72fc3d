"""What a decision on paper says, found by the code printed on it: whether it stands, since when."""

from dataclasses import dataclass

from guong.recognition.models import Decision

from ..release.pages import Input
from ..site import AT_ONCE, Site, digest, person
from .fixed import NOINDEX


@dataclass(frozen=True)
class Certificate:
    """One decision as whoever holds the paper can check it; a name only where there is a card."""

    decision: Decision
    name: str
    path_of_card: str

    @property
    def is_revoked(self) -> bool:
        return self.decision.state == Decision.State.REVOKED


def inputs_of(decision: Decision) -> tuple[Input, ...]:
    """Drafter and signatory stand for the decision, two more persons for its end."""
    said = [decision.number_sign, str(decision.signed_on), decision.title, str(decision.issuer)]
    signed = Input(
        f"decision:{decision.pk}",
        digest([*said, str(decision.signatory)]),
        (person(decision.drafted_by), person(decision.signatory)),
    )
    if decision.state != Decision.State.REVOKED:
        return (signed,)
    persons = (person(decision.revoked_by), person(decision.revocation_confirmed_by))
    revoked = Input(f"revocation:{decision.pk}", digest(str(decision.revoked_on)), persons)
    return signed, revoked


def pages(site: Site):
    """The shell in which a code is answered, and a page for each decision."""
    yield site.page("/gui/kiem-tra/shell.html", "check.html", {}, headers=(NOINDEX,))
    by_exemplar = {one.exemplar.pk: one for one in site.cards}
    rows = Decision.objects.public().select_related(
        "issuer", "signatory", "drafted_by", "revoked_by", "revocation_confirmed_by"
    )
    for decision in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield _page(site, decision, by_exemplar.get(decision.exemplar_id))


def _page(site: Site, decision: Decision, card):
    inputs = inputs_of(decision)
    if card is None or decision.state == Decision.State.REVOKED:
        told = Certificate(decision, "", "")
    else:
        told = Certificate(decision, card.shown_name, card.path)
        inputs = (*inputs, card.input)
    context = {"told": told}
    return site.page(decision.check_path, "certificate.html", context, inputs, headers=(NOINDEX,))
