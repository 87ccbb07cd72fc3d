"""Names as keys under which spellings meet, and how two names stand to one another."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from guong.core.vietnamese import also_written, fold, fold_all, name_key
from guong.core.vietnamese.spellings import bridge_clans

# How two names stand to one another, as a reader is told; surest first.
SAME, UNMARKED, TURNED = "cùng tên", "cùng tên khi bỏ dấu", "cùng tên, khác thứ tự chữ"
SHORTENED, OTHER_MARKS, CLOSE = "khớp tên viết tắt", "tên chỉ khác dấu", "tên gần giống"
SURE = {SAME, UNMARKED, TURNED}
WORD = re.compile(r"[a-z0-9]+")
Y_AS_I = re.compile(
    r"y(?:(?<=(?<![a-z0-9])[hklmstv]y)|(?<=(?<![a-z0-9])quy))(?![a-z0-9])"
)  # «Mỹ», «Quý»; the rare «y» is looked for first
ALIASES = re.compile(r"\s*[,;/]\s*")
ADDRESSED = {"ong", "ba", "anh", "chi", "co", "bac", "chu", "em"}
LONGEST = 400  # as the column
SHORTEST = 3  # letters of a word in which a slip can be told from another word
LONG = 4  # letters from which two slips are still one word; and for a name of one word


def search_key(full_name: str, other_names: str = "") -> str:
    """What the quick search looks through: the folded names, how else they are spelt, their initials.

    Each word once, four hundred signs at most; the names themselves come first.
    """
    name, others = fold(full_name), fold(other_names)
    initials = "".join(word[0] for word in name.split())
    without = "".join(word[0] for word in WORD.findall(name))
    parts = [name, initials, without, *_spelt(name), name_key(full_name), others, *_spelt(others)]
    seen = dict.fromkeys(" ".join(parts).split())
    key = " ".join(seen)
    return key if len(key) <= LONGEST else key[:LONGEST].rpartition(" ")[0]


def _spelt(folded: str) -> list[str]:
    return [*also_written(folded), folded.replace("'", "")]


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: folded, clans bridged, apostrophes dropped, y as i."""
    return words_of_all([name])[0]


def words_of_all(called: Sequence[str]) -> list[tuple[str, ...]]:
    """`words` of each name of a list."""
    folded = "\n".join(fold_all(called))
    bare = Y_AS_I.sub("i", bridge_clans(folded).replace("'", ""))
    return [tuple(WORD.findall(name)) for name in bare.split("\n")] if called else []


def split(other_names: str) -> list[str]:
    """The single names of a line of aliases."""
    return [name for name in ALIASES.split(other_names) if name]


def spellings(name: str) -> list[tuple[str, ...]]:
    """The words of the name, and without «Ông», «Bà» in front: who is family name, who is not?"""
    found = words(name)
    return [found, found[1:]] if len(found) > 2 and found[0] in ADDRESSED else [found]


def stored_keys(*names: str) -> set[str]:
    """What is written down of the names of one record."""
    return {key for name in names for found in spellings(name) for key in _keys(found, "ij")}


def asked_keys(name: str) -> set[str]:
    """Under what a name is looked for."""
    found = {key for asked in spellings(name) for key in _keys(asked, "")}
    for asked in spellings(name):
        # «N. V. Hoà» may be anybody with these letters; a full name only somebody written so.
        found |= {f"i{_letters(asked)}", f"j{_letters(asked)}"} if _is_short(asked) else set()
        found |= {f"j{_letters(asked)}"} if len(asked) > 2 else set()
    return found


def _keys(found: tuple[str, ...], letters: str) -> set[str]:
    if not found:
        return set()
    keys = {f"n{''.join(found)}"[:160]}
    if len(found) > 1:
        keys.add(f"s{'.'.join(sorted(found))}"[:160])
    if "i" in letters and len(found) > 2:
        keys.add(f"{'j' if _is_short(found) else 'i'}{_letters(found)}"[:160])
    return keys


def _is_short(found: tuple[str, ...]) -> bool:
    return len(found) > 2 and any(len(word) == 1 for word in found[:-1])


def _letters(found: tuple[str, ...]) -> str:
    return "".join(word[0] for word in found[:-1]) + found[-1] if found else ""


@lru_cache(maxsize=65536)
def _forms(name: str) -> tuple[tuple, ...]:
    """Each spelling in one word, in alphabetical order, as words, and whether it is cut to letters."""
    return tuple(
        ("".join(found), sorted(found), found, _is_short(found)) for found in spellings(name)
    )


@lru_cache(maxsize=4096)  # who is near is asked first, then what speaks for it
def relation(one: str, other: str) -> str:
    """How the two names stand to one another, in words; empty for strangers."""
    if one == other:
        return SAME
    found = ""
    for whole, ordered, a, a_short in _forms(one):
        for other_whole, other_ordered, b, b_short in _forms(other):
            if whole == other_whole:
                return _by_marks(one, other)
            if ordered == other_ordered:
                found = TURNED
            elif (a_short and _is_shortened(a, b)) or (b_short and _is_shortened(b, a)):
                found = found or SHORTENED
            elif not found and _is_slip(a, b):
                found = CLOSE
    return found


def _by_marks(one: str, other: str) -> str:
    """Marks that differ make another name only where both were written with marks."""
    a, b = _marked(one), _marked(other)
    if len(a) != len(b):  # «Bà», or a clan in one word
        return UNMARKED
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if not differing:
        return SAME
    if any(not x.isascii() and not y.isascii() for x, y in differing):
        return OTHER_MARKS
    # «Nguyễn Văn An» is not «Nguyễn Văn Ân»; «nguyen van Hòa» was only typed in haste.
    has_marks_in_both = any(x == y and not x.isascii() for x, y in zip(a, b, strict=True))
    return OTHER_MARKS if has_marks_in_both and len(differing) == 1 else UNMARKED


@lru_cache(maxsize=16384)
def _marked(name: str) -> tuple[str, ...]:
    """The letters and marks of each word in one order: «Hoà» and «Hòa» are one."""
    plain = re.sub("['’‘ʼ`´]", "", unicodedata.normalize("NFD", name.lower())).replace("y", "i")
    return tuple(["".join(sorted(word)) for word in re.split(r"[\s.\-]+", plain) if word])


def _is_shortened(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """«N. V. Hoà» for «Nguyễn Văn Hoà»: the last word whole, each letter that of a word."""
    return (
        len(short) == len(full)
        and short[-1] == full[-1]
        and all(b == a or (len(a) == 1 and b[0] == a) for a, b in zip(short, full, strict=True))
    )


def _is_slip(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One word mistyped, or in a long name one word too many."""
    if len(a) == len(b):
        wrong = [at for at in range(len(a)) if a[at] != b[at]]
        shortest = SHORTEST if len(a) > 1 else LONG
        return len(wrong) == 1 and _is_typo(a[wrong[0]], b[wrong[0]], shortest)
    few, many = sorted((a, b), key=len)
    return len(few) > 2 and len(many) - len(few) == 1 and _is_within(few, many)


def _is_within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """All words of one stand in the other, in their order."""
    rest = iter(many)
    return all(word in rest for word in few)


def _is_typo(x: str, y: str, shortest: int) -> bool:
    allowed = 2 if min(len(x), len(y)) > LONG else 1
    return min(len(x), len(y)) >= shortest and OSA.distance(x, y, score_cutoff=allowed) <= allowed
