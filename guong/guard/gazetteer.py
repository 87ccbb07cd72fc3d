"""The names a text may lean on; handed to the scorer, never looked up by it."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from guong.core.vietnamese import fold

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Gazetteer:
    """Known names, folded: provinces, communes, agencies; codes as written; hosts of links."""

    provinces: frozenset[str]
    communes: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    agency_codes: frozenset[str] = frozenset()
    document_kinds: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = field(default=())


def lines(name: str) -> list[str]:
    """The lines of a data file of this room, comments left out."""
    text = (DATA / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


@lru_cache(maxsize=1)
def default() -> Gazetteer:
    """What holds for any province: names of provinces, codes of papers, fixed pairs."""
    pairs = tuple(tuple(line.split("|", 1)) for line in lines("known-pairs.txt"))
    return Gazetteer(
        provinces=frozenset(fold(line) for line in lines("known-provinces.txt")),
        agency_codes=frozenset(line.upper() for line in lines("known-agencies.txt")),
        document_kinds=frozenset(line.upper() for line in lines("known-kinds.txt")),
        pairs=pairs,
    )
