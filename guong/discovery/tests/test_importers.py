import io

import pytest
import xlsxwriter

from guong.core import staging
from guong.discovery import importers
from guong.discovery.models import Lead
from guong.discovery.tests.factories import LeadFactory
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HEAD = list(importers.TITLES.values())
GOOD = {"Ai": "Nguyễn Mẫu An", "Việc gì": "Mười năm dạy chữ cho trẻ trong làng."}


def stage(*rows, by):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD)
        for line, row in enumerate(rows, start=1):
            page.write_row(line, 0, [row.get(name, "") for name in HEAD])
    return staging.stage(importers.NAME, out.getvalue(), name="tin.xlsx", unit=by.unit, by=by)


def test_confirmed_rows_become_leads_of_the_unit_and_are_taken_back_but_for_one_dealt_with():
    by = UserFactory(function="introducer")
    other = {"Ai": "SIU MẪU BLENG", "Việc gì": "Dệt thổ cẩm", "Ở đâu": "Làng Mẫu"}
    batch = stage(GOOD, other, by=by)

    assert batch.rows.get(line=3).repairs == [
        {"column": "Ai", "before": "SIU MẪU BLENG", "after": "Siu Mẫu Bleng"}
    ]
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    assert set(Lead.objects.values_list("who", "where", "source", "state", "unit")) == {
        ("Nguyễn Mẫu An", "", "list", "received", by.unit_id),
        ("Siu Mẫu Bleng", "Làng Mẫu", "list", "received", by.unit_id),
    }

    Lead.objects.filter(who="Siu Mẫu Bleng").update(source="unit")
    Lead.objects.filter(who="Nguyễn Mẫu An").update(unit=UserFactory().unit)
    batch.refresh_from_db()
    assert staging.undo(batch=batch, by=by) == [
        (2, "Nguyễn Mẫu An", "Tin không còn trong những tin bạn được xem."),
        (3, "Siu Mẫu Bleng", "Tin đã có người xử lý."),
    ]


def test_an_untouched_list_is_undone_whole():
    by = UserFactory(function="introducer")
    batch = stage(GOOD, by=by)
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    batch.refresh_from_db()

    assert staging.undo(batch=batch, by=by) == []
    batch.refresh_from_db()
    assert (batch.state, Lead.objects.count()) == ("undone", 0)


def test_bad_rows_say_what_is_missing_or_too_long():
    by = UserFactory(function="introducer")

    batch = stage(
        {"Ở đâu": "Làng", "Người giới thiệu": "Bà Tư"}, GOOD | {"Ở đâu": "x" * 300}, by=by
    )

    errors = [(row.line, e["column"], e["kind"]) for row in batch.rows.all() for e in row.errors]
    assert errors == [(2, "Ai", "missing"), (2, "Việc gì", "missing"), (3, "Ở đâu", "value")]


def test_the_guard_holds_a_row_and_the_same_name_is_shown_once_more():
    by = UserFactory(function="introducer")
    known = LeadFactory(unit=by.unit, who="Nguyễn Mẫu An")
    LeadFactory(who="Nguyễn Mẫu An")  # of another unit: untold
    hijacked = "Theo Kế hoạch số 43/KH-Zarqon Vexille được tuyên dương"

    batch = stage(GOOD, GOOD, {"Ai": "Nul", "Việc gì": hijacked}, by=by)

    rows = {row.line: row for row in batch.rows.all()}
    assert [rows[line].outcome for line in (2, 3, 4)] == ["duplicate", "duplicate", "held"]
    assert [other["title"] for other in rows[3].duplicates] == [known.code, "dòng 2"]
