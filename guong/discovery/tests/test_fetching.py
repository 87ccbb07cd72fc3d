"""The one door to the network, against a real server and real resolvers."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guong.discovery.fetching import Fetcher, NotFetched, is_public, look_up

from .servers import HOST, Page, paper

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",  # noqa: S104
    "100.64.0.1", "192.0.0.8", "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1",
    "2001:0:7f00:1::", "2001:db8::1", "::127.0.0.1", "khong-phai", "",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "113.160.1.1", "2001:4860:4860::8888", "2404:6800:4005::1"]


@pytest.fixture
def press():
    with paper() as running:
        yield running


def refused(act) -> str:
    with pytest.raises(NotFetched) as refusal:
        act()
    return str(refusal.value)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_somebody_elses_network_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_open_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", [one for one in INSIDE if one and "khong" not in one])
def test_a_listed_host_that_leads_inside_is_not_connected_to(address):
    fetcher = Fetcher(frozenset({HOST}), resolve=lambda host, port: [address], seconds=1.0)

    assert "mạng nội bộ" in refused(lambda: fetcher.get(f"http://{HOST}/"))


def test_one_inner_address_among_outer_ones_is_enough_to_refuse():
    fetcher = Fetcher(frozenset({HOST}), resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])

    assert "mạng nội bộ" in refused(lambda: fetcher.get(f"http://{HOST}/"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/",
        "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://bao.example.evil.example/",
        "http://bao.example:81/", "http://evil.example/?bao.example", "http://bao.example./",
        "https://bao.example:8443/x",
    ],
)  # fmt: skip
def test_a_host_that_is_not_listed_is_never_looked_up(address):
    asked = []
    fetcher = Fetcher(
        frozenset({HOST}), resolve=lambda host, port: asked.append(host) or ["8.8.8.8"]
    )

    assert "không có trong danh sách" in refused(lambda: fetcher.get(address))
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "gopher://bao.example/", "ftp://bao.example/", "javascript:alert(1)",
        "data:text/html,x", "//bao.example/", "bao.example", "", "http:///x", "http://",
        "http://user:pw@bao.example/", "http://bao.example@evil.example/", "http://bao.example:0/",
        "http://bao.example:99999/", "http://[::1/", "http://bao.example/\r\nHost: evil",
        "http://bao.example/a b", "http://bao.example\\@evil.example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(address):
    fetcher = Fetcher(frozenset({HOST, "evil.example", ""}), resolve=lambda host, port: ["8.8.8.8"])

    assert refused(lambda: fetcher.get(address)).endswith(".")


def test_a_page_is_read_from_the_address_that_was_checked(press):
    address = press.html("/bai-1.html", "Chào", ETag='"a"')

    got = press.fetcher().get(address)

    assert (got.body.decode(), got.content_type, got.charset, got.etag) == (
        "Chào",
        "text/html",
        "utf-8",
        '"a"',
    )
    (_, headers), *rest = press.asked
    assert (headers["Host"], headers["Accept-Encoding"], rest) == (press.netloc, "identity", [])


def test_a_name_that_points_elsewhere_a_moment_later_changes_nothing(press):
    """DNS rebinding: the answer that was checked is the one connected to, and asked for once."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    fetcher = press.fetcher(resolve=lambda host, port: next(answers))

    assert fetcher.get(press.html("/a.html", "một")).body == "một".encode()
    # The next request asks again, and is refused what it now gets.
    assert "mạng nội bộ" in refused(lambda: fetcher.get(press.address("/a.html")))


def test_a_redirect_within_the_host_is_followed_and_checked_again(press):
    press.html("/moi.html", "mới")
    press.pages["/cu.html"] = Page(status=301, headers={"Location": "/moi.html"})
    looked_up = []
    fetcher = press.fetcher(resolve=lambda host, port: looked_up.append(host) or ["127.0.0.1"])

    assert fetcher.get(press.address("/cu.html")).body == "mới".encode()
    assert looked_up == [HOST, HOST]


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example/", "//evil.example/", "http://127.0.0.1/", "file:///etc/passwd",
        "http://169.254.169.254/", "", "/vong.html",
    ],
)  # fmt: skip
def test_a_redirect_out_of_the_host_or_in_circles_is_refused(press, location):
    headers = {"Location": location} if location else {"Location": "/vong.html"}
    press.pages["/vong.html"] = Page(status=302, headers=headers)

    assert refused(lambda: press.fetcher().get(press.address("/vong.html"))).endswith(".")
    assert {path for path, _ in press.asked} == {"/vong.html"}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Page(b"x", 404), "mã 404"),
        (Page(b"x", 500), "mã 500"),
        (Page(b"x", 200, {"Content-Type": "application/octet-stream"}), "không phải trang chữ"),
        (Page(b"x", 200, {"Content-Type": "image/png"}), "không phải trang chữ"),
        (Page(b"x" * 5000, 200, {"Content-Type": "text/html"}), "lớn quá"),
        (Page(b"x", 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}), "nén"),
        (Page(b"x" * 200, 200, {"Content-Type": "text/html"}, drip=0.1), "quá chậm"),
    ],
)
def test_what_is_no_page_in_time_and_size_is_refused_with_a_sentence(press, page, words):
    press.pages["/a.html"] = page
    started = time.monotonic()

    assert words in refused(
        lambda: press.fetcher(largest=4000, seconds=1.0).get(press.address("/a.html"))
    )
    assert time.monotonic() - started < 5


def test_nothing_new_is_nothing_read(press):
    address = press.html("/rss", "x", ETag='"b"')

    got = press.fetcher().get(address, etag='"b"', modified="Mon, 05 Oct 2026 01:00:00 GMT")

    assert (got.is_unchanged, got.body) == (True, b"")
    assert press.asked[0][1]["If-Modified-Since"].startswith("Mon")


@pytest.mark.parametrize("addresses", [[], ["127.0.0.1"]])
def test_a_server_that_is_not_there_is_told(addresses):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    fetcher = Fetcher(
        frozenset({f"{HOST}:{port}"}),
        resolve=lambda host, port: addresses,
        allows=lambda address: True,
        seconds=1.0,
    )

    assert refused(lambda: fetcher.get(f"http://{HOST}:{port}/")).endswith(".")


def test_the_next_address_is_tried_when_the_first_does_not_answer(press):
    fetcher = press.fetcher(
        resolve=lambda host, port: ["::1", "127.0.0.1"], allows=lambda one: True
    )

    assert fetcher.get(press.html("/a.html", "có")).body == "có".encode()


def test_a_name_nobody_knows_is_told():
    def resolve(host, port):
        raise socket.gaierror("no such name")

    assert "Không nối được" in refused(
        lambda: Fetcher(frozenset({HOST}), resolve=resolve).get(f"http://{HOST}/")
    )


def test_the_systems_resolver_gives_addresses():
    assert set(look_up("localhost", 80)) <= {"127.0.0.1", "::1"}


# --- TLS ---------------------------------------------------------------------------
@pytest.fixture
def certified(tmp_path):
    """A server whose certificate is for bao.example, and a context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    day = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - datetime.timedelta(days=1))
        .not_valid_after(day + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    with paper() as running:
        running.server.socket = context.wrap_socket(running.server.socket, server_side=True)
        yield running, ssl.create_default_context(cadata=pem.decode())


def test_a_certificate_is_held_against_the_name_not_the_address(certified):
    press, trusting = certified
    press.html("/a.html", "kín")
    other = f"khac.example:{press.port}"
    fetcher = press.fetcher(tls=trusting, hosts=frozenset({press.netloc, other}))

    assert fetcher.get(f"https://{press.netloc}/a.html").body == "kín".encode()
    assert "Chứng chỉ" in refused(lambda: fetcher.get(f"https://{other}/a.html"))
    assert "Chứng chỉ" in refused(lambda: press.fetcher().get(f"https://{press.netloc}/a.html"))


def test_a_server_that_only_listens_is_given_up_in_time():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        netloc = f"{HOST}:{silent.getsockname()[1]}"
        fetcher = Fetcher(
            frozenset({netloc}),
            resolve=lambda host, port: ["127.0.0.1"],
            allows=lambda address: True,
            seconds=0.5,
        )
        started = time.monotonic()

        assert "quá chậm" in refused(lambda: fetcher.get(f"https://{netloc}/"))
        assert time.monotonic() - started < 4
    assert threading.active_count() < 50


def test_the_list_of_inner_addresses_is_made_of_addresses():
    for one in INSIDE[:-2]:
        ipaddress.ip_address(one.partition("%")[0])
