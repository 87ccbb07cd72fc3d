"""The list as a reader sees it, as a workbook."""

from collections.abc import Iterable

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Sheet, write_xlsx
from guong.units.models import User

from .models import Exemplar

COLUMNS = [
    ("Mã", 16),
    ("Tên", 30),
    ("Đối tượng", 14),
    ("Năm sinh", 10),
    ("Nơi ở", 30),
    ("Lĩnh vực", 24),
    ("Đơn vị giới thiệu", 30),
    ("Ngày giới thiệu", 14),
    ("Tình trạng", 22),
    ("Công nhận ngày", 14),
]


def workbook(exemplars: Iterable[Exemplar], reader: User) -> bytes:
    """An .xlsx with one row an exemplar; never anything of its identity, consents or holds."""
    sheet = Sheet(
        title="Danh sách điển hình",
        columns=COLUMNS,
        rows=[_row(exemplar) for exemplar in exemplars],
        note=f"{reader} xuất ngày {calendar.today():%d/%m/%Y}, theo những gì người này được xem.",
        is_demo=settings.IS_DEMO_HOME,
    )
    return write_xlsx([sheet])


def _row(exemplar: Exemplar) -> list:
    places = [exemplar.residence, str(exemplar.commune or "")]
    return [
        exemplar.code,
        exemplar.full_name,
        exemplar.get_kind_display(),
        str(exemplar.birth_year or ""),  # a year is a name, not a quantity: 1.970 would be wrong
        ", ".join(filter(None, places)),
        str(exemplar.field or ""),
        str(exemplar.unit),
        exemplar.introduced_on,
        exemplar.standing,
        exemplar.recognised_on,
    ]
