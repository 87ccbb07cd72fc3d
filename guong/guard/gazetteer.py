"""The names a text may lean on; handed to the scorer, never looked up by it."""

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

from .letters import flat

DATA = Path(__file__).parent / "data"
NOTHING: frozenset[str] = frozenset()


def lines(name: str) -> list[str]:
    """The lines of a data file of this room, comments left out."""
    text = (DATA / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def key(name: str) -> str:
    """A name as it is compared: folded, hyphens and double blanks gone."""
    return " ".join(flat(name).replace("-", " ").replace("–", " ").split())


@dataclass(frozen=True)
class Gazetteer:
    """Known names as people write them: places, bodies, codes of document numbers, hosts of links.

    Spelling, marks and hyphens need not agree with the text: names are compared folded.
    """

    provinces: frozenset[str]
    communes: frozenset[str] = NOTHING
    agencies: frozenset[str] = NOTHING
    agency_codes: frozenset[str] = NOTHING
    hosts: frozenset[str] = NOTHING

    def plus(self, **more) -> "Gazetteer":
        """This gazetteer with further names: any of its fields, each a list or set of strings."""
        return Gazetteer(**{
            field.name: getattr(self, field.name) | frozenset(more.get(field.name, ()))
            for field in fields(self)
        })  # fmt: skip

    @cached_property
    def place_keys(self) -> frozenset[str]:
        """Folded names of provinces and communes, the latter also without «xã», «phường»."""
        communes = {key(name) for name in self.communes}
        bare = {name.split(" ", 1)[1] for name in communes if name.startswith(("xa ", "phuong "))}
        return frozenset(map(key, self.provinces)) | communes | bare

    @cached_property
    def beginnings(self) -> frozenset[tuple[str, ...]]:
        """How the name of a body may begin: general beginnings, and known bodies in full."""
        return frozenset(
            tuple(name.lower().split()) for name in [*lines("heads.txt"), *self.agencies]
        )

    @cached_property
    def agency_words(self) -> frozenset[str]:
        """Every word that occurs in the name of a known body, folded."""
        names = [*lines("agencies.txt"), *lines("heads.txt"), *self.agencies]
        return frozenset(word for name in names for word in key(name).replace(",", "").split())

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Places of every kind that need no slot of their own: regions, towns, neighbours abroad."""
        return self.place_keys | frozenset(map(key, lines("places.txt")))

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code.upper() for code in self.agency_codes)


@lru_cache(maxsize=1)
def default() -> Gazetteer:
    """What holds for any province: names of provinces, general bodies and codes, hosts of the State."""
    return Gazetteer(
        provinces=frozenset(lines("provinces.txt")),
        agencies=NOTHING,
        agency_codes=frozenset(" ".join(lines("codes.txt")).split()),
        hosts=frozenset(lines("hosts.txt")),
    )
