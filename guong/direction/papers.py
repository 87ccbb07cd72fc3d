"""A criteria set as a workbook."""

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Sheet, write_xlsx
from guong.units.models import User

from .models import CriteriaSet
from .selectors import criteria_of

COLUMNS = [
    ("Mã", 10),
    ("Tiêu chí", 70),
    ("Loại", 16),
    ("Điểm tối đa", 12),
    ("Minh chứng cần có", 50),
    ("Đang dùng", 12),
]


def workbook(criteria_set: CriteriaSet, reader: User) -> bytes:
    """An .xlsx with one row a criterion, in the order of the page."""
    sheet = Sheet(
        title=f"{criteria_set}: {criteria_set.award}",
        columns=COLUMNS,
        rows=[_row(criterion) for criterion in criteria_of(criteria_set)],
        note=f"{criteria_set.issuer or 'Chưa đơn vị nào ban hành'}, {criteria_set.issued_by}. "
        f"{criteria_set.get_state_display()}. {reader} xuất ngày {calendar.today():%d/%m/%Y}.",
        is_demo=settings.IS_DEMO_HOME,
    )
    return write_xlsx([sheet])


def _row(criterion) -> list:
    return [
        criterion.code,
        criterion.text,
        criterion.get_kind_display(),
        criterion.points,
        "\n".join(str(slot) for slot in criterion.slots_in_order),
        "có" if criterion.is_switched_on else "không",
    ]
