"""What is read by permission only, every reading written down."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import (
    repair_id_number,
)
from guong.units.models import User

from ..identity import keyed_hash, lock, unlock
from ..models import (
    Exemplar,
    Identity,
    RestrictedValue,
)


@transaction.atomic
def record_identity(*, exemplar: Exemplar, by: User, **given) -> Identity:
    """What may only be read by permission is on record, each value with its legal basis and source.

    `given`: legal_basis, source, and any of id_number, birth_date, phone, ethnic_group; `declined`: the
    kinds the person does not wish to name. What is left blank stays as it was: nobody has to read the
    old values to add to them. Raises ValidationError for a number that is no ID number.
    """
    require(by, "exemplars.record_identity", exemplar)
    identity = _write_identity(exemplar, by, **given)
    journal.record(
        "exemplars.identity_recorded",
        identity,
        by=by,
        subject=exemplar,
        kinds=sorted(exemplar.restricted_values.values_list("kind", flat=True)),
    )
    return identity


def _write_identity(exemplar: Exemplar, by: User, **given) -> Identity:
    values, known = _told(exemplar, by, **given)
    exemplar.restricted_values.filter(kind__in=[value.kind for value in values]).delete()
    RestrictedValue.objects.bulk_create(values)
    return Identity.objects.update_or_create(exemplar=exemplar, defaults=known)[0]


def _first_identities(given: list[tuple[Exemplar, dict]], by: User) -> list[Identity]:
    """The same for records that have just been made, of which nothing is on record yet."""
    told = [(exemplar, *_told(exemplar, by, **identity)) for exemplar, identity in given]
    RestrictedValue.objects.bulk_create(value for _, values, _ in told for value in values)
    return Identity.objects.bulk_create(
        Identity(exemplar=exemplar, **known) for exemplar, _, known in told
    )


def _told(
    exemplar: Exemplar,
    by: User,
    *,
    legal_basis: str,
    source: str,
    id_number: str = "",
    birth_date: datetime.date | None = None,
    phone: str = "",
    ethnic_group: str = "",
    declined: Iterable[str] = (),
) -> tuple[list[RestrictedValue], dict[str, str]]:
    """Each value told, locked; and by what the person is known again, where a number was told."""
    if not legal_basis.strip():
        raise ValidationError({"legal_basis": "Chưa ghi căn cứ xử lý dữ liệu cá nhân."})
    if not source.strip():
        raise ValidationError({"source": "Chưa ghi nguồn."})
    number = repair_id_number(id_number)
    if number.message:
        raise ValidationError({"id_number": number.message})
    values = {
        "id_number": number.value,
        "birth_date": birth_date.isoformat() if birth_date else "",
        "phone": phone,
        "ethnic_group": ethnic_group,
    }
    said = {"legal_basis": legal_basis, "source": source[:200], "recorded_on": calendar.today()}
    told = [
        RestrictedValue(
            exemplar=exemplar,
            kind=kind,
            sealed=lock(value),
            is_declined=not value,
            recorded_by=by,
            **said,
        )
        for kind, value in values.items()
        if value or kind in declined
    ]
    known = {"id_hash": keyed_hash(number.value), "id_last_digits": number.value[-4:]}
    return told, known if number.value else {}


@transaction.atomic
def read_identity(
    *, exemplar: Exemplar, by: User, is_whole: bool = False
) -> list[tuple[RestrictedValue, str]]:
    """Each value and what it says, and a line that says who looked; `is_whole`: every digit."""
    require(by, "exemplars.read_identity", exemplar)
    values = list(exemplar.restricted_values.order_by("pk"))
    journal.record(
        "exemplars.identity_read",
        exemplar,
        by=by,
        subject=exemplar,
        kinds=[value.kind for value in values],
        whole=is_whole,
    )
    return [(value, _shown(value, is_whole)) for value in values]


def _shown(value: RestrictedValue, is_whole: bool) -> str:
    if value.is_declined:
        return "không muốn nêu"
    said = unlock(value.sealed)
    if value.kind == RestrictedValue.Kind.ID_NUMBER and not is_whole:
        return f"•••••{said[-4:]}"
    if value.kind == RestrictedValue.Kind.BIRTH_DATE:
        return f"{datetime.date.fromisoformat(said):%d/%m/%Y}"
    return said
