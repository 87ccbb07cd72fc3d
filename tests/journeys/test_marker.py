"""Nobody without an account gets a word or a link of theirs into anything the public can open.

More than sixty ways are tried on a running portal; then all that the next release serves is read.
"""

import html
import http.client
import io
import itertools
import re
import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

from PIL import Image, PngImagePlugin

MARK = "zqmarkervexille"
LINK = f"https://{MARK}.example/"
AD = f'<a href="{LINK}">{MARK}</a>'
# Where what somebody sent may stand again, to them alone: in the box it was typed into, escaped, and
# in the sentence that says which of their files was refused.
THEIR_OWN = re.compile(r'value="[^"]*"|<textarea[^>]*>[^<]*</textarea>|Tệp «[^»<]*»')
DYNAMIC = ("/tim/", "/gui/")


def ask(portal: str, path: str, method="GET", body=None, **headers):
    """One question as nobody's browser would ask it; status, headers, body."""
    where = urlsplit(portal)
    line = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    try:
        line.request(method, path, body=body, headers={"Connection": "close"} | headers)
        answer = line.getresponse()
        return answer.status, answer.headers.items(), answer.read().decode("utf-8", "replace")
    finally:
        line.close()


def addresses():
    """Words in paths and questions."""
    word, link = quote(MARK), quote(LINK, safe="")
    yield from (f"/{word}", f"/{word}/", f"/{word}.html", f"/{word}.php?ID={word}", f"/?q={word}")
    yield from (f"/?next={link}", f"/?url={link}", f"/?redirect={link}", f"/?ID={word}")
    yield from (f"/chuyen/{word}/", f"/guong/{word}/", f"/noi/{word}/", f"/a/{word}.css")
    yield from (f"//{MARK}.example/", f"/\\{MARK}.example", f"/%2e%2e/{word}", f"/..%2f{word}")
    yield from (f"/tuf/{word}", f"/dem/{word}.gif", f"/gui/{word}/", f"/index.php/{word}")
    yield from (f"/%3Cscript%3E{word}%3C/script%3E", f"/404.html?{word}", f"/410.html?{word}")
    yield from (f"/tim/?q={word}", f"/tim/?q={quote(AD)}", f"/tim/?q=a&xem={word}")
    yield from (f"/tim/?goi-y=1&q={word}", f"/tim/?q=a&xem=moi.1.kind-{word}", f"/tim/?{word}=1")
    yield from (f"/robots.txt?{word}", f"/sitemap.xml?{word}", f"/so-lieu/so-lieu.csv?{word}")


def lies():
    """Headers that make a careless server speak of somebody else's host."""
    foreign = f"{MARK}.example"
    for name in ("Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Referer"):
        yield {name: foreign if "Host" in name else f"/{MARK}"}
    for name in ("User-Agent", "Cookie", "Accept-Language", "X-Forwarded-For", "If-None-Match"):
        yield {name: MARK}
    yield {"Forwarded": f"host={foreign}"}


def multipart(fields: dict, files: dict) -> tuple[bytes, str]:
    edge, out = uuid.uuid4().hex, io.BytesIO()
    for name, value in fields.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        out.write(f"{head}{value}\r\n".encode())
    for name, (file, kind, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        out.write(f"{head}Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    out.write(f"--{edge}--\r\n".encode())
    return out.getvalue(), f"multipart/form-data; boundary={edge}"


def pictures() -> dict:
    """Pictures that carry the words where a viewer, a gallery or an index might read them."""
    photo, drawing = Image.new("RGB", (8, 8), "white"), io.BytesIO()
    exif, text = photo.getexif(), PngImagePlugin.PngInfo()
    exif[0x010E], exif[0x9C9C] = AD, MARK.encode("utf-16-le")
    text.add_text("Comment", AD)
    jpeg = io.BytesIO()
    photo.save(jpeg, "JPEG", exif=exif)
    photo.save(drawing, "PNG", pnginfo=text)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><a href="{LINK}">{MARK}</a></svg>'
    return {
        f"{MARK}.jpg": ("image/jpeg", jpeg.getvalue()),
        f"../../{MARK}.png": ("image/png", drawing.getvalue()),
        f"{MARK}.svg": ("image/svg+xml", svg.encode()),
        f"{MARK}.html": ("text/html", AD.encode()),
        f"{MARK}.jpg.php": ("image/jpeg", jpeg.getvalue() + AD.encode()),
    }


TIP = {"ten": "An", "noi": "Xã Gào", "viec": "Trồng rừng giữ nước cho làng."}
WORD = {"ve": "GU-2026-00001", "toi": "An", "dt": "0901234567", "loi": "Bài hay lắm."}


def submissions():
    """Every field of every form, and every kind of file."""
    for name in (*TIP, "lang", "toi", "dt", "la", "trang_web"):
        yield "gioi-thieu", TIP | {name: AD}, {}
    for form in ("hoc-theo", "rut-bai", "gop-y", "phan-anh", "binh-luan"):
        for name in WORD:
            yield form, WORD | {name: AD}, {}
    for file, (kind, content) in pictures().items():
        yield "gioi-thieu", TIP, {"anh": (file, kind, content)}


def wait_until_sorted(intake: Path) -> None:
    """Until the clock has moved everything that was sent into the office."""
    deadline = time.monotonic() + 60
    with closing(sqlite3.connect(f"file:{intake}?mode=ro", uri=True)) as connection:
        while connection.execute("SELECT count(*) FROM dropbox_submission").fetchone()[0]:
            assert time.monotonic() < deadline, "nobody empties the drop box"
            time.sleep(0.5)


def is_clean(path: str, headers, body: str) -> bool:
    """No trace of the words, except in the box they were typed into."""
    shown = THEIR_OWN.sub("", body) if path.startswith(DYNAMIC) else body
    said = " ".join(f"{name}: {value}" for name, value in headers)
    return MARK not in shown and MARK not in html.unescape(shown) and MARK not in said


def test_no_word_of_a_stranger_reaches_anything_public(office):
    tried = 0

    def hold(path, *answer):
        nonlocal tried
        tried += 1
        _, headers, body = answer
        assert is_clean(path, headers, body), (path, headers)

    for path in addresses():
        hold(path, *ask(office.portal, path))
    for lie, path in itertools.product(lies(), ("/", f"/{MARK}/")):
        hold(path, *ask(office.portal, path, **lie))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        hold("/", *ask(office.portal, f"/{MARK}", method, AD.encode()))
    # Straight to the drop box, as from many addresses: not the throttle is to keep the words out.
    dropbox = f"http://127.0.0.1:{office.dropbox_port}"
    for form, fields, files in submissions():
        body, kind = multipart(fields, files)
        said = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
        said["X-Forwarded-For"] = f"10.0.0.{tried % 250}"
        path = f"/gui/{form}/"
        status, *answer = ask(dropbox, path, "POST", body, **said)
        assert status in {200, 400}, (path, status)
        hold(path, status, *answer)
    assert tried >= 60

    wait_until_sorted(office.home / "intake.sqlite3")
    office.guong("release", "publish")
    assert "đúng như đã ký" in office.guong("release", "check")
    site = office.home / "releases" / "current" / "site"
    served = [place for place in site.rglob("*") if place.is_file()]
    assert len(served) > 100
    assert [place for place in served if MARK.encode() in place.read_bytes().lower()] == []
