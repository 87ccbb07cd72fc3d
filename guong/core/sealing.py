"""The hash chain over committed lines, and its check."""

import hashlib
import json
from dataclasses import dataclass, field

from django.db import transaction

from .models import JournalEntry, JournalSeal

GENESIS = "0" * 64
BATCH = 500


def digest(previous: str, sequence: int, entry: JournalEntry) -> str:
    """SHA-256 over the previous digest and everything the line says."""
    body = json.dumps(
        [
            previous,
            sequence,
            entry.pk,
            entry.verb,
            entry.target,
            entry.subject,
            entry.by_id,
            entry.at.isoformat(timespec="microseconds"),
            entry.states,
            entry.text_hash,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """Give the committed lines without a place their place in the chain; return how many."""
    last = JournalSeal.objects.select_for_update().order_by("-sequence").first()
    sequence, previous = (last.sequence, last.digest) if last else (0, GENESIS)
    seals = []
    for entry in JournalEntry.objects.filter(seal=None).order_by("pk")[:BATCH]:
        sequence += 1
        previous = digest(previous, sequence, entry)
        seals.append(JournalSeal(sequence=sequence, entry=entry, digest=previous))
    JournalSeal.objects.bulk_create(seals)
    return len(seals)


def seal_all() -> int:
    """Seal until nothing is left; return how many."""
    total = 0
    while done := seal():
        total += done
    return total


def head() -> dict:
    """The end of the chain, to be signed and kept elsewhere."""
    last = JournalSeal.objects.order_by("-sequence").first()
    return {"sequence": last.sequence if last else 0, "digest": last.digest if last else GENESIS}


@dataclass
class Finding:
    """What the check of the chain found. `breaks` are Vietnamese sentences."""

    lines: int = 0
    unsealed: int = 0
    breaks: list[str] = field(default_factory=list)
    head: dict = field(default_factory=dict)


def verify(witness: dict | None = None) -> Finding:
    """Walk the chain; with a witness head also name a cut-off tail or a chain computed anew."""
    finding = Finding(unsealed=JournalEntry.objects.filter(seal=None).count())
    previous, expected, witnessed = GENESIS, 0, None
    seals = JournalSeal.objects.select_related("entry__text").order_by("sequence")
    for seal_ in seals.iterator(chunk_size=2000):
        expected += 1
        if seal_.sequence != expected:
            finding.breaks.append(f"Mất mắt xích số {expected}.")
            expected = seal_.sequence
        if digest(previous, seal_.sequence, seal_.entry) != seal_.digest:
            finding.breaks.append(f"Dòng nhật ký số {seal_.sequence} đã bị sửa.")
        _check_text(seal_.entry, finding)
        previous = seal_.digest
        if witness and seal_.sequence == witness["sequence"]:
            witnessed = seal_.digest
    finding.lines, finding.head = expected, {"sequence": expected, "digest": previous}
    if witness and witness["sequence"] > expected:
        finding.breaks.append("Đuôi nhật ký đã bị cắt so với đầu chuỗi lưu ở nơi khác.")
    elif witness and witness["sequence"] and witnessed != witness["digest"]:
        finding.breaks.append("Chuỗi đã bị tính lại: khác đầu chuỗi lưu ở nơi khác.")
    return finding


def _check_text(entry: JournalEntry, finding: Finding) -> None:
    text = getattr(entry, "text", None)
    if text is None:
        return  # erased on request, or never there: the line stands alone
    if hashlib.sha256(bytes(text.salt) + text.text.encode()).hexdigest() != entry.text_hash:
        finding.breaks.append(f"Lời ghi của dòng #{entry.pk} đã bị sửa.")
