"""The one folding behind every search and every comparison of names.

Of each there is one for a text and one for many: what looks at every sign costs a column of a list a
quarter when it looks at the column as one text.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

APOSTROPHE = re.compile("[’‘ʼʻ`´′ʹ＇]")
PLAIN = {"đ": "d", "ƀ": "b", "ı": "i", "ł": "l", "ø": "o"}
LATIN_MARKS = re.compile("[\u0300-\u036f]+")
# Controls, direction marks, zero-width signs, fillers, soft hyphens: nothing a name needs.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
ODD_BLANKS = ("  ", " \n", "\n ", *"\t\v\f\r\x85\xa0\u1680", *map(chr, range(0x2000, 0x200B)),
              *"\u2028\u2029\u202f\u205f\u3000")  # fmt: skip
SHORT = 200  # names and titles are asked for again and again; long texts would only fill the cache


def nfc(text: str) -> str:
    """The composed spelling: two keyboards write «Hoà» with different code points."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line as a person meant it: NFC, nothing unseen, blanks single. Keeps Tây Nguyên letters."""
    return " ".join(_seen(text).split())


def clean_lines(texts: Sequence[str]) -> list[str]:
    """`clean_line` of each, as `clean_line` would."""
    return _as_one(_seen, texts)


def _seen(text: str) -> str:
    return nfc(UNSEEN.sub("", text))


def _as_one(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """What `change` makes of each text, of all in one go, with single blanks.

    `change` leaves line ends alone, and what stands on one line does not depend on the next.
    """
    whole = "\n".join(texts)
    if whole.count("\n") >= len(texts):  # a line end within a text counts as a blank
        whole = "\n".join([text.replace("\n", " ") for text in texts])
    changed = change(whole)
    lines = changed.split("\n") if texts else []
    at_ends = changed[:1] == " " or changed[-1:] == " "
    is_plain = not at_ends and not any(odd in changed for odd in ODD_BLANKS)
    return lines if is_plain else [" ".join(line.split()) for line in lines]


def clean_text(text: str) -> str:
    """The same for several lines: paragraphs stay, never more than one empty line between them."""
    lines = [clean_line(line) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without marks, đ as d, apostrophes one, blanks single. Empty stays empty."""
    return _short(text) if len(text) <= SHORT else _fold(text)


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each, remembering none of them."""
    return _as_one(_bare, texts)


def _fold(text: str) -> str:
    return " ".join(_bare(text).split())


def _bare(text: str) -> str:
    """Folded but for the blanks: by a table when it has all letters, else sign by sign."""
    try:
        known, _ = codecs.charmap_encode(nfc(text).lower(), "strict", LETTERS)
    except UnicodeEncodeError:
        return _bare_of_any(text)
    return codecs.charmap_decode(known.translate(None, MARKS), "strict", FOLDED)[0]


def _bare_of_any(text: str) -> str:
    seen = APOSTROPHE.sub("'", UNSEEN.sub("", text))
    # Lowered twice: a capital may hide in a sign that only comes apart in NFD.
    decomposed = unicodedata.normalize("NFD", nfc(seen).lower()).lower()
    for letter, plain in PLAIN.items():
        decomposed = decomposed.replace(letter, plain)
    bare = LATIN_MARKS.sub("", decomposed)
    if not bare.isascii():  # another script: its marks, and apostrophes that came apart
        bare = "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")
    return APOSTROPHE.sub("'", bare)


# What Vietnamese and the languages of Tây Nguyên are written with: a byte each, so that two passes in C
# fold a text. Marks that stand apart (ê̆) are left out between them. A table for `charmap_build` begins
# with NUL, or it is made a slow one.
TABLE = (
    "\0\t\n\v\f\r !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵčĕĭŏŭñƀ’‘ʼ´“”«»–—…•°²·\xa0"
    "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
)
LETTERS = codecs.charmap_build(TABLE)
FOLDED = "".join([_bare_of_any(letter) or "\ufffe" for letter in TABLE])
MARKS = bytes(at for at, letter in enumerate(FOLDED) if letter == "\ufffe")


_short = lru_cache(maxsize=65536)(_fold)


def slug(text: str) -> str:
    """As it stands in an address: folded, apostrophes dropped, everything else a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")
