"""The decision as a Word paper, ready for the office's own signing."""

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Check, Letterhead, Paper, write_docx

from .models import Decision


def docx(decision: Decision) -> bytes:
    """The decision in the layout of Nghị định 30."""
    exemplar = decision.exemplar
    place = f"{exemplar.residence}, " if exemplar.residence else ""
    paper = Paper(
        head=Letterhead(
            issuer=decision.issuer.name,
            number_sign=decision.number_sign or f"…/QĐ-{decision.issuer.doc_symbol}",
            place="Gia Lai",
            on=decision.signed_on or calendar.today(),
        ),
        kind="Quyết định",
        summary=f"Về việc công nhận {decision.title.lower()}",
        body=[
            f"Xét hồ sơ đề cử của {decision.nomination.unit} và kết quả xác minh;",
            "# QUYẾT ĐỊNH:",
            f"Điều 1. Công nhận {exemplar.get_kind_display().lower()} {exemplar.full_name}, "
            f"{place}{exemplar.commune or exemplar.unit}, là {decision.title.lower()}"
            + (f", vì {decision.citation}" if decision.citation else "")
            + ".",
            "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
            f"Điều 3. {decision.nomination.unit} và {exemplar.full_name} chịu trách nhiệm thi hành "
            "Quyết định này.",
        ],
        signer_title="Người ký",
        signer_name=str(decision.signatory or ""),
        receivers=["Như Điều 3", "Sở Nội vụ" + (" (mẫu)" if settings.IS_DEMO_HOME else "")],
        check=_check(decision),
        is_demo=settings.IS_DEMO_HOME,
    )
    return write_docx(paper)


def _check(decision: Decision) -> Check | None:
    """Only a signed paper can be checked; a draft carries no code."""
    if not decision.check_path:
        return None
    return Check(decision.check_code, settings.PORTAL_URL + decision.check_path)
