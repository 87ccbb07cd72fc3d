import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import brotli
import pytest

from guong.core.signing import signer
from guong.core.signing.places import Places
from guong.portal.release import builder, catalogue, publisher, repair
from guong.portal.release.pages import BadPage, Page, together

from .releasing import AT, HTML, home_with_keys, page, release, released, site, source


def lay(home):
    """Every file of the release and its bytes, links by where they lead."""
    return {
        path.relative_to(home).as_posix(): os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted((home / "releases").rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def test_build_gives_the_same_bytes_for_the_same_pages_number_and_time(tmp_path):
    one, two = home_with_keys(tmp_path / "one"), home_with_keys(tmp_path / "two")

    first = builder.build(one, site(), 1, AT)
    second = builder.build(two, reversed(site()), 1, AT)

    assert first.sha256 == second.sha256
    assert lay(one) == lay(two)
    assert {path.name for path in (one / "objects").iterdir()} == {
        path.name for path in (two / "objects").iterdir()
    }


def test_build_makes_every_encoding_of_a_text_and_none_of_a_picture(tmp_path):
    home = home_with_keys(tmp_path)
    text = page("/", "Trang chủ")

    builder.build(home, site(), 1, AT)

    folder = Places(home).site(1)
    assert (folder / "index.html").read_bytes() == text.body
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == text.body
    assert brotli.decompress((folder / "index.html.br").read_bytes()) == text.body
    assert [path.name for path in (folder / "anh").iterdir()] == ["mau.png"]


def test_build_signs_headers_status_and_inputs_beside_the_bytes(tmp_path):
    home = home_with_keys(tmp_path)

    builder.build(home, site(), 1, AT)

    entries = catalogue.entries(home, 1)
    custom = entries["404.html"]["custom"]
    assert custom["status"] == 404
    assert custom["headers"]["content-type"] == HTML
    assert custom["headers"]["x-content-type-options"] == "nosniff"
    assert custom["headers"]["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in custom["headers"]["content-security-policy"]
    assert custom["headers"]["cache-control"] == "public, max-age=60"
    assert custom["inputs"] == [source().as_dict()]
    assert entries["404.html.br"]["custom"] == {"encoding": "br"}


def test_build_tells_what_it_adds_changes_and_removes(tmp_path):
    home = released(tmp_path)
    pages = [each for each in site() if each.path != "/guong/mau-1/"]
    pages[2] = page("/", "Trang chủ mới")

    built = builder.build(home, [*pages, page("/moi/")], 2, AT)

    assert (built.added, built.changed, built.removed) == (("/moi/",), ("/",), ("/guong/mau-1/",))
    assert built.pages == 6


def test_build_lets_a_gone_page_answer_410(tmp_path):
    home = released(tmp_path)
    pages = [each for each in site() if each.path != "/guong/mau-1/"]

    built = builder.build(home, pages, 2, AT, gone=["/guong/mau-1/"])

    entries = catalogue.entries(home, 2)
    assert built.removed == ("/guong/mau-1/",)
    assert entries["guong/mau-1/index.html"]["custom"]["status"] == 410
    assert entries["guong/mau-1/index.html"]["hashes"] == entries["410.html"]["hashes"]
    assert entries["guong/mau-1/index.html.br"] == entries["410.html.br"]


@pytest.mark.parametrize(
    "path", ["/../x", "//x/", "x/", "/a b/", "/điển-hình/", "/.env", "/tuf/root.json", "/a/?b"]
)
def test_a_page_with_an_odd_address_is_refused(path):
    with pytest.raises(BadPage, match="không dùng được"):
        page(path)


def test_build_refuses_two_pages_of_one_address_and_leaves_no_release(tmp_path):
    home = home_with_keys(tmp_path)

    with pytest.raises(BadPage, match="Hai trang cùng địa chỉ /x/"):
        builder.build(home, site(page("/x/"), page("/x/", "khác")), 1, AT)

    assert catalogue.listing(home) == []


@pytest.mark.parametrize("absent", ["/404.html", "/410.html"])
def test_build_needs_the_pages_for_absent_and_gone(tmp_path, absent):
    home = home_with_keys(tmp_path)

    with pytest.raises(BadPage, match=f"Thiếu trang {absent}"):
        builder.build(home, [each for each in site() if each.path != absent], 1, AT)


def test_build_refuses_a_number_that_is_taken(tmp_path):
    home = released(tmp_path)

    with pytest.raises(BadPage, match="Số bản phát hành 1 đã dùng"):
        builder.build(home, site(), 1, AT)


def test_build_replaces_an_object_a_power_cut_left_empty(tmp_path):
    home = home_with_keys(tmp_path)
    body = site()[2].body
    builder.build(home, site(), 1, AT)
    name = catalogue.entries(home, 1)["index.html"]["hashes"]["sha256"]
    bad = home / "objects" / name
    bad.chmod(0o600)
    bad.write_bytes(b"")

    builder.build(home, site(), 1, AT)

    assert bad.read_bytes() == body


def test_objects_are_read_only(tmp_path):
    home = released(tmp_path)

    assert {path.stat().st_mode & 0o777 for path in (home / "objects").iterdir()} == {0o444}


def test_the_list_of_releases_names_which_stands(tmp_path):
    home = released(tmp_path)
    builder.build(home, site(), 2, AT)

    listed = [(each.number, each.is_signed, each.is_current) for each in catalogue.listing(home)]

    assert listed == [(2, False, False), (1, True, True)]
    assert catalogue.current(home).at == AT
    assert catalogue.current(home).pages == 6
    assert catalogue.next_number(home) == 2


# A process that kills itself the nth time it comes by a place, as a power cut would.
KILLED = """
import os, signal, sys
from pathlib import Path
from guong.core.signing import signer
from guong.portal.release import builder, publisher
from guong.portal.tests.releasing import AT, page, site

place, turns = sys.argv[2], int(sys.argv[3])
real = getattr(os, place)

def counted(*args, **kwargs):
    global turns
    turns -= 1
    if not turns:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **kwargs)

home = Path(sys.argv[1])
pages = site(*(page(f"/moi/{i}/") for i in range(30)))
with signer.alongside(home):
    setattr(os, place, counted)
    built = builder.build(home, pages, 2, AT)
    publisher.publish(home, built, timeout=20)
"""


@pytest.mark.parametrize(
    ("place", "turn"),
    [
        ("replace", 1),  # the first object
        ("replace", 60),  # in the midst of the objects
        ("symlink", 5),  # in the midst of the links
        ("rename", 1),  # before the release lies in its place
        ("sync", 1),  # signed, and not yet switched
        ("readlink", 3),
    ],
)
def test_killed_while_building_or_publishing_the_old_release_stands_and_the_next_goes_on(
    tmp_path, place, turn
):
    home = released(tmp_path / "home")

    dead = subprocess.run([sys.executable, "-c", KILLED, home, place, str(turn)], check=False)

    assert dead.returncode == -signal.SIGKILL
    assert catalogue.current(home).number == 1
    assert repair.check(home) == []
    number = catalogue.next_number(home)
    release(home, site(page("/moi/0/")), number)
    assert catalogue.current(home).number == number
    assert repair.check(home) == []
    assert not list((home / "releases").glob(".*tmp"))
    assert not list((home / "objects").glob(".*"))


def test_numbers_alone_go_out_with_nobody(tmp_path):
    home = released(tmp_path)
    counts = Page(
        "/so-lieu.json",
        json.dumps({"mau-1": 12}).encode(),
        "application/json",
        (source("counts", "nobody", numbers_only=True),),
    )

    published = release(home, site(counts), 2)

    assert published.added == ("/so-lieu.json",)


def test_old_releases_and_their_objects_are_cleared(tmp_path):
    home = home_with_keys(tmp_path)
    for number in range(1, publisher.CLEAR_AT + 1):
        release(home, site(page("/moi/", f"lần {number}")), number)
    assert not publisher.is_to_clear(home)
    last = publisher.CLEAR_AT + 1
    release(home, site(page("/moi/", f"lần {last}")), last)
    assert publisher.is_to_clear(home)

    assert publisher.clear(home, keep=2) == last - 2

    assert catalogue.numbers(home) == [last - 1, last]
    kept = [catalogue.hashes(catalogue.entries(home, number)) for number in (last - 1, last)]
    assert {path.name for path in (home / "objects").iterdir()} == set.union(*kept)
    assert not publisher.is_to_clear(home)
    assert signer.answer_once(home) in (0, 1)


def test_whoever_is_killed_while_old_releases_go_goes_on_the_next_time(tmp_path, monkeypatch):
    home = home_with_keys(tmp_path)
    for number in range(1, 4):
        release(home, site(page("/moi/", f"lần {number}")), number)

    def killed(folder):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", killed)
        publisher.clear(home, keep=1)
    assert catalogue.numbers(home) == [3]
    assert publisher.is_to_clear(home)

    assert publisher.clear(home, keep=1) == 0
    assert not list((home / "releases").glob(".dropped-*"))
    assert signer.answer_once(home) in (0, 1)


def test_many_inputs_are_one_whatever_order_they_come_in():
    one, other = replace(source("all"), sha256="1" * 64), replace(source("all"), sha256="2" * 64)

    assert together([one, other]) == together([other, one]) != together([one])
    assert together([]) == ()
