"""Names as they are: one authoritative field, nothing split, nothing inferred about a person."""

import re

from .folding import clean_line, fold

# Clan names written in one word or two (Jrai, Êđê, Bahnar); only spelling is bridged here.
CLANS = {
    "rcham": "ro cham",
    "rchom": "ro cham",
    "r'cham": "ro cham",
    "r'chom": "ro cham",
    "rocham": "ro cham",
    "ro chom": "ro cham",
    "ro cham": "ro cham",
    "rmah": "ro mah",
    "r'mah": "ro mah",
    "romah": "ro mah",
    "ro mah": "ro mah",
    "rlan": "ro lan",
    "r'lan": "ro lan",
    "rolan": "ro lan",
    "rahlan": "rah lan",
    "rah lan": "rah lan",
    "kpa": "kpa",
    "kbor": "ksor",
}
CLAN = re.compile(
    r"(?<![\w'])(" + "|".join(sorted(map(re.escape, CLANS), key=len, reverse=True)) + r")(?![\w'])"
)
PREFIX = re.compile(r"^(y|a|h')$")


def suggest_given_name(full_name: str) -> str:
    """What the person is probably called by; the officer confirms or changes it.

    The last word for Kinh names; the second for `Y Ngăm Niê Kriêng`; the first for `H'Nguê Êban`;
    the name itself when it is one word.
    """
    words = clean_line(full_name).split()
    if not words:
        return ""
    folded = [fold(word) for word in words]
    if len(words) > 1 and PREFIX.match(folded[0]) and folded[0] != "h'":
        return words[1]
    if folded[0].startswith("h'") and len(folded[0]) > 2:
        return words[0]
    return words[-1]


def tidy_name(full_name: str) -> str:
    """Blanks and unseen signs put right, ALL CAPITALS turned into a name; nothing else."""
    name = clean_line(full_name)
    letters = [sign for sign in name if sign.isalpha()]
    if len(letters) > 3 and all(sign.isupper() for sign in letters):
        name = re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), name)
        name = re.sub(r"(?<=['’ʼ])[^\W\d_]", lambda sign: sign[0].upper(), name)
    return name


def name_key(full_name: str) -> str:
    """The form under which two spellings of one name meet: folded, clans bridged, no blanks."""
    bridged = CLAN.sub(lambda found: CLANS[found[1]], fold(full_name))
    return re.sub(r"[^a-z0-9]+", "", bridged)
