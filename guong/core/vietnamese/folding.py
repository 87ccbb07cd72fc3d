"""The one folding behind every search and every comparison of names."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′ʹ＇"), "'")
PLAIN = str.maketrans({"đ": "d", "ƀ": "b", "ı": "i", "ł": "l", "ø": "o"})
# Controls, direction marks, zero-width signs and soft hyphens: nothing a name needs.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def nfc(text: str) -> str:
    """The composed spelling: two keyboards write «Hoà» with different code points."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line as a person meant it: NFC, nothing unseen, blanks single. Keeps Tây Nguyên letters."""
    return " ".join(nfc(UNSEEN.sub("", text)).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without marks, đ as d, apostrophes one, blanks single. Empty stays empty."""
    if text.isascii():
        return " ".join(text.translate(APOSTROPHES).lower().split())
    decomposed = unicodedata.normalize("NFD", nfc(UNSEEN.sub("", text)).lower())
    bare = "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")
    return " ".join(bare.translate(PLAIN).translate(APOSTROPHES).split())
