"""The sentinel against a portal that somebody has been at: each case in its own words."""

import gzip
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guong.core.signing.places import Places
from guong.portal.release.server import Portal
from guong.sentinel.cli import main

from .releasing import Meddler, ask, home_with_keys, listening, page, release, released, site

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime.now(UTC)


def verify(capsys, what, *more, home, now=NOW):
    """Exit code and the sentences of the report."""
    arguments = ["verify", str(what), "--root", str(home / "trust" / "root.json"), *more, "--json"]
    code = main([str(each) for each in arguments], now=now)
    report = json.loads(capsys.readouterr().out)
    assert report["code"] == code
    return code, [finding["message"] for finding in report["findings"]]


def meddled(home, alter, path="/guong/mau-1/"):
    """A portal of which one address was altered on its way."""

    def at_one_place(environ, line, headers, body):
        if environ["PATH_INFO"] != path:
            return line, headers, body
        return alter(environ, line, headers, body)

    return listening(Meddler(Portal(home), at_one_place))


def test_an_untouched_page_is_genuine(tmp_path, capsys):
    home = released(tmp_path)

    with listening(Portal(home)) as address:
        page = verify(capsys, f"{address}/guong/mau-1/", home=home)
        queried = verify(capsys, f"{address}/?utm=1", home=home)
        picture = verify(capsys, f"{address}/anh/mau.png", home=home)

    assert page == queried == picture == (0, ["Bản chính thức, bản phát hành 1."])


@pytest.mark.parametrize(
    ("encoding", "spoken"),
    [("identity", "bản không nén"), ("gzip", "bản nén gzip"), ("br", "bản nén br")],
)
def test_one_changed_byte_in_any_encoding_is_seen(tmp_path, capsys, encoding, spoken):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        if headers.get("content-encoding", "identity") == encoding:
            body = body[:-1] + bytes([body[-1] ^ 1])
        return line, headers, body

    with meddled(home, alter) as address:
        found = verify(capsys, f"{address}/guong/mau-1/", home=home)

    assert found == (1, [f"Trang /guong/mau-1/ đã bị đổi: {spoken} khác với bản đã ký."])


def test_a_page_for_search_engines_alone_is_seen_in_its_own_encoding(tmp_path, capsys):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        if headers.get("content-encoding") == "gzip":
            body = gzip.compress(b"nha cai")
        return line, headers, body

    with meddled(home, alter) as address:
        assert verify(capsys, f"{address}/guong/mau-1/", home=home)[0] == 1


def test_pages_swapped_between_addresses_are_named(tmp_path, capsys):
    home = released(tmp_path)
    portal = Portal(home)

    def alter(environ, line, headers, body):
        encoding = environ.get("HTTP_ACCEPT_ENCODING", "")
        other = ask(portal, "/guong/mau-2/", HTTP_ACCEPT_ENCODING=encoding)
        return line, other[1], other[2]

    with meddled(home, alter) as address:
        code, sentences = verify(capsys, f"{address}/guong/mau-1/", home=home)

    assert code == 1
    assert set(sentences) == {
        "Trang /guong/mau-1/ đã bị đổi: nội dung ở đây là của trang /guong/mau-2/, "
        "hai trang bị tráo."
    }


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "content-security-policy",
            "default-src *",
            "«content-security-policy» là «default-src *»",
        ),
        ("cache-control", None, "«cache-control» là «(không có)»"),
        ("x-robots-tag", "noindex", "thêm dòng đầu «x-robots-tag: noindex»"),
        ("refresh", "0;url=http://x.example", "thêm dòng đầu «refresh: 0;url=http://x.example»"),
        ("link", "<http://x.example>", "thêm dòng đầu «link:"),
    ],
)
def test_a_changed_header_is_seen(tmp_path, capsys, name, value, words):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        headers.pop(name, None)
        return line, headers | ({name: value} if value else {}), body

    with meddled(home, alter) as address:
        code, sentences = verify(capsys, f"{address}/guong/mau-1/", home=home)

    assert code == 1
    assert len(sentences) == 3 and all(words in sentence for sentence in sentences)


def test_a_redirect_is_seen_and_not_followed(tmp_path, capsys):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        return "302 Found", headers | {"location": "http://127.0.0.1:1/"}, body

    with meddled(home, alter) as address:
        code, sentences = verify(capsys, f"{address}/guong/mau-1/", home=home)

    assert code == 1
    assert sentences[0] == (
        "Trang /guong/mau-1/ đã bị đổi: bị chuyển hướng tới «http://127.0.0.1:1/»."
    )


def test_a_file_added_on_the_server_answers_404_and_is_not_in_the_list(tmp_path, capsys):
    home = released(tmp_path)
    (Places(home).site(1) / "wp-mail.php").write_bytes(b"<?php")

    with listening(Portal(home)) as address:
        found = verify(capsys, f"{address}/wp-mail.php", home=home)

    assert found == (
        3,
        [
            "/wp-mail.php không có trong danh mục bản phát hành 1; "
            "máy chủ trả lời «không có trang này», đúng như phải thế."
        ],
    )


def test_a_strange_page_that_is_answered_is_not_ours(tmp_path, capsys):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        return "200 OK", headers, b"nha cai"

    with meddled(home, alter, "/wp-mail.php") as address:
        code, sentences = verify(capsys, f"{address}/wp-mail.php?ID=1", home=home)

    assert code == 3
    assert sentences == [
        "/wp-mail.php không có trong danh mục bản phát hành 1, "
        "nhưng máy chủ vẫn trả lời (mã 200): trang lạ, không phải của cơ quan."
    ]


def test_a_foreign_key_is_not_ours(tmp_path, capsys):
    ours, theirs = home_with_keys(tmp_path / "ours"), released(tmp_path / "theirs")

    with listening(Portal(theirs)) as address:
        found = verify(capsys, f"{address}/", home=ours)

    assert found == (3, ["Không phải bản chính thức: dấu thời gian do một khoá lạ ký."])


def test_a_list_altered_under_our_signature_is_named(tmp_path, capsys):
    home = released(tmp_path)
    copy = tmp_path / "copy"
    shutil.copytree(Places(home).release(1), copy, symlinks=False)
    for path in (copy / "tuf").glob("1.targets.json"):
        path.write_bytes(
            path.read_bytes().replace(b'"length":', b'"length" :').replace(b"an", b"am")
        )

    code, sentences = verify(capsys, copy, home=home)

    assert (code, sentences) == (1, ["Danh mục đã bị sửa sau khi ký."])


def test_a_mirror_without_the_signed_list_is_not_official(tmp_path, capsys):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        gone = environ["PATH_INFO"].startswith("/tuf/")
        return ("404 Not Found" if gone else line), headers, body

    with listening(Meddler(Portal(home), alter)) as address:
        code, sentences = verify(capsys, f"{address}/", home=home)

    assert code == 3
    assert sentences == [
        "Không phải bản chính thức: nơi này không có dấu thời gian đã ký (tuf/timestamp.json)."
    ]


def test_an_older_release_is_recognised_by_who_has_seen_a_newer_one(tmp_path, capsys):
    home = released(tmp_path / "home")
    state = tmp_path / "state.json"
    old = Portal(shutil.copytree(home, tmp_path / "old", symlinks=True))  # an older disk put back
    release(home, site(page("/moi/")), 2)
    new = Portal(home)

    with listening(new) as address:
        first = verify(capsys, f"{address}/", "--state", state, home=home)
    with listening(old) as address:
        again = verify(capsys, f"{address}/", "--state", state, home=home)
        asked = verify(capsys, f"{address}/", "--at-least", 2, home=home)
        fresh = verify(capsys, f"{address}/", home=home)

    assert first == (0, ["Bản chính thức, bản phát hành 2."])
    assert again == (4, ["Bản thật nhưng cũ: đây là bản phát hành 1, đã từng thấy bản 2."])
    assert asked == (4, ["Bản thật nhưng cũ: bản phát hành 1, cần từ bản 2."])
    assert fresh == (0, ["Bản chính thức, bản phát hành 1."])  # nobody can know without memory
    assert json.loads(state.read_text())["number"] == 2


def test_an_expired_timestamp_says_genuine_but_old(tmp_path, capsys):
    home = released(tmp_path)

    with listening(Portal(home)) as address:
        code, sentences = verify(capsys, f"{address}/", home=home, now=NOW + timedelta(days=4))

    assert code == 4
    assert sentences[0].startswith("Bản phát hành 1 là thật nhưng dấu thời gian đã quá hạn (")


def test_a_changed_page_of_an_expired_release_is_still_changed(tmp_path, capsys):
    home = released(tmp_path)

    def alter(environ, line, headers, body):
        return line, headers, body + b" "

    with meddled(home, alter) as address:
        later = NOW + timedelta(days=4)
        assert verify(capsys, f"{address}/guong/mau-1/", home=home, now=later)[0] == 1


def test_a_withdrawn_page_is_genuinely_gone(tmp_path, capsys):
    home = released(tmp_path)
    pages = [each for each in site() if each.path != "/guong/mau-1/"]
    release(home, pages, 2, gone=["/guong/mau-1/"])

    with listening(Portal(home)) as address:
        found = verify(capsys, f"{address}/guong/mau-1/", home=home)

    assert found == (0, ["Trang đã được gỡ chính thức, bản phát hành 2."])


def test_nobody_there_is_its_own_answer(tmp_path, capsys):
    code, sentences = verify(capsys, "http://127.0.0.1:9/", home=home_with_keys(tmp_path))

    assert code == 5
    assert sentences == ["Không kết nối được với http://127.0.0.1:9: máy chủ không nhận kết nối."]


def test_a_dynamic_path_cannot_be_verified_and_that_is_said(tmp_path, capsys):
    home = released(tmp_path)

    with listening(Portal(home)) as address:
        code, sentences = verify(capsys, f"{address}/tim/?q=x", home=home)

    assert code == 3
    assert "trang động" in sentences[0]


# --- Files and folders -------------------------------------------------------------
def test_a_file_is_genuine_from_a_release_and_never_called_current(tmp_path, capsys):
    home = released(tmp_path)
    saved = tmp_path / "luu.html"
    saved.write_bytes(site()[3].body)
    changed = tmp_path / "sua.html"
    changed.write_bytes(site()[3].body + b" ")
    folder = Places(home).release(1)

    loose = verify(capsys, saved, "--metadata", folder, home=home)
    strange = verify(capsys, changed, "--metadata", folder, home=home)
    inside = verify(capsys, folder / "site" / "index.html.br", home=home)

    assert loose == (0, ["Bản chính thức, từ bản phát hành 1 (trang /guong/mau-1/)."])
    assert strange == (
        3,
        ["Không phải bản chính thức: tệp này không có trong danh mục bản phát hành 1."],
    )
    assert inside == (0, ["Bản chính thức, từ bản phát hành 1 (trang /)."])


def test_a_loose_file_needs_to_know_where_the_list_is(tmp_path, capsys):
    home = released(tmp_path)
    saved = tmp_path / "luu.html"
    saved.write_bytes(site()[3].body)
    state = tmp_path / "state.json"

    unknown = verify(capsys, saved, home=home)
    with listening(Portal(home)) as address:
        verify(capsys, f"{address}/", "--state", state, home=home)
        known = verify(capsys, saved, "--state", state, home=home)

    assert unknown[0] == 2
    assert known[0] == 0


def copied(home, folder):
    """A release copied as a mirror would: files, not links."""
    return Path(shutil.copytree(Places(home).release(1), folder, symlinks=False))


def test_a_folder_is_checked_both_ways(tmp_path, capsys):
    home = released(tmp_path / "home")
    copy = copied(home, tmp_path / "copy")
    whole = verify(capsys, copy, home=home)

    one, two = copy / "site/guong/mau-1/index.html", copy / "site/guong/mau-2/index.html"
    one.chmod(0o600)
    one.write_bytes(two.read_bytes())
    (copy / "site/anh/mau.png").unlink()
    (copy / "site/them.html").write_bytes(b"nha cai")
    broken = verify(capsys, copy, home=home)

    assert whole == (0, ["Cả 16 tệp là bản chính thức, từ bản phát hành 1."])
    assert broken == (
        1,
        [
            "Tệp guong/mau-1/index.html đã bị đổi: nội dung là của "
            "«guong/mau-2/index.html», hai tệp bị tráo.",
            "Không phải bản chính thức: tệp này không có trong danh mục bản phát hành 1.",
            "Thiếu tệp anh/mau.png.",
        ],
    )


# --- One file, bare Python ------------------------------------------------------------
@pytest.fixture(scope="module")
def single_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("dist") / "guong-verify.pyz"
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_verifier.py", path],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return path


def bare(*arguments):
    """A Python without any package: not even those of this environment."""
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_the_single_file_runs_on_a_bare_python(tmp_path, single_file):
    home = released(tmp_path)
    root = ("--root", home / "trust" / "root.json")

    with listening(Portal(home)) as address:
        genuine = bare(single_file, "verify", f"{address}/guong/mau-1/", *root)
    with meddled(
        home, lambda environ, line, headers, body: (line, headers, body + b" ")
    ) as address:
        changed = bare(single_file, "verify", f"{address}/guong/mau-1/", *root)
    packages = bare("-c", "import importlib.util as u; print(u.find_spec('cryptography'))")

    assert packages.stdout == "None\n"
    assert (genuine.returncode, genuine.stderr) == (0, "")
    assert genuine.stdout == (
        "Bản chính thức, bản phát hành 1.\nLưu ý: ký bằng KHOÁ THỬ, chưa phải khoá của cơ quan.\n"
    )
    assert changed.returncode == 1
    assert "bản nén br khác với bản đã ký" in changed.stdout


def test_the_single_file_is_the_same_every_time(tmp_path, single_file):
    again = tmp_path / "again.pyz"
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_verifier.py", again],
        check=True,
        stdout=subprocess.DEVNULL,
    )

    assert again.read_bytes() == single_file.read_bytes()
