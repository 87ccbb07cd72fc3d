"""Search in the standing release: one read-only SQLite file, made by the portal's build.

The file (written by `guong.portal.searchfile`): `pages` holds what is shown, `words` the folded words
(FTS5, contentless, detail=column); the newest page has the highest id.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
    SELECT p.id, p.path, p.title, p.lead, p.kind, p.field, p.place, p.year, p.lang
    FROM {where}
        AND (:kind = '' OR p.kind = :kind) AND (:field = '' OR p.field = :field)
        AND (:place = '' OR p.place = :place) AND (:year = '' OR p.year = :year)
        AND (:lang = '' OR p.lang = :lang)
    ORDER BY {newest} DESC LIMIT :limit
"""
WITH_WORDS = FOUND.format(
    where="words CROSS JOIN pages p ON p.id = words.rowid WHERE words MATCH :asked",
    newest="words.rowid",
)
TITLED = FOUND.format(where="pages p WHERE p.key = :asked", newest="p.id")
NAMES, WITH_NAMES = "names", 3  # the column, and the version of the file it came with
FACETS = ("kind", "field", "place", "year", "lang")  # what a search can be narrowed by
MOST_COUNTED = 2_000  # of the newest found: enough to choose by, never a walk through everything


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

    With `ranked` a page whose title is the query comes first, then those with its words in the title,
    then those with its words in the names.
    `narrowed`: any of FACETS, a value as in the pages. Raises TooBroad after half a second.
    """
    folded = fold(query[:LONGEST_QUERY])
    wanted = match(folded)
    if not wanted:
        return []
    anywhere = (WITH_WORDS, wanted)
    # FTS5's own rank is nought in an index without positions, and any other order would walk through
    # all that is found. Newest first is the index's own, so the best are asked for one after another.
    best = [(WITH_WORDS, f"{column} : ({wanted})") for column in ("title", NAMES)]
    questions = [(TITLED, folded), *best, anywhere] if ranked else [anywhere]
    rows = _one_after_another(path, questions, narrowed, offset + limit)
    return [Page(*row[1:]) for row in rows[offset:]]


def _one_after_another(path: Path, questions: list, narrowed: dict, most: int) -> list[tuple]:
    """The rows of the first question, then those of the next that are not among them, …"""
    found: dict[int, tuple] = {}
    values = dict.fromkeys(FACETS, "") | narrowed
    with _opened(path) as connection:
        [(version,)] = connection.execute("PRAGMA user_version")
        for statement, asked in questions:
            if asked.startswith(f"{NAMES} :") and version < WITH_NAMES:
                continue
            # Of what is found already as many may come again.
            limit = most + len(found)
            rows = connection.execute(statement, values | {"asked": asked, "limit": limit})
            found |= {row[0]: row for row in rows if row[0] not in found}
            if len(found) >= most:
                break
    return list(found.values())[:most]


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


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, for half a second."""
    # Immutable: no lock, no journal beside the file, nothing is ever written.
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.set_progress_handler(_until(time.monotonic() + PATIENCE), STEPS)
        try:
            yield connection
        except sqlite3.OperationalError as trouble:
            if "interrupted" in str(trouble):
                raise TooBroad from trouble
            raise


def _until(end: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > end
