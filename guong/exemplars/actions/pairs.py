"""Two records that may be one: judged, merged, put back."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal, notices, sealing
from guong.core.models import JournalSeal
from guong.core.policies import require
from guong.units.models import User

from .. import merging
from ..matching import index
from ..matching.judging import DEED_OF_ANOTHER, SAME_ID
from ..matching.names import search_key
from ..models import (
    Exemplar,
    Judgement,
    Merge,
    PairSearch,
    SuspectedPair,
)
from ..policies import STAYS
from ..selectors import alike, surest_first

AT_A_TIME = 25  # changes looked at in one transaction: well below a second
PAIRS_OF_ONE = 20  # a name that looks like more says nothing
SUREST = 100
CHANGES = [
    f"exemplars.{verb}"
    for verb in (
        "added",
        "described",
        "claim_stated",
        "claim_revised",
        "identity_recorded",
        "merged",
        "merge_undone",
    )
]


@transaction.atomic
def judge(*, exemplar: Exemplar, other: Exemplar, by: User, verdict: str, reason: str) -> Judgement:
    """Somebody has said whether the two are the same; the pair is not suggested again.

    Said anew, the last word counts; the journal keeps every one.
    """
    require(by, "exemplars.judge", exemplar)
    require(by, "exemplars.judge", other)
    if exemplar == other:
        raise ValidationError("Chọn hai hồ sơ khác nhau.")
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    judgement = _judged(exemplar, other, by, verdict, reason)
    journal.record("exemplars.judged", judgement, by=by, subject=exemplar, text=reason, new=verdict)
    return judgement


def _judged(one: Exemplar, other: Exemplar, by: User, verdict: str, reason: str) -> Judgement:
    first, second = sorted((one, other), key=lambda exemplar: exemplar.pk)
    said = {"verdict": verdict, "reason": reason[:300], "by": by, "on": calendar.today()}
    return Judgement.objects.update_or_create(first=first, second=second, defaults=said)[0]


@transaction.atomic
def merge(*, kept: Exemplar, merged: Exemplar, by: User, reason: str) -> Merge:
    """One record is taken up into the other: whatever pointed to it follows, its names are aliases.

    Raises ValidationError for a record a decision names (it must be the one that is kept), and where a
    room above says that it stays.
    """
    kept, merged = _both(kept, merged)
    require(by, "exemplars.merge", kept)
    require(by, "exemplars.merge", merged)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do."})
    _refuse_what_stays(kept, merged)
    moved = merging.move(merged, kept)
    before = merging.fill(kept, merged)
    before["search_key"] = [kept.search_key, search_key(kept.full_name, kept.other_names)]
    kept.search_key = before["search_key"][1]
    kept.save()
    merged.merged_into = kept
    merged.save()
    index.write_names(kept)
    _judged(kept, merged, by, Judgement.Verdict.SAME, reason)
    made = Merge.objects.create(
        kept=kept,
        merged=merged,
        by=by,
        reason=reason[:300],
        moved=moved,
        before=before,
        recognised_on=kept.recognised_on.isoformat() if kept.recognised_on else "",
    )
    # Who is involved with one of them is now involved with both.
    involved = list(kept.conflicts.values_list("user", flat=True))
    for subject in (kept, merged):
        notices.forget(involved, subject)
        journal.record("exemplars.merged", made, by=by, subject=subject, text=reason)
    return made


def _both(kept: Exemplar, merged: Exemplar) -> tuple[Exemplar, Exemplar]:
    """The two records, held in one order whoever is kept: two merges cannot wait for each other."""
    keys = [kept.pk, merged.pk]
    held = {
        row.pk: row
        for row in Exemplar.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len(held) < len(keys):
        raise ValidationError("Chọn hai hồ sơ khác nhau.")
    return held[kept.pk], held[merged.pk]


def _refuse_what_stays(kept: Exemplar, merged: Exemplar) -> None:
    if kept.recognised_on and merged.recognised_on:
        raise ValidationError(
            "Cả hai hồ sơ đều có quyết định đã ký, không gộp được: hai quyết định nêu hai hồ sơ. "
            "Xét lại từng quyết định trước."
        )
    if merged.recognised_on:
        raise ValidationError(
            "Hồ sơ có quyết định đã ký phải là hồ sơ được giữ. Mở hồ sơ kia rồi gộp theo chiều "
            "ngược lại."
        )
    for stays in STAYS:
        if sentence := stays(merged):
            raise ValidationError(sentence)


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, reason: str) -> Merge:
    """The two are two again, each with what it had; what came later stays with the kept record.

    Raises ValidationError once a decision rests on both, or the kept record was itself taken up.
    """
    merge = Merge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
    require(by, "exemplars.undo_merge", merge)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do tách."})
    if merge.undone_at:
        raise ValidationError("Hai hồ sơ này đã được tách lại rồi.")
    if merging.is_recognised_since(merge):
        raise ValidationError(
            "Sau khi gộp đã có quyết định ký cho hồ sơ này. Thu hồi quyết định không đủ để tách: giữ "
            "nguyên, ghi rõ trong hồ sơ."
        )
    kept, merged = merge.kept, merge.merged
    merging.put_back(merge)
    merging.restore(kept, merge.before)
    kept.save()
    merged.merged_into = None
    merged.save()
    index.write_names(kept)
    _judged(kept, merged, by, Judgement.Verdict.DIFFERENT, reason)
    merge.undone_at, merge.undone_by, merge.undo_reason = calendar.now(), by, reason[:300]
    merge.save()
    for subject in (kept, merged):
        journal.record("exemplars.merge_undone", merge, by=by, subject=subject, text=reason)
    return merge


@transaction.atomic
def find_pairs(*, by: User) -> bool:
    """The next records that were changed have been held against all; return whether more are waiting.

    Follows the sealed journal, so nothing is passed over, whoever changed it and when; killed on the
    way, the next run goes on.
    """
    require(by, "exemplars.find_pairs")
    PairSearch.objects.get_or_create(pk=1)
    search = PairSearch.objects.select_for_update().get(pk=1)
    end = sealing.head()["sequence"]
    changed = JournalSeal.objects.filter(
        sequence__gt=search.sequence, sequence__lte=end, entry__verb__in=CHANGES
    )
    lines = list(changed.order_by("sequence").values_list("sequence", "entry__subject")[:AT_A_TIME])
    keys = {int(subject.rpartition(":")[2]) for _, subject in lines}
    records = Exemplar.objects.filter(pk__in=keys).select_related("commune", "identity")
    found = sum(_write_pairs(exemplar) for exemplar in records.order_by("pk"))
    is_behind = len(lines) == AT_A_TIME
    search.sequence = lines[-1][0] if is_behind else end
    if not is_behind:
        search.finished_at = calendar.now()
    search.save()
    if found:
        journal.record("exemplars.pairs_found", search, by=by, found=found)
    return is_behind


def _write_pairs(exemplar: Exemplar) -> int:
    """The pairs of a record are those it makes now; return how many are new."""
    pairs = SuspectedPair.objects.of(exemplar)
    held = {
        second if first == exemplar.pk else first
        for first, second in pairs.values_list("first", "second")
    }
    found = _looks_like(exemplar, held) if exemplar.merged_into_id is None else {}
    pairs.delete()
    SuspectedPair.objects.bulk_create(
        SuspectedPair(
            first_id=min(exemplar.pk, other),
            second_id=max(exemplar.pk, other),
            reasons=why,
            weight=_weight(why),
        )
        for other, why in found.items()
    )
    return len(found.keys() - held)


def _looks_like(exemplar: Exemplar, held: set[int]) -> dict[int, list[str]]:
    """Key → reasons of the records it looks like, and of those that still look like it."""
    surest = sorted(alike(exemplar), key=surest_first)[:PAIRS_OF_ONE]
    found = {known.pk: list(why) for known, why in surest}
    for other in Exemplar.objects.standing().filter(pk__in=held - found.keys()).order_by("pk"):
        back = {known.pk: list(why) for known, why in alike(other)}
        found |= {other.pk: back[exemplar.pk]} if exemplar.pk in back else {}
    return found


def _weight(why: list[str]) -> int:
    if why[0] in {SAME_ID, DEED_OF_ANOTHER}:
        return SUREST if why[0] == SAME_ID else SuspectedPair.DEED_ALONE
    return SuspectedPair.DEED_ALONE + len(why)
