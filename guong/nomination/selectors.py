"""What a page or an action asks of a dossier: how complete it is, and what the rules say of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.direction.models import CriteriaSet, Criterion, EvidenceSlot, Rule, RuleOverride
from guong.direction.rules import Facts, Verdict, evaluate_all
from guong.exemplars.models import Check, Evidence, Exemplar
from guong.units.selectors import right_ended

from .models import CriterionAnswer, Nomination, SignOff
from .signed import Standing, changes_between, content_of, hash_of

RECOGNISED = "Điển hình tiên tiến"
FILED_IN_YEAR = "số hồ sơ đơn vị đã lập trong năm"


class Status(StrEnum):
    UNTOUCHED = "untouched"
    DOING = "doing"
    FIX = "fix"
    DONE = "done"

    @property
    def label(self) -> str:
        return {
            Status.UNTOUCHED: "Chưa làm",
            Status.DOING: "Đang làm dở",
            Status.FIX: "Cần sửa",
            Status.DONE: "Xong",
        }[self]

    @property
    def colour(self) -> str:
        """The colour class of its tag; the word always stands in it."""
        return {
            Status.UNTOUCHED: "",
            Status.DOING: "info",
            Status.FIX: "care",
            Status.DONE: "done",
        }[self]


@dataclass(frozen=True)
class Part:
    """One line of the completeness list: what, how far, what is still missing, where it is done."""

    key: str
    title: str
    status: Status
    missing: str = ""
    place: str = ""  # the part of the page, or an address


@dataclass(frozen=True)
class FilledSlot:
    """A place for evidence and what lies in it."""

    slot: EvidenceSlot
    evidence: list[Evidence]

    @property
    def is_full(self) -> bool:
        return len(self.evidence) >= self.slot.how_many


@dataclass(frozen=True)
class Answered:
    """One criterion beside what the dossier says to it."""

    criterion: Criterion
    answer: CriterionAnswer | None
    slots: list[FilledSlot]
    status: Status
    doubted: list[Evidence] = field(default_factory=list)

    @property
    def is_required(self) -> bool:
        return self.criterion.kind == Criterion.Kind.REQUIRED

    @property
    def missing(self) -> str:
        """What it still lacks, in words; empty when it is done."""
        if self.status == Status.DONE:
            return ""
        if self.doubted:
            named = ", ".join(f"«{piece}»" for piece in self.doubted)
            return f"minh chứng chưa chứng tỏ được: {named}"
        lacking = [
            f"{filled.slot.text} ({len(filled.evidence)}/{filled.slot.how_many})"
            for filled in self.slots
            if not filled.is_full
        ]
        return f"còn thiếu {'; '.join(lacking)}" if lacking else "chưa nói đáp ứng thế nào"


@dataclass(frozen=True)
class Overridden:
    """A verdict, and who let the dossier pass it."""

    verdict: Verdict
    override: RuleOverride | None = None

    @property
    def stops(self) -> bool:
        return self.verdict.stops and self.override is None


@dataclass(frozen=True)
class Completeness:
    """All a page shows before a dossier is sent, and all `submit` asks."""

    criteria_set: CriteriaSet | None
    parts: list[Part]
    criteria: list[Answered]
    verdicts: list[Overridden]
    partners: list[Standing]
    blocking: list[str]
    warnings: list[str]

    @property
    def is_ready(self) -> bool:
        return not self.blocking

    @property
    def done(self) -> int:
        return sum(part.status == Status.DONE for part in self.parts)


# --- which criteria, which rules ----------------------------------------------
def fitting_sets(nomination: Nomination):
    """The sets in force today this dossier may be judged by, nearest first."""
    exemplar = nomination.exemplar
    today = CriteriaSet.objects.in_force(calendar.today())
    fitting = today.fitting(unit=nomination.unit, kind=exemplar.kind, field=exemplar.field)
    return fitting.nearest_first(nomination.unit).select_related("issuer", "directive")


def judged_by(nomination: Nomination) -> CriteriaSet | None:
    """The version the dossier is judged by.

    Once sent it keeps the one it was sent with. Before, it is the chosen one while that is in
    force, otherwise the nearest that fits: not choosing spares nobody the criteria.
    """
    chosen = nomination.criteria_set
    if not nomination.is_with_its_unit or (chosen and chosen.is_in_force(calendar.today())):
        return chosen
    return fitting_sets(nomination).first()


def facts_of(nomination: Nomination) -> Facts:
    """What the rules are held against: titles given, and how many dossiers the unit has filed."""
    exemplar, today = nomination.exemplar, calendar.today()
    held: dict[str, list] = {}
    for distinction in exemplar.distinctions.all():
        if distinction.given_on:
            held.setdefault(distinction.title, []).append(distinction.given_on)
    if exemplar.is_recognised:
        held.setdefault(RECOGNISED, []).append(exemplar.recognised_on)
    of_year = Nomination.objects.filter(exemplar__introduced_on__year=today.year)
    filed = of_year.filter(unit=nomination.unit).exclude(state=Nomination.State.WITHDRAWN)
    return Facts(on=today, held=held, counts={FILED_IN_YEAR: filed.count()})


def rules_of(nomination: Nomination, criteria_set: CriteriaSet | None):
    """The rules in force and switched on that speak of this award and kind."""
    award = criteria_set.award if criteria_set else RECOGNISED
    valid = Rule.objects.valid(calendar.today()).switched_on()
    return valid.about(award=award, kind=nomination.exemplar.kind).order_by("pk")


# --- how long ---
ANSWERED = ("nomination.accepted", "nomination.returned")
LOOKED_AT = 400  # lines of the journal
FEW = 5  # fewer dossiers tell nothing usual


def usual_days() -> int | None:
    """How many days the Board has usually taken to answer a dossier; None while too few were."""
    verbs = ("nomination.submitted", *ANSWERED)
    lines = JournalEntry.objects.filter(verb__in=verbs).order_by("-pk")[:LOOKED_AT]
    sent, taken = {}, []
    for verb, target, at in reversed(lines.values_list("verb", "target", "at")):
        if verb not in ANSWERED:
            sent[target] = at
        elif target in sent:
            taken.append((calendar.day_of(at) - calendar.day_of(sent.pop(target))).days)
    return max(1, round(median(taken))) if len(taken) >= FEW else None


# --- how complete -------------------------------------------------------------
def completeness(nomination: Nomination) -> Completeness:
    """Everything still to be done, what stops the dossier and what only warns."""
    criteria_set = judged_by(nomination)
    criteria = _answered(nomination, criteria_set)
    verdicts = _verdicts(nomination, criteria_set)
    partners = standings(nomination, criteria_set)
    open_required = [one for one in criteria if one.is_required and one.status != Status.DONE]
    demands = [f"Tiêu chí {one.criterion.code} (bắt buộc) {one.missing}." for one in open_required]
    # A set that is over may still be read beside an old dossier; it stops nobody.
    binds = criteria_set is not None and criteria_set.is_in_force(calendar.today())
    return Completeness(
        criteria_set=criteria_set,
        parts=_parts(nomination, criteria_set, criteria, verdicts, partners),
        criteria=criteria,
        verdicts=verdicts,
        partners=partners,
        blocking=[
            *_bare_minimum(nomination),
            *_unsigned(partners),
            *(demands if binds else []),
            *(one.verdict.sentence for one in verdicts if one.stops),
        ],
        warnings=[
            *([] if binds else demands),
            *(
                one.verdict.sentence
                for one in verdicts
                if not one.stops and one.override is None and one.verdict.outcome != "met"
            ),
        ],
    )


def incomplete(nomination: Nomination) -> list[str]:
    """What still has to be there before it can be sent, in words; empty when it may go."""
    return completeness(nomination).blocking


def _bare_minimum(nomination: Nomination) -> list[str]:
    missing = []
    # What was sent while the right stood has been introduced: mending it is no new introduction.
    if nomination.state == Nomination.State.DRAFT and (ended := right_ended(nomination.unit)):
        missing.append(ended)
    if not nomination.claims.exists():
        missing.append("Chưa nêu thành tích nào.")
    if nomination.exemplar.batch:
        missing.append("Danh sách Excel của hồ sơ này đang nhập dở. Nhập xong rồi gửi.")
    return missing


def standings(nomination: Nomination, criteria_set: CriteriaSet | None) -> list[Standing]:
    """What each asked unit has said, and whether the dossier is still what it signed.

    Once the dossier is sent nothing of it is asked again: what stands in the life record goes on.
    """
    asked = list(nomination.sign_offs.select_related("unit", "said_by").order_by("pk"))
    if not nomination.is_with_its_unit or not any(one.signed_at for one in asked):
        return [Standing(one) for one in asked]
    now = content_of(nomination, criteria_set)
    return [_standing(one, now, hash_of(now)) for one in asked]


def _standing(sign_off: SignOff, now: dict, hash_now: str) -> Standing:
    if sign_off.signed_at is None or sign_off.content_hash == hash_now:
        return Standing(sign_off)
    return Standing(sign_off, True, changes_between(sign_off.content, now))


def lapsed(nomination: Nomination) -> list[SignOff]:
    """The sign-offs that still say yes to what the dossier no longer is."""
    found = [one for one in standings(nomination, judged_by(nomination)) if one.is_out_of_date]
    return [one.sign_off for one in found if one.sign_off.state == SignOff.State.SIGNED]


def _unsigned(partners: list[Standing]) -> list[str]:
    """Of a joint nomination: who has not signed yet, whose yes has lapsed, and who will not."""
    return [_still_to_say(one) for one in partners if not one.counts]


def _still_to_say(one: Standing) -> str:
    unit = one.sign_off.unit
    if one.sign_off.state == SignOff.State.DECLINED:
        return (
            f"{unit} không đồng ý cùng đề cử: «{one.sign_off.reason}». "
            "Sửa hồ sơ rồi mời lại, hoặc thôi mời."
        )
    if one.sign_off.state == SignOff.State.ASKED:
        return f"{unit} chưa ký cùng đề cử."
    what = f" ({one.named})" if one.named else ""
    return f"{unit} đã ký, nhưng hồ sơ đổi sau đó{what}. Chờ đơn vị ấy ký lại, hoặc thôi mời."


def _answered(nomination: Nomination, criteria_set: CriteriaSet | None) -> list[Answered]:
    if criteria_set is None:
        return []
    answers = {
        one.criterion_id: one
        for one in nomination.answers.prefetch_related("fillings__evidence__checks")
    }
    criteria = criteria_set.criteria.switched_on().in_order()
    return [_beside(criterion, answers.get(criterion.pk)) for criterion in criteria]


def _beside(criterion: Criterion, answer: CriterionAnswer | None) -> Answered:
    lying: dict[int, list[Evidence]] = {}
    for filling in answer.fillings.all() if answer else []:
        lying.setdefault(filling.slot_id, []).append(filling.evidence)
    slots = [FilledSlot(slot, lying.get(slot.pk, [])) for slot in criterion.slots_in_order]
    doubted = [piece for pieces in lying.values() for piece in pieces if _is_doubted(piece)]
    return Answered(criterion, answer, slots, _status(criterion, answer, slots, doubted), doubted)


def _is_doubted(evidence: Evidence) -> bool:
    """The last time somebody held a claim against it, it did not prove it."""
    checks = sorted(evidence.checks.all(), key=lambda check: check.pk)
    return bool(checks) and checks[-1].result == Check.Result.UNPROVEN


def _status(criterion, answer, slots, doubted) -> Status:
    if doubted:
        return Status.FIX
    has_begun = answer is not None and (answer.words or any(slot.evidence for slot in slots))
    if not has_begun:
        return Status.UNTOUCHED
    is_scored = criterion.kind == Criterion.Kind.SCORED
    if not all(slot.is_full for slot in slots) or (is_scored and answer.points is None):
        return Status.DOING
    return Status.DONE


def _verdicts(nomination: Nomination, criteria_set: CriteriaSet | None) -> list[Overridden]:
    rules = list(rules_of(nomination, criteria_set).select_related("verified_by"))
    if not rules:
        return []
    passed = {one.rule_id: one for one in RuleOverride.objects.of(nomination).select_related("by")}
    verdicts = evaluate_all(rules, facts_of(nomination))
    return [Overridden(verdict, passed.get(verdict.rule.pk)) for verdict in verdicts]


# --- the list -----------------------------------------------------------------
def _parts(nomination, criteria_set, criteria, verdicts, partners) -> list[Part]:
    parts = [_person(nomination), _claims(nomination), _evidence(nomination)]
    if criteria_set is not None:
        parts.append(_criteria(criteria))
    if verdicts:
        parts.append(_rules(verdicts))
    if partners:
        parts.append(_together(partners))
    if nomination.state == Nomination.State.RETURNED:
        parts.insert(0, _returned(nomination))
    return parts


def _person(nomination: Nomination) -> Part:
    exemplar = nomination.exemplar
    asked = {
        "nơi ở": exemplar.commune_id or exemplar.residence,
        "lĩnh vực": exemplar.field_id,
        "nghề nghiệp": exemplar.occupation or exemplar.kind != "individual",
        "cách làm để nơi khác học": exemplar.summary,
    }
    missing = [name for name, value in asked.items() if not value]
    status = (
        Status.UNTOUCHED if len(missing) == len(asked) else Status.DOING if missing else Status.DONE
    )
    return Part("nguoi", "Ai được đề cử", status, _lacks(missing))


def _claims(nomination: Nomination) -> Part:
    claims = list(nomination.claims.select_related("replaced_by"))
    newer = [claim for claim in claims if hasattr(claim, "replaced_by")]
    if newer:
        # The dossier keeps the version it names; a newer one must be looked at.
        return Part("thanh-tich", "Thành tích", Status.FIX, "có bản mới hơn trong hồ sơ gương")
    if not claims:
        return Part("thanh-tich", "Thành tích", Status.UNTOUCHED, "chưa nêu thành tích nào")
    measured = [claim for claim in claims if claim.after is not None]
    if not measured:
        return Part("thanh-tich", "Thành tích", Status.DOING, "chưa có thành tích nào có số đo")
    return Part("thanh-tich", "Thành tích", Status.DONE)


def _evidence(nomination: Nomination) -> Part:
    if nomination.exemplar.evidence.exists():
        return Part("minh-chung", "Minh chứng", Status.DONE)
    return Part(
        "minh-chung", "Minh chứng", Status.UNTOUCHED, "chưa có giấy tờ, ảnh, lời xác nhận nào"
    )


def _criteria(criteria: list[Answered]) -> Part:
    found = Counter(one.status for one in criteria)
    left = [one.criterion.code for one in criteria if one.status != Status.DONE]
    if not left:
        status = Status.DONE
    elif found[Status.FIX]:
        status = Status.FIX
    else:
        status = Status.UNTOUCHED if found[Status.UNTOUCHED] == len(criteria) else Status.DOING
    return Part("tieu-chi", "Tiêu chí", status, _lacks(left), "#tieu-chi")


def _rules(verdicts: list[Overridden]) -> Part:
    outcomes = {one.verdict.outcome for one in verdicts if one.override is None}
    if "not_met" in outcomes:
        return Part("quy-dinh", "Quy định", Status.FIX, "có quy định chưa đạt", "#quy-dinh")
    if "unknown" in outcomes:
        return Part("quy-dinh", "Quy định", Status.DOING, "có quy định chưa xét được", "#quy-dinh")
    return Part("quy-dinh", "Quy định", Status.DONE, place="#quy-dinh")


def _together(partners: list[Standing]) -> Part:
    """Done when every unit that was asked stands for the dossier as it is now."""
    told = {
        SignOff.State.ASKED: "chưa ký",
        SignOff.State.SIGNED: "hồ sơ đã đổi, chờ ký lại",
        SignOff.State.LAPSED: "hồ sơ đã đổi, chờ ký lại",
        SignOff.State.DECLINED: "không đồng ý",
    }
    left = [one for one in partners if not one.counts]
    if not left:
        return Part("cung-de-cu", "Đơn vị cùng đề cử", Status.DONE, place="#cung-de-cu")
    only_asked = all(one.sign_off.state == SignOff.State.ASKED for one in left)
    missing = "; ".join(f"{one.sign_off.unit}: {told[one.sign_off.state]}" for one in left)
    status = Status.DOING if only_asked else Status.FIX
    return Part("cung-de-cu", "Đơn vị cùng đề cử", status, missing, "#cung-de-cu")


def _returned(nomination: Nomination) -> Part:
    """Done once something has changed since it came back."""
    since, exemplar = nomination.state_since, nomination.exemplar
    has_changed = (
        nomination.answers.filter(at__gt=since).exists()
        or exemplar.claims.filter(stated_at__gt=since).exists()
        or exemplar.evidence.filter(added_at__gt=since).exists()
    )
    if has_changed:
        return Part("tra-lai", "Lời trả lại", Status.DONE)
    return Part("tra-lai", "Lời trả lại", Status.FIX, "chưa sửa gì từ khi bị trả lại")


def _lacks(names: list[str]) -> str:
    return f"còn thiếu: {', '.join(names)}" if names else ""


# --- what is known already ---
def known_of(exemplar: Exemplar) -> dict:
    """What a life record answers of itself, as it would have been typed."""
    plain = "full_name kind residence sex occupation labour_category grade".split()
    return {name: getattr(exemplar, name) for name in plain} | {
        "birth_year": str(exemplar.birth_year or ""),
        "commune": str(exemplar.commune_id or ""),
        "field": str(exemplar.field_id or ""),
        "other_fields": [str(one.pk) for one in exemplar.other_fields.all()],
    }
