"""«Export what I see»: a list of the workspace as a workbook, the same rows in the same order."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from guong.core import calendar
from guong.core.papers import Sheet, write_xlsx
from guong.core.vietnamese import slug

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED = ("xuat", "xlsx")
AT_A_TIME = 500

# Heading, width, and what stands there: attributes one after the other, or a function of the row.
Column = tuple[str, int, str | Callable]


def as_sheet(
    request: HttpRequest, title: str, rows: Iterable, columns: list[Column]
) -> HttpResponse | None:
    """The rows as an .xlsx when the address asks for it, else nothing; the pager then offers it.

    Asked at the end of a list's own view, so filter, order and what the person may see are the same.
    """
    request.has_sheet = True  # read by the pager
    if request.GET.get(ASKED[0]) != ASKED[1]:
        return None
    found = rows.iterator(chunk_size=AT_A_TIME) if isinstance(rows, QuerySet) else rows
    user = request.user
    sheet = Sheet(
        title=title,
        columns=[(heading, width) for heading, width, _ in columns],
        rows=([_cell(row, value) for _, _, value in columns] for row in found),
        note=f"{user.unit or 'Toàn tỉnh'}. {user} xuất ngày {calendar.today():%d/%m/%Y}, theo "
        "những gì người này được xem.",
        is_demo=settings.IS_DEMO_HOME,
    )
    response = HttpResponse(write_xlsx([sheet]), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{slug(title)[:60]}.xlsx"'
    return response


def _cell(row, value):
    """What stands in a column: days and numbers as they are, everything else as a person reads it."""
    if callable(value):
        return _shown(value(row))
    found = row
    for name in value.split("."):
        found = getattr(found, name, None)
        if callable(found):
            found = found()
    return _shown(found)


def _shown(found):
    if found is None or isinstance(found, (int, float, calendar.datetime.date)):
        return found if not isinstance(found, bool) else ("có" if found else "không")
    return str(found)
