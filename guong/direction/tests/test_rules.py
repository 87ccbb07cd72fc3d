import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.direction.models import Rule
from guong.direction.rules import (
    Facts,
    Outcome,
    Share,
    add_months,
    evaluate,
    evaluate_all,
    longest_run,
    plain,
)

from .factories import RuleFactory

ON = datetime.date(2026, 11, 25)
TITLE = "Gương của xã"
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31))


def rule(**fields) -> Rule:
    return RuleFactory.build(**fields)


def given_in(*years, on=ON) -> Facts:
    return Facts(on=on, held={TITLE: [datetime.date(year, 6, 1) for year in years]})


def said(verdict):
    return verdict.outcome, verdict.sentence


# --- years ---
def test_years_that_are_missing_are_told_with_the_article():
    assert said(evaluate(rule(), given_in(2026))) == (
        "not_met",
        "Chưa đủ vì mới có 1 năm liền được «Gương của xã», cần 2 năm "
        "(Điều 5 Quy chế của tỉnh, chưa xác minh).",
    )


@pytest.mark.parametrize(
    ("years", "outcome"),
    [
        ([2025, 2026], Outcome.MET),
        ([2024, 2025], Outcome.MET),  # this year's may still come
        ([2023, 2024], Outcome.NOT_MET),  # 2025 is over without it
        ([2023, 2025, 2026], Outcome.MET),
        ([2022, 2024, 2026], Outcome.NOT_MET),
        ([2026, 2026], Outcome.NOT_MET),  # twice in one year is one year
        ([2026, 2027], Outcome.NOT_MET),  # what lies ahead was not given yet
        ([], Outcome.NOT_MET),
    ],
)
def test_years_in_a_row_must_reach_this_year_or_the_last(years, outcome):
    assert evaluate(rule(), given_in(*years)).outcome == outcome


def test_years_that_need_not_follow_each_other_are_only_counted():
    verdict = evaluate(rule(is_consecutive=False), given_in(2010, 2020))

    assert said(verdict)[0] == "met"
    assert "2 năm được «Gương của xã»" in verdict.sentence


def test_a_title_is_the_same_however_it_is_spelt():
    facts = Facts(on=ON, held={"GƯƠNG CỦA XÃ": [datetime.date(2025, 1, 1), ON]})

    assert evaluate(rule(), facts).outcome == "met"


@given(st.sets(st.integers(2000, 2060)), days)
def test_a_run_ends_at_the_turn_of_the_year_only_when_a_whole_year_is_missing(years, on):
    run = longest_run(years, on)
    new_year = datetime.date(on.year + 1, 1, 1)

    assert 0 <= run <= len(years)
    # New Year alone takes nothing away from who had it this year.
    if on.year in years:
        assert longest_run(years, new_year) >= run
    else:
        assert longest_run(years - {on.year + 1}, new_year) == 0


@given(st.sets(st.integers(2000, 2060)), days, st.integers(0, 8))
def test_one_more_year_never_turns_enough_into_too_little(years, on, wanted):
    more = years | {on.year}

    assert longest_run(more, on) >= longest_run(years, on)
    assert (longest_run(years, on) >= wanted) <= (longest_run(more, on) >= wanted)


# --- gap ---
def gap(months=12, **fields):
    return rule(kind="gap", number=Decimal(months), **fields)


def test_gap_tells_from_which_day_on_it_may_be_again():
    facts = Facts(on=ON, held={TITLE: [datetime.date(2026, 2, 28), datetime.date(2020, 1, 1)]})

    assert said(evaluate(gap(), facts)) == (
        "not_met",
        "Chưa đủ vì lần trước được «Gương của xã» là 28/02/2026, phải cách 12 tháng, tức từ "
        "28/02/2027 (Điều 5 Quy chế của tỉnh, chưa xác minh).",
    )


def test_gap_is_met_by_who_never_had_it_and_by_who_had_it_long_ago():
    never = evaluate(gap(), Facts(on=ON))
    long_ago = evaluate(gap(), given_in(2024))

    assert [said(never)[0], said(long_ago)[0]] == ["met", "met"]
    assert "chưa lần nào" in never.sentence and "01/06/2024" in long_ago.sentence


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
        ((2026, 11, 30), 0, (2026, 11, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert add_months(datetime.date(*day), months) == datetime.date(*later)


@given(days, st.integers(0, 120))
def test_the_day_before_it_is_too_early_and_on_the_day_it_is_not(last, months):
    again = add_months(last, months)
    facts = [
        Facts(on=day, held={TITLE: [last]}) for day in (again - datetime.timedelta(days=1), again)
    ]

    early, enough = (evaluate(gap(months), one).outcome for one in facts)

    # With no months at all the day before is a day on which it had not been given yet.
    assert (early, enough) == ("met" if months == 0 else "not_met", "met")
    assert (again.year * 12 + again.month) - (last.year * 12 + last.month) == months


# --- quota, threshold, denominator ---
def test_quota_counts_and_says_which_way():
    least = rule(kind="quota", counted="số hồ sơ", number=Decimal(3))
    most = rule(kind="quota", counted="số hồ sơ", number=Decimal(3), comparison="at_most")

    found = [
        [evaluate(one, Facts(on=ON, counts={"Số hồ sơ": number})).outcome for number in (2, 3, 4)]
        for one in (least, most)
    ]

    assert found == [["not_met", "met", "met"], ["met", "met", "not_met"]]
    assert evaluate(most, Facts(on=ON, counts={"số hồ sơ": 4})).sentence.startswith(
        "Chưa đủ vì số hồ sơ là 4, phải nhiều nhất 3 ("
    )


@pytest.mark.parametrize("kind", ["quota", "threshold", "denominator"])
def test_what_nobody_counted_is_unknown_and_stops_nobody(kind):
    asked = rule(kind=kind, counted="tỷ lệ phiếu", counted_on="số có mặt", number=None)
    asked.verified_on = ON

    verdict = evaluate(asked, Facts(on=ON, shares={"tỷ lệ phiếu": Share(1, 0)}))

    assert (verdict.outcome, verdict.stops, verdict.label) == ("unknown", False, "Chưa xét được")
    assert verdict.sentence.startswith("Chưa xét được: hồ sơ không")


def threshold(percent, **fields):
    return rule(kind="threshold", counted="tỷ lệ phiếu", number=Decimal(percent), **fields)


def share(part, whole, on="tổng số thành viên"):
    return Facts(on=ON, shares={"tỷ lệ phiếu": Share(part, whole, on)})


def test_threshold_is_held_against_the_exact_fraction():
    found = [evaluate(threshold(90), share(*votes)).outcome for votes in [(9, 10), (89, 99)]]

    assert found == ["met", "not_met"]
    assert evaluate(threshold(70), share(2, 3)).sentence.startswith(
        "Chưa đủ vì tỷ lệ phiếu là 2/3 (66,67 %), phải ít nhất 70 % ("
    )


@given(st.integers(1, 2000), st.integers(0, 2000), st.integers(0, 10000))
def test_threshold_agrees_with_fractions_for_every_share(whole, part, hundredths):
    wanted = Decimal(hundredths) / 100

    found = evaluate(threshold(wanted), share(part, whole)).outcome == "met"

    assert found == (Fraction(part, whole) * 100 >= Fraction(hundredths, 100))


def test_threshold_on_another_whole_than_the_rule_names_is_unknown():
    asked = threshold(80, counted_on="tổng số thành viên")

    assert evaluate(asked, share(9, 10, "số có mặt")).outcome == "unknown"
    assert evaluate(asked, share(9, 10)).outcome == "met"


def test_denominator_names_what_it_must_be_counted_on():
    asked = rule(
        kind="denominator", counted="tỷ lệ phiếu", counted_on="tổng số thành viên", number=None
    )

    assert evaluate(asked, share(9, 10)).outcome == "met"
    assert said(evaluate(asked, share(9, 10, "số có mặt"))) == (
        "not_met",
        "Chưa đủ vì «tỷ lệ phiếu» đang tính trên số có mặt, phải tính trên tổng số thành viên "
        "(Điều 5 Quy chế của tỉnh, chưa xác minh).",
    )


# --- silent, binding, order ---
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "outcome", "words"),
    [
        (FIRST - datetime.timedelta(days=1), "switched_off", "chưa có hiệu lực, từ 01/01/2026"),
        (FIRST, "not_met", "mới có 0 năm"),
        (LAST, "not_met", "mới có 0 năm"),
        (LAST + datetime.timedelta(days=1), "switched_off", "hết hiệu lực từ 31/12/2026"),
    ],
)
def test_a_rule_speaks_on_its_days_only(on, outcome, words):
    verdict = evaluate(rule(valid_from=FIRST, valid_until=LAST, verified_on=FIRST), Facts(on=on))

    assert (verdict.outcome, verdict.stops) == (outcome, outcome == "not_met")
    assert words in verdict.sentence


@given(days, st.none() | days, st.none() | days)
def test_whatever_the_dates_a_silent_rule_stops_nobody(on, start, end):
    verdict = evaluate(rule(valid_from=start, valid_until=end, verified_on=FIRST), Facts(on=on))

    speaks = (start is None or start <= on) and (end is None or on <= end)
    assert verdict.stops == speaks


@pytest.mark.parametrize(
    ("fields", "stops"),
    [
        ({}, False),
        ({"verified_on": FIRST}, True),
        ({"verified_on": FIRST, "is_switched_on": False}, False),
    ],
)
def test_only_a_rule_that_is_verified_and_on_stops_somebody(fields, stops):
    verdict = evaluate(rule(**fields), Facts(on=ON))

    assert verdict.stops == stops
    assert ("chưa xác minh" in verdict.sentence) == (not fields)


def test_what_is_missing_stands_first():
    rules = [
        rule(is_switched_on=False),
        gap(),
        rule(kind="quota", counted="số hồ sơ"),
        rule(),
    ]

    verdicts = evaluate_all(rules, Facts(on=ON))

    assert [one.outcome for one in verdicts] == ["not_met", "unknown", "met", "switched_off"]
    assert [one.label for one in verdicts] == ["Chưa đủ", "Chưa xét được", "Đạt", "Đang tắt"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(Decimal("70.00"), "70"), (Fraction(2, 3), "0,67"), (0, "0"), (Decimal("12.50"), "12,5")],
)
def test_numbers_are_written_as_one_writes_them(number, text):
    assert plain(number) == text
