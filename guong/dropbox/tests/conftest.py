import pytest
from django.test import Client

from guong.dropbox import views

TIP = """<!doctype html>
<html lang="vi"><head><title>Giới thiệu người tốt – Gương</title></head><body>
<svg><use href="/i.svg#tim"/></svg><!-- giữ lại -->
<!--guong:errors--><!--guong:results-->
<!--guong:form--><form action="/gui/gioi-thieu/" method="post" enctype="multipart/form-data">
<div class="field" data-field="ten"><label for="ten">Tên &amp; biệt danh</label><!--guong:error:ten-->
<input id="ten" name="ten" aria-describedby="ten-h"></div>
<select id="noi" name="noi"><option value="">Chọn</option><option>Xã Gào</option>\
<option value="K">Xã Krong</option><option value="L" selected>Xã Ia Ly</option></select>
<input id="lang" name="lang"><textarea id="viec" name="viec" rows="6">mẫu</textarea>
<input id="anh" name="anh" type="file" multiple><input id="toi" name="toi">
<input id="dt" name="dt" type="tel">
<input type="radio" name="la" value="1" checked><input type="radio" name="la" value="2">
<input name="trang_web"><button type="submit">Gửi</button></form><!--guong:/form-->
<footer>Cần giúp?</footer></body></html>"""
SEARCH = """<!doctype html>
<html lang="vi"><head><title>Tìm – Gương</title></head><body>
<form id="tim" action="/tim/"><input id="q" name="q" type="search"></form>
<!--guong:results--></body></html>"""
TYPED = {
    "ten": "Bà H'Bliu",
    "noi": "Xã Gào",
    "lang": "Làng Ghè",
    "viec": "Vần công tái canh cà phê với 42 nhà trong làng.",
    "toi": "Một người cùng làng",
    "dt": "901234567",
    "la": "1",
}
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40


@pytest.fixture
def site(settings, tmp_path):
    """A home with a release that stands, and the drop box's own settings."""
    settings.HOME = tmp_path
    settings.ROOT_URLCONF = "guong.dropbox.urls"
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["testserver"]
    release = tmp_path / "releases" / "7"
    for name, body in {"tim/shell.html": SEARCH, "gui/gioi-thieu/shell.html": TIP}.items():
        place = release / "site" / name
        place.parent.mkdir(parents=True)
        place.write_text(body, encoding="utf-8")
    (tmp_path / "releases" / "current").symlink_to("7")
    for throttle in (views.tips, views.readings, views.searches):
        throttle._begin()
    return release / "site"


@pytest.fixture
def visitor(site):
    """A browser that has one of our pages open."""
    return Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
