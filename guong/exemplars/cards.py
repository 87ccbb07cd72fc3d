"""What this room shows of an exemplar on pages above."""

from dataclasses import dataclass, field

from guong.guard.scorer import Reason
from guong.guard.superlatives import superlatives
from guong.units.models import User

from .models import Claim, Consent, Exemplar, Hold


@dataclass(frozen=True)
class Card:
    """One line a room offers for the life record: its state in words, its day, where it opens."""

    title: str
    state_label: str
    state_kind: str
    on: object = None
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class ClaimCard:
    """One claim with its evidence and whether it is proven."""

    claim: Claim
    is_proven: bool
    checked_by: str
    checked_on: object
    evidence: list

    @property
    def advice(self) -> list[Reason]:
        """Big words of the claim that want a figure; for whoever writes it."""
        has_figure = self.claim.after is not None
        return superlatives(self.claim.statement, has_figure=has_figure)


@dataclass(frozen=True)
class Facts:
    """The head and the side of a life record."""

    claims: list[ClaimCard]
    evidence: list
    consents: list[Consent]
    holds: list[Hold]
    may_add: bool = False
    may_write: bool = False
    may_hold: bool = False
    may_lift: bool = False
    has_identity: bool = False
    movements: list = field(default_factory=list)


def claim_cards(exemplar: Exemplar) -> list[ClaimCard]:
    """The current claims of an exemplar, each with its last check."""
    claims = exemplar.claims.current().prefetch_related("checks__evidence", "checks__by")
    return [claim_card(claim) for claim in claims.order_by("pk")]


def claim_card(claim: Claim) -> ClaimCard:
    checks = sorted(claim.checks.all(), key=lambda check: check.pk)
    last = checks[-1] if checks else None
    return ClaimCard(
        claim=claim,
        is_proven=claim.is_proven,
        checked_by=str(last.by) if last else "",
        checked_on=last.on if last else None,
        evidence=[check.evidence for check in checks if check.evidence],
    )


def facts(exemplar: Exemplar, reader: User) -> Facts:
    """Everything of this room the reader may see on the life record."""
    holds = Hold.objects.visible_to(reader).filter(exemplar=exemplar, state="placed")
    return Facts(
        claims=claim_cards(exemplar),
        evidence=list(exemplar.evidence.select_related("file").order_by("-added_at", "-pk")),
        consents=list(exemplar.consents.select_related("proof").order_by("-given_on", "-pk")),
        holds=list(holds),
        may_add=reader.has_perm("exemplars.add_evidence", exemplar),
        # One question stands for claims, consents, picture and identity: the same people write them.
        may_write=reader.has_perm("exemplars.state_claim", exemplar),
        may_hold=reader.has_perm("exemplars.place_hold", exemplar),
        may_lift=any(reader.has_perm("exemplars.lift_hold", hold) for hold in holds),
        has_identity=hasattr(exemplar, "identity"),
        movements=list(exemplar.movements.select_related("movement").order_by("pk")),
    )
