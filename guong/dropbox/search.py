"""Search in the standing release: one read-only SQLite file, made by the portal's build.

The file (written by `guong.portal.searchfile`): `pages` holds what is shown, `words` the folded words
(FTS5, contentless, detail=column); the newest page has the highest id.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from guong.core.vietnamese import fold

# A mistyped or pasted page of text asks for nothing: the first words are enough.
MOST_WORDS, LONGEST_QUERY = 12, 200
PATIENCE = 0.5  # seconds, then the question is dropped: nobody may keep the machine busy
STEPS = 20_000  # SQLite looks at the clock this often
RUN = re.compile(r"[^\W_]+")  # letters or digits, as the index cut them
FOUND = """
    SELECT p.path, p.title, p.lead, p.kind, p.field, p.place, p.year, p.lang
    FROM words CROSS JOIN pages p ON p.id = words.rowid
    WHERE words MATCH :wanted
        AND (:kind = '' OR p.kind = :kind) AND (:field = '' OR p.field = :field)
        AND (:place = '' OR p.place = :place) AND (:year = '' OR p.year = :year)
        AND (:lang = '' OR p.lang = :lang)
    ORDER BY {order} LIMIT :limit OFFSET :offset
"""
FACETS = ("kind", "field", "place", "year", "lang")  # what a search can be narrowed by
MOST_COUNTED = 2_000  # of the newest found: enough to choose by, never a walk through everything
NEWEST = "words.rowid DESC"
# FTS5's own rank is nought in an index without positions. What a reader means by best is told by
# the title: it is the query, it holds the query, it does neither.
BEST = """
    p.key = :key DESC,
    words.rowid IN (SELECT rowid FROM words WHERE words MATCH :titled) DESC,
    words.rowid DESC
"""


@dataclass(frozen=True)
class Page:
    """One page found: where it is and what the list shows."""

    path: str
    title: str
    lead: str
    kind: str
    field: str
    place: str
    year: int | None
    lang: str = "vi"


class TooBroad(Exception):
    """The search took too long: fewer or longer words are needed."""


def search(
    path: Path,
    query: str,
    limit: int = 20,
    *,
    offset: int = 0,
    ranked: bool = False,
    **narrowed: str,
) -> list[Page]:
    """Pages with all words of the query (the last as a beginning), newest first.

    With `ranked` a page whose title is the query comes first, then those with its words in the title.
    `narrowed`: any of FACETS, a value as in the pages. Raises TooBroad after half a second.
    """
    folded = fold(query[:LONGEST_QUERY])
    wanted = match(folded)
    if not wanted:
        return []
    statement = FOUND.format(order=BEST if ranked else NEWEST)
    words = {"wanted": wanted, "titled": f"title : ({wanted})", "key": folded}
    values = {**words, **dict.fromkeys(FACETS, ""), **narrowed, "limit": limit, "offset": offset}
    return [Page(*row) for row in _ask(path, statement, values)]


def facets(path: Path, query: str, **narrowed: str) -> dict[str, Counter]:
    """By what the pages found can be narrowed further: of each facet its values, with how many pages."""
    pages = search(path, query, MOST_COUNTED, **narrowed)
    return {
        name: Counter(str(value) for page in pages if (value := getattr(page, name)))
        for name in FACETS
    }


def match(folded: str) -> str:
    """The query for FTS5: every run of letters or digits quoted alone, the last one with `*`.

    FTS5 takes `"h'bliu"` for a phrase, which an index without positions refuses.
    """
    words = RUN.findall(folded)[:MOST_WORDS]
    return " ".join(f'"{word}"' for word in words) + "*" if words else ""


def _ask(path: Path, statement: str, values: dict) -> list[tuple]:
    # Immutable: no lock, no journal beside the file, nothing is ever written.
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.set_progress_handler(_until(time.monotonic() + PATIENCE), STEPS)
        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as trouble:
            if "interrupted" in str(trouble):
                raise TooBroad from trouble
            raise


def _until(end: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > end
