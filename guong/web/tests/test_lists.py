"""The pages a list from Excel goes through: every step by form, nothing without a person's word."""

import html
import io
import json
import re
import zipfile

import pytest
import xlsxwriter
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from guong.core import staging
from guong.core.models import Batch, BatchPicture
from guong.exemplars.models import Exemplar
from guong.nomination.models import Nomination
from guong.units.tests.factories import FieldFactory, UserFactory
from guong.web import jobs

pytestmark = pytest.mark.django_db
KIND = {"kind": "nominations"}


def sheet_of(*rows, font="") -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page, face = book.add_worksheet(), book.add_format({"font_name": font or "Arial"})
        for number, row in enumerate(rows):
            page.write_row(number, 0, row, face)
    out.seek(0)
    out.name = "danh sach.xlsx"
    return out


HEAD = ["Họ và tên", "Thành tích", "Số điện thoại"]
GOOD = ["Nguyễn Mẫu An", "Giúp 12 hộ thoát nghèo", ""]
BAD = ["Siu Mẫu Bleng", "Dệt thổ cẩm", "113"]


@pytest.fixture
def clerk(client):
    by = UserFactory(function="introducer")
    client.force_login(by, backend="guong.units.backends.AccountBackend")
    return by


def upload(client, file):
    return client.post(reverse("web:import_list", kwargs=KIND), {"file": file}, follow=True)


def url(view, batch):
    return reverse(f"web:{view}", args=[batch.kind, batch.pk])


def made(client, by, *rows) -> Batch:
    """A list that has become records."""
    upload(client, sheet_of(HEAD, *rows))
    batch = Batch.objects.latest("pk")
    client.post(url("confirm_list", batch))
    jobs.commit_batch.func(batch.pk, by.pk)
    batch.refresh_from_db()
    return batch


def test_the_menu_leads_to_the_first_list_a_person_may_bring_in(client):
    for function, kind in (("introducer", "nominations"), ("secretariat", "leads")):
        user = UserFactory(function=function)
        client.force_login(user, backend="guong.units.backends.AccountBackend")
        assert client.get(reverse("web:imports"))["Location"] == f"/nhap/{kind}/"
    assert client.get("/nhap/klingon/").status_code == 404
    homeless = UserFactory()
    client.force_login(homeless, backend="guong.units.backends.AccountBackend")
    assert client.get(reverse("web:imports")).status_code == 403
    type(homeless).objects.filter(pk=homeless.pk).update(unit=None)
    assert client.get("/nhap/leads/").status_code == 403


def test_nothing_chosen_and_a_spoiled_file_are_told_beside_the_field(client, clerk):
    page = reverse("web:import_list", kwargs=KIND)
    spoiled = io.BytesIO(b"PK\x03\x04 rubbish")
    spoiled.name = "x.xlsx"

    assert "Chọn tệp Excel, hoặc dán bảng" in client.post(page).content.decode()
    assert "hỏng" in client.post(page, {"file": spoiled}).content.decode()
    assert "Chưa thấy bảng" in client.post(page, {"pasted": "abc"}).content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("broken", ["a\tb\nc\rd\te", 'a\tb\n"' + "c\t" * 70_000])
def test_pasted_cells_nobody_can_read_are_told_beside_the_box_and_stay_there(client, clerk, broken):
    shown = client.post(reverse("web:import_list", kwargs=KIND), {"pasted": broken})

    assert "Không đọc được bảng đã dán" in shown.content.decode()
    assert broken[:3] in shown.content.decode()
    assert not Batch.objects.exists()


def test_the_grid_is_told_our_headings_and_every_word_they_are_known_by(client, clerk):
    words = client.get(reverse("web:import_list", kwargs=KIND)).content.decode()

    told = json.loads(html.unescape(re.search(r'data-headings="([^"]*)"', words)[1]))
    assert told == list(staging.KINDS["nominations"].columns.values())
    assert 'data-grid="id_pasted"' in words and "guong/grid.js" in words


def test_pasted_cells_come_to_the_preview(client, clerk):
    pasted = "Họ và tên\tThành tích\nNul\tDạy chữ"

    shown = client.post(reverse("web:import_list", kwargs=KIND), {"pasted": pasted}, follow=True)

    assert "Dạy chữ" in shown.content.decode()
    assert Batch.objects.get().rows.get().values["full_name"] == "Nul"


def test_unknown_headings_are_matched_on_a_page_of_their_own_without_scripts(client, clerk):
    shown = upload(client, sheet_of(["Gương mặt", "Việc đã làm"], ["Nul", "Dạy chữ"]))
    batch = Batch.objects.get()

    assert "Ví dụ trong tệp: Nul" in shown.content.decode()
    assert client.get(url("preview", batch))["Location"] == url("match", batch)
    twice = client.post(url("match", batch), {"cot-0": "full_name", "cot-1": "full_name"})
    assert "chỉ ghép với một cột" in twice.content.decode()
    lacking = client.post(url("match", batch), {"cot-0": "full_name", "cot-1": "-"})
    assert "Không thấy cột «Thành tích»" in lacking.content.decode()
    answer = client.post(url("match", batch), {"cot-0": "full_name", "cot-1": "statement"})

    assert answer["Location"] == url("preview", batch)
    again = upload(client, sheet_of(["Gương mặt", "Việc đã làm"], ["Siu Mẫu", "Dệt"]))
    assert again.redirect_chain[-1][0] == url("preview", Batch.objects.latest("pk"))


def test_old_letters_are_shown_in_both_ways_and_converted_when_named(client, clerk):
    shown = upload(client, sheet_of(HEAD, ["NguyÔn MÉu An", "TÆng hép møt TÕt", ""]))
    batch = Batch.objects.get()
    assert "có phải «Tặng hộp mứt Tết»" in shown.content.decode()
    early = client.post(url("confirm_list", batch), follow=True).content.decode()
    assert "Chọn bảng mã của tệp trước khi nhập." in early

    shown = client.post(url("recode", batch), {"coding": "tcvn3"}, follow=True).content.decode()

    assert "<del>TÆng hép møt TÕt</del> Tặng hộp mứt Tết" in shown
    told = client.post(url("recode", batch), {"coding": "x"}, follow=True).content.decode()
    assert "Chọn một bảng mã" in told


def test_recode_asks_for_the_columns_when_the_headings_were_old_too(client, clerk):
    upload(client, sheet_of(HEAD, GOOD))
    batch = Batch.objects.get()
    strange = sheet_of(["Cét l¹", "Cét kh¸c"], ["a", "b"])
    batch.workbook.content = strange.getvalue()
    batch.workbook.save()

    assert client.post(url("recode", batch), {"coding": "tcvn3"})["Location"] == url("match", batch)


def test_the_marked_workbook_is_mended_and_sent_back(client, clerk):
    batch = made(client, clerk, GOOD, BAD)
    answer = client.get(url("marked", batch))
    book = load_workbook(io.BytesIO(answer.content))
    assert "113" in book.active["D3"].value
    book.active["C3"].value = "905123456"
    mended = io.BytesIO()
    book.save(mended)
    mended.seek(0)
    mended.name = "loi.xlsx"

    shown = client.post(url("amend", batch), {"mended": mended}, follow=True).content.decode()

    assert "Đã thay 1 dòng đã sửa; còn 0 dòng cần sửa." in shown
    client.post(url("confirm_list", batch))
    jobs.commit_batch.func(batch.pk, clerk.pk)
    assert Nomination.objects.count() == 2
    wrong = client.post(url("amend", batch), {"mended": sheet_of(HEAD, GOOD)}, follow=True)
    assert "Không thấy dòng nào" in wrong.content.decode()
    assert "Chọn tệp đã sửa" in client.post(url("amend", batch), follow=True).content.decode()
    assert client.post(url("recode", batch), {"coding": "vni"}).status_code == 302
    assert client.get(url("match", batch))["Location"] == url("preview", batch)


def test_bad_rows_come_alone_where_the_workbook_is_kept_no_longer(client, clerk):
    upload(client, sheet_of(HEAD, GOOD, BAD))
    batch = Batch.objects.get()
    batch.workbook.delete()

    page = load_workbook(io.BytesIO(client.get(url("marked", batch), follow=True).content)).active

    assert [page.cell(4, column).value for column in (1, 2)] == [3, "Siu Mẫu Bleng"]
    assert "113" in page.cell(4, page.max_column).value


def test_a_list_is_undone_but_for_what_has_moved_on_which_is_named(client, clerk):
    batch = made(client, clerk, GOOD, ["Nul Mẫu", "Dạy chữ", ""])
    nul = Nomination.objects.get(exemplar__full_name="Nul Mẫu")
    client.post(reverse("nomination:submit", args=[nul.pk]))
    assert "Hoàn tác danh sách này" in client.get(url("preview", batch)).content.decode()

    shown = client.post(url("undo_list", batch), follow=True).content.decode()

    assert "Giữ lại 1 hồ sơ đã có người làm tiếp. dòng 3 Nul Mẫu" in shown
    assert list(Exemplar.objects.values_list("full_name", flat=True)) == ["Nul Mẫu"]
    again = client.post(url("undo_list", batch), follow=True).content.decode()
    assert "24 giờ" in again


def test_a_list_is_dropped_once_and_not_after_it_was_taken_in(client, clerk):
    batch = made(client, clerk, GOOD)
    assert "không bỏ được" in client.post(url("drop_list", batch), follow=True).content.decode()
    client.post(url("confirm_list", batch))
    upload(client, sheet_of(HEAD, ["Nul Mẫu", "Dạy chữ", ""]))
    other = Batch.objects.latest("pk")

    client.post(url("drop_list", other))

    other.refresh_from_db()
    assert (other.state, staging.workbook_of(other)) == ("dropped", None)
    assert "không còn được giữ" not in client.get(url("preview", other)).content.decode()


def jpeg(name) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), sum(map(ord, name)) % 255).save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


def test_pictures_come_singly_or_in_an_archive_and_leftovers_are_named(client, clerk):
    batch = made(client, clerk, GOOD, ["Nul Mẫu", "Dạy chữ", ""])
    assert url("pictures", batch) in client.get(url("preview", batch)).content.decode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("anh/Nul Mẫu.jpg", jpeg("nul").read())
        packed.writestr("anh/la.jpg", b"\xff\xd8\xff not a picture")
        packed.writestr("doc.txt", "x")
    archive.seek(0)
    archive.name = "anh.zip"
    broken = io.BytesIO(b"PK")
    broken.name = "hong.zip"
    files = [jpeg("nguyen mau an.jpg"), jpeg("ai do.jpg"), archive, broken]

    shown = client.post(url("pictures", batch), {"files": files}, follow=True).content.decode()

    assert [words in shown for words in ("la.jpg: ", "hong.zip: ", "không rõ của ai")] == [True] * 3
    assert dict(BatchPicture.objects.values_list("name", "row__line")) == {
        "nguyen mau an.jpg": 2,
        "ai do.jpg": None,
        "Nul Mẫu.jpg": 3,
    }
    chosen = {f"anh-{p.pk}": p.row_id or "" for p in BatchPicture.objects.all()}
    shown = client.post(url("attach_pictures", batch), chosen, follow=True).content.decode()
    assert ("Đã gắn 2 ảnh vào hồ sơ." in shown, "ai do.jpg" in shown) == (True, True)
    assert Exemplar.objects.exclude(picture=None).count() == 2
    nothing = client.post(url("pictures", batch)).content.decode()
    assert "Chưa có: ảnh, hoặc một tệp .zip" in nothing


def test_the_empty_list_shows_a_row_and_what_may_be_chosen_and_only_what_was_added_is_taken(
    client, clerk
):
    FieldFactory(name="Nông nghiệp")
    made = client.get(reverse("web:import_template", args=["nominations"])).content
    book = load_workbook(io.BytesIO(made))
    page = book["Danh sách đề cử"]

    [first, *_] = page.iter_rows(min_row=4, values_only=True)
    assert first[:2] == ("Ví dụ", "Rơ Châm H'Mẫu")
    offered = [str(one.sqref).split(":")[0] for one in page.data_validations.dataValidation]
    assert offered == ["C4", "I4"]
    assert [row[0] for row in book["Danh mục"].iter_rows(values_only=True)][:2] == [
        "Đối tượng",
        "Cá nhân",
    ]

    page.append([1, "Nul", "Cá nhân", 1970, "", "", "", "", "Nông nghiệp", "Dạy chữ cho 12 em"])
    filled = io.BytesIO()
    book.save(filled)
    batch = staging.stage(
        "nominations", filled.getvalue(), name="mau.xlsx", unit=clerk.unit, by=clerk
    )
    [row] = batch.rows.all()
    assert (row.values["full_name"], row.errors) == ("Nul", [])


def test_the_progress_of_a_list_is_asked_for_by_itself_until_it_is_done(client, clerk):
    upload(client, sheet_of(HEAD, GOOD, ["Y Vel", "Dạy chữ cho 12 em", ""]))
    batch = Batch.objects.get()
    client.post(url("confirm_list", batch))

    part = client.get(url("preview", batch), headers={"HX-Request": "true"}).content.decode()
    assert "Đã tạo 0 trên 2" in part and "<html" not in part

    jobs.commit_batch.func(batch.pk, clerk.pk)
    assert client.get(url("preview", batch), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_leads_take_no_pictures(client, clerk):
    batch = staging.paste("leads", "Ai\tViệc gì\nNul\tDạy", unit=clerk.unit, by=clerk)

    assert client.get(url("pictures", batch)).status_code == 404
    assert client.get(reverse("web:import_template", args=["leads"])).status_code == 200
