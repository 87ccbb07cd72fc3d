import gzip
import hashlib
import http.client
import io
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import brotli
import pytest

from guong.core.signing import signer
from guong.core.signing.places import Places
from guong.portal.release import catalogue, publisher
from guong.portal.release.pages import Page
from guong.portal.release.server import Portal
from guong.sentinel.manifest import read_manifest
from guong.sentinel.sources import Portal as Visitor

from .releasing import ask, home_with_keys, listening, page, release, released, site, source

HOME = site()[2].body


def test_a_page_is_answered_in_the_form_the_visitor_takes(tmp_path):
    portal = Portal(released(tmp_path))

    plain = ask(portal, "/")
    small = ask(portal, "/", HTTP_ACCEPT_ENCODING="gzip, deflate")
    smallest = ask(portal, "/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    refused = ask(portal, "/", HTTP_ACCEPT_ENCODING="gzip;q=0, br;q=0.0")

    assert plain[2] == HOME and "content-encoding" not in plain[1]
    assert (small[1]["content-encoding"], gzip.decompress(small[2])) == ("gzip", HOME)
    assert (smallest[1]["content-encoding"], brotli.decompress(smallest[2])) == ("br", HOME)
    assert refused == plain
    assert {each[1]["vary"] for each in (plain, small, smallest)} == {"accept-encoding"}
    assert plain[1]["etag"] == f'"{hashlib.sha256(HOME).hexdigest()}"'


def test_signed_headers_are_sent_and_no_others_that_matter(tmp_path):
    portal = Portal(released(tmp_path))

    _, headers, _ = ask(portal, "/")

    assert headers.keys() == {
        "cache-control",
        "content-length",
        "content-security-policy",
        "content-type",
        "etag",
        "referrer-policy",
        "vary",
        "x-content-type-options",
    }


def test_a_known_page_is_not_sent_again(tmp_path):
    portal = Portal(released(tmp_path))
    tag = ask(portal, "/")[1]["etag"]

    status, headers, body = ask(portal, "/", HTTP_IF_NONE_MATCH=f'W/{tag}, "x"')

    assert (status, body, headers["etag"]) == (304, b"", tag)
    assert ask(portal, "/", HTTP_IF_NONE_MATCH='"x"')[0] == 200


def test_head_tells_the_same_without_the_body(tmp_path):
    portal = Portal(released(tmp_path))

    status, headers, body = ask(portal, "/", "HEAD")

    assert (status, headers, body) == (200, ask(portal, "/")[1], b"")


def test_a_query_string_changes_nothing(tmp_path):
    portal = Portal(released(tmp_path))

    assert ask(portal, "/", QUERY_STRING="ID=casino") == ask(portal, "/")


@pytest.mark.parametrize(
    "path",
    ["/wp-mail.php", "/guong/mau-1", "/khong/", "//", "/index.html.br", "/tuf/unsigned.json", "/x"],
)
def test_an_address_outside_the_release_is_the_released_404(tmp_path, path):
    home = released(tmp_path)
    (Places(home).site(1) / "x").write_bytes(b"nha cai")  # dropped on the server

    status, headers, body = ask(Portal(home), path)

    assert (status, body) == (404, site()[0].body)
    assert "location" not in headers


def test_only_reading_is_allowed(tmp_path):
    status, headers, _ = ask(Portal(released(tmp_path)), "/", "POST", b"x=1")

    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_one_page_needs_three_parts_of_the_list_and_no_more(tmp_path):
    home = released(tmp_path)
    portal, asked = Portal(home), []

    def fetch(name):
        asked.append(name)
        status, _, body = ask(portal, f"/tuf/{name}")
        return body if status == 200 else None

    manifest = read_manifest((home / "trust" / "root.json").read_bytes(), fetch)
    for suffix in ("", ".br", ".gz"):
        assert manifest.targets["guong/mau-1/index.html" + suffix].length
    assert "guong/khong/index.html" not in manifest.targets

    parts = [name for name in asked if ".phan-" in name]
    assert len(parts) == len(set(parts)) <= 4
    assert len(manifest.files) == 258  # mục lục, danh mục và 256 phần


def test_the_metadata_lies_under_tuf(tmp_path):
    home = released(tmp_path)
    portal = Portal(home)

    answers = {
        name: ask(portal, f"/tuf/{name}")[::2]
        for name in ("root.json", "1.root.json", "1.snapshot.json", "1.targets.json")
    }

    folder = Places(home).tuf(1)
    assert answers == {name: (200, (folder / name).read_bytes()) for name in answers}
    assert ask(portal, "/tuf/timestamp.json")[0] == 200


def test_without_a_release_the_portal_says_so(tmp_path):
    status, _, body = ask(Portal(home_with_keys(tmp_path)), "/")

    assert status == 503
    assert "chưa có bản phát hành nào" in body.decode()


def test_a_new_release_is_noticed(tmp_path):
    home = released(tmp_path)
    portal = Portal(home)
    release(home, site(page("/moi/")), 2)

    portal.standing.refresh()

    assert ask(portal, "/moi/")[0] == 200
    assert ask(portal, "/tuf/2.targets.json")[0] == 200


def test_the_hourly_timestamp_is_passed_on(tmp_path):
    home = released(tmp_path)
    portal = Portal(home)
    before = ask(portal, "/tuf/timestamp.json")[2]
    signer.answer_once(home, now=datetime.now(UTC) + timedelta(hours=2))

    portal.standing.refresh()

    after = ask(portal, "/tuf/timestamp.json")[2]
    assert after == (home / "releases" / "timestamp.json").read_bytes() != before


def test_nothing_dropped_beside_the_metadata_is_answered(tmp_path):
    home = released(tmp_path)
    (Places(home).tuf(1) / "casino.json").write_bytes(b"{}")

    assert ask(Portal(home), "/tuf/casino.json")[0] == 404


def spoil(path):
    path.chmod(0o600)
    path.write_bytes(b"nha cai")


def object_of(home, name, number):
    sha256 = catalogue.entries(home, number)[name]["hashes"]["sha256"]
    return home / "objects" / sha256


def test_a_release_with_altered_bytes_is_refused_and_the_last_good_one_stays(tmp_path):
    home = released(tmp_path)
    portal = Portal(home)
    release(home, site(page("/moi/")), 2)
    spoil(object_of(home, "moi/index.html", 2))

    portal.standing.refresh()

    assert portal.standing.answers.number == 1
    assert ask(portal, "/moi/")[0] == 404
    assert Portal(home).standing.answers.number == 1  # a fresh process finds it on the disk


@pytest.mark.parametrize(
    "file", ["2.targets.json", "2.snapshot.json", "2.phan-*.json", "timestamp.json"]
)
def test_a_release_with_altered_metadata_is_refused(tmp_path, file):
    home = released(tmp_path)
    portal = Portal(home)
    release(home, site(page("/moi/")), 2)
    (home / "releases" / "timestamp.json").unlink(missing_ok=True)
    path = next(Places(home).tuf(2).glob(file))
    path.write_bytes(path.read_bytes().replace(b'"version":2', b'"version":3'))

    portal.standing.refresh()

    assert portal.standing.answers.number == 1


def test_an_older_release_is_not_taken_back(tmp_path):
    home = released(tmp_path)
    release(home, site(page("/moi/")), 2)
    portal = Portal(home)
    publisher.switch(Places(home), 1)

    portal.standing.refresh()

    assert portal.standing.answers.number == 2


def test_bytes_altered_while_serving_are_never_sent(tmp_path):
    home = released(tmp_path)
    portal = Portal(home)
    spoil(object_of(home, "guong/mau-1/index.html", 1))

    status, headers, body = ask(portal, "/guong/mau-1/")

    assert (status, headers["cache-control"]) == (503, "no-store")
    assert "đang được khôi phục" in body.decode()
    assert ask(portal, "/guong/mau-1/", HTTP_ACCEPT_ENCODING="br")[0] == 200


# --- The drop box ----------------------------------------------------------------
def dropbox(environ, start_response):
    """Says what it heard."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} "
    said = asked.encode() + body + environ.get("HTTP_ORIGIN", "").encode()
    query = environ["QUERY_STRING"]
    status = query.removeprefix("status=") if query.startswith("status=") else "200"
    start_response(
        f"{status} x",
        [("content-type", "text/plain"), ("set-cookie", "a=1"), ("location", "http://x")],
    )
    return [said]


def test_dynamic_paths_go_to_the_drop_box_and_nothing_else_does(tmp_path):
    with listening(dropbox) as address:
        portal = Portal(released(tmp_path), dropbox_port=int(address.rpartition(":")[2]))

        found = ask(portal, "/tim/", QUERY_STRING="q=det")
        sent = ask(portal, "/gui/tin/", "POST", b"ai=x", HTTP_ORIGIN="http://localhost")
        others = {
            ask(portal, path, method)[0]
            for method, path in [("GET", "/gui/tin/"), ("GET", "/tim/x"), ("GET", "/dem/../a.gif")]
        }

    assert (found[0], found[2]) == (200, b"GET /tim/?q=det ")
    assert sent[2] == b"POST /gui/tin/? ai=xhttp://localhost"
    assert set(found[1]) == {"content-type", "content-length"}
    assert others == {404}


def test_a_redirect_of_the_drop_box_goes_nowhere(tmp_path):
    with listening(dropbox) as address:
        portal = Portal(released(tmp_path), dropbox_port=int(address.rpartition(":")[2]))

        assert ask(portal, "/tim/", QUERY_STRING="status=302")[0] == 503
        assert ask(portal, "/tim/", QUERY_STRING="status=429")[0] == 429


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def test_a_silent_drop_box_is_answered_for(tmp_path):
    portal = Portal(released(tmp_path), dropbox_port=free_port())

    status, _, body = ask(portal, "/tim/", QUERY_STRING="q=x")

    assert status == 503
    assert "tạm nghỉ" in body.decode()


def test_slow_senders_leave_room_for_searching_and_for_others(tmp_path):
    portal, hold, read = Portal(released(tmp_path), dropbox_port=free_port()), Event(), []

    class Slow(io.BytesIO):
        def read(self, size=-1):
            read.append(size)
            hold.wait(20)
            return super().read(size)

    def send(address: str) -> int:
        slow = {"wsgi.input": Slow(b"x"), "CONTENT_LENGTH": "1", "REMOTE_ADDR": address}
        return ask(portal, "/gui/tin/", "POST", **slow)[0]

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(send, "192.0.2.1") for _ in range(2)]
        while len(read) < 2:
            hold.wait(0.01)
        third, searching = send("192.0.2.1"), portal.dropbox._places["GET"].acquire(blocking=False)
        read_by_then = len(read)
        hold.set()
        done = [each.result() for each in waiting]

    assert (third, read_by_then, searching) == (503, 2, True)
    assert (done, dict(portal.dropbox._senders)) == ([503, 503], {})  # nobody listens there


def test_too_much_is_refused_before_the_drop_box_sees_it(tmp_path):
    portal = Portal(released(tmp_path), dropbox_port=free_port())

    assert ask(portal, "/gui/tin/", "POST", CONTENT_LENGTH="99999999999")[0] == 413
    assert ask(portal, "/gui/tin/", "POST", CONTENT_LENGTH="nhiều")[0] == 413
    assert ask(portal, "/tim/", QUERY_STRING="q" * 3000)[0] == 400


# --- The real server ----------------------------------------------------------------
def wait_for(port, process):
    while process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("HEAD", "/")
            connection.getresponse().read()
            connection.close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the portal did not start")


def test_the_portal_runs_under_granian_and_notices_a_new_release(tmp_path):
    home = released(tmp_path)
    film = Page("/phim/x.bin", os.urandom(300_000), "application/octet-stream", (source(),))
    release(home, site(film), 2)
    port = free_port()
    command = [sys.executable, "-m", "guong.portal.release.serve", "--home", home]
    process = subprocess.Popen([*map(str, command), "--port", str(port)])
    try:
        wait_for(port, process)
        visitor = Visitor(f"http://127.0.0.1:{port}")
        small = visitor.get("/?a=1", **{"Accept-Encoding": "br"})
        large = visitor.get("/phim/x.bin")
        absent = visitor.get("/wp-login.php")
        release(home, site(page("/moi/")), 3)
        deadline = time.monotonic() + 20
        while (new := visitor.get("/moi/")).status == 404 and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    assert (small.status, brotli.decompress(small.body)) == (200, HOME)
    assert (large.status, large.body) == (200, film.body)
    assert (absent.status, absent.body) == (404, site()[0].body)
    assert new.status == 200
    assert "set-cookie" not in small.headers
