"""The drop box as a visitor meets it, without script, with every kind of bad input."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from guong.dropbox import codes, doors, forms, intake, search, spool, views
from guong.dropbox.models import Hit, Submission

from .conftest import JPEG, TYPED
from .test_shells import Controls

pytestmark = pytest.mark.django_db(databases=["default", "intake"])
PAYLOAD = {
    "who": "Bà H'Bliu",
    "where": "Làng Ghè, Xã Gào",
    "commune": "Xã Gào",
    "village": "Làng Ghè",
    "what": TYPED["viec"],
    "contact": "Một người cùng làng, 0901234567",
    "name": "Một người cùng làng",
    "phone": "0901234567",
    "relation": "neighbour",
}


def photo(name="anh.jpg", body=JPEG):
    return SimpleUploadedFile(name, body)


def send(visitor, data=None, **more):
    return visitor.post("/gui/gioi-thieu/", TYPED | (data or {}), **more)


def page(answer):
    return answer.content.decode()


def nothing_kept(home):
    folder = home / "spool" / "in"
    return Submission.objects.count() == 0 and not (folder.exists() and any(folder.iterdir()))


# --- A tip ------------------------------------------------------------------
def test_a_tip_is_kept_and_answered_with_a_code(visitor, settings):
    answer = send(visitor, {"anh": [photo(), photo("x/../lời kể.ogg", b"OggS" + b"\0" * 9)]})

    kept = Submission.objects.get()
    assert (kept.form, kept.payload) == ("gioi-thieu", PAYLOAD)
    assert [(file["name"], file["kind"], file["size"]) for file in kept.files] == [
        ("anh.jpg", "image", 44),
        ("lời kể.ogg", "audio", 13),
    ]
    spooled = settings.HOME / "spool" / "in" / kept.files[0]["spool"]
    assert spooled.read_bytes() == JPEG
    assert answer.status_code == 200
    assert f'<p class="big">{kept.code}</p>' in page(answer)
    assert Controls(page(answer)).shown == {}


def test_the_same_tip_twice_is_one_row_and_the_same_page(visitor):
    first, second = send(visitor, {"anh": photo()}), send(visitor, {"anh": photo()})

    assert page(first) == page(second)
    assert Submission.objects.count() == 1


def test_another_tip_has_another_code(visitor):
    send(visitor)
    send(visitor, {"toi": "Người khác"})

    assert len(set(Submission.objects.values_list("code", flat=True))) == 2


def test_keeping_a_tip_only_inserts(visitor):
    with CaptureQueriesContext(
        connections["intake"],
    ) as queries:
        send(visitor)
        visitor.get("/dem/chuyen-1.gif")

    said = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert "SELECT" not in " ".join(said)
    assert [sql.split('"')[0].strip() for sql in said] == ["INSERT INTO", "INSERT INTO"]
    assert not [sql for sql in said if "RETURNING" in sql]


def test_a_plain_form_without_files_is_enough(visitor):
    body = "ten=Nul&noi=K&viec=Nu%C3%B4i+con+nu%C3%B4i+c%E1%BB%A7a+l%C3%A0ng"

    answer = visitor.post("/gui/gioi-thieu/", body, "application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert Submission.objects.get().payload["what"] == "Nuôi con nuôi của làng"


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"ten": " \u200b "}, "ten", "Viết tên người, nhóm hoặc mô hình."),
        ({"ten": "x" * 201}, "ten", "Tên dài quá 200 chữ cái. Viết gọn lại."),
        ({"noi": ""}, "noi", "Chọn xã, phường nơi người ấy sống hoặc làm việc."),
        ({"viec": "tốt"}, "viec", "Viết thêm một, hai câu về việc người ấy làm."),
        ({"viec": "x" * 5001}, "viec", "Lời kể dài quá 5.000 chữ cái."),
        ({"dt": "12"}, "dt", "«12» không phải số điện thoại"),
        ({"la": "9"}, "la", "Chọn một trong ba mục."),
    ],
)
def test_a_mistake_shows_the_form_again_with_what_was_typed(
    visitor, settings, changes, name, sentence
):
    answer = send(visitor, changes)

    shown = Controls(page(answer)).shown
    assert answer.status_code == 400
    assert f'<a href="#{name}">{sentence}'.replace("'", "&#x27;") in page(answer)
    assert page(answer).startswith("<!doctype html>") and "<title>Lỗi: " in page(answer)
    assert {key: shown[key] for key in ("toi", "lang")} == {
        key: TYPED[key] for key in ("toi", "lang")
    }
    assert nothing_kept(settings.HOME)


def test_all_mistakes_are_told_at_once(visitor):
    answer = send(visitor, {"ten": "", "noi": "", "viec": ""})

    assert "Có 3 chỗ cần sửa" in page(answer)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([photo("a.jpg", b"<svg onload=x>")], "Tệp «a.jpg» không phải ảnh hay tiếng ghi âm."),
        ([photo("a.html", b"MZ")], "không phải ảnh hay tiếng ghi âm."),
        ([photo()] * 5, "Gửi nhiều nhất 4 tệp."),
    ],
)
def test_files_of_other_kinds_are_refused(visitor, settings, files, sentence):
    for file in files:
        file.seek(0)

    answer = send(visitor, {"anh": files})

    assert (answer.status_code, sentence in page(answer)) == (400, True)
    assert nothing_kept(settings.HOME)


def test_a_file_too_large_is_named_and_the_words_are_kept(visitor, settings, monkeypatch):
    monkeypatch.setattr(spool, "LARGEST_FILE", 1000)

    answer = send(visitor, {"anh": [photo(), photo("to.jpg", JPEG + b"\0" * 100_000)]})

    assert answer.status_code == 413
    assert "Tệp «to.jpg» lớn hơn" in page(answer)
    assert Controls(page(answer)).shown["viec"] == TYPED["viec"]
    assert nothing_kept(settings.HOME)


def test_far_too_much_is_refused_unread(visitor, settings, monkeypatch):
    monkeypatch.setattr(views, "LARGEST", 10)

    answer = send(visitor)

    assert (answer.status_code, "quá lớn" in page(answer)) == (413, True)
    assert nothing_kept(settings.HOME)


def test_words_without_end_are_refused(visitor, settings):
    answer = send(visitor, {"viec": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"no boundary at all", "multipart/form-data; boundary=" + "y" * 300),
        ("&".join(f"a{n}=1" for n in range(3000)).encode(), "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_body_gets_a_sentence(visitor, settings, body, kind):
    answer = visitor.post("/gui/gioi-thieu/", body, kind)

    assert (answer.status_code, "đứt giữa chừng" in page(answer)) == (400, True)
    assert nothing_kept(settings.HOME)


def test_who_fills_in_the_hidden_field_is_asked_again(visitor, settings):
    answer = send(visitor, {"trang_web": "http://x"})

    assert (answer.status_code, "tự điền" in page(answer)) == (400, True)
    assert Controls(page(answer)).shown["trang_web"] == ""  # so the second try goes through
    assert nothing_kept(settings.HOME)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": "http://evil.example", "host": "evil.example"}, 403),
        ({}, 403),
    ],
)
def test_only_forms_of_our_own_pages_are_taken(site, settings, headers, status):
    answer = send(Client(headers=headers))

    assert answer.status_code == status
    assert nothing_kept(settings.HOME) == (status != 200)
    if status == 403:
        assert Controls(page(answer)).shown["ten"] == TYPED["ten"]


def test_too_many_tips_are_asked_to_wait_and_keep_their_words(visitor, monkeypatch):
    monkeypatch.setattr(views, "tips", doors.Throttle(per_form=2))
    send(visitor, {"toi": "một"})
    send(visitor, {"toi": "hai"})

    answer = send(visitor, {"toi": "ba"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert Controls(page(answer)).shown["toi"] == "ba"
    assert Submission.objects.count() == 2


def test_when_the_row_cannot_be_written_the_words_are_shown_and_can_be_sent_again(visitor):
    with connections["intake"].execute_wrapper(full_disk):
        answer = send(visitor, {"anh": photo()})

    assert (answer.status_code, "Chưa lưu được" in page(answer)) == (503, True)
    assert Controls(page(answer)).shown["viec"] == TYPED["viec"]
    assert Submission.objects.count() == 0
    assert send(visitor, {"anh": photo()}).status_code == 200
    assert Submission.objects.count() == 1


def full_disk(execute, sql, params, many, context):
    if sql.startswith("INSERT"):
        from django.db import OperationalError

        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_when_the_spool_cannot_be_written_nothing_stays(visitor, settings):
    (settings.HOME / "spool").write_text("a file where a folder should be")

    answer = send(visitor, {"anh": photo()})

    assert answer.status_code == 503
    assert Submission.objects.count() == 0


def test_a_form_nobody_released_is_not_there(visitor, site):
    shutil.rmtree(site / "gui")

    assert [send(visitor).status_code, visitor.post("/gui/khac/").status_code] == [404, 404]
    assert visitor.get("/gui/gioi-thieu/").status_code == 405


@tries(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*TYPED, "trang_web", "x"]), st.text(max_size=60)))
def test_no_words_break_the_form(visitor, data):
    assert visitor.post("/gui/gioi-thieu/", data).status_code in {200, 400, 429}


# --- The short forms -----------------------------------------------------------
SHORT = {
    "hoc-theo": {"ve": "GU-2026-00001", "toi": "An", "dt": "901234567", "don_vi": "Xã Gào"},
    "rut-bai": {"ve": "Bài về tôi", "toi": "An", "dt": "0901234567"},
    "gop-y": {"loi": "Chữ hơi nhỏ."},
    "phan-anh": {"ve": "GU-2026-00001", "loi": "Bài kể chưa đúng ngày."},
    "binh-luan": {"ve": "GU-2026-00001", "toi": "An", "loi": "Bài hay quá."},
}


@pytest.fixture
def shells(site):
    """A shell for each short form, with the fields the drop box knows."""
    for name, form in forms.FORMS.items():
        fields = "".join(
            f'<div data-field="{each}"><input name="{each}"><!--guong:error:{each}--></div>'
            for each in form.base_fields
        )
        path = site / "gui" / name / "shell.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = f"<!--guong:errors--><!--guong:results--><!--guong:form-->{fields}<!--guong:/form-->"
        path.write_text(f"<title>Gửi</title>{body}")


@pytest.mark.parametrize("name", SHORT)
def test_a_short_form_is_kept_under_a_code_of_its_kind(visitor, shells, name):
    answer = visitor.post(f"/gui/{name}/", SHORT[name])

    kept = Submission.objects.get()
    assert (answer.status_code, kept.form, kept.code[:3]) == (200, name, codes.PREFIXES[name] + "-")
    assert set(kept.payload) == {"about", "name", "contact", "text"}
    assert kept.code in page(answer)


def test_a_phone_number_is_put_right_and_stands_beside_the_place(visitor, shells):
    visitor.post("/gui/hoc-theo/", SHORT["hoc-theo"])

    assert Submission.objects.get().payload["contact"] == "0901234567, Xã Gào"


@pytest.mark.parametrize("name", SHORT)
def test_a_short_form_left_blank_is_shown_again(visitor, shells, name):
    answer = visitor.post(f"/gui/{name}/", {"loi": "abc", "dt": "12"})

    assert (answer.status_code, Submission.objects.count()) == (400, 0)
    assert 'value="abc"' in page(answer) and 'class="err"' in page(answer)


# --- Search -----------------------------------------------------------------
@pytest.fixture
def index(site):
    """25 stories and one person, the newest last."""
    with closing(sqlite3.connect(site / "tim" / "search.sqlite3")) as connection, connection:
        connection.execute(
            "CREATE TABLE pages (id, path, title, lead, kind, field, place, year INTEGER, lang, key)"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', detail=column)"
        )
        for number in range(1, 27):
            kind = "Điển hình" if number == 26 else "Chuyện"
            row = (
                number,
                f"/t/{number}/",
                f"Hòa <b> {number}",
                "&",
                kind,
                "",
                "Xã Gào",
                2025 + number % 2,
                "vi",
                f"hoa b {number}",
            )
            connection.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            words = (number, f"hoa b {number}", "lang")
            connection.execute("INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)", words)


def links(answer):
    return [part.split('"')[0] for part in page(answer).split('class="head-link" href="')[1:]]


def test_what_is_found_is_listed_escaped_and_the_words_stay_in_the_box(visitor, index):
    answer = visitor.get("/tim/", {"q": "Hòa<zqx", "xem": "moi.1"})
    missed = visitor.get("/tim/", {"q": "zqx"})

    assert Controls(page(answer)).shown == {"q": "Hòa<zqx"}
    assert (page(answer).count("zqx"), page(missed).count("zqx")) == (1, 1)
    assert "<title>Tìm – Gương</title>" in page(missed) and "Chưa thấy trang nào" in page(missed)
    assert "<b>" not in page(visitor.get("/tim/", {"q": "hoa"}))


def test_buttons_lead_to_further_pages_and_orders(visitor, index):
    first = visitor.get("/tim/", {"q": "hoa", "xem": "moi.1"})
    second = visitor.get("/tim/", {"q": "hoa", "xem": "moi.2"})

    assert links(first) == [f"/t/{number}/" for number in range(26, 6, -1)]
    assert links(second) == [f"/t/{number}/" for number in range(6, 0, -1)]
    assert 'form="tim" name="xem" value="moi.2">Trang sau' in page(first)
    assert 'form="tim" name="xem" value="moi.1">Trang trước' in page(second)
    assert '<h2 id="kq">Hơn 20 trang, mới nhất trước</h2>' in page(first)
    assert '<h2 id="kq">26 trang, mới nhất trước</h2>' in page(second)


def test_facets_narrow_one_after_the_other_and_are_taken_away_again(visitor, index):
    every = page(visitor.get("/tim/", {"q": "hoa", "xem": "moi.1"}))
    of_a_year = visitor.get("/tim/", {"q": "hoa", "xem": "moi.1.year-2026"})
    both = visitor.get("/tim/", {"q": "hoa", "xem": "moi.1.year-2025.kind-dien-hinh"})

    assert 'value="moi.1.kind-dien-hinh">Điển hình (1)' in every
    assert 'value="moi.1.year-2026">2026 (13)' in every
    assert "<h3>Nơi</h3>" not in every  # all are of one place: nothing to choose
    assert links(of_a_year) == [f"/t/{number}/" for number in range(25, 0, -2)]
    assert 'value="moi.1">2026 ×' in page(of_a_year)
    assert links(both) == ["/t/26/"]


def test_who_searches_without_end_is_asked_to_wait_and_keeps_the_words(visitor, index, monkeypatch):
    monkeypatch.setattr(views, "searches", doors.Throttle(per_address=2, per_form=9, window=60))
    machine = {"REMOTE_ADDR": "203.0.113.7"}
    for _ in range(2):
        assert visitor.get("/tim/", {"q": "hoa"}, **machine).status_code == 200

    answer = visitor.get("/tim/", {"q": "hoa b"}, **machine)
    typing = visitor.get("/tim/", {"q": "hoa b", "goi-y": "1"}, **machine)
    empty = visitor.get("/tim/", **machine)
    other = visitor.get("/tim/", {"q": "hoa"}, REMOTE_ADDR="203.0.113.8")

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Xin tìm lại sau một phút" in page(answer)
    assert Controls(page(answer)).shown["q"] == "hoa b"
    assert (typing.status_code, typing["Retry-After"], page(typing)) == (429, "60", "")
    assert (empty.status_code, other.status_code) == (200, 200)


def test_an_office_of_twenty_behind_one_address_may_all_type_and_search():
    views.searches._begin()
    office = "203.0.113.9"

    heard = [views.searches.lets_in("tim", office) for _ in range(20 * 40)]

    assert all(heard)
    machine = [views.searches.lets_in("tim", "203.0.113.10") for _ in range(1_000)]
    assert (machine.count(True), views.searches.lets_in("tim", office)) == (900, True)
    views.searches._begin()


def test_suggestions_are_titles_and_never_the_words_typed(visitor, index):
    answer = visitor.get("/tim/", {"q": "hoa b 2", "goi-y": "1"})

    assert page(answer).count("<li>") == 8
    starts = [page(answer).index(f"/t/{number}/") for number in (2, 26)]
    assert starts == sorted(starts)  # the very title, then the newest
    assert answer["Cache-Control"] == "no-store"
    assert page(visitor.get("/tim/", {"q": "zqx<i>", "goi-y": "1"})) == ""


@pytest.mark.parametrize(
    "strange",
    ["", "..", "x.y.z", "moi.-1", "....", "dung.99999", "\x00.٣", "moi.1.kind-khong.year-"],
)
def test_a_strange_view_is_the_first_page_of_everything(visitor, index, strange):
    assert len(links(visitor.get("/tim/", {"q": "hoa", "xem": strange}))) == 20


def test_without_words_there_is_only_the_box(visitor, index):
    assert "kq" not in page(visitor.get("/tim/", {"q": " "}))


def test_a_search_that_takes_too_long_gets_a_sentence(visitor, index, monkeypatch):
    monkeypatch.setattr(search, "PATIENCE", -1)
    monkeypatch.setattr(search, "STEPS", 1)

    answer = visitor.get("/tim/", {"q": "hoa"})

    assert (answer.status_code, "rộng quá" in page(answer)) == (200, True)


def test_a_release_without_a_search_file_gets_a_sentence(visitor):
    answer = visitor.get("/tim/", {"q": "hoa"})

    assert (answer.status_code, "tạm nghỉ" in page(answer)) == (200, True)


def test_before_the_first_release_there_is_nothing_to_fill(visitor, settings):
    (settings.HOME / "releases" / "current").unlink()

    answer = visitor.get("/tim/", {"q": "hoa"})

    assert (answer.status_code, page(answer)) == (
        503,
        "Cổng chưa đăng trang này. Xin quay lại sau.\n",
    )


@tries(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=250), st.text(max_size=20))
def test_no_words_break_the_search(visitor, index, words, view):
    assert visitor.get("/tim/", {"q": words, "xem": view}).status_code == 200


# --- Counter ----------------------------------------------------------------
def test_a_reading_is_a_page_and_a_day(visitor):
    answer = visitor.get("/dem/chuyen-12.gif")

    assert (answer["Content-Type"], answer.content[:6]) == ("image/gif", b"GIF89a")
    assert [hit.page for hit in Hit.objects.all()] == ["chuyen-12"]
    assert {field.name for field in Hit._meta.fields} == {"id", "page", "on"}


def test_a_reading_from_another_site_or_too_many_are_not_counted(visitor, site, monkeypatch):
    Client(headers={"sec-fetch-site": "cross-site"}).get("/dem/a.gif")
    monkeypatch.setattr(views, "readings", doors.Throttle(per_form=1))

    answers = [visitor.get("/dem/a.gif").status_code for _ in range(3)]

    assert (answers, Hit.objects.count()) == ([200, 200, 200], 1)


def test_a_reading_that_cannot_be_written_still_gets_its_picture(visitor):
    with connections["intake"].execute_wrapper(full_disk):
        assert visitor.get("/dem/a.gif").content == views.DOT


def test_other_names_are_no_pages(visitor):
    names = [
        "/dem/.gif",
        "/dem/a b.gif",
        "/dem/../x.gif",
        "/dem/a.png",
        "/dem/" + "a" * 81 + ".gif",
    ]

    assert {visitor.get(name).status_code for name in names} == {404}


# --- Every answer -----------------------------------------------------------
def test_every_answer_is_kept_out_of_caches_and_search_engines(visitor, index):
    answers = [
        visitor.get("/tim/", {"q": "hoa"}),
        send(visitor),
        send(visitor, {"ten": ""}),
        visitor.get("/dem/a.gif"),
        visitor.get("/khong-co"),
    ]

    assert {
        (answer["Cache-Control"], answer["X-Robots-Tag"], answer["X-Content-Type-Options"])
        for answer in answers
    } == {("no-store", "noindex, nofollow", "nosniff")}
    assert "default-src 'none'" in answers[0]["Content-Security-Policy"]
    assert not any(answer.cookies for answer in answers)


def test_refusals_of_the_framework_speak_vietnamese(visitor, monkeypatch):
    monkeypatch.setattr(intake, "count", lambda page: 1 / 0)

    assert page(visitor.get("/khong-co")) == "Không có trang này.\n"
    assert page(visitor.get("/dem/a.gif")) == "Hệ thống trục trặc. Xin thử lại sau ít phút.\n"
    assert views.bad_request(None).status_code == 400
