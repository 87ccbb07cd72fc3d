"""100,000 people with a deed each, and 8,000 questions about them, asked as the form asks.

2,000 are typed again with one to three slips, 2,000 deeds are told under another name, 2,000 people
did something else too, and 2,000 only look alike. Recall: how many of those who are there were shown.
Precision: how many of all shown were right; chance namesakes count against it. A clerk's question while
typing is timed with what that clerk may see. Thresholds were chosen with other seeds than the reported
one.
"""

import gc
import os
import statistics
import time
from collections import Counter

import django

from .measuring import at_least, at_most, report, timed
from .people import HARD, Person, Province

RECORDS = int(os.environ.get("GUONG_BENCH_RECORDS", 100_000))
ASKED, SEED = 2_000, int(os.environ.get("GUONG_BENCH_SEED", 2055))


def fill(people: list[Person], unit_of, by, figures: dict) -> list[int]:
    """The records and claims in bulk, the two tables of keys by the command's own function."""
    from django.db import transaction

    from guong.core import calendar
    from guong.core.vietnamese import fold, name_key
    from guong.exemplars.matching import index
    from guong.exemplars.models import Claim, Exemplar

    day = calendar.today()
    rows = [
        Exemplar(
            code=f"GU-B-{number:06}",
            kind="individual",
            full_name=one.full_name,
            search_key=fold(one.full_name),
            sort_key="",
            name_key=name_key(one.full_name),
            birth_year=one.birth_year,
            commune_id=one.commune,
            residence=one.residence,
            unit_id=unit_of(one),
            introduced_on=day,
            introduced_by=by,
        )
        for number, one in enumerate(people)
    ]
    made = Exemplar.objects.bulk_create(rows, batch_size=2000)
    claims = [
        Claim(exemplar=row, statement=one.deed, stated_by=by)
        for row, one in zip(made, people, strict=True)
    ]
    Claim.objects.bulk_create(claims, batch_size=2000)
    with timed(figures, "rebuild_seconds"), transaction.atomic():
        index.rebuild()
    return [row.pk for row in made]


def main() -> None:
    django.setup()
    from guong.exemplars.matching import index
    from guong.exemplars.matching.judging import Asked
    from guong.exemplars.selectors import possible_duplicates
    from guong.units.models import Unit
    from guong.units.tests.factories import UserFactory

    communes = list(Unit.objects.communes())
    province = Province(SEED, [commune.pk for commune in communes])
    by = UserFactory(username="bench", unit=communes[0], function="introducer")
    figures: dict = {"records": RECORDS, "seed": SEED}
    people = [province.person() for _ in range(RECORDS)]
    keys = fill(people, lambda one: one.commune, by, figures)

    def probe(one: Person) -> list[int]:
        asked = Asked(
            one.full_name, one.other_names, one.birth_year, one.commune, one.residence, one.deed
        )
        places = frozenset({one.commune}) if one.commune else frozenset()
        return [known.pk for known, _ in index.probe(asked, places)]

    seconds, cpu, shown, right, missed, wrong = [], [], 0, 0, Counter(), Counter()
    # A record without a year fits a father and a son: nobody could tell, so nobody is asked.
    whole = [at for at, one in enumerate(people) if one.birth_year]
    there = province.draw.sample(whole, 4 * ASKED)
    again, elsewhere, alike, same = (there[at::4] for at in range(4))
    questions = [(*province.again(people[at]), keys[at]) for at in again]
    questions += [
        ("deed_under_another_name", province.under_another_name(people[at]), keys[at])
        for at in elsewhere
    ]
    questions += [("another_deed", province.another_deed(people[at]), keys[at]) for at in same]
    hard = sorted(HARD)
    questions += [
        (hard[number % len(hard)], HARD[hard[number % len(hard)]](province, people[at]), None)
        for number, at in enumerate(alike)
    ]
    gc.freeze()
    for way, one, key in questions:
        began, worked = time.perf_counter(), time.process_time()
        found = probe(one)
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
        shown += len(found)
        right += key in found
        if key is not None and key not in found:
            missed[way] += 1
        if others := len([pk for pk in found if pk != key]):
            wrong[way] += others
    positives = sum(key is not None for *_, key in questions)

    clerk = UserFactory(username="clerk", unit=communes[1], function="introducer")
    typing = []
    for _, one, _ in questions[:ASKED]:
        for so_far in (one.full_name[: len(one.full_name) // 2], one.full_name):
            began = time.process_time()
            possible_duplicates(
                full_name=so_far,
                birth_year=one.birth_year,
                commune=communes[1],
                deed=one.deed,
                user=clerk,
            )
            typing.append(time.process_time() - began)

    def percentile(values: list[float], of: float) -> float:
        return 1000 * sorted(values)[int(len(values) * of)]

    figures |= {
        "questions": len(questions),
        "there": positives,
        "shown": shown,
        "missed": dict(missed),
        "wrongly_shown": dict(wrong),
        "probe_p50_ms": round(1000 * statistics.median(seconds), 3),
        "probe_p99_ms": round(percentile(seconds, 0.99), 3),
        "probe_cpu_p50_ms": round(1000 * statistics.median(cpu), 3),
        "probe_cpu_p99_ms": round(percentile(cpu, 0.99), 3),
        "typing_p50_ms": round(1000 * statistics.median(typing), 3),
        "typing_p99_ms": round(percentile(typing, 0.99), 3),
    }
    report(
        figures,
        [
            at_least("recall", 1000 * right / positives, 990) | {"unit": "of 1000"},
            at_least("precision", 1000 * right / shown, 990) | {"unit": "of 1000"},
            at_most("a probe, p50, ms", 1000 * statistics.median(seconds), 1),
            at_most("a probe, p99, ms", percentile(seconds, 0.99), 5),
            at_most("a suggestion while typing, p99, ms", percentile(typing, 0.99), 20),
        ],
    )


if __name__ == "__main__":
    main()
