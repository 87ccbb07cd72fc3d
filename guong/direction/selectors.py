"""What the pages of criteria ask: how a set differs from where it came from, and its versions."""

from dataclasses import dataclass

from .models import CriteriaSet, Criterion

COMPARED = ("text", "kind", "points", "is_switched_on")


@dataclass(frozen=True)
class Change:
    """One criterion that stands in one of two sets only, or reads differently in both."""

    word: str
    code: str
    here: Criterion | None
    there: Criterion | None


def criteria_of(criteria_set: CriteriaSet) -> list[Criterion]:
    """The criteria in their order, each with its slots in theirs."""
    return list(criteria_set.criteria.in_order())


def changes(here: CriteriaSet, there: CriteriaSet) -> list[Change]:
    """How `here` differs from `there`, matched by code, in the order of the page."""
    mine = {criterion.code: criterion for criterion in criteria_of(here)}
    theirs = {criterion.code: criterion for criterion in criteria_of(there)}
    found = []
    for code in [*mine, *(code for code in theirs if code not in mine)]:
        one, other = mine.get(code), theirs.get(code)
        if word := _differs(one, other):
            found.append(Change(word, code, one, other))
    return found


def _differs(one: Criterion | None, other: Criterion | None) -> str:
    if other is None:
        return "Thêm"
    if one is None:
        return "Bỏ"
    return "Sửa" if _said(one) != _said(other) else ""


def _said(criterion: Criterion) -> tuple:
    slots = [(slot.text, slot.how_many) for slot in criterion.slots_in_order]
    return (*(getattr(criterion, name) for name in COMPARED), slots)


def versions(criteria_set: CriteriaSet, user) -> list[CriteriaSet]:
    """Every version of the set this person may read, newest first."""
    rows = CriteriaSet.objects.visible_to(user).filter(key=criteria_set.key)
    return list(rows.select_related("directive").order_by("-version"))
