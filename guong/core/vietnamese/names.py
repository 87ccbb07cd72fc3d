"""Names as they are: one authoritative field, nothing split, nothing inferred about a person."""

import re

from .folding import clean_line, fold, nfc
from .spellings import bridge_clans

APART = re.compile(r"(?<!\S)([HhKk]['’‘ʼ]) (?=\S)")  # H' Bliu
WORD = re.compile(r"[^\s'’‘ʼ\-]+")


def suggest_given_name(full_name: str) -> str:
    """What the person is probably called by; the officer confirms or changes it.

    The last word for Kinh names; the second for `Y Ngăm Niê Kriêng`; the first for `H'Nguê Êban`;
    the name itself when it is one word.
    """
    words = APART.sub(r"\1", clean_line(full_name)).split()
    if not words:
        return ""
    if len(words) > 1 and words[0].lower() in {"y", "a"}:
        return words[1]
    if fold(words[0]).startswith("h'") and len(words[0]) > 2:
        return words[0]
    return words[-1]


def tidy_name(full_name: str) -> str:
    """Blanks and unseen signs put right, ALL CAPITALS turned into a name; nothing else."""
    name = clean_line(full_name)
    if name.isupper() and sum(sign.isalpha() for sign in name) > 3:
        name = nfc(WORD.sub(lambda word: word[0][0] + word[0][1:].lower(), name))
    return name


def name_key(full_name: str) -> str:
    """The form under which two spellings of one name meet: folded, clans bridged, no blanks."""
    return re.sub(r"[\W_]+", "", bridge_clans(fold(full_name)))
