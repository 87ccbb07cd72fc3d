"""The life record itself: made, described, recognised, taken back."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.models import StoredFile
from guong.core.papers.registers import next_numbers
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
from .claims import _new_claims
from .identity import _first_identities

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
    batch: str = "",
    introduced_on: datetime.date | None = None,
    **told,
) -> Exemplar:
    """A life record stands, with a code and its first claims.

    `told`: kind, full_name, claims (dicts of statement, metric, before, after, measure, since, place),
    identity (what `record_identity` takes), any other field of Exemplar. Raises ValidationError without
    a name or a claim, and for a number that is no ID number.
    """
    require(by, "exemplars.add", unit)
    return _add([told], by, unit, batch, introduced_on or calendar.today())[0]


@transaction.atomic
def add_all(*, by: User, unit: Unit, told: list[dict], batch: str = "") -> list[Exemplar]:
    """The same for each line of a list, all or none; the records stand in the order of the lines."""
    require(by, "exemplars.add_all", unit)
    return _add(told, by, unit, batch, calendar.today())


def _add(
    told: list[dict], by: User, unit: Unit, batch: str, introduced_on: datetime.date
) -> list[Exemplar]:
    year = introduced_on.year
    numbers = next_numbers("GU", year, len(told))
    exemplars = Exemplar.objects.bulk_create(
        _new_exemplar(
            **one,
            unit=unit,
            unit_named=unit.name,
            batch=batch,
            introduced_by=by,
            introduced_on=introduced_on,
            code=f"GU-{year}-{number:05}",
        )
        for one, number in zip(told, numbers, strict=True)
    )
    index.write_names(*exemplars)
    pairs = list(zip(exemplars, told, strict=True))
    _new_claims([(exemplar, claim) for exemplar, one in pairs for claim in one["claims"]], by)
    journal.record_all("exemplars.added", zip(exemplars, exemplars, strict=True), by=by)
    known = [(exemplar, one["identity"]) for exemplar, one in pairs if one.get("identity")]
    identities = [(recorded, recorded.exemplar) for recorded in _first_identities(known, by)]
    journal.record_all("exemplars.identity_recorded", identities, by=by)
    return exemplars


def _new_exemplar(
    *,
    kind: str,
    full_name: str,
    claims: list[dict],
    identity: dict | None = None,  # locked where nobody reads it unseen
    given_name: str = "",
    **fields,
) -> Exemplar:
    full_name = clean_line(full_name)
    if not full_name:
        raise ValidationError({"full_name": "Chưa có tên."})
    if not claims:
        raise ValidationError({"claims": "Chưa nêu thành tích nào."})
    given = given_name or suggest_given_name(full_name)
    return Exemplar(
        kind=kind,
        full_name=full_name,
        given_name=given,
        search_key=search_key(full_name, fields.get("other_names", "")),
        sort_key=sort_key(full_name, given),
        name_key=name_key(full_name)[:150],
        **fields,
    )


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
