"""What is claimed of an exemplar, what stands behind it, who found it proven."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.core.vietnamese import (
    clean_line,
)
from guong.units.models import User

from ..matching import index
from ..models import (
    Check,
    Claim,
    Evidence,
    Exemplar,
)

CLAIM_FIELDS = ("statement", "metric", "before", "after", "measure", "since", "place")


def _new_claims(said: list[tuple[Exemplar, dict]], by: User) -> list[Claim]:
    claims = Claim.objects.bulk_create(
        Claim(
            exemplar=exemplar,
            stated_by=by,
            **{name: fields[name] for name in CLAIM_FIELDS if fields.get(name) not in (None, "")},
        )
        for exemplar, fields in said
    )
    index.write_deeds(*claims)
    return claims


@transaction.atomic
def state_claim(*, exemplar: Exemplar, by: User, **fields) -> Claim:
    """One more achievement is claimed; unproven until somebody has checked it."""
    require(by, "exemplars.state_claim", exemplar)
    if not fields.get("statement", "").strip():
        raise ValidationError({"statement": "Chưa nêu thành tích."})
    [claim] = _new_claims([(exemplar, fields)], by)
    journal.record("exemplars.claim_stated", claim, by=by, subject=exemplar)
    return claim


@transaction.atomic
def revise_claim(*, claim: Claim, by: User, **fields) -> Claim:
    """The claim's next version stands; the one in use is untouched and stays what was checked."""
    claim = Claim.objects.select_for_update().select_related("exemplar").get(pk=claim.pk)
    require(by, "exemplars.revise_claim", claim.exemplar)
    if Claim.objects.filter(replaces=claim).exists():
        raise ValidationError("Thành tích này đã có bản mới hơn. Tải lại trang rồi sửa bản mới.")
    values = {name: getattr(claim, name) for name in CLAIM_FIELDS} | fields
    if not values["statement"].strip():
        raise ValidationError({"statement": "Chưa nêu thành tích."})
    revised = Claim.objects.create(
        exemplar=claim.exemplar,
        key=claim.key,
        version=claim.version + 1,
        replaces=claim,
        stated_by=by,
        **values,
    )
    index.write_deeds(revised)
    journal.record(
        "exemplars.claim_revised", revised, by=by, subject=claim.exemplar, version=revised.version
    )
    return revised


@transaction.atomic
def add_evidence(
    *,
    exemplar: Exemplar,
    by: User,
    kind: str,
    title: str,
    file: StoredFile | None = None,
    testimony: str = "",
    taken_on: datetime.date | None = None,
) -> Evidence:
    """A paper, a picture or a testimony lies with the file."""
    require(by, "exemplars.add_evidence", exemplar)
    if file is None and not testimony.strip():
        raise ValidationError({"file": "Chọn một tệp, hoặc ghi lời xác nhận."})
    evidence = Evidence.objects.create(
        exemplar=exemplar,
        kind=kind,
        title=clean_line(title)[:200],
        file=file,
        testimony=testimony,
        taken_on=taken_on,
        added_by=by,
    )
    journal.record("exemplars.evidence_added", evidence, by=by, subject=exemplar, kind=kind)
    return evidence


@transaction.atomic
def record_check(
    *, claim: Claim, by: User, result: str, evidence: Evidence | None = None, note: str = ""
) -> Check:
    """Somebody has held this version of the claim against the evidence."""
    require(by, "exemplars.record_check", claim.exemplar)
    if result == Check.Result.PROVEN and evidence is None:
        raise ValidationError({"evidence": "Muốn ghi «đã kiểm chứng» phải chọn minh chứng."})
    if evidence is not None and evidence.exemplar_id != claim.exemplar_id:
        raise ValidationError({"evidence": "Minh chứng này thuộc hồ sơ khác."})
    check = Check.objects.create(
        claim=claim, evidence=evidence, result=result, note=note, by=by, on=calendar.today()
    )
    journal.record("exemplars.check_recorded", check, by=by, subject=claim.exemplar, result=result)
    return check
