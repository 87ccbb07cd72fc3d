"""What nginx and Caddy are given to serve; how the real ones answer is in tests/servers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guong.core.signing import signer
from guong.core.signing.places import Places
from guong.portal import selectors
from guong.portal.release import catalogue, follow, publisher, shelves
from guong.portal.release.pages import FOREVER, Page
from guong.portal.site import Site

from .factories import approved_story, confirmed
from .releasing import AT, home_with_keys, page, release, site, source

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
NOINDEX = (("x-robots-tag", "noindex"),)


def fitting(*more: Page) -> list[Page]:
    """The pages every release has, with the headers the portal really gives them."""
    first = [
        page("/404.html", "Không có trang này", status=404, headers=NOINDEX),
        page("/410.html", "Trang đã gỡ", status=410, headers=NOINDEX),
    ]
    return [*first, *site()[2:], *more]


@pytest.fixture
def home(tmp_path):
    home = home_with_keys(tmp_path)
    release(home, fitting())
    return home


def laid(home: Path) -> dict[str, str]:
    """Every name on the shelves that is a link, and the hash it leads to."""
    root = Places(home).serving_current
    return {
        path.relative_to(root).as_posix(): path.resolve().name
        for path in Path(os.path.realpath(root)).rglob("*")
        for path in [root / path.relative_to(os.path.realpath(root))]
        if path.is_symlink()
    }


def hashes(home: Path, number: int) -> dict[str, str]:
    entries = catalogue.entries(home, number)
    return {name: entry["hashes"]["sha256"] for name, entry in entries.items()}


def test_each_form_lies_on_its_shelf_under_the_name_of_the_address_and_nothing_else_does(home):
    (Places(home).site(1) / "la.html").write_bytes(b"nha cai")  # dropped into the release's folder

    follow.Follower(home).start()

    signed = hashes(home, 1)
    expected = {"identity/page/anh/mau.png": signed["anh/mau.png"]}
    for form, suffix in {"identity": "", "gzip": ".gz", "br": ".br"}.items():
        for name in ("index.html", "guong/mau-1/index.html", "guong/mau-2/index.html"):
            expected[f"{form}/page/{name}"] = signed[name + suffix]
        expected[f"{form}/absent/404.html"] = signed["404.html" + suffix]
        expected[f"{form}/gone/410.html"] = signed["410.html" + suffix]
    assert laid(home) == expected


@pytest.mark.parametrize(
    "odd",
    [
        page("/la/", headers=(("x-la", "1"),)),
        page("/la/", status=404, cache=FOREVER),
        Page("/la.exe", b"MZ", "application/octet-stream", (source(),)),
        Page("/la.html", b"la", "text/plain", (source(),)),
    ],
)
def test_a_release_with_a_page_that_fits_no_shelf_is_refused_by_name(home, odd):
    follower = follow.Follower(home)
    follower.start()
    before = laid(home)
    release(home, fitting(odd), 2)

    follower.standing.refresh()
    with pytest.raises(follow.Refused, match=f"Trang {odd.path}"):
        follower.step()

    assert laid(home) == before


def test_an_older_release_is_not_laid(home):
    release(home, fitting(page("/moi/")), 2)
    follow.Follower(home).start()
    before = laid(home)
    publisher.switch(Places(home), 1)

    with pytest.raises(follow.Refused, match="cũ hơn bản đang bày"):
        follow.Follower(home).start()

    assert laid(home) == before


def test_a_fresh_process_goes_back_to_the_last_sound_release_and_says_so(home):
    release(home, fitting(page("/moi/")), 2)
    follow.Follower(home).start()
    path = Places(home).object(hashes(home, 2)["moi/index.html"])
    path.chmod(0o600)
    path.write_bytes(b"nha cai")

    with pytest.raises(follow.Refused, match=r"Bản phát hành 2 .* cổng ở bản 1"):
        follow.Follower(home).start()

    assert "identity/page/moi/index.html" not in laid(home)
    assert shelves.laid_number(Places(home)) == 1


def test_without_any_sound_release_the_shelves_stay_as_they_are(home):
    for path in Places(home).objects.iterdir():
        path.unlink()

    with pytest.raises(follow.Refused, match="không qua được kiểm tra"):
        follow.Follower(home).start()

    assert not Places(home).serving_current.exists()


def test_a_home_without_a_release_says_that_it_has_not_opened(tmp_path):
    home = home_with_keys(tmp_path)
    follower = follow.Follower(home)

    follower.start()
    nothing_yet = follower.step()

    assert (laid(home), nothing_yet) == ({}, False)
    words = (Places(home).serving_current / "words" / "closed.html").read_text()
    assert "chưa có bản phát hành nào" in words


def test_the_hourly_timestamp_is_laid_beside_the_same_pages(home):
    follower = follow.Follower(home)
    follower.start()
    file = Places(home).serving_current / "tuf" / "timestamp.json"
    folder, before = os.readlink(Places(home).serving_current), file.read_bytes()
    signer.answer_once(home, now=datetime.now(UTC) + timedelta(hours=2))

    follower.standing.refresh()
    follower.step()

    assert file.read_bytes() == (home / "releases" / "timestamp.json").read_bytes() != before
    assert os.readlink(Places(home).serving_current) == folder


def test_only_the_last_two_layouts_are_kept(home):
    follower = follow.Follower(home)
    follower.start()
    for number in (2, 3, 4):
        release(home, fitting(page(f"/moi-{number}/")), number)
        follower.standing.refresh()
        follower.step()

    kept = sorted(path.name for path in Places(home).serving.iterdir())

    assert kept == ["3.3", "4.4", "current"]


def table(name: str, line: str) -> dict[str, str]:
    """Ending → content type, as the shipped file says."""
    text = (DEPLOY / name).read_text("utf-8")
    return {ending: kind.strip('"') for kind, ending in re.findall(line, text)}


def test_both_configurations_hold_the_table_of_content_types():
    bare = {ending.removeprefix("."): kind for ending, kind in shelves.TYPES.items()}
    nginx = table("nginx/guong-portal.conf", r'(?m)^ {8}("[^"]+"|[a-z]+/[a-z0-9+-]+) ([a-z0-9]+);$')
    caddy = re.findall(
        r'"~\\\.([a-z0-9]+)\$" ("[^"]+")', (DEPLOY / "caddy/Caddyfile").read_text("utf-8")
    )

    assert nginx == bare
    assert {ending: kind.strip('"') for ending, kind in caddy} == bare


@pytest.mark.django_db
def test_every_page_of_the_portal_has_its_shelf(tmp_path, settings):
    settings.HOME = home_with_keys(tmp_path)
    confirmed()
    approved_story()
    release(tmp_path, list(selectors.pages(Site(at=AT, number=1))))

    follow.Follower(tmp_path).start()

    places = {name.split("/")[1] for name in laid(tmp_path)}
    assert places == set(shelves.SHELVES)


# --- The process and the command ----------------------------------------------------
def test_the_process_follows_and_stops_when_told(home):
    process = subprocess.Popen(
        [sys.executable, "-m", "guong.portal.release.follow", "--home", str(home)]
    )
    places, deadline = Places(home), time.monotonic() + 30
    try:
        while shelves.laid_number(places) < 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        release(home, fitting(page("/moi/")), 2)
        while shelves.laid_number(places) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(20)

    assert (shelves.laid_number(places), code) == (2, 0)


def test_serving_lays_the_release_out_or_says_why_not(home, settings, capsys):
    settings.HOME = home

    call_command("release", "serving", json=True)
    told = json.loads(capsys.readouterr().out)
    release(home, fitting(page("/la/", headers=(("x-la", "1"),))), 2)
    with pytest.raises(CommandError, match="Trang /la/"):
        call_command("release", "serving")

    assert told == {"number": 1, "root": str(home / "serving" / "current")}
    assert shelves.laid_number(Places(home)) == 1
