import datetime
import io

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from guong.core import calendar, files, sheets, staging
from guong.core.models import Batch, BatchRow
from guong.core.papers.marked import mark_errors
from guong.discovery.models import Lead
from guong.exemplars import actions as exemplars
from guong.exemplars.identity import keyed_hash, unlock
from guong.exemplars.models import Exemplar, RestrictedValue
from guong.exemplars.tests.factories import ExemplarFactory, IdentityFactory
from guong.nomination import actions, importers
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
    phone = RestrictedValue.objects.get(exemplar__identity__id_last_digits="0999", kind="phone")
    assert unlock(phone.sealed) == "0905123456"
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

    def dies_in_the_third_transaction(batch, by, rows):
        made = kind.make(batch, by, rows)
        calls.append(rows)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return made

    monkeypatch.setitem(
        staging.KINDS,
        importers.NAME,
        staging.Kind(**vars(kind) | {"make": dies_in_the_third_transaction}),
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
        unit=by.unit, commune=by.unit, full_name="Rơ Châm H'Bliu", birth_year=1980
    )
    IdentityFactory(exemplar=known, id_hash=keyed_hash("087084000999"))
    ExemplarFactory(full_name="Nguyễn Mẫu An")  # another branch: untold
    name = GOOD | {"Họ và tên": "Rchom H’Bliu", "Ngày, tháng, năm sinh": "1981"}

    near = row_of(name, by=by).duplicates[0]
    assert near["why"] == "cùng tên khi bỏ dấu, năm sinh lệch một năm, cùng xã, phường"
    same_year = name | {"Ngày, tháng, năm sinh": "1980"}
    assert "cùng năm sinh" in row_of(same_year, by=by).duplicates[0]["why"]
    assert row_of(name | {"Ngày, tháng, năm sinh": "1999"}, by=by).duplicates == []
    other_name = GOOD | {"Họ và tên": "Ai Khác", "Số CCCD": "087084000999"}
    assert row_of(other_name, by=by).duplicates[0]["why"].startswith("cùng số căn cước")
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


# --- Old codings, columns named by a person, mended rows, a day to take it back ---
def other_words(*rows) -> bytes:
    return sheet_of(*rows, head=["Gương mặt", "Việc đã làm", "Năm sinh"])


def test_columns_nobody_knows_wait_for_a_person_and_are_known_the_next_time():
    by = clerk()
    row = {"Gương mặt": "Nul", "Việc đã làm": "Dạy chữ", "Năm sinh": 1950}
    with pytest.raises(sheets.Unmatched):
        stage(other_words(row), by)
    assert not Batch.objects.exists()

    batch = staging.stage(
        importers.NAME, other_words(row), name="x.xlsx", unit=by.unit, by=by, may_ask=True
    )
    assert (batch.state, [h.title for h in staging.headings(batch)]) == (
        "read",
        ["Gương mặt", "Việc đã làm", "Năm sinh"],
    )
    said = {"guong mat": "full_name", "viec da lam": "statement", "nam sinh": "birth"}
    with pytest.raises(sheets.Refused):
        staging.match(batch=batch, headings={}, unit=by.unit, by=by)
    batch = staging.match(batch=batch, headings=said, unit=by.unit, by=by)

    assert (batch.state, batch.rows.get().values["full_name"]) == ("checked", "Nul")
    assert batch.columns == {
        "full_name": "Gương mặt",
        "statement": "Việc đã làm",
        "birth": "Năm sinh",
    }
    assert stage(other_words(row), by).rows.get().values["statement"] == "Dạy chữ"
    with pytest.raises(sheets.Unmatched):  # another unit has said nothing
        stage(other_words(row), clerk())


OLD = {"Họ và tên": "NguyÔn MÉu An", "Thành tích": "TÆng hép møt TÕt"}


def test_old_text_without_a_font_waits_until_a_person_has_named_the_coding():
    by = clerk()
    batch = stage(sheet_of(OLD, GOOD), by)

    assert staging.suspected_coding(batch) == "tcvn3"
    assert [(e["column"], e["kind"]) for e in batch.rows.get(line=2).errors] == [
        ("Họ và tên", "coding"),
        ("Thành tích", "coding"),
    ]
    assert "«Tặng hộp mứt Tết»" in batch.rows.get(line=2).errors[1]["message"]

    batch = staging.recode(batch=batch, coding="tcvn3", unit=by.unit, by=by)
    row = batch.rows.get(line=2)
    assert (row.outcome, row.values["full_name"]) == ("ready", "Nguyễn Mẫu An")
    assert {"column": "Thành tích", "before": "TÆng hép møt TÕt", "after": "Tặng hộp mứt Tết"} in (
        row.repairs
    )
    assert staging.suspected_coding(batch) == ""

    batch = staging.recode(batch=batch, coding="unicode", unit=by.unit, by=by)
    assert batch.rows.get(line=2).values["statement"] == "TÆng hép møt TÕt"
    assert staging.headings(batch)[0].guess == "full_name"
    with pytest.raises(sheets.Refused, match="bảng mã"):
        staging.recode(batch=batch, coding="klingon", unit=by.unit, by=by)


def test_cells_pasted_out_of_a_sheet_are_a_list_like_any_other():
    by = clerk()
    text = 'Họ và tên\tThành tích\tSố CCCD\nNul\t"Dạy\nchữ"\t87084000999\n\n=1+1\tDệt\t\n'

    batch = staging.paste(importers.NAME, text, unit=by.unit, by=by)

    assert [row.values["full_name"] for row in batch.rows.order_by("line")] == ["Nul", "=1+1"]
    assert batch.rows.get(line=2).repairs[0]["after"] == "087084000999"
    for nothing in ("", "chỉ một dòng\tthôi", "một\ncột"):
        with pytest.raises(sheets.Refused, match="Chưa thấy bảng"):
            staging.paste(importers.NAME, nothing, unit=by.unit, by=by)


def marked(batch) -> bytes:
    return mark_errors(
        staging.workbook_of(batch),
        sheet=batch.sheet,
        header_line=max(batch.header_lines),
        headings={importers.TITLES[name]: heading for name, heading in batch.columns.items()},
        bad={row.line: row.told for row in batch.rows.bad()},
    )


def test_the_same_workbook_comes_back_with_its_errors_and_only_mended_rows_are_taken():
    by = clerk()
    bad = GOOD | {"Họ và tên": "Siu Mẫu Bleng", "Số điện thoại": "113"}
    evil = GOOD | {"Họ và tên": "=HYPERLINK(1)", "Trước": "nhiều"}
    batch = stage(sheet_of(GOOD, bad, evil), by)
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    batch.refresh_from_db()

    content = marked(batch)
    book = load_workbook(io.BytesIO(content))
    page = book.active
    assert page.cell(1, len(HEAD) + 1).value == "Lỗi"
    assert "Số điện thoại: «113»" in page.cell(3, len(HEAD) + 1).value
    phone = page.cell(3, HEAD.index("Số điện thoại") + 1)
    assert (phone.value, "113" in phone.comment.text) == ("113", True)
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}

    phone.value = "905123456"
    page.cell(2, 1).value = "Người Khác Hẳn"  # a good row: whatever stands there now is left alone
    mended = io.BytesIO()
    book.save(mended)
    told = staging.amend(batch=batch, content=mended.getvalue(), unit=by.unit, by=by)

    batch.refresh_from_db()
    assert (told, batch.state) == ({"mended": 1, "bad": 1}, "checked")
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    assert set(Exemplar.objects.values_list("full_name", flat=True)) == {
        "Nguyễn Mẫu An",
        "Siu Mẫu Bleng",
    }


def test_a_sheet_of_bad_rows_alone_says_by_itself_where_each_stood():
    by = clerk()
    old = OLD | {"Số điện thoại": "113"}
    batch = stage(sheet_of(GOOD, old, old), by)
    batch = staging.recode(batch=batch, coding="tcvn3", unit=by.unit, by=by)
    alone = [
        {"Dòng": 4, "Họ và tên": "Bá Mẫu", "Thành tích": "Dệt"},
        {"Dòng": 9, "Họ và tên": "Ai", "Thành tích": "Lạ"},
    ]

    told = staging.amend(
        batch=batch, content=sheet_of(*alone, head=["Dòng", *HEAD]), unit=by.unit, by=by
    )

    assert told == {"mended": 1, "bad": 0}
    assert batch.rows.get(line=4).values["full_name"] == "Bá Mẫu"
    whole = sheet_of(GOOD, old | {"Số điện thoại": "0905123456"})
    assert staging.amend(batch=batch, content=whole, unit=by.unit, by=by)["mended"] == 1
    with pytest.raises(sheets.Refused, match="Không thấy dòng nào"):
        staging.amend(batch=batch, content=whole, unit=by.unit, by=by)
    staging.drop(batch=batch)
    with pytest.raises(sheets.Refused, match="đã bỏ"):
        staging.amend(batch=batch, content=whole, unit=by.unit, by=by)
    assert staging.workbook_of(batch) is None


def test_a_list_is_undone_within_a_day_but_for_what_has_moved_on():
    by = clerk()
    rows = [GOOD | {"Họ và tên": name} for name in ("Nul Mẫu", "Siu Mẫu", "Kpă Mẫu", "Nay Mẫu")]
    batch = stage(sheet_of(*rows), by)
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    batch.refresh_from_db()
    drafts = {draft.exemplar.full_name: draft for draft in Nomination.objects.all()}
    actions.submit(nomination=drafts["Siu Mẫu"], by=by)
    exemplars.declare_conflict(exemplar=drafts["Kpă Mẫu"].exemplar, by=by)

    kept = staging.undo(batch=batch, by=by)

    assert kept == [
        (3, "Siu Mẫu", "Hồ sơ đề cử không còn là dự thảo."),
        (4, "Kpă Mẫu", "Hồ sơ không còn trong những hồ sơ bạn được xem."),
    ]
    batch.refresh_from_db()
    assert (batch.state, staging.counts(batch)["undone"]) == ("undone", 2)
    assert set(Exemplar.objects.values_list("full_name", flat=True)) == {"Siu Mẫu", "Kpă Mẫu"}
    with pytest.raises(ValidationError, match="24 giờ"):
        staging.undo(batch=batch, by=by)
    again = stage(sheet_of(*rows), by)
    assert {row.line: row.outcome for row in again.rows.all()}[2] == "ready"


def test_after_a_day_a_list_stays_and_after_a_month_its_workbook_is_gone(time_machine):
    by = clerk()
    batch = stage(sheet_of(GOOD), by)
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    time_machine.move_to(calendar.now() + datetime.timedelta(hours=25))
    batch.refresh_from_db()

    with pytest.raises(ValidationError, match="24 giờ"):
        staging.undo(batch=batch, by=by)

    assert (Nomination.objects.count(), staging.forget_sheets()) == (1, 0)
    time_machine.move_to(calendar.now() + datetime.timedelta(days=30))
    assert (staging.forget_sheets(), staging.workbook_of(batch)) == (1, None)


def test_pictures_go_where_the_person_says_and_the_first_becomes_the_face():
    by = clerk()
    rows = [GOOD | {"Họ và tên": name} for name in ("Nul Mẫu", "Siu Mẫu")]
    batch = stage(sheet_of(*rows), by)
    staging.commit(batch=staging.confirm(batch=batch), by=by)
    batch.refresh_from_db()
    sent = [
        (name, files.store(io.BytesIO(name.encode()), name=name, content_type="image/jpeg", by=by))
        for name in ("nul mau.jpg", "02.jpg", "nul mau 2.jpg", "ai.jpg")
    ]
    code = importers.code(Nomination.objects.get(exemplar__full_name="Siu Mẫu").pk)

    assert staging.add_pictures(batch, sent) == 4
    found = {p.name: (p.row and p.row.line, p.why) for p in batch.pictures.all()}
    assert found == {
        "nul mau.jpg": (2, "tên"),
        "02.jpg": (3, "số thứ tự"),
        "nul mau 2.jpg": (2, "tên"),
        "ai.jpg": (None, "không rõ của ai"),
    }
    assert code.startswith("GU-")

    chosen = {p.pk: p.row_id or 0 for p in batch.pictures.all()}
    assert staging.attach_pictures(batch=batch, chosen=chosen, by=by) == 3
    assert staging.attach_pictures(batch=batch, chosen=chosen, by=by) == 0
    nul = Exemplar.objects.get(full_name="Nul Mẫu")
    assert (nul.picture.name, nul.evidence.count()) == ("nul mau.jpg", 2)
    assert [name for _, name in staging.named(batch)] == ["Nul Mẫu (dòng 2)", "Siu Mẫu (dòng 3)"]


def test_what_stood_in_the_sheet_is_kept_only_of_a_row_that_must_be_mended():
    batch = stage(sheet_of(GOOD, {**GOOD, "Ngày, tháng, năm sinh": 1e30}), clerk())

    sound, wrong = batch.rows.order_by("line")
    assert sound.raw == {}
    assert wrong.raw["birth"] == int(1e30)  # beyond the sixty-four bits of quick JSON
    assert wrong.raw["full_name"] == GOOD["Họ và tên"]


def test_what_a_record_came_from_is_forgotten_everywhere():
    batch = stage(sheet_of(GOOD), clerk())
    staging.commit(batch=staging.confirm(batch=batch), by=batch.by)
    made = Nomination.objects.get()

    assert staging.forget_rows(made) == 1
    row = batch.rows.get()
    assert (row.values, row.record) == ({}, f"nomination.nomination:{made.pk}")
