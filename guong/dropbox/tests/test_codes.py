"""A code typed in leads to a released page, without script, and nothing is kept of it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guong.dropbox import views
from guong.dropbox.codes import answer_path, certificate_path
from guong.dropbox.models import Submission

pytestmark = pytest.mark.django_db(databases=["default", "intake"])
SHELL = """<!doctype html><html lang="vi"><head><title>Tra – Gương</title></head><body>
<!--guong:errors--><!--guong:results--><form action="/gui/x/" method="post">
<div data-field="ma"><input id="ma" name="ma"><!--guong:error:ma--></div></form></body></html>"""
CODE = "GT-7KQ2-9MXD-4TBA"


@pytest.fixture(autouse=True)
def shells(site):
    views.lookups._begin()
    for form in ("tra-loi", "kiem-tra"):
        place = site / "gui" / form / "shell.html"
        place.parent.mkdir(parents=True)
        place.write_text(SHELL, encoding="utf-8")


def release(site, path):
    place = site / path[1:] / "index.html"
    place.parent.mkdir(parents=True)
    place.write_text("Đã trả lời.", encoding="utf-8")


def ask(visitor, form="tra-loi", code=CODE, **more):
    return visitor.post(f"/gui/{form}/", {"ma": code}, **more)


def test_an_address_tells_nothing_of_its_code_and_is_the_same_however_it_is_typed():
    path = answer_path(CODE)

    assert re.fullmatch(r"/tra-loi/[0-9a-f]{32}/", path)
    assert path == answer_path("gt 7kq2 9mxd 4tba") != answer_path("GT-7KQ2-9MXD-4TBB")
    assert certificate_path("QD-7KQ2-9MXD-4TBA") == "/kiem-tra/ma/qd7kq29mxd4tba/"
    assert certificate_path(" …") == "/kiem-tra/ma/-/"


@pytest.mark.parametrize(
    ("form", "path", "heading"),
    [
        ("tra-loi", answer_path(CODE), "Mã này có trang trả lời"),
        ("kiem-tra", certificate_path(CODE), "Mã này có trong bản đã ký"),
    ],
)
def test_a_code_leads_to_its_page(visitor, site, form, path, heading):
    release(site, path)

    answer = ask(visitor, form, " gt-7kq2 9mxd 4tba")

    body = answer.content.decode()
    assert answer.status_code == 200
    assert (heading in body, f'href="{path}"' in body) == (True, True)
    assert answer["Cache-Control"] == "no-store"
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "words"),
    [("tra-loi", "Chưa có trang cho mã này"), ("kiem-tra", "Không có giấy nào mang mã này")],
)
def test_a_code_without_a_page_is_told_what_to_do(visitor, form, words):
    answer = ask(visitor, form, "GT-<b>-../../etc")

    body = answer.content.decode()
    assert (answer.status_code, words in body) == (200, True)
    assert 'value="GT-&lt;b&gt;-../../etc"' in body


@pytest.mark.parametrize("code", ["", "  "])
def test_nothing_typed_is_a_mistake_beside_the_field(visitor, code):
    answer = ask(visitor, code=code)

    assert answer.status_code == 400
    assert 'id="ma-e">Viết mã ghi trên giấy của bạn.' in answer.content.decode()


def test_another_site_may_not_ask_nor_anybody_without_end(visitor, monkeypatch):
    assert ask(visitor, headers={"sec-fetch-site": "cross-site"}).status_code == 403

    asked = [ask(visitor, headers={"x-forwarded-for": "203.0.113.9"}) for _ in range(61)]

    assert {answer.status_code for answer in asked[:60]} == {200}
    assert (asked[60].status_code, asked[60]["Retry-After"]) == (429, "600")


def test_what_cannot_be_read_is_a_sentence(visitor, site, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    huge = visitor.post("/gui/tra-loi/", {"ma": "x" * 200})
    broken = visitor.post("/gui/tra-loi/", b"--x\r\n", "multipart/form-data; boundary=")
    (site / "gui/tra-loi/shell.html").unlink()

    assert (huge.status_code, broken.status_code, ask(visitor).status_code) == (413, 400, 404)


def test_a_lookup_is_no_place_to_leave_a_file(visitor, settings):
    file = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40)

    assert ask(visitor, code=CODE).status_code == 200
    assert visitor.post("/gui/tra-loi/", {"ma": CODE, "anh": file}).status_code == 200
    assert not (settings.HOME / "spool").exists()


def test_who_sent_a_tip_is_told_where_its_answer_will_be(visitor):
    from .conftest import TYPED

    answer = visitor.post("/gui/gioi-thieu/", TYPED)

    assert '<a href="/tra-loi/">Tra câu trả lời</a>' in answer.content.decode()
