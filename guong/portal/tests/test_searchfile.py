"""The search file: found however it is typed, the same bytes whoever builds it."""

import sqlite3
import unicodedata

import pytest

from guong.dropbox.search import search
from guong.portal.searchfile import Document, write

# path → a text as pages write it, every third one decomposed
TEXTS = {
    "/ro-cham/": "Bà Rơ Châm H'Bliu vận động tái canh",
    "/bliu/": "Chị H’Bliu dệt thổ cẩm",
    "/rchom/": "Ông Rchom Toal giữ rừng",
    "/hoa/": "Mẹ Hòa nuôi trẻ",
    "/hoa-2/": "Cô Hoà dạy chữ",
    "/hoa-3/": "Anh Hóa đào giếng",
    "/thuy/": "Thúy, Thuý và Thủy",
    "/dak/": "Xã Đắk Sơmei, xã Đăk Song",
    "/jrai/": "người Jrai ở làng",
    "/gia-rai/": "người Gia Rai ở làng",
    "/my/": "Xã Phù Mỹ",
    "/nam/": "Bình Định năm 2026",
}
PAIRS = {
    "ro cham": {"/ro-cham/", "/rchom/"},
    "rchom": {"/ro-cham/", "/rchom/"},
    "r'chom": {"/ro-cham/", "/rchom/"},
    "Rơ Châm": {"/ro-cham/", "/rchom/"},
    "RO CHAM": {"/ro-cham/", "/rchom/"},
    "h bliu": {"/ro-cham/", "/bliu/"},
    "hbliu": {"/ro-cham/", "/bliu/"},
    "h'bliu": {"/ro-cham/", "/bliu/"},
    "h’bliu": {"/ro-cham/", "/bliu/"},
    "H' Bliu": {"/ro-cham/", "/bliu/"},
    "hoa": {"/hoa/", "/hoa-2/", "/hoa-3/"},
    "hoà": {"/hoa/", "/hoa-2/", "/hoa-3/"},
    "hòa": {"/hoa/", "/hoa-2/", "/hoa-3/"},
    "thuy": {"/thuy/"},
    "dak": {"/dak/"},
    "đăk": {"/dak/"},
    "gia lai": {"/jrai/", "/gia-rai/"},
    "jarai": {"/jrai/", "/gia-rai/"},
    "jrai": {"/jrai/", "/gia-rai/"},
    "gia-rai": {"/jrai/", "/gia-rai/"},
    "mĩ": {"/my/"},
    "phu m": {"/my/"},
    "binh dinh": {"/nam/"},
    "2026": {"/nam/"},
}


def documents():
    for number, (path, text) in enumerate(TEXTS.items()):
        written = unicodedata.normalize("NFD", text) if number % 3 == 0 else text
        yield Document(path, f"Trang {number}", written, "Chuyện", on=f"2026-01-{number + 1:02}")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tim") / "tim" / "search.sqlite3"
    write(path, documents())
    return path


@pytest.mark.parametrize("query", PAIRS)
def test_everything_is_found_however_it_is_typed(file, query):
    decomposed = unicodedata.normalize("NFD", query)

    assert {page.path for page in search(file, query)} == PAIRS[query]
    assert {page.path for page in search(file, decomposed, ranked=True)} == PAIRS[query]


def test_the_newest_comes_first_in_whatever_order_they_were_given(tmp_path):
    made = [
        Document("/b/", "Nul", on="2026-02-01"),
        Document("/a/", "Nul", year=2025),
        Document("/d/", "Nul"),
        Document("/c/", "Nul", on="2026-02-01"),
    ]
    write(tmp_path / "x", made)
    write(tmp_path / "y", reversed(made))

    assert [page.path for page in search(tmp_path / "x", "nul")] == ["/c/", "/b/", "/a/", "/d/"]
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_writing_again_replaces_the_file_whole(tmp_path):
    path = tmp_path / "search.sqlite3"
    first = [Document(f"/{n}/", f"Tên {n}", "chữ " * 50) for n in range(300)]

    assert [write(path, first), write(path, [Document("/x/", "Nul", kind="Vinh danh")])] == [300, 1]
    assert (search(path, "ten"), len(search(path, "nul"))) == ([], 1)
    assert [each.name for each in tmp_path.iterdir()] == ["search.sqlite3"]


def test_a_page_shows_what_its_document_says_and_is_found_by_all_of_it(tmp_path):
    one = Document(
        "/g/1/",
        "Nguyễn Thị Ánh",
        "",
        "Điển hình",
        "Kinh tế",
        "Xã Ia Dơk",
        2026,
        lead="Vần công",
        lang="jra",
    )
    write(tmp_path / "s", [one])
    queries = ["nta", "ánh", "điển hình", "kinh te", "ia dok", "2026", "vần c"]

    assert [len(search(tmp_path / "s", query)) for query in queries] == [1] * 7
    found = search(tmp_path / "s", "anh")[0]
    assert (
        found.path,
        found.title,
        found.lead,
        found.kind,
        found.field,
        found.place,
        found.year,
        found.lang,
    ) == (
        one.path,
        one.title,
        one.lead,
        one.kind,
        one.field,
        one.place,
        one.year,
        one.lang,
    )


def test_one_path_twice_is_a_mistake(tmp_path):
    with pytest.raises(sqlite3.IntegrityError):
        write(tmp_path / "s", [Document("/a/", "x"), Document("/a/", "y")])


def test_no_words_of_a_page_can_be_read_out_of_the_file(tmp_path):
    write(tmp_path / "s", [Document("/a/", "Nul", "một câu rất riêng tư của làng")])

    assert "riêng".encode() not in (tmp_path / "s").read_bytes()
