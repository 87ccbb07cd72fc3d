"""Every letter that is written here has its own drawing in every font we ship, marks in their place."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

GUONG = Path(__file__).parents[1] / "guong"
FONTS = sorted([*GUONG.rglob("*.woff2"), *(GUONG / "core" / "fonts").glob("*.ttf")])
ARROWS = set("←→↑↓")  # Noto's text faces have none; every system draws them
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"
# Letters of Jrai, Bahnar and Êđê beside the Vietnamese ones; some exist only as letter and mark.
HIGHLANDS = (
    "ƀ č ñ ĕ ĭ ŏ ŭ ê\u0306 ô\u0306 ơ\u0306 ư\u0306 â\u0306 ĕ\u0301 ŏ\u0301 ŭ\u0300 j w z".split()
)


def letters() -> set[str]:
    """Small and capital, as they are stored: composed where Unicode has a composed form."""
    vietnamese = [vowel + tone for vowel in VOWELS for tone in TONES] + ["đ"]
    both = [form for word in (*vietnamese, *HIGHLANDS) for form in (word, word.upper())]
    return set("".join(unicodedata.normalize("NFC", word) for word in both))


def written_on_screens() -> set[str]:
    """Every sign in a template of ours, and the quotation marks and dashes our words use."""
    found = set("«»“”‘’–…·×₫%°²")
    for path in GUONG.rglob("templates/**/*.html"):
        found |= set(unicodedata.normalize("NFC", path.read_text("utf-8")))
    return {sign for sign in found if sign.isprintable()} - ARROWS


def drawn_in(path: Path) -> tuple[set[str], set[str]]:
    """The signs a font draws, and the layout features it has."""
    with TTFont(path) as font:
        features = font["GPOS"].table.FeatureList.FeatureRecord
        return set(map(chr, font.getBestCmap())), {record.FeatureTag for record in features}


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.name)
def test_a_font_has_every_letter(path):
    drawn, _ = drawn_in(path)

    assert len(letters()) > 150
    assert letters() - drawn == set()


@pytest.mark.parametrize(
    "path", [path for path in FONTS if path.suffix == ".woff2"], ids=lambda path: path.name
)
def test_a_font_of_the_screens_has_every_sign_of_the_templates_and_puts_marks_right(path):
    drawn, features = drawn_in(path)

    assert written_on_screens() - drawn == set()
    assert "mark" in features  # without it the breve of ê̆ floats beside its letter


def test_the_fonts_are_there():
    assert {path.suffix for path in FONTS} == {".woff2", ".ttf"}
