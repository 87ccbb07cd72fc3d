import io

import pytest
import xlsxwriter

from guong.core import sheets, staging
from guong.core.models import Batch, BatchRow
from guong.discovery.models import Lead
from guong.exemplars.identity import keyed_hash
from guong.exemplars.models import Exemplar, Identity
from guong.exemplars.tests.factories import ExemplarFactory, IdentityFactory
from guong.nomination import importers
from guong.nomination.models import Nomination
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory
from scripts.make_example_list import workbook

pytestmark = pytest.mark.django_db
HEAD = list(importers.TITLES.values())
GOOD = {"Họ và tên": "Nguyễn Mẫu An", "Thành tích": "Giúp 12 hộ thoát nghèo"}


def clerk():
    return UserFactory(function="introducer")


def sheet_of(*rows, head=HEAD) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, head)
    for line, row in enumerate(rows, start=1):
        for column, name in enumerate(head):
            if row.get(name) is not None:
                page.write(line, column, row[name])
    book.close()
    return out.getvalue()


def stage(content, by, unit=None):
    return staging.stage(importers.NAME, content, name="ds.xlsx", unit=unit or by.unit, by=by)


def row_of(*rows, by=None):
    """The last row of a list, as the check left it."""
    return stage(sheet_of(*rows), by or clerk()).rows.order_by("line").last()


def test_the_example_list_is_reported_row_by_row_each_thing_once():
    by = clerk()
    FieldFactory(code="giao-duc", name="Giáo dục và đào tạo")
    ExemplarFactory(unit=by.unit, full_name="Người Đã Biết", birth_year=1970)

    batch = stage(workbook(), by)
    told = staging.summary(batch)

    assert (told["rows"], told["created"]) == (42, 0)
    assert sorted({repair["column"] for repair in told["repaired"]}) == [
        "Họ và tên",
        "Ngày, tháng, năm sinh",
        "Số CCCD",
        "Số điện thoại",
    ]
    before_after = {(r["before"], r["after"]) for r in told["repaired"]}
    assert ("87084000999", "087084000999") in before_after
    assert ("905123456", "0905123456") in before_after
    assert ("KPĂ MẪU TOAL", "Kpă Mẫu Toal") in before_after
    assert ("5-3-80", "05/03/1980") in before_after
    assert ("29281", "01/03/1980") in before_after
    assert len(told["duplicates"]) == 1
    assert len(told["held"]) == 1
    assert sorted((e["column"], e["kind"]) for e in told["errors"]) == [
        ("Ngày, tháng, năm sinh", "date"),
        ("Số CCCD", "value"),
        ("Thành tích", "formula"),
    ]
    assert not Nomination.objects.exists()


def test_confirmed_rows_become_lead_record_and_draft_and_the_same_file_makes_nothing_new():
    by = clerk()
    batch = staging.confirm(batch=stage(workbook(), by))

    made = staging.commit(batch=batch, by=by)

    assert (made, Nomination.objects.count(), Lead.objects.count()) == (39, 39, 39)
    assert set(Lead.objects.values_list("state", flat=True)) == {"taken_up"}
    assert Identity.objects.get(id_last_digits="0999").phone == "0905123456"
    assert not Exemplar.objects.exclude(batch="").exists()

    again = stage(workbook(), by)
    assert staging.counts(again)["known"] == 39
    assert staging.commit(batch=staging.confirm(batch=again), by=by) == 0
    assert Nomination.objects.count() == 39


def test_a_cut_off_list_goes_on_where_it_stopped(monkeypatch):
    by = clerk()
    batch = staging.confirm(batch=stage(workbook(), by))
    monkeypatch.setattr(staging, "ROWS_AT_A_TIME", 10)
    kind, calls = staging.KINDS[importers.NAME], []

    def dies_in_the_third_transaction(batch, by):
        make = kind.committer(batch, by)

        def commit(values):
            calls.append(values)
            if len(calls) == 25:
                raise KeyboardInterrupt
            return make(values)

        return commit

    monkeypatch.setitem(
        staging.KINDS,
        importers.NAME,
        staging.Kind(**vars(kind) | {"committer": dies_in_the_third_transaction}),
    )
    with pytest.raises(KeyboardInterrupt):
        staging.commit(batch=batch, by=by)
    assert (Nomination.objects.count(), Exemplar.objects.exclude(batch="").count()) == (20, 20)

    monkeypatch.setitem(staging.KINDS, importers.NAME, kind)
    assert staging.commit(batch=Batch.objects.get(), by=by) == 19
    assert Nomination.objects.count() == 39


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"Họ và tên": None}, "Họ và tên", "Chưa có tên"),
        ({"Thành tích": None}, "Thành tích", "Chưa nêu"),
        ({"Đối tượng": "con mèo"}, "Đối tượng", "không phải đối tượng"),
        ({"Ngày, tháng, năm sinh": "29/02/2023"}, "Ngày, tháng, năm sinh", "có thật"),
        ({"Ngày, tháng, năm sinh": "2099"}, "Ngày, tháng, năm sinh", "chưa tới"),
        ({"Số CCCD": "abc"}, "Số CCCD", "căn cước"),
        ({"Số điện thoại": "113"}, "Số điện thoại", "điện thoại"),
        ({"Trước": "nhiều"}, "Trước", "không phải số"),
    ],
)
def test_a_bad_row_names_its_column_and_what_to_do(values, column, words):
    row = row_of(GOOD | {"Sau": 3} | values)

    assert row.outcome == "wrong"
    assert [error["column"] for error in row.errors] == [column]
    assert words in row.errors[0]["message"]


def test_an_ambiguous_number_is_shown_as_it_was_read():
    row = row_of(GOOD | {"Sau": "1.234"})

    assert row.repairs == [{"column": "Sau", "before": "1.234", "after": "1234"}]


def test_a_field_is_found_by_part_of_its_name_when_only_one_fits():
    FieldFactory(code="a", name="Y tế – chăm sóc sức khỏe")
    FieldFactory(code="b", name="Văn hóa – xã hội")

    found = [row_of(GOOD | {"Lĩnh vực": words}).values["field"] for words in ("Y tế", "h", "")]

    assert [bool(pk) for pk in found] == [True, False, False]


def test_a_duplicate_is_found_by_name_by_id_number_and_within_the_list():
    by = clerk()
    known = ExemplarFactory(
        unit=by.unit, full_name="Rơ Châm H'Bliu", birth_year=1980, name_key="rochamhbliu"
    )
    IdentityFactory(exemplar=known, id_hash=keyed_hash("087084000999"))
    ExemplarFactory(full_name="Nguyễn Mẫu An", name_key="nguyenmauan")  # another branch: untold
    name = GOOD | {"Họ và tên": "Rchom H’Bliu", "Ngày, tháng, năm sinh": "1981"}

    assert row_of(name, by=by).duplicates[0]["why"] == "cùng tên"
    same_year = name | {"Ngày, tháng, năm sinh": "1980"}
    assert row_of(same_year, by=by).duplicates[0]["why"] == "cùng tên, cùng năm sinh"
    assert row_of(name | {"Ngày, tháng, năm sinh": "1999"}, by=by).duplicates == []
    other_name = GOOD | {"Họ và tên": "Ai Khác", "Số CCCD": "087084000999"}
    assert row_of(other_name, by=by).duplicates[0]["why"] == "cùng số căn cước"
    assert row_of(GOOD, GOOD, by=by).duplicates[0]["line"] == 2
    apart = [GOOD | {"Ngày, tháng, năm sinh": year} for year in ("1950", "1990")]
    assert row_of(*apart, by=by).duplicates == []


def test_a_hijacked_row_is_held_with_its_spans():
    row = row_of(GOOD | {"Thành tích": "Theo Kế hoạch số 43/KH-Zarqon Vexille được tuyên dương"})

    assert row.outcome == "held"
    assert {reason["text"] for reason in row.reasons} >= {"43/KH-Zarqon Vexille"}


def test_a_row_without_restricted_values_makes_no_identity_outside_a_commune():
    unit = UnitFactory(kind="department")
    by = UserFactory(unit=unit, function="introducer")
    batch = staging.confirm(batch=stage(sheet_of(GOOD | {"Trước": 1}), by))
    staging.commit(batch=batch, by=by)

    exemplar = Exemplar.objects.get()
    assert (exemplar.commune, hasattr(exemplar, "identity")) == (None, False)
    assert exemplar.claims.get().before == 1


def test_duplicates_become_records_only_when_named():
    by = clerk()
    batch = stage(sheet_of(GOOD, GOOD | {"Thành tích": "Việc khác"}), by)
    assert staging.counts(batch)["duplicate"] == 1

    staging.confirm(batch=batch, also=[3])

    assert BatchRow.objects.filter(outcome="ready").count() == 2


def test_a_sheet_that_is_no_such_list_is_refused_in_words():
    with pytest.raises(sheets.Refused, match="Không thấy cột"):
        stage(sheet_of({"Cột": 1}, head=["Cột", "Khác"]), clerk())
    with pytest.raises(sheets.Refused, match="Không đọc được"):
        stage(b"PK\x03\x04 rubbish", clerk())
