"""The office quick search: exemplars and units by folded words, initials, any order."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from guong.core.vietnamese import fold
from guong.exemplars.models import Exemplar
from guong.units.models import Unit

LIMIT = 12


@dataclass(frozen=True)
class Found:
    """One hit. `kind` is the model's name, `unit` the code of the unit it belongs to."""

    kind: str
    id: int
    title: str
    sub: str
    unit: str
    url: str


def search(query: str, user) -> list[Found]:
    """Hits among what the person may see, exemplars first; empty for fewer than two letters."""
    words = re.findall(r"[a-z0-9']+", fold(query))
    if sum(map(len, words)) < 2:
        return []
    return [*_exemplars(words, user), *_units(words, user)][:LIMIT]


def _all_words(words: list[str]) -> Q:
    rows = Q()
    for word in words:
        rows &= Q(search_key__contains=word)
    return rows


def _exemplars(words, user):
    rows = Exemplar.objects.visible_to(user).filter(_all_words(words))
    for row in rows.select_related("unit").order_by("-introduced_on", "-pk")[:LIMIT]:
        yield Found(
            "exemplar",
            row.pk,
            row.full_name,
            f"{row.get_kind_display()}, {row.unit}",
            row.unit.code,
            reverse("web:life", args=[row.pk]),
        )


def _units(words, user):
    rows = Unit.objects.visible_to(user).standing().filter(_all_words(words))
    for row in rows[:LIMIT]:
        url = f"{reverse('units:tree')}?tim={row.name}"
        yield Found("unit", row.pk, row.name, row.get_kind_display(), row.code, url)
