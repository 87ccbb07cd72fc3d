"""One word, several spellings: clans in one word or two, peoples by their names, i and y.

Facts: names of clans and peoples as officials, the statistics list of 1979 and the people themselves
write them. Nothing here says anything about a person; it only lets two spellings meet.
"""

import re
from itertools import pairwise

from .folding import fold

# Jrai, Êđê and Bahnar clans. The first spelling stands for the group.
CLANS = [
    ["ro cham", "rocham", "rcham", "r'cham", "ro chom", "rochom", "rchom", "r'chom"],
    ["ro mah", "romah", "rmah", "r'mah"],
    ["ro lan", "rolan", "rlan", "r'lan"],
    ["rah lan", "rahlan"],
]
PEOPLES = [
    ["gia rai", "gia-rai", "giarai", "jarai", "jrai", "gia lai"],
    ["ba na", "ba-na", "bana", "bahnar"],
    ["e de", "e-de", "ede", "rade", "rhade"],
    ["xo dang", "xo-dang", "xodang", "xe dang", "sedang"],
    ["gie trieng", "gie-trieng", "gietrieng"],
    ["co ho", "co-ho", "coho", "k'ho", "koho"],
    ["mnong", "m'nong", "mo nong"],
]
# A place that sounds like a people: who looks for the place also means the people's texts,
# but a text about the place is not one about the people.
ONE_WAY = {"gia lai"}
I_AND_Y = re.compile(r"(qu|[hklmstv])([iy])")
TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
SPACED = re.compile(r"(?<![\w'])([hk])' (?=[^\W_])")


GROUP_OF = {spelling: group for group in CLANS + PEOPLES for spelling in group}
SEARCHED = GROUP_OF.keys() - ONE_WAY
FIRST_OF_TWO = {spelling.split()[0] for spelling in SEARCHED if " " in spelling}
CLAN_OF = {spelling: group[0] for group in CLANS for spelling in group}
LONGEST_FIRST = sorted(map(re.escape, CLAN_OF), key=len, reverse=True)
# All begin with «r», which is looked for first: a list has ten thousand names without it.
CLAN = re.compile(rf"r(?<![\w']r)(?:{'|'.join(name[1:] for name in LONGEST_FIRST)})(?![\w'])")


def bridge_clans(folded: str) -> str:
    """Every clan in its first spelling, `h' bliu` as `h'bliu`."""
    spaced = SPACED.sub(r"\1'", folded) if "' " in folded else folded
    return CLAN.sub(lambda found: CLAN_OF[found[0]], spaced)


def also_written(text: str) -> list[str]:
    """How else the words of a text may be typed by someone who looks for it; folded, sorted.

    Put beside the folded text in a search index: `Rơ Châm` is then found by «rchom», `H'Bliu` by
    «hbliu», `Mỹ` by «mi», «Jrai» by «gia rai».
    """
    tokens = TOKEN.findall(SPACED.sub(r"\1'", fold(text)))
    single = set(tokens)
    pairs = {f"{one} {two}" for one, two in pairwise(tokens) if one in FIRST_OF_TWO}
    others = {spelling for found in (single | pairs) & SEARCHED for spelling in GROUP_OF[found]}
    for token in single:
        if "'" in token:
            others.add(token.replace("'", ""))
        elif found := I_AND_Y.fullmatch(token):
            others.add(found[1] + ("i" if found[2] == "y" else "y"))
    return sorted(others)
