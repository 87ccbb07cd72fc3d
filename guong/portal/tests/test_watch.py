"""The round of the sentinel: every planted infection is found in one, a clean portal alarms never."""

import contextlib
import json
import shutil
import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from guong.portal.release.server import Portal
from guong.sentinel import certificate, messenger, visitors
from guong.sentinel.cli import main
from guong.sentinel.verdict import Code

from . import infections
from .releasing import Meddler, listening, page, release, released, site

CYCLES = 3  # a thousand in bench/


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    made = released(tmp_path_factory.mktemp("watched"))
    release(made, site(page("/robots.txt", "Disallow: /tim/")), 2)
    return made


def round_of(home: Path, application, *more) -> tuple[int, dict]:
    """One round; the exit code and the report."""
    report = home / "watch.json"
    with listening(application) as address:
        root = ["--root", str(home / "trust" / "root.json"), "--report", str(report)]
        code = main(["watch", address, *root, *more])
    return code, json.loads(report.read_text())


@pytest.mark.parametrize("name", infections.ALL)
def test_an_infection_is_found_in_one_round(home, name, capsys):
    code, report = round_of(home, Meddler(Portal(home), infections.made(name)))

    assert (code, report["code"]) == (1, 1)
    assert all(finding["message"] for finding in report["findings"])


def test_who_is_shown_the_lie_is_told(home, capsys):
    _, report = round_of(home, Meddler(Portal(home), infections.made("for Googlebot only")))

    for finding in report["findings"]:
        assert "Chỉ thấy khi đến như: Googlebot" in finding["message"]
        assert finding["path"] == infections.WHERE


def test_a_clean_portal_alarms_never(home, capsys):
    portal = Portal(home)

    reports = [round_of(home, portal) for _ in range(CYCLES)]

    assert [code for code, _ in reports] == [0] * CYCLES
    assert [report["findings"] for _, report in reports] == [[]] * CYCLES
    assert reports[0][1]["requests"] > 6 * 30


def test_a_release_switched_to_during_the_round_is_no_alarm(tmp_path, capsys):
    home = released(tmp_path)
    portal, switched = Portal(home), []
    changed = [each for each in site() if each.path != "/guong/mau-1/"]

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/guong/mau-2/" and not switched:
            switched.append(release(home, [*changed, page("/guong/mau-1/", "Lời mới")], 2))
            portal.standing.refresh()
        return portal(environ, start_response)

    code, report = round_of(home, application)

    assert (len(switched), code, report["findings"], report["release"]) == (1, 0, [], 2)


def test_parts_of_the_list_that_vanish_at_a_switch_are_read_anew(tmp_path, capsys):
    home = released(tmp_path)
    portal, switched = Portal(home), []

    def application(environ, start_response):
        if environ["PATH_INFO"].endswith("1.targets.json") and not switched:
            switched.append(release(home, site(page("/moi/")), 2))
            portal.standing.refresh()
        return portal(environ, start_response)

    code, report = round_of(home, application)

    assert (len(switched), code, report["release"]) == (1, 0, 2)


def test_an_older_release_put_back_is_known_by_the_state_file(tmp_path, capsys):
    home = released(tmp_path / "home")
    older = Path(shutil.copytree(home, tmp_path / "older", symlinks=True))
    state = ["--state", str(tmp_path / "state.json")]
    release(home, site(page("/moi/")), 2)

    assert round_of(home, Portal(home), *state)[0] == 0
    code, report = round_of(home, Portal(older), *state)

    assert (code, "đã từng thấy bản 2" in report["findings"][-1]["message"]) == (4, True)


def test_pages_beyond_the_thorough_ones_are_still_asked_in_every_encoding(home, capsys):
    _, few = round_of(home, Portal(home), "--thorough", "0")
    name = "one byte in brotli"
    code, _ = round_of(home, Meddler(Portal(home), infections.made(name)), "--thorough", "0")

    assert (few["requests"] < 80, code) == (True, 1)


def test_an_unreachable_portal_is_a_finding_and_leaves_a_report(tmp_path, capsys):
    home = released(tmp_path)
    report = tmp_path / "r.json"

    where = ["--root", str(home / "trust" / "root.json"), "--report", str(report)]
    code = main(["watch", "http://127.0.0.1:9", *where])

    assert (code, json.loads(report.read_text())["code"]) == (5, 5)


def test_a_timestamp_nobody_refreshes_is_told_before_it_runs_out(home, capsys):
    now = datetime.now(UTC) + timedelta(days=2)
    with listening(Portal(home)) as address:
        code = main(["watch", address, "--root", str(home / "trust" / "root.json")], now=now)

    told = json.loads(capsys.readouterr().out)["findings"]
    assert (code, "chưa được ký lại" in told[0]["message"]) in [(4, True)]


def test_every_agent_and_every_referrer_comes_in_every_encoding():
    visits = list(visitors.thorough())

    assert len(visits) == 5 * 3 * 2
    for mark in [*visitors.AGENTS, *visitors.REFERRERS]:
        assert {visit.encoding for visit in visits if mark in visit.who} == set(visitors.ENCODINGS)
    passing = {visit.who for turn in range(15) for visit in visitors.passing(turn)}
    assert len(passing) == 15


# --- Mail ----------------------------------------------------------------------
class _Letterbox(socketserver.StreamRequestHandler):
    """Takes letters as an SMTP server does, and nothing more."""

    def handle(self):
        self.say("220 hop thu")
        while line := self.rfile.readline().decode().strip():
            if line.lower() == "data":
                self.say("354 viet di")
                rows = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                self.server.letters.append("".join(rows))
            self.say("221 chao" if line.lower() == "quit" else "250 duoc")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def letterbox():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Letterbox)
    server.letters = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_letters_go_when_something_is_new_over_or_a_week_old(letterbox):
    address = f"127.0.0.1:{letterbox.server_address[1]}"
    teller = messenger.Messenger(messenger.Post("ai@example.vn", address, "gac@example.vn"))
    calm = {"portal": "https://cong", "release": 3, "at": "x", "findings": []}
    ill = calm | {"findings": [{"message": "Trang / đã bị đổi."}]}
    start = datetime(2026, 3, 1, tzinfo=UTC)
    hours = [(0, calm), (1, calm), (2, ill), (3, ill), (4, calm), (5, calm), (4 + 7 * 24, calm)]

    went = [teller.tell(report, start + timedelta(hours=hour)) for hour, report in hours]

    assert went == [True, False, True, False, True, False, True]
    assert len(letterbox.letters) == 4
    assert "To: ai@example.vn" in letterbox.letters[0]


def test_a_dead_mail_server_does_not_stop_the_watch(home, capsys):
    code, _ = round_of(home, Portal(home), "--mail", "ai@example.vn", "--smtp", "127.0.0.1:9")

    assert (code, "Không gửi được thư" in capsys.readouterr().err) == (0, True)


# --- The certificate -------------------------------------------------------------
def certified(folder: Path, until: datetime) -> Path:
    """A certificate for localhost that signs itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "CA mẫu")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "c.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secured(tmp_path):
    """A TLS server whose certificate lasts ten days, and a client that trusts it."""
    pem = certified(tmp_path, datetime.now(UTC) + timedelta(days=10))
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(pem)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            # The visitor who does not trust us hangs up in the midst of it.
            with contextlib.suppress(ssl.SSLError, OSError):
                ours.wrap_socket(self.request, server_side=True).close()

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"https://localhost:{server.server_address[1]}", ssl.create_default_context(cafile=pem)
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_ends_soon_is_told_and_one_nobody_vouches_for_is_an_alarm(secured):
    address, trusting = secured

    soon, known = certificate.look(address, datetime.now(UTC), context=trusting)
    foreign, nothing = certificate.look(address, datetime.now(UTC))

    assert ([one.code for one in soon], known["issuer"]) == ([Code.OLDER], "CA mẫu")
    assert ([one.code for one in foreign], nothing) == ([Code.CHANGED], None)
    assert certificate.look("http://localhost", datetime.now(UTC)) == ([], None)
    dead = certificate.look("https://127.0.0.1:9", datetime.now(UTC))[0]
    assert [one.code for one in dead] == [Code.UNREACHABLE]
