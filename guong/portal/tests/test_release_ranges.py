"""Sounds and films are given in parts, as players ask for them; pages never are."""

import pytest

from guong.portal.release.answers import part
from guong.portal.release.pages import Page
from guong.portal.release.server import Portal

from . import releasing

FILM = bytes(range(200))
TYPE = "video/mp4"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    home = releasing.home_with_keys(tmp_path_factory.mktemp("home"))
    film = Page("/tep/phim.mp4", FILM, TYPE, (releasing.source(),))
    releasing.release(home, releasing.site(film))
    return Portal(home)


def ask(portal, wanted: str, path="/tep/phim.mp4", **more):
    return releasing.ask(portal, path, HTTP_RANGE=wanted, **more)


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=50-", 50, 200),
        ("bytes=-20", 180, 200),
        ("bytes=190-999", 190, 200),
    ],
)
def test_a_part_is_answered_with_its_place(portal, wanted, start, end):
    status, headers, body = ask(portal, wanted)

    assert (status, body) == (206, FILM[start:end])
    assert headers["content-range"] == f"bytes {start}-{end - 1}/200"
    assert headers["content-length"] == str(end - start)
    assert headers["content-type"] == TYPE
    assert headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=-", "bytes=0-1,5-6", "seconds=1-2", "x"])
def test_what_is_no_range_gets_the_whole(portal, wanted):
    status, headers, body = ask(portal, wanted)

    assert (status, body, "content-range" in headers) == (200, FILM, False)


@pytest.mark.parametrize("wanted", ["bytes=200-", "bytes=-0"])
def test_what_lies_outside_is_told_how_long_the_film_is(portal, wanted):
    status, headers, body = ask(portal, wanted)

    assert (status, headers["content-range"], body) == (416, "bytes */200", b"")


def test_a_part_of_another_release_is_not_mixed_with_this_one(portal):
    _, headers, _ = releasing.ask(portal, "/tep/phim.mp4")

    assert ask(portal, "bytes=0-1", HTTP_IF_RANGE='"abc"')[0] == 200
    assert ask(portal, "bytes=0-1", HTTP_IF_RANGE=headers["etag"])[0] == 206


def test_pages_are_never_given_in_parts(portal):
    status, headers, _ = ask(portal, "bytes=0-1", path="/")

    assert (status, "accept-ranges" in headers) == (200, False)


def test_the_head_of_a_part_has_no_body(portal):
    status, headers, body = ask(portal, "bytes=0-9", method="HEAD")

    assert (status, headers["content-length"], body) == (206, "10", b"")


def test_a_film_of_one_byte():
    assert part("bytes=0-0", 1) == (0, 1)
