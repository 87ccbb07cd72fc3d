"""Whom a list is made of: how many work with their hands, how many lead, and their rows."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

# Which occupations «trực tiếp» covers is our reading of the law's preference for them, not its wording:
# the words stand beside every number, so that nobody takes them for a figure by law.
GROUPS = {
    "truc-tiep": (
        "người lao động trực tiếp",
        ["farmer", "worker", "teacher", "health", "armed_forces"],
        "Nông dân, công nhân, giáo viên, y tế, lực lượng vũ trang (cách tính chưa xác minh)",
    ),
    "lanh-dao": ("lãnh đạo", ["leader"], "Nhóm lao động «Lãnh đạo, quản lý»"),
}


@dataclass(frozen=True)
class Share:
    """One group of a list: its key in the address, what it is called, how many, of a hundred."""

    key: str
    label: str
    number: int
    percent: int
    definition: str


@dataclass(frozen=True)
class Shares:
    """The line above a list; `asked` is the group it is narrowed to, empty for all of it."""

    total: int
    groups: list[Share]
    asked: str


def _of(key: str, to: str) -> Q:
    return Q(**{f"{to}labour_category__in": GROUPS[key][1]})


def narrow(rows: QuerySet, asked: str, to: str = "") -> tuple[QuerySet, Shares]:
    """The rows of the group asked for, and the shares of all; one query however many there are.

    `to` leads from a row to its exemplar: `exemplar__`, or nothing. An unknown group narrows nothing.
    """
    counted = rows.order_by().aggregate(
        total=Count("pk", distinct=True),
        **{
            key.replace("-", "_"): Count("pk", filter=_of(key, to), distinct=True) for key in GROUPS
        },
    )
    total = counted["total"]
    groups = [
        Share(key, label, number, round(100 * number / total) if total else 0, definition)
        for key, (label, _, definition) in GROUPS.items()
        for number in [counted[key.replace("-", "_")]]
    ]
    asked = asked if asked in GROUPS else ""
    return rows.filter(_of(asked, to)) if asked else rows, Shares(total, groups, asked)
