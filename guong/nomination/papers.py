"""The papers of a dossier: achievement report, submission, list, consent form; on screen the same."""

import re
from dataclasses import dataclass, field

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Letterhead, Paper, Table, write_docx
from guong.exemplars.models import Claim, Consent
from guong.units.models import Unit
from guong.units.papers import issuer, mark, province, superior

from .models import GuidedDraft, Nomination, SignOff
from .selectors import completeness

PLACE = "Gia Lai"
BOARD = "Sở Nội vụ"


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


def report_of(nomination: Nomination) -> Report:
    """The report as it stands now."""
    exemplar = nomination.exemplar
    home = ", ".join(filter(None, [exemplar.residence, str(exemplar.commune or "")]))
    fields = [str(exemplar.field or ""), *map(str, exemplar.other_fields.order_by("order"))]
    told = [("Tên", exemplar.full_name), ("Đối tượng", exemplar.get_kind_display())]
    told += [
        ("Năm sinh", str(exemplar.birth_year or "")),
        ("Nơi ở", home),
        ("Nghề nghiệp", exemplar.occupation),
        ("Lĩnh vực", ", ".join(filter(None, fields))),
        ("Đề nghị", nomination_award(nomination)),
    ]
    deeds = _lines(nomination.did or exemplar.summary)
    return Report(
        issuer=issuer(nomination.unit),
        superior=superior(nomination.unit),
        summary=f"Đề nghị công nhận {nomination_award(nomination).lower()}: {exemplar.full_name}",
        parts=[
            Part("Ai được đề cử", "who", facts=[pair for pair in told if pair[1]]),
            Part("Đã làm gì", "deeds", lines=deeds),
            Part("Kết quả", "deeds", claims=list(nomination.claims.order_by("pk"))),
            Part("Ai được nhờ, vì sao đáng học", "deeds", lines=_lines(nomination.worth)),
            Part("Ảnh, giấy tờ kèm theo", "papers", lines=_evidence(nomination)),
            Part("Sự đồng ý của người được đề cử", "consent", lines=_consents(nomination)),
        ],
    )


def nomination_award(nomination: Nomination) -> str:
    """What it is put forward for: by its criteria, or as an exemplar."""
    return nomination.criteria_set.award if nomination.criteria_set else "Điển hình tiên tiến"


def _lines(text: str) -> list[str]:
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


# --- Bodies -----------------------------------------------------------------------
def _head(unit: Unit, kind: str) -> Letterhead:
    return Letterhead(
        superior=superior(unit),
        issuer=issuer(unit),
        number_sign=f"…/{kind}-{unit.doc_symbol}" if unit.doc_symbol else f"…/{kind}",
        place=PLACE,
        on=calendar.today(),
    )


def _signer(unit: Unit) -> str:
    if unit.kind == Unit.Kind.COMMUNE:
        return "TM. Ủy ban nhân dân\nChủ tịch"
    return "Thủ trưởng đơn vị"


# --- Papers -------------------------------------------------------------------------
def report_docx(nomination: Nomination) -> bytes:
    """The achievement report."""
    report, unit = report_of(nomination), nomination.unit
    body: list[str | Table] = []
    for number, part in enumerate([one for one in report.parts if _says(one)]):
        body.append(f"# {ROMAN[number]}. {part.title.upper()}")
        body += [f"{name}: {value}." for name, value in part.facts]
        body += part.lines
        if part.claims:
            body.append(_claims(part.claims))
    answered = [one for one in completeness(nomination).criteria if one.answer]
    if answered:
        body.append(f"# {ROMAN[sum(map(_says, report.parts))]}. TIÊU CHÍ")
        body.append(_criteria(answered))
    body += _together(nomination)
    return write_docx(
        Paper(
            head=_head(unit, "BC"),
            kind="Báo cáo thành tích",
            summary=report.summary,
            body=body,
            signer_title=_signer(unit),
            receivers=[BOARD + mark()],
            is_demo=settings.IS_DEMO_HOME,
        )
    )


ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]


def _says(part: Part) -> bool:
    return bool(part.facts or part.lines or part.claims)


def _claims(claims: list[Claim]) -> Table:
    if all(claim.after is None for claim in claims):
        rows = [[number, claim.statement] for number, claim in enumerate(claims, start=1)]
        return Table(["STT", "Kết quả"], rows, [13, 152])
    rows = [
        [number, claim.statement, claim.before, claim.after, claim.measure]
        for number, claim in enumerate(claims, start=1)
    ]
    titles = ["STT", "Kết quả", "Trước", "Sau", "Đơn vị tính"]
    return Table(titles, rows, [13, 81, 21, 21, 29], numeric=(2, 3))


def _criteria(answered: list) -> Table:
    rows = [
        [
            one.criterion.code,
            one.criterion.text,
            one.answer.words or ", ".join(p.title for slot in one.slots for p in slot.evidence),
        ]
        for one in answered
    ]
    return Table(["Mã", "Tiêu chí", "Đáp ứng thế nào, minh chứng"], rows, [14, 76, 75])


def _together(nomination: Nomination) -> list[str | Table]:
    """The units that put it forward together, and what their heads said."""
    asked = list(nomination.sign_offs.select_related("unit", "said_by").order_by("pk"))
    if not asked:
        return []
    rows = [
        [
            one.unit.name,
            one.get_state_display() + (f": {one.reason}" if one.reason else ""),
            str(one.said_by or ""),
            calendar.day_of(one.state_since) if one.state != SignOff.State.ASKED else None,
        ]
        for one in asked
    ]
    titles = ["Đơn vị cùng đề cử", "Ý kiến", "Người ký", "Ngày"]
    return ["# ĐƠN VỊ CÙNG ĐỀ CỬ", Table(titles, rows, [54, 50, 36, 25])]


def submission_docx(nomination: Nomination) -> bytes:
    """The submission («tờ trình») with its list of one."""
    unit, exemplar = nomination.unit, nomination.exemplar
    award = nomination_award(nomination).lower()
    together = [one.unit.name for one in nomination.sign_offs.select_related("unit")]
    with_whom = f" Cùng đề cử: {', '.join(together)}." if together else ""
    return write_docx(
        Paper(
            head=_head(unit, "TTr"),
            kind="Tờ trình",
            summary=f"Về việc đề nghị công nhận {award}",
            to=[province(), BOARD + mark()],
            body=[
                f"Qua phát hiện, theo dõi và lấy ý kiến nơi người được đề cử sống và làm việc, "
                f"{issuer(unit)} đề nghị công nhận {exemplar.get_kind_display().lower()} "
                f"{exemplar.full_name} là {award}.{with_whom}",
                "# DANH SÁCH ĐỀ NGHỊ:",
                _listed([nomination]),
                f"Kèm theo: báo cáo thành tích, minh chứng (mã hồ sơ {exemplar.code}).",
                f"{issuer(unit)} kính trình xem xét, quyết định.",
            ],
            signer_title=_signer(unit),
            receivers=["Như trên"],
            is_demo=settings.IS_DEMO_HOME,
        )
    )


def list_docx(unit: Unit, nominations: list[Nomination]) -> bytes:
    """Everybody the unit has put forward this year."""
    year = calendar.today().year
    return write_docx(
        Paper(
            head=_head(unit, "DS"),
            kind="Danh sách",
            summary=f"Đề nghị công nhận điển hình tiên tiến năm {year}",
            body=[
                _listed(nominations)
                if nominations
                else f"Năm {year} đơn vị chưa gửi hồ sơ đề cử nào.",
                f"Danh sách này có {len(nominations)} hồ sơ.",
            ],
            signer_title=_signer(unit),
            receivers=[BOARD + mark()],
            is_demo=settings.IS_DEMO_HOME,
        )
    )


def _listed(nominations: list[Nomination]) -> Table:
    rows = [
        [
            number,
            row.exemplar.full_name,
            ", ".join(filter(None, [row.exemplar.residence, str(row.exemplar.commune or "")])),
            "; ".join(claim.statement for claim in row.claims.all()),
            nomination_award(row),
        ]
        for number, row in enumerate(nominations, start=1)
    ]
    return Table(["STT", "Tên", "Nơi ở", "Thành tích", "Đề nghị"], rows, [13, 36, 34, 56, 26])


def consent_docx(draft: GuidedDraft) -> bytes:
    """A form to be printed, signed by hand and photographed."""
    name = draft.answers.get("full_name") or "…………………………………"
    residence = draft.answers.get("residence") or "…………………………………"
    unit = draft.unit
    return write_docx(
        Paper(
            head=_head(unit, "GĐY"),
            kind="Giấy đồng ý",
            summary="Cho nêu tên, viết bài, đăng ảnh gương người tốt, việc tốt",
            body=[
                f"Tôi là: {name}. Nơi ở: {residence}.",
                f"Tôi được {issuer(unit)} giải thích: hồ sơ của tôi được xem xét công nhận điển hình "
                "tiên tiến; chỉ những điều tôi đồng ý dưới đây mới được đưa ra công khai.",
                "Tôi đồng ý (đánh dấu vào ô):",
                *(f"☐ {label}." for label in Consent.Purpose.labels),
                "Tôi có thể rút lại sự đồng ý bất cứ lúc nào; khi rút, những gì dựa vào nó được gỡ.",
                "Người chưa đủ 18 tuổi: cha, mẹ hoặc người giám hộ ký thay. Họ tên người ký thay: "
                "…………………………………",
                "Ngày …… tháng …… năm ………, người đồng ý ký hoặc điểm chỉ: …………………………………",
            ],
            signer_title="Cán bộ chứng kiến",
            is_demo=settings.IS_DEMO_HOME,
        )
    )
