"""What a unit stands for when it signs with others, and what has changed in it since."""

import hashlib
import json
from dataclasses import dataclass

from guong.direction.models import CriteriaSet
from guong.exemplars.models import Claim

from .models import Nomination, SignOff
from .report import lines_of, report_of

# The person's own yes comes when it comes: it is no statement of the units.
NOT_SIGNED = {"consent"}


@dataclass(frozen=True)
class Change:
    """One part of the dossier that reads differently now: which lines went, which came."""

    title: str
    gone: list[str]
    come: list[str]


@dataclass(frozen=True)
class Standing:
    """What a unit that was asked has said, held against the dossier as it is now."""

    sign_off: SignOff
    is_out_of_date: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def counts(self) -> bool:
        return self.sign_off.state == SignOff.State.SIGNED and not self.is_out_of_date

    @property
    def named(self) -> str:
        """The parts that have changed, in words."""
        return ", ".join(change.title.lower() for change in self.changes)


def content_of(nomination: Nomination, criteria_set: CriteriaSet | None) -> dict:
    """All that is signed, as it reads now: parts with their lines, and the files by their hashes."""
    report = report_of(nomination, criteria_set)
    parts = [
        [part.title, [f"{name}: {value}" for name, value in part.facts] + part.lines + claims]
        for part in report.parts
        if part.step not in NOT_SIGNED
        for claims in [[_told(claim) for claim in part.claims]]
    ]
    parts += [["Kết quả, theo lời kể", lines_of(nomination.results)]]
    parts += [["Tiêu chí", criteria_lines(nomination)]]
    files = nomination.exemplar.evidence.exclude(file=None).values_list("file__sha256", flat=True)
    return {"parts": parts, "files": sorted(files)}


def hash_of(content: dict) -> str:
    """The SHA-256 a sign-off belongs to, in hexadecimal."""
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def _told(claim: Claim) -> str:
    if claim.after is None:
        return claim.statement
    before = f"{claim.before:f} → " if claim.before is not None else ""
    return f"{claim.statement} ({before}{claim.after:f} {claim.measure})"


def criteria_lines(nomination: Nomination) -> list[str]:
    """How each criterion is said to be met."""
    answers = nomination.answers.select_related("criterion").order_by("criterion__code", "pk")
    return [
        f"{one.criterion.code}. {one.criterion.text}: {one.words or 'bằng minh chứng'}"
        + (f" (tự chấm {one.points} điểm)" if one.points is not None else "")
        for one in answers
    ]


def changes_between(then: dict, now: dict) -> tuple[Change, ...]:
    """The parts that read differently, in the dossier's order."""
    before, after = dict(then.get("parts", [])), dict(now["parts"])
    found = [
        Change(title, *_differing(before.get(title, []), lines))
        for title, lines in after.items()
        if before.get(title, []) != lines
    ]
    if not found and then.get("files") != now["files"]:
        found = [Change("Tệp minh chứng", [], [])]
    return tuple(found)


def _differing(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    return (
        [line for line in before if line not in after],
        [line for line in after if line not in before],
    )
