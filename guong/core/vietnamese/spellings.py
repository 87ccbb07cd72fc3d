"""One word, several spellings: clans in one word or two, peoples by their names, i and y.

Facts: names of clans and peoples as officials, the statistics list of 1979 and the people themselves
write them. Nothing here says anything about a person; it only lets two spellings meet.
"""

import re

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
    ["gie trieng", "gie-trieng", "gietrieng", "gie - trieng"],
    ["co ho", "co-ho", "coho", "k'ho", "koho"],
    ["mnong", "m'nong", "mo nong"],
]
# A place that sounds like a people: who looks for the place also means the people's texts,
# but a text about the place is not one about the people.
ONE_WAY = {"gia lai"}
I_AND_Y = re.compile(r"(?<![\w'])(qu|[hklmstv])([iy])(?![\w'])")
JOINED = re.compile(r"[^\W_]+(?:'[^\W_]+)+")
SPACED = re.compile(r"(?<![\w'])([hk])' (?=[^\W_])")


def _pattern(spellings) -> re.Pattern:
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(r"(?<![\w'])(" + "|".join(map(re.escape, longest_first)) + r")(?![\w'])")


GROUP_OF = {spelling: group for group in CLANS + PEOPLES for spelling in group}
ANY = _pattern(GROUP_OF.keys() - ONE_WAY)
CLAN_OF = {spelling: group[0] for group in CLANS for spelling in group}
CLAN = _pattern(CLAN_OF)


def bridge_clans(folded: str) -> str:
    """Every clan in its first spelling, `h' bliu` as `h'bliu`."""
    return CLAN.sub(lambda found: CLAN_OF[found[1]], SPACED.sub(r"\1'", folded))


def also_written(text: str) -> list[str]:
    """How else the words of a text may be typed by someone who looks for it; folded, sorted.

    Put beside the folded text in a search index: `Rơ Châm` is then found by «rchom», `H'Bliu` by
    «hbliu», `Mỹ` by «mi», «Jrai» by «gia rai».
    """
    folded = SPACED.sub(r"\1'", fold(text))
    others = {spelling for found in ANY.finditer(folded) for spelling in GROUP_OF[found[1]]}
    others |= {word.replace("'", "") for word in JOINED.findall(folded)}
    for found in I_AND_Y.finditer(folded):
        others.add(found[1] + ("i" if found[2] == "y" else "y"))
    return sorted(others)
