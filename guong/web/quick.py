"""The office quick search: exemplars and units by folded words, other spellings, initials, codes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from guong.core.vietnamese import also_written, fold, nfc
from guong.core.vietnamese.spellings import GROUP_OF
from guong.exemplars import words as index
from guong.exemplars.models import Exemplar
from guong.exemplars.models.exemplars import SEES_ALL
from guong.exemplars.selectors import opened_to, went_on_in_others
from guong.units.models import Unit, User

LIMIT = 12
EXACT = 8  # of these, with the very marks that were typed
FIRST, MORE = 48, 2_000  # keys asked for at once: mostly the first few are all that is shown


@dataclass(frozen=True)
class Found:
    """One hit. `kind` is the model's name, `unit` the code of the unit it belongs to."""

    kind: str
    id: int
    title: str
    sub: str
    unit: str
    url: str


def search(query: str, user: User) -> list[Found]:
    """Hits among what the person may see, exemplars first; empty for fewer than two letters."""
    words = index.asked(query)
    if sum(map(len, words)) < 2 or not user.is_authenticated:
        return []
    return [*_exemplars(query, words, user), *_units(query, words, user)][:LIMIT]


# --- exemplars ---------------------------------------------------------------------------------------
def _exemplars(query: str, words: list[str], user: User) -> Iterator[Found]:
    rows = [*_by_code(query, user), *_newest(words, user), *_lent(words, user)]
    for row in _as_typed_first(query, list(dict.fromkeys(rows)))[:LIMIT]:
        yield Found(
            "exemplar",
            row.pk,
            row.full_name,
            f"{row.get_kind_display()}, {row.unit}",
            row.unit.code,
            reverse("web:life", args=[row.pk]),
        )


def _seen(user: User) -> QuerySet[Exemplar]:
    return Exemplar.objects.visible_to(user).select_related("unit").order_by("-pk")


def _as_typed_first(query: str, rows: list[Exemplar]) -> list[Exemplar]:
    """Who types the marks means them: «Hà» stands before «Hạ», but never takes all the places."""
    typed = nfc(query).lower().split()
    if fold(query) == " ".join(typed):
        return rows
    exact = [row for row in rows if all(word in _marked(row) for word in typed)][:EXACT]
    return exact + [row for row in rows if row not in exact]


def _marked(row: Exemplar) -> str:
    return nfc(f"{row.full_name} {row.other_names}").lower()


def _by_code(query: str, user: User) -> list[Exemplar]:
    code = query.strip().upper()
    return list(_seen(user).filter(code=code)) if "-" in code else []


def _marks(user: User) -> list[str] | None:
    """Which records to look through: None for all. What is found is filtered all the same."""
    functions = set(user.functions())
    if functions & SEES_ALL or user.is_system:
        return None
    paths = {user.branch_path()}
    paths |= {one.unit.path for one in user.mandates_on() if one.function == "verifier"}
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    units = Unit.objects.visible_to(user).filter(below).values_list("pk", flat=True)
    return index.scope(units, recognised="editor" in functions)


def _newest(words: list[str], user: User) -> list[Exemplar]:
    """The newest this person may see: whose words were typed whole, then whose were begun."""
    marks = _marks(user)
    found = _page(words, marks, user, whole=True)
    return found if len(found) >= LIMIT else found + _page(words, marks, user, whole=False)


def _page(words: list[str], marks: list[str] | None, user: User, *, whole: bool) -> list[Exemplar]:
    """Goes on below while too few of the keys are visible."""
    below, many = None, FIRST
    found: list[Exemplar] = []
    while len(found) < LIMIT:
        keys = index.matching(words, marks, limit=many, below=below, whole=whole)
        found += _seen(user).filter(pk__in=keys)[:FIRST] if keys else []
        if len(keys) < many:
            break
        below, many = keys[-1], MORE
    return found


def _lent(words: list[str], user: User) -> list[Exemplar]:
    """Of other branches: opened by a grant, or one that has taken up one of theirs; both few."""
    if set(user.functions()) & SEES_ALL or user.is_system:
        return []
    keys = {*opened_to(user), *went_on_in_others(user)}
    return list(_seen(user).filter(index.one_by_one(words), pk__in=keys)[:LIMIT]) if keys else []


def _spelt(word: str) -> Q:
    rows = Q(search_key__contains=word)
    for other in also_written(word):
        rows |= Q(search_key__contains=other)
    return rows


# --- units -------------------------------------------------------------------------------------------
def _units(query: str, words: list[str], user: User) -> Iterator[Found]:
    named = Q()
    for word in words:
        named &= _spelt(word)
    # «jrai» is two words elsewhere: the whole of what was typed may be written otherwise.
    for other in also_written(query) if fold(query) in GROUP_OF else ():
        named |= Q(search_key__contains=other)
    rows = Unit.objects.visible_to(user).standing().filter(named)
    for row in rows[:LIMIT]:
        url = f"{reverse('units:tree')}?tim={row.name}"
        yield Found("unit", row.pk, row.name, row.get_kind_display(), row.code, url)
