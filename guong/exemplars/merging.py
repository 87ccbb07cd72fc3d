"""Taking one record up into another and putting it back: whatever points to it follows, in every room.

Rooms above are not known here; their columns are. A reference moves, nothing else of theirs changes.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from .models import (
    Conflict,
    Exemplar,
    Hold,
    Identity,
    Judgement,
    Merge,
    NameMark,
    RestrictedValue,
    SuspectedPair,
)

# Of the pair itself, or written anew.
OF_THE_PAIR = (Exemplar, Judgement, Merge, NameMark, SuspectedPair)
# Where both records have one and only one may stand, the second stays with the record taken up.
MAY_STAY = (Conflict, Hold, Identity, RestrictedValue)
FILLED = """sex birth_year commune_id residence occupation labour_category leadership_level area_class
scope field_id summary picture_id""".split()


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every room that points to a life record."""
    for relation in Exemplar._meta.get_fields(include_hidden=True):
        if (
            relation.auto_created
            and not relation.concrete
            and relation.one_to_many | bool(relation.one_to_one)
        ):
            model = relation.related_model
            if model not in OF_THE_PAIR and not model._meta.auto_created:
                yield model, relation.field.name


def move(merged: Exemplar, kept: Exemplar) -> list[list]:
    """Everything that pointed to one points to the other; return what was moved.

    Raises ValidationError where both have something of which there may be one.
    """
    found = []
    for model, column in columns():
        rows = model._base_manager.filter(**{column: merged}).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        moved = [key for key in keys if _points(model, column, key, kept)]
        if len(moved) < len(keys) and not issubclass(model, MAY_STAY):
            raise ValidationError(
                f"Cả hai hồ sơ đều đang có «{model._meta.verbose_name}» mà chỉ được có một. Đóng "
                "một bên trước rồi gộp."
            )
        if moved:
            found.append([model._meta.label_lower, column, moved])
    return found


def _points(model: type[models.Model], column: str, key: Any, to: Exemplar) -> bool:
    """Point one row to the record; False where a constraint of its room says there is one already."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{column: to})
    except IntegrityError:
        return False
    return True


def put_back(merge: Merge) -> None:
    """What was moved points to the record taken up again. Raises ValidationError if some cannot."""
    by_label = {model._meta.label_lower: model for model, _ in columns()}
    for label, column, keys in merge.moved:
        rows = by_label[label]._base_manager.filter(pk__in=keys, **{column: merge.kept})
        if rows.update(**{column: merge.merged}) != len(keys):
            raise ValidationError("Có phần đã chuyển đi tiếp sau khi gộp; không tách lại được nữa.")


def fill(kept: Exemplar, merged: Exemplar) -> dict[str, list]:
    """What the kept record did not say it takes from the other; return {column: [before, after]}."""
    changed = {}
    for column in FILLED:
        before, after = getattr(kept, column), getattr(merged, column)
        if before in (None, "") and after not in (None, ""):
            changed[column] = [before, after]
    names = [kept.other_names, merged.full_name, merged.other_names]
    known = list(dict.fromkeys(name for name in names if name and name != kept.full_name))
    changed["other_names"] = [kept.other_names, ", ".join(known)[:200]]
    for column, (_, after) in changed.items():
        setattr(kept, column, after)
    changed["other_fields"] = [_other_fields(kept), _all_fields(kept, merged)]
    kept.other_fields.set(changed["other_fields"][1])
    return changed


def _other_fields(record: Exemplar) -> list[int]:
    return sorted(record.other_fields.values_list("pk", flat=True))


def _all_fields(kept: Exemplar, merged: Exemplar) -> list[int]:
    """The other fields of both; the main one of the record taken up is another one of the kept."""
    both = {*_other_fields(kept), *_other_fields(merged), merged.field_id}
    return sorted(both - {kept.field_id, None})


def restore(kept: Exemplar, before: dict[str, list]) -> None:
    """The kept record says what it said; what somebody has changed since stays changed."""
    others = before.get("other_fields")  # no merge before this knew of them
    if others and _other_fields(kept) == others[1]:
        kept.other_fields.set(others[0])
    for column, (was, became) in before.items():
        if column != "other_fields" and getattr(kept, column) == became:
            setattr(kept, column, was)


def is_recognised_since(merge: Merge) -> bool:
    """A decision was signed after the merge: it rests on both."""
    on: datetime.date | None = merge.kept.recognised_on
    return (on.isoformat() if on else "") != merge.recognised_on
