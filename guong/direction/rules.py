"""What a dated rule says of a dossier: met or not, in one sentence that cites its article.

Facts are handed in by whoever holds them; this room knows none of the rooms above. Nothing here
decides: a person reads the sentence, and only a rule that binds stops a submission.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from guong.core.vietnamese import fold

from .models import Rule


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    SWITCHED_OFF = "switched_off"


LABELS = {
    Outcome.MET: "Đạt",
    Outcome.NOT_MET: "Chưa đủ",
    Outcome.UNKNOWN: "Chưa xét được",
    Outcome.SWITCHED_OFF: "Đang tắt",
}


@dataclass(frozen=True)
class Share:
    """A part of a whole, and which whole it was counted on («tổng số thành viên», «số có mặt»)."""

    part: int
    whole: int
    counted_on: str = ""

    @property
    def percent(self) -> Fraction:
        return Fraction(self.part * 100, self.whole)


@dataclass(frozen=True)
class Facts:
    """What is known of a dossier on a day. Names are in Vietnamese, as the rules write them.

    `held`: title → the days it was given. `counts`: what → how many, this dossier included.
    `shares`: what → Share. A title nobody recorded counts as never given; a count or a share
    nobody handed in is unknown.
    """

    on: datetime.date
    held: dict[str, list[datetime.date]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)

    def days(self, key: str) -> list[datetime.date]:
        """The days, up to today, on which the title was given."""
        return sorted(
            day
            for title, days in self.held.items()
            if fold(title) == key
            for day in days
            if day <= self.on
        )

    def count(self, key: str) -> int | None:
        return next((value for name, value in self.counts.items() if fold(name) == key), None)

    def share(self, key: str) -> Share | None:
        found = (share for name, share in self.shares.items() if fold(name) == key)
        return next((share for share in found if share.whole > 0), None)


@dataclass(frozen=True)
class Verdict:
    """What one rule says: the outcome, the sentence, and whether it stops anything."""

    rule: Rule
    outcome: Outcome
    sentence: str
    binds: bool

    @property
    def label(self) -> str:
        return LABELS[self.outcome]

    @property
    def stops(self) -> bool:
        return self.binds and self.outcome == Outcome.NOT_MET


def evaluate(rule: Rule, facts: Facts) -> Verdict:
    """Hold the facts against the rule on their day. Never raises for missing facts."""
    if why := _silent(rule, facts.on):
        return Verdict(rule, Outcome.SWITCHED_OFF, f"{why} ({rule.cited}).", binds=False)
    outcome, words = ASKED[Rule.Kind(rule.kind)](rule, facts)
    start = {Outcome.MET: "Đạt: ", Outcome.NOT_MET: "Chưa đủ vì "}.get(outcome, "Chưa xét được: ")
    return Verdict(rule, outcome, f"{start}{words} ({rule.cited}).", binds=rule.binds)


def evaluate_all(rules: Iterable[Rule], facts: Facts) -> list[Verdict]:
    """One verdict a rule, what is missing first."""
    order = [Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET, Outcome.SWITCHED_OFF]
    verdicts = [evaluate(rule, facts) for rule in rules]
    return sorted(verdicts, key=lambda verdict: order.index(verdict.outcome))


def _silent(rule: Rule, on: datetime.date) -> str:
    if not rule.is_switched_on:
        return f"«{rule.name}» đang tắt"
    if rule.valid_from and on < rule.valid_from:
        return f"«{rule.name}» chưa có hiệu lực, từ {rule.valid_from:%d/%m/%Y} mới dùng"
    if rule.valid_until and on > rule.valid_until:
        return f"«{rule.name}» đã hết hiệu lực từ {rule.valid_until:%d/%m/%Y}"
    return ""


def plain(number: Decimal | Fraction | int) -> str:
    """70, 66,67: as one writes it, without the zeros of the column."""
    value = round(Fraction(number), 2)
    text = f"{Decimal(value.numerator) / value.denominator:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


# --- years ------------------------------------------------------------------
def longest_run(years: set[int], on: datetime.date) -> int:
    """How many years in a row end this year or last year.

    Until a year is over its own title may still be missing, so last year's end still stands.
    """
    end = on.year if on.year in years else on.year - 1
    run = 0
    while end - run in years:
        run += 1
    return run


def _years(rule: Rule, facts: Facts) -> tuple[Outcome, str]:
    years = {day.year for day in facts.days(rule.counted_key)}
    number = longest_run(years, facts.on) if rule.is_consecutive else len(years)
    in_a_row = " liền" if rule.is_consecutive else ""
    if number >= rule.number:
        return Outcome.MET, f"{number} năm{in_a_row} được «{rule.counted}»"
    return Outcome.NOT_MET, (
        f"mới có {number} năm{in_a_row} được «{rule.counted}», cần {plain(rule.number)} năm"
    )


# --- gap --------------------------------------------------------------------
def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def _gap(rule: Rule, facts: Facts) -> tuple[Outcome, str]:
    days = facts.days(rule.counted_key)
    if not days:
        return Outcome.MET, f"chưa lần nào được «{rule.counted}»"
    again = add_months(days[-1], int(rule.number))
    if facts.on >= again:
        return Outcome.MET, f"lần trước được «{rule.counted}» là {days[-1]:%d/%m/%Y}"
    return Outcome.NOT_MET, (
        f"lần trước được «{rule.counted}» là {days[-1]:%d/%m/%Y}, phải cách "
        f"{plain(rule.number)} tháng, tức từ {again:%d/%m/%Y}"
    )


# --- quota, threshold, denominator ------------------------------------------
def _enough(rule: Rule, number) -> bool:
    wanted = Fraction(rule.number)
    return number >= wanted if rule.comparison == "at_least" else number <= wanted


def _wanted(rule: Rule, sign: str) -> str:
    word = "ít nhất" if rule.comparison == "at_least" else "nhiều nhất"
    return f"{word} {plain(rule.number)}{sign}"


def _quota(rule: Rule, facts: Facts) -> tuple[Outcome, str]:
    number = facts.count(rule.counted_key)
    if number is None:
        return Outcome.UNKNOWN, f"hồ sơ không có số liệu «{rule.counted}»"
    if _enough(rule, number):
        return Outcome.MET, f"{rule.counted} là {number}, {_wanted(rule, '')}"
    return Outcome.NOT_MET, f"{rule.counted} là {number}, phải {_wanted(rule, '')}"


def _threshold(rule: Rule, facts: Facts) -> tuple[Outcome, str]:
    share = facts.share(rule.counted_key)
    if share is None:
        return Outcome.UNKNOWN, f"hồ sơ không có số liệu «{rule.counted}»"
    if rule.counted_on and fold(share.counted_on) != fold(rule.counted_on):
        return Outcome.UNKNOWN, f"«{rule.counted}» phải tính trên {rule.counted_on}"
    # Exact fractions: 9 of 10 is ninety per cent, whatever a float says.
    found = f"{rule.counted} là {share.part}/{share.whole} ({plain(share.percent)} %)"
    if _enough(rule, share.percent):
        return Outcome.MET, f"{found}, {_wanted(rule, ' %')}"
    return Outcome.NOT_MET, f"{found}, phải {_wanted(rule, ' %')}"


def _denominator(rule: Rule, facts: Facts) -> tuple[Outcome, str]:
    share = facts.share(rule.counted_key)
    if share is None or not share.counted_on:
        return Outcome.UNKNOWN, f"hồ sơ không nói «{rule.counted}» tính trên số nào"
    if fold(share.counted_on) == fold(rule.counted_on):
        return Outcome.MET, f"«{rule.counted}» tính trên {rule.counted_on}"
    return Outcome.NOT_MET, (
        f"«{rule.counted}» đang tính trên {share.counted_on}, phải tính trên {rule.counted_on}"
    )


ASKED: dict[Rule.Kind, Callable[[Rule, Facts], tuple[Outcome, str]]] = {
    Rule.Kind.YEARS: _years,
    Rule.Kind.GAP: _gap,
    Rule.Kind.QUOTA: _quota,
    Rule.Kind.THRESHOLD: _threshold,
    Rule.Kind.DENOMINATOR: _denominator,
}
