"""What this room shows of an exemplar on pages above."""

from dataclasses import dataclass, field

from django.db.models import Q

from guong.guard.scorer import Reason
from guong.guard.superlatives import superlatives
from guong.units.models import User

from .models import Claim, Consent, Distinction, Exemplar, Hold, Judgement, Merge
from .selectors import Match, alike, duplicates_of


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
    may_describe: bool = False
    other_fields: list = field(default_factory=list)
    distinctions: list[Distinction] = field(default_factory=list)
    alike: list[Match] = field(default_factory=list)
    judged: list[Judgement] = field(default_factory=list)
    merges: list[tuple[Merge, bool]] = field(default_factory=list)


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
    may_judge = reader.has_perm("exemplars.judge", exemplar)
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
        may_describe=reader.has_perm("exemplars.describe", exemplar),
        other_fields=list(exemplar.other_fields.order_by("order")),
        distinctions=list(exemplar.distinctions.order_by("given_on", "pk")),
        alike=duplicates_of(exemplar, reader) if may_judge else [],
        judged=_judged(exemplar, reader) if may_judge else [],
        merges=[
            (merge, reader.has_perm("exemplars.undo_merge", merge))
            for merge in exemplar.merges.standing().select_related("kept", "merged", "by")
        ],
    )


def _judged(exemplar: Exemplar, reader: User) -> list[Judgement]:
    pairs = Judgement.objects.visible_to(reader).select_related("first", "second", "by")
    return list(pairs.filter(Q(first=exemplar) | Q(second=exemplar)).order_by("-on", "-pk"))


@dataclass(frozen=True)
class Line:
    """One thing two records say of themselves."""

    label: str
    ours: str
    theirs: str

    @property
    def agrees(self) -> bool:
        return self.ours == self.theirs


@dataclass(frozen=True)
class Comparison:
    """Two records side by side. `why`: what makes them look the same; `judgement`: what was said."""

    lines: list[Line]
    claims: list[tuple[str, list[ClaimCard]]]
    why: str
    judgement: Judgement | None


def comparison(ours: Exemplar, theirs: Exemplar, reader: User) -> Comparison:
    """What there is to see before somebody says whether the two are one."""
    pair = sorted((ours.pk, theirs.pk))
    found = [", ".join(why) for known, why in alike(ours) if known.pk == theirs.pk]
    return Comparison(
        lines=[Line(label, say(ours), say(theirs)) for label, say in COMPARED],
        claims=[(str(one), claim_cards(one)) for one in (ours, theirs)],
        why=found[0] if found else "",
        judgement=Judgement.objects.filter(first=pair[0], second=pair[1]).first(),
    )


COMPARED = [
    ("Mã", lambda one: one.code),
    ("Tên", lambda one: one.full_name),
    ("Tên khác", lambda one: one.other_names),
    ("Đối tượng", lambda one: one.get_kind_display()),
    ("Năm sinh", lambda one: str(one.birth_year or "")),
    ("Xã, phường", lambda one: str(one.commune or "")),
    ("Làng, thôn, tổ", lambda one: one.residence),
    ("Nghề nghiệp", lambda one: one.occupation),
    ("Lĩnh vực", lambda one: str(one.field or "")),
    ("Đơn vị giới thiệu", lambda one: str(one.unit)),
    ("Ngày giới thiệu", lambda one: f"{one.introduced_on:%d/%m/%Y}"),
    ("Tình trạng", lambda one: one.standing),
]
