"""The papers of a dossier: achievement report, submission, list, consent form; on screen the same."""

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Letterhead, Paper, Table, write_docx
from guong.exemplars.models import Claim, Consent
from guong.units.models import Unit
from guong.units.papers import issuer, mark, province, superior

from .models import GuidedDraft, Nomination, SignOff
from .report import Part, nomination_award, report_of
from .selectors import completeness

PLACE = "Gia Lai"
BOARD = "Sở Nội vụ"


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
