"""The reading side of the search, on a file made by hand after the two tables it knows."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.dropbox import search as reading
from guong.dropbox.search import Page, TooBroad, facets, match, search

ROWS = [
    ("/a/", "Rơ Châm H'Bliu", "Vần công", "Điển hình", "Kinh tế", "Xã Ia Dơk", 2024, "vi"),
    ("/b/", "Chuyện ở làng", "Bà Rơ Châm", "Chuyện", "Văn hóa", "Xã Gào", 2025, "jra"),
    ("/c/", "Rơ Châm", "", "Chuyện", "", "", None, "vi"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tim") / "search.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE pages (id, path, title, lead, kind, field, place, year INTEGER, lang, key)"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', detail=column)"
        )
        for number, row in enumerate(ROWS, start=1):
            folded = ["ro cham h'bliu", "chuyen o lang", "ro cham"][number - 1]
            connection.execute(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    *row,
                    folded,
                ),
            )
            text = ["van cong", "ba ro cham", ""][number - 1]
            connection.execute(
                "INSERT INTO words(rowid, title, text) VALUES (?,?,?)", (number, folded, text)
            )
    return path


def found(file, query, **how):
    return [page.path for page in search(file, query, **how)]


def test_the_newest_comes_first(file):
    assert found(file, "Rơ Châm") == ["/c/", "/b/", "/a/"]
    assert search(file, "chuyện ở làng")[0] == Page(*ROWS[1])


def test_ranked_the_title_that_is_the_query_comes_first_then_titles_then_texts(file):
    assert found(file, "ro cham", ranked=True) == ["/c/", "/a/", "/b/"]


def test_the_last_word_is_a_beginning(file):
    assert found(file, "ro ch") == ["/c/", "/b/", "/a/"]
    assert found(file, "ch ro") == []


def test_pages_and_facets_narrow_what_is_found(file):
    assert found(file, "ro cham", limit=1, offset=1) == ["/b/"]
    assert found(file, "ro cham", kind="Chuyện") == ["/c/", "/b/"]
    assert found(file, "ro cham", year="2025", lang="jra") == ["/b/"]
    assert found(file, "ro cham", field="Kinh tế", place="Xã Gào") == []


def test_facets_count_what_was_found_and_nothing_else(file):
    assert facets(file, "ro cham") == {
        "kind": {"Chuyện": 2, "Điển hình": 1},
        "field": {"Kinh tế": 1, "Văn hóa": 1},
        "place": {"Xã Ia Dơk": 1, "Xã Gào": 1},
        "year": {"2024": 1, "2025": 1},
        "lang": {"vi": 2, "jra": 1},
    }
    assert facets(file, "ro cham", kind="Điển hình")["place"] == {"Xã Ia Dơk": 1}


def test_every_run_of_letters_is_quoted_alone():
    assert match("ro cham h'bliu") == '"ro" "cham" "h" "bliu"*'
    assert match('" OR 1=1 -- near(a b) *') == '"or" "1" "1" "near" "a" "b"*'.replace("or", "OR")
    assert match("'\"-* ") == ""


def test_a_pasted_page_is_cut_to_its_first_words():
    assert match("a " * 500).count('"') == 2 * reading.MOST_WORDS


def test_nothing_asked_finds_nothing(file):
    assert search(file, "  ") == []


def test_a_search_that_takes_too_long_is_dropped(file, monkeypatch):
    monkeypatch.setattr(reading, "PATIENCE", -1)
    monkeypatch.setattr(reading, "STEPS", 1)

    with pytest.raises(TooBroad):
        search(file, "ro")


def test_a_file_that_is_none_of_ours_is_an_error(tmp_path):
    (tmp_path / "x").write_bytes(b"nothing")

    with pytest.raises(sqlite3.Error):
        search(tmp_path / "x", "ro")
    with pytest.raises(sqlite3.OperationalError):
        search(tmp_path / "missing", "ro")
    sqlite3.connect(tmp_path / "empty").close()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        facets(tmp_path / "empty", "ro")


def test_the_file_is_opened_without_leaving_a_trace(file):
    before = sorted(file.parent.iterdir())

    search(file, "ro")

    assert sorted(file.parent.iterdir()) == before


@given(st.text(max_size=300))
def test_no_query_is_a_mistake(file, query):
    search(file, query)
    search(file, query, ranked=True)


# --- While somebody types -------------------------------------------------------
@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A file that keeps names apart, as releases have them now; the newest last."""
    path = tmp_path_factory.mktemp("ten") / "search.sqlite3"
    rows = [
        ("/ten-bai-cu/", "ro cham day chieng", "", ""),
        ("/ten-bai/", "ro cham", "", "ro cham"),
        ("/ten-nguoi/", "nguoi giu rung", "ro cham toal", "mot doi"),
        ("/than-bai/", "chuyen lang", "", "gap ro cham o suoi"),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 3")
        connection.execute(
            "CREATE TABLE pages (id, path, title, lead, kind, field, place, year INTEGER, lang, key)"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, names, text, content='', detail=column)"
        )
        for number, (address, title, names, text) in enumerate(rows, start=1):
            connection.execute(
                "INSERT INTO pages VALUES (?, ?, ?, '', '', '', '', NULL, 'vi', ?)",
                (number, address, title, title),
            )
            connection.execute(
                "INSERT INTO words(rowid, title, names, text) VALUES (?, ?, ?, ?)",
                (number, title, names, text),
            )
    return path


def test_ranked_gives_titles_then_names_then_texts(named, file):
    def suggested(path, words, limit=8):
        return [page.path for page in reading.search(path, words, limit, ranked=True)]

    assert suggested(named, "Rơ Ch") == ["/ten-bai/", "/ten-bai-cu/", "/ten-nguoi/", "/than-bai/"]
    assert suggested(named, "ro cham", 3) == ["/ten-bai/", "/ten-bai-cu/", "/ten-nguoi/"]
    assert suggested(named, "suoi") == ["/than-bai/"]
    assert suggested(named, " ") == []
    assert suggested(file, "ro cham") == [
        "/c/",
        "/a/",
        "/b/",
    ]  # of a release before names stood apart


def test_ranked_names_come_before_texts(named):
    assert found(named, "ro cham", ranked=True) == [
        "/ten-bai/",
        "/ten-bai-cu/",
        "/ten-nguoi/",
        "/than-bai/",
    ]
    assert found(named, "ro cham")[0] == "/than-bai/"
