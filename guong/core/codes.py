"""Codes people read out, copy by hand and type in again: «GT-7KQ2-9MXD-4TBA»."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read over the phone
GROUPS, GROUP_LENGTH = 3, 4  # 60 bits: nobody guesses another one's code
LONGEST = 40
MISREAD = str.maketrans("OIL", "011")


def written(prefix: str, number: int) -> str:
    """The code that stands for the lowest sixty bits of a number."""
    signs = []
    for _ in range(GROUPS * GROUP_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    groups = zip(*[iter(signs)] * GROUP_LENGTH, strict=True)
    return "-".join([prefix, *("".join(group) for group in groups)])


def drawn(prefix: str) -> str:
    """A code nobody has had yet, by chance."""
    return written(prefix, secrets.randbits(64))


def tidied(typed: str) -> str:
    """A code as a machine compares it: letters and digits alone, and what looks alike is one."""
    return re.sub("[^A-Z0-9]", "", typed.upper()).translate(MISREAD)[:LONGEST]
