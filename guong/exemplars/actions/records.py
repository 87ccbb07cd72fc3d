"""The life record itself: made, described, recognised, taken back."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.models import StoredFile
from guong.core.papers.registers import next_number
from guong.core.policies import require
from guong.core.vietnamese import (
    clean_line,
    name_key,
    sort_key,
    suggest_given_name,
)
from guong.units.models import Field, Unit, User

from ..matching import index
from ..matching.names import search_key
from ..models import (
    Exemplar,
    Identity,
)
from .claims import _new_claim
from .identity import _write_identity

# What is written down about a record while a list makes it, and while it is taken back again.
MADE_BY_A_LIST = {
    "exemplars.added",
    "exemplars.identity_recorded",
    "discovery.received",
    "discovery.taken_back",
    "nomination.drafted",
    "nomination.taken_back",
}


@transaction.atomic
def add(
    *,
    by: User,
    unit: Unit,
    kind: str,
    full_name: str,
    claims: list[dict],
    identity: dict | None = None,
    batch: str = "",
    introduced_on: datetime.date | None = None,
    **fields,
) -> Exemplar:
    """A life record stands, with a code and its first claims.

    `claims`: dicts of statement, metric, before, after, measure, since, place. `identity`: what
    `record_identity` takes. `fields`: any other field of Exemplar. Raises ValidationError without
    a name or a claim, and for a number that is no ID number.
    """
    require(by, "exemplars.add", unit)
    full_name = clean_line(full_name)
    if not full_name:
        raise ValidationError({"full_name": "Chưa có tên."})
    if not claims:
        raise ValidationError({"claims": "Chưa nêu thành tích nào."})
    introduced_on = introduced_on or calendar.today()
    given = fields.pop("given_name", "") or suggest_given_name(full_name)
    exemplar = Exemplar.objects.create(
        code=f"GU-{introduced_on.year}-{next_number('GU', introduced_on.year):05}",
        unit=unit,
        kind=kind,
        full_name=full_name,
        given_name=given,
        search_key=search_key(full_name, fields.get("other_names", "")),
        sort_key=sort_key(full_name, given),
        name_key=name_key(full_name)[:150],
        introduced_on=introduced_on,
        introduced_by=by,
        unit_named=unit.name,
        batch=batch,
        **fields,
    )
    index.write_names(exemplar)
    for claim in claims:
        _new_claim(exemplar, by, claim)
    journal.record("exemplars.added", exemplar, by=by, subject=exemplar)
    if identity:
        recorded = _write_identity(exemplar, by, **identity)
        journal.record("exemplars.identity_recorded", recorded, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def finish_batch(*, batch: str, unit: Unit, by: User) -> int:
    """The records a list has made no longer say «đang nhập»; return how many."""
    require(by, "exemplars.finish_batch", unit)
    made = Exemplar.objects.filter(batch=batch, unit=unit).update(batch="")
    journal.record("exemplars.batch_finished", unit, by=by, batch=batch, made=made)
    return made


DESCRIBED = """full_name given_name other_names sex birth_year commune residence occupation
labour_category leadership_level area_class scope field summary""".split()


@transaction.atomic
def describe(
    *, exemplar: Exemplar, by: User, other_fields: Iterable[Field] | None = None, **fields
) -> Exemplar:
    """The record says what is known now; the journal names what was changed, not the words."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.describe", exemplar)
    name = clean_line(fields.get("full_name", exemplar.full_name))
    if not name:
        raise ValidationError({"full_name": "Chưa có tên."})
    given = {column: value for column, value in fields.items() if column in DESCRIBED}
    given["full_name"] = name
    changed = sorted(
        column for column, value in given.items() if getattr(exemplar, column) != value
    )
    for column in changed:
        setattr(exemplar, column, given[column])
    if "full_name" in changed and "given_name" not in changed:
        exemplar.given_name = suggest_given_name(name)
    exemplar.search_key = search_key(name, exemplar.other_names)
    exemplar.sort_key = sort_key(name, exemplar.given_name)
    exemplar.name_key = name_key(name)[:150]
    exemplar.save()
    if other_fields is not None:
        exemplar.other_fields.set([one for one in other_fields if one != exemplar.field])
    index.write_names(exemplar)
    journal.record("exemplars.described", exemplar, by=by, subject=exemplar, changed=changed)
    return exemplar


@transaction.atomic
def set_picture(*, exemplar: Exemplar, by: User, file: StoredFile) -> Exemplar:
    """The file has a face, or a landscape."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.set_picture", exemplar)
    exemplar.picture = file
    exemplar.save()
    journal.record("exemplars.picture_set", exemplar, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def mark_recognised(*, exemplar: Exemplar, on: datetime.date, by: User) -> Exemplar:
    """A signed decision names the exemplar; called by recognition."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.mark_recognised", exemplar)
    exemplar.recognised_on, exemplar.revoked_on = on, None
    exemplar.grade = Exemplar.Grade.EXEMPLAR
    exemplar.save()
    journal.record("exemplars.recognised", exemplar, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def mark_revoked(*, exemplar: Exemplar, on: datetime.date, by: User) -> Exemplar:
    """The decision was revoked; nothing of it may stay public. Called by recognition."""
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.mark_revoked", exemplar)
    if exemplar.recognised_on is None or on < exemplar.recognised_on:
        raise ValidationError({"on": "Ngày thu hồi phải sau ngày công nhận."})
    exemplar.revoked_on = on
    exemplar.save()
    journal.record("exemplars.recognition_revoked", exemplar, by=by, subject=exemplar)
    return exemplar


@transaction.atomic
def take_back(*, exemplar: Exemplar, by: User) -> None:
    """A record a list has just made is gone, with its claims and identity; its lines stay.

    Raises ValidationError when anything else has been written down about it since.
    """
    exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    require(by, "exemplars.take_back", exemplar)
    if journal.has_moved_on(exemplar, since=MADE_BY_A_LIST):
        raise ValidationError("Hồ sơ đã có người làm tiếp.")
    journal.record("exemplars.taken_back", exemplar, by=by, subject=exemplar)
    exemplar.restricted_values.all().delete()
    Identity.objects.filter(exemplar=exemplar).delete()
    exemplar.claims.all().delete()
    exemplar.delete()
