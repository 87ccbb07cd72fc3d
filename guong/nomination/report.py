"""What the achievement report says, on the screen as on paper."""

import re
from dataclasses import dataclass, field

from guong.direction.models import CriteriaSet
from guong.exemplars.models import Claim
from guong.units.papers import issuer, superior

from .models import Nomination


@dataclass(frozen=True)
class Part:
    """One numbered part of the report: its lines, its facts, and the step where it is written."""

    title: str
    step: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What the achievement report says; the page and the Word paper are both made of it."""

    issuer: str
    superior: str
    summary: str
    parts: list[Part]


def report_of(nomination: Nomination, criteria_set: CriteriaSet | None = None) -> Report:
    """The report as it stands now; `criteria_set`: by which it would be judged, while none is fixed."""
    exemplar, award = nomination.exemplar, nomination_award(nomination, criteria_set)
    home = ", ".join(filter(None, [exemplar.residence, str(exemplar.commune or "")]))
    fields = [str(exemplar.field or ""), *map(str, exemplar.other_fields.order_by("order"))]
    told = [("Tên", exemplar.full_name), ("Đối tượng", exemplar.get_kind_display())]
    told += [
        ("Năm sinh", str(exemplar.birth_year or "")),
        ("Nơi ở", home),
        ("Nghề nghiệp", exemplar.occupation),
        ("Lĩnh vực", ", ".join(filter(None, fields))),
        ("Đề nghị", award),
    ]
    deeds = lines_of(nomination.did or exemplar.summary)
    return Report(
        issuer=issuer(nomination.unit),
        superior=superior(nomination.unit),
        summary=f"Đề nghị công nhận {award.lower()}: {exemplar.full_name}",
        parts=[
            Part("Ai được đề cử", "who", facts=[pair for pair in told if pair[1]]),
            Part("Đã làm gì", "deeds", lines=deeds),
            Part("Kết quả", "deeds", claims=list(nomination.claims.order_by("pk"))),
            Part("Ai được nhờ, vì sao đáng học", "deeds", lines=lines_of(nomination.worth)),
            Part("Ảnh, giấy tờ kèm theo", "papers", lines=_evidence(nomination)),
            Part("Sự đồng ý của người được đề cử", "consent", lines=_consents(nomination)),
        ],
    )


def nomination_award(nomination: Nomination, criteria_set: CriteriaSet | None = None) -> str:
    """What it is put forward for: by its criteria, or as an exemplar."""
    found = criteria_set or nomination.criteria_set
    return found.award if found else "Điển hình tiên tiến"


def lines_of(text: str) -> list[str]:
    lines = (re.sub(r"^\s*[•·*▪–—]\s*", "- ", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _evidence(nomination: Nomination) -> list[str]:
    lying: dict[int, list[str]] = {}
    for one in nomination.answers.prefetch_related("fillings__slot__criterion"):
        for filling in one.fillings.all():
            lying.setdefault(filling.evidence_id, []).append(filling.slot.criterion.code)
    return [
        f"{piece.title} ({piece.get_kind_display().lower()}"
        + (f", tiêu chí {', '.join(lying[piece.pk])}" if piece.pk in lying else "")
        + ")"
        for piece in nomination.exemplar.evidence.order_by("pk")
    ]


def _consents(nomination: Nomination) -> list[str]:
    given = nomination.exemplar.consents.filter(withdrawn_on=None).order_by("pk")
    return [
        f"{one.signer} đồng ý «{one.get_purpose_display()}» ngày {one.given_on:%d/%m/%Y}, "
        f"{one.get_method_display().lower()}"
        for one in given
    ] or ["Chưa có giấy đồng ý; bổ sung trước khi nêu tên công khai."]
