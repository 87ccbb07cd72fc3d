"""nginx and Caddy answer as our own server does, byte for byte, and refuse what it refuses."""

import http.client
import time
from datetime import UTC, datetime

import pytest

from guong.core.signing import signer
from guong.core.signing.places import Places
from guong.portal.release import follow, publisher, repair
from guong.portal.release.pages import FOREVER, Page
from guong.portal.tests.releasing import (
    home_with_keys,
    listening,
    page,
    release,
    source,
)
from guong.portal.tests.test_release_server import dropbox, object_of, spoil
from guong.sentinel.cli import main as sentinel
from guong.sentinel.watch import PARASITES

from . import serving

NOINDEX = (("x-robots-tag", "noindex"),)
FORMS = [
    None,
    "",
    "gzip",
    "br",
    "gzip, deflate, br",
    "br;q=0, gzip;q=0.5",
    "BR ; q=0.0",
    "*",
    "gzip;q=0",
]
SERVERS = {"nginx": serving.nginx, "caddy": serving.caddy}


def file(path: str, body: bytes, kind: str, **more) -> Page:
    return Page(path, body, kind, (source(),), **more)


def pages() -> list[Page]:
    """One page for each shelf and each kind of address."""
    feed = b"<feed/>"
    return [
        page("/404.html", "Không có trang này", status=404, headers=NOINDEX),
        page("/410.html", "Trang đã gỡ", status=410, headers=NOINDEX),
        page("/", "Trang chủ"),
        page("/guong/mau-1/", "Người trồng rừng " * 200),
        page("/guong/mau-2/", "Người giữ nghề dệt"),
        page("/tim/shell.html", "Tìm", headers=NOINDEX),
        page("/gui/tin/shell.html", "Gửi", headers=NOINDEX),
        page("/a-b_c~d.e/x.html"),
        file("/a/gia.1f.css", b"body{}", "text/css; charset=utf-8", cache=FOREVER),
        file("/a/chu.2f.woff2", b"wOF2 mau", "font/woff2", cache=FOREVER),
        file("/anh/mau.png", b"\x89PNG mau", "image/png", cache=FOREVER),
        file("/tep/tieng.mp3", bytes(range(256)) * 40, "audio/mpeg", cache=FOREVER),
        file("/chuyen/moi.xml", feed, "application/atom+xml; charset=utf-8"),
        file("/sitemap.xml", b"<urlset/>", "application/xml; charset=utf-8"),
        file("/robots.txt", b"User-agent: *", "text/plain; charset=utf-8"),
        file("/tim/search.sqlite3", b"SQLite mau" * 999, "application/octet-stream"),
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two releases; the second has taken a page and a picture away."""
    home = home_with_keys(tmp_path_factory.mktemp("serving"))
    first = [*pages(), page("/guong/da-go/"), file("/anh/da-go.png", b"\x89PNG", "image/png")]
    release(home, first, 1)
    release(home, pages(), 2, gone=["/guong/da-go/", "/anh/da-go.png"])
    signer.answer_once(home, now=datetime.now(UTC))
    follow.Follower(home).start()
    return home


@pytest.fixture(scope="module")
def box():
    with listening(dropbox) as address:
        yield int(address.rpartition(":")[2])


@pytest.fixture(scope="module")
def ours(home, box, tmp_path_factory):
    with serving.embedded(home, tmp_path_factory.mktemp("ours"), dropbox=box) as port:
        yield port


@pytest.fixture(scope="module", params=SERVERS)
def theirs(request, home, box, tmp_path_factory):
    with SERVERS[request.param](home, tmp_path_factory.mktemp("their"), dropbox=box) as port:
        yield port


def same(answer: tuple) -> tuple:
    """What must not differ: the tag's value is each server's own affair, that there is one is not."""
    status, headers, body = answer
    return status, {k: v if k != "etag" else "…" for k, v in headers.items() if k != "server"}, body


def addresses(home) -> list[str]:
    """Every address of the release, with every encoding's name and what lies beside."""
    found = []
    for name in publisher.catalogue.entries(home, 2):
        found += [
            f"/{name}",
            f"/{name.removesuffix('index.html')}",
            f"/{name.removesuffix('/index.html')}",
        ]
    return sorted(set(found)) + [f"/tuf/{path.name}" for path in Places(home).tuf(2).iterdir()]


@pytest.mark.parametrize("form", FORMS)
def test_every_address_in_every_encoding_is_answered_as_by_our_own_server(home, ours, theirs, form):
    asked = {} if form is None else {"Accept_Encoding": form}
    few = [path for path in addresses(home) if ".phan-" not in path]

    different = {
        path: (same(mine), same(their))
        for path in (addresses(home) if form == "br" else few)
        for mine, their in [(serving.ask(ours, path, **asked), serving.ask(theirs, path, **asked))]
        if same(mine) != same(their)
    }

    assert different == {}


@pytest.mark.parametrize("asked", ["bytes=0-1", "bytes=100-", "bytes=-7", "bytes=0-99999999"])
def test_a_player_gets_the_part_it_asks_for(ours, theirs, asked):
    answers = [serving.ask(port, "/tep/tieng.mp3", Range=asked) for port in (ours, theirs)]

    (mine, their) = map(same, answers)
    # Who sends a part need not say that it can; nginx does not.
    assert set(mine[1].items()) ^ set(their[1].items()) <= {("accept-ranges", "bytes")}
    assert (mine[0], mine[2]) == (their[0], their[2])
    assert (mine[0], "content-range" in mine[1]) == (206, True)


def test_nothing_but_sounds_and_films_is_given_in_parts(ours, theirs):
    answers = [serving.ask(port, "/guong/mau-1/", Range="bytes=0-1") for port in (ours, theirs)]

    assert [(status, "accept-ranges" in headers) for status, headers, _ in answers] == [
        (200, False)
    ] * 2


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_every_method_is_answered_as_by_our_own_server(home, ours, theirs, method):
    paths = ["/", "/guong/mau-1/", "/guong/da-go/", "/khong/", "/anh/mau.png", "/tuf/root.json"]
    paths += ["/tim/", "/gui/tin/", "/gui/tin/x", "/dem/a-1.gif", "/robots.txt"]

    different = {
        path: (same(mine), same(their))
        for path in paths
        for mine, their in [(serving.ask(ours, path, method), serving.ask(theirs, path, method))]
        if same(mine) != same(their)
    }

    assert different == {}


STRANGE = [
    *PARASITES,
    "/?ID=7",
    "/guong/mau-1/?utm_source=zalo&q=" + "x" * 3000,
    "/guong/mau-1",
    "/guong",
    "/guong/",
    "//",
    "//guong/mau-1/",
    "/guong//mau-1/",
    "/./",
    "/guong/../",
    "/guong/%2e%2e/",
    "/guong/mau-1/%2e/",
    "/%67uong/mau-1/",
    "/guong/mau-1/index.html/",
    "/guong/mau-1/.",
    "/.well-known/",
    "/identity/page/guong/mau-1/index.html",
    "/br/page/index.html",
    "/words/405.html",
    "/words/",
    "/tuf/",
    "/tuf/unsigned.json",
    "/tuf/..%2findex.html",
    "/index.html.br",
    "/*",
    "/guong/[m]au-1/",
    "/guong/mau-1/%00",
    "/guong/m%C3%A2u/",
    "/guong\\mau-1/",
    "/dem/../a.gif",
    "/dem/" + "a" * 81 + ".gif",
    "/tim",
    "/tim/x",
    "/current",
    "/404.html",
    "/410.html",
]


@pytest.mark.parametrize("path", STRANGE)
def test_no_address_but_the_signed_ones_and_no_query_changes_anything(ours, theirs, path):
    assert same(serving.ask(theirs, path)) == same(serving.ask(ours, path))


def test_what_climbs_out_of_the_site_gets_nothing(theirs):
    for path in ("/../", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fobjects/"):
        status, _, body = serving.ask(theirs, path)

        assert status in (400, 404) and b"root:" not in body


def test_a_known_page_is_not_sent_again(ours, theirs):
    for port in (ours, theirs):
        tag = serving.ask(port, "/guong/mau-1/", Accept_Encoding="br")[1]["etag"]

        status, headers, body = serving.ask(
            port, "/guong/mau-1/", Accept_Encoding="br", If_None_Match=f'"x", {tag}'
        )

        assert (status, body, headers["etag"]) == (304, b"", tag)
        assert headers["cache-control"] == "public, max-age=60"
        assert serving.ask(port, "/guong/mau-1/", If_None_Match='"x"')[0] == 200


def test_a_part_of_a_page_is_not_sent(ours, theirs):
    asked = {"Range": "bytes=0-9"}

    assert same(serving.ask(theirs, "/", **asked)) == same(serving.ask(ours, "/", **asked))


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("/tim/?q=d%E1%BB%87t", "GET", b""),
        ("/tim/?q=" + "x" * 2500, "GET", b""),
        ("/tim/?status=429", "GET", b""),
        ("/tim/?status=302", "GET", b""),
        ("/tim/?status=500", "GET", b""),
        ("/tim/?status=404", "GET", b""),
        ("/gui/tin/", "POST", b"ai=x&loi=y"),
        ("/gui/tin/", "POST", b"x" * 400_000),
        ("/dem/guong-1.gif", "GET", b""),
    ],
)
def test_the_dynamic_paths_go_to_the_drop_box(ours, theirs, path, method, body):
    asked = {"Origin": "http://127.0.0.1", "Content_Type": "text/plain", "Cookie": "a=1"}

    mine, their = (serving.ask(port, path, method, body, **asked) for port in (ours, theirs))

    assert same(their) == same(mine)


def test_too_much_is_refused_before_it_is_sent(ours, theirs):
    answers = []
    for port in (ours, theirs):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.putrequest("POST", "/gui/tin/", skip_accept_encoding=True)
        connection.putheader("Content-Length", "99999999")
        connection.endheaders()
        answer = connection.getresponse()
        answers.append((answer.status, answer.headers["Cache-Control"], answer.read()))
        connection.close()

    assert answers[0] == answers[1]


def test_no_version_is_told(theirs):
    _, headers, body = serving.ask(theirs, "/khong-co/")

    assert headers.get("server", "nginx") == "nginx"
    assert b"nginx" not in body and b"Caddy" not in body


def test_the_sentinel_finds_nothing_to_say(home, theirs, capsys):
    root = ["--root", str(home / "trust" / "root.json")]
    address = f"http://127.0.0.1:{theirs}/"

    codes = [sentinel([verb, address, *root]) for verb in ("verify", "watch")]

    assert codes == [0, 0], capsys.readouterr().out


# --- What is switched to, and what is not ------------------------------------------
@pytest.fixture(params=SERVERS)
def own(request, tmp_path):
    """A home of its own whose first release is shown, the follower, and the port."""
    home = home_with_keys(tmp_path / "home")
    release(home, pages(), 1)
    follower = follow.Follower(home)
    follower.start()
    (tmp_path / "server").mkdir()
    with SERVERS[request.param](home, tmp_path / "server") as port:
        yield home, follower, port


def look(follower) -> None:
    """One round of the process, without waiting for its half seconds."""
    follower.standing.refresh()
    follower.step()


def soon(port: int, path: str, status: int) -> tuple[int, dict[str, str], bytes]:
    """The answer once it has that status: for a second nginx may go on with the file it has open."""
    for _ in range(50):
        try:
            answer = serving.ask(port, path)
        except http.client.IncompleteRead:  # the old length, and fewer bytes in the file
            answer = (0, {}, b"")
        if answer[0] == status:
            break
        time.sleep(0.1)
    return answer


def fresh(port: int, path: str) -> int:
    return serving.ask(port, path)[0]


def test_a_new_release_is_shown_without_a_reload(own):
    home, follower, port = own
    assert fresh(port, "/moi/") == 404
    release(home, [*pages(), page("/moi/")], 2)

    look(follower)

    assert fresh(port, "/moi/") == 200
    assert serving.ask(port, "/tuf/2.targets.json")[0] == 200
    assert serving.ask(port, "/tuf/1.targets.json")[0] == 404


def test_a_bad_release_is_refused_and_the_last_good_one_stays(own):
    home, follower, port = own
    release(home, [*pages(), page("/moi/")], 2)
    spoil(object_of(home, "moi/index.html", 2))

    look(follower)

    assert fresh(port, "/moi/") == 404
    assert fresh(port, "/guong/mau-1/") == 200
    assert serving.ask(port, "/tuf/1.targets.json")[0] == 200


def test_bytes_damaged_later_are_taken_off_and_come_back_after_a_repair(own):
    home, follower, port = own
    signed = serving.ask(port, "/guong/mau-1/")
    spoil(object_of(home, "guong/mau-1/index.html", 1))

    follower.examine()
    look(follower)
    between = soon(port, "/guong/mau-1/", 503)
    others = serving.ask(port, "/guong/mau-1/", Accept_Encoding="br")[0]
    repair.repair(home)
    follower.examine()
    look(follower)

    assert between[0] == 503 and "đang được khôi phục" in between[2].decode()
    assert between[1]["cache-control"] == "no-store"
    assert others == 200
    assert soon(port, "/guong/mau-1/", 200)[2] == signed[2]


def test_before_the_first_release_the_portal_says_so(tmp_path):
    home = home_with_keys(tmp_path / "home")
    follow.Follower(home).start()
    answers = []
    for name, server in {**SERVERS, "ours": serving.embedded}.items():
        folder = tmp_path / name
        folder.mkdir()
        with server(home, folder) as port:
            answers.append(same(serving.ask(port, "/")))

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 503
