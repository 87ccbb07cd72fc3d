"""The office's quick search over 100,000 and then 1,000,000 records, as Ctrl+K asks it.

The second size is the first one ten times over, in other communes each time.

Each sampled person is looked for in seven ways: without marks, with other marks, decomposed, in another
order, begun, by initials, by one common word. Recall: whether the index gives the record, wherever it
stands; the golden list must come out among the twelve shown. Asked by somebody who sees everything and
by a clerk who sees one commune, for people of that commune and for people who are not there.
"""

import gc
import os
import random
import statistics
import sys
import time
import unicodedata

import django

from .measuring import at_least, at_most, report, timed
from .people import Province

SIZES = [int(size) for size in os.environ.get("GUONG_BENCH_RECORDS", "100000,1000000").split(",")]
SEED, SAMPLED = int(os.environ.get("GUONG_BENCH_SEED", 2055)), 30
TONES = "\u0300\u0301\u0309\u0303\u0323"
AT_A_TIME = 20_000


def fill(province: Province, first: int, last: int, by) -> None:
    """Records number `first` to `last`, written past the actions."""
    from guong.core import calendar
    from guong.core.vietnamese import name_key
    from guong.exemplars.matching.names import search_key
    from guong.exemplars.models import Exemplar

    day, communes = calendar.today(), province.communes
    for start in range(first, last, AT_A_TIME):
        names = [province.name() for _ in range(start, min(last, start + AT_A_TIME))]
        Exemplar.objects.bulk_create(
            [
                Exemplar(
                    code=f"GU-B-{start + at:07}",
                    kind="individual",
                    full_name=name,
                    search_key=search_key(name),
                    sort_key="",
                    name_key=name_key(name),
                    unit_id=(unit := province.draw.choice(communes)),
                    commune_id=unit,
                    introduced_on=day,
                    introduced_by=by,
                )
                for at, name in enumerate(names)
            ],
            batch_size=2_000,
        )
        print(f"{start + len(names)} / {last}", file=sys.stderr)


def copy(times: int) -> None:
    """Every record again, `times` over, each time in other communes: the same names, spread anew."""
    from django.db import connection

    from guong.exemplars.models import Exemplar
    from guong.units.models import Unit

    keys = sorted(Unit.objects.communes().values_list("pk", flat=True))
    first, many = keys[0], len(keys)
    assert keys == list(range(first, first + many)), "the communes are numbered one after the other"
    columns = [field.column for field in Exemplar._meta.fields if field.column != "id"]
    with connection.cursor() as cursor:
        for turn in range(1, times + 1):
            there = f"{first} + (unit_id - {first} + {13 * turn}) % {many}"
            changed = {"code": f"code || '-{turn}'", "unit_id": there, "commune_id": there}
            chosen = ", ".join(changed.get(column, column) for column in columns)
            cursor.execute(
                f"INSERT INTO {Exemplar._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
                f"SELECT {chosen} FROM {Exemplar._meta.db_table} WHERE length(code) = 12"
            )
            print(f"copied {turn}", file=sys.stderr)


def other_marks(name: str, draw: random.Random) -> str:
    """The same letters, every tone another one."""
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize(
        "NFC", "".join(draw.choice(TONES) if sign in TONES else sign for sign in apart)
    )


def ways(name: str, draw: random.Random) -> dict[str, str]:
    from guong.core.vietnamese import fold

    plain, words = fold(name), fold(name).replace("'", " ").split()
    return {
        "no_marks": plain,
        "other_marks": other_marks(name, draw),
        "decomposed": unicodedata.normalize("NFD", name),
        "turned": " ".join([words[-1], *words[:-1]]),
        "begun": plain[: max(3, len(plain) * 2 // 3)],
        "initials": "".join(word[0] for word in plain.split()),
        "one_word": words[0],
    }


def percentile(values: list[float], of: float) -> float:
    return round(1000 * sorted(values)[int(len(values) * of)], 3)


def ask(
    people: list[tuple[int, int, str]], askers: dict, draw: random.Random
) -> tuple[dict, float]:
    """Milliseconds by asker and way, and how many of a thousand questions the index answered rightly."""
    from guong.exemplars import words as index
    from guong.web import quick

    took: dict = {}
    cpu: dict = {}
    right = asked = 0
    for key, unit, name in people:
        for way, query in ways(name, draw).items():
            words = index.asked(query)
            if sum(map(len, words)) < 2:
                continue
            for who, user in askers.items():
                began, worked = time.perf_counter(), time.process_time()
                quick.search(query, user)
                took.setdefault(who, {}).setdefault(way, []).append(time.perf_counter() - began)
                cpu.setdefault(who, []).append(time.process_time() - worked)
            began = time.perf_counter()
            if len(index.matching(words, None, limit=12, whole=True)) < 12:
                index.matching(words, None, limit=12)
            took.setdefault("index", {}).setdefault(way, []).append(time.perf_counter() - began)
            asked += 1
            right += key in index.matching(words, index.scope([unit]), limit=10**6)
    figures = {}
    for who, by_way in took.items():
        every = [value for values in by_way.values() for value in values]
        figures[who] = {
            "p50_ms": round(1000 * statistics.median(every), 3),
            "p99_ms": percentile(every, 0.99),
            "p50_ms_by_way": {
                way: round(1000 * statistics.median(values), 3) for way, values in by_way.items()
            },
            "slowest_ms": round(1000 * max(every), 3),
        }
        if who in cpu:
            figures[who]["cpu_p50_ms"] = round(1000 * statistics.median(cpu[who]), 3)
            figures[who]["cpu_p99_ms"] = percentile(cpu[who], 0.99)
    return figures, 1000 * right / asked


def golden_recall(unit, by, askers) -> float:
    """Of a thousand golden questions, how many show their name among the twelve, written last."""
    from guong.core.vietnamese import name_key
    from guong.exemplars.matching.names import search_key
    from guong.exemplars.models import Exemplar
    from guong.web import quick
    from guong.web.tests.golden import GOLDEN

    made = Exemplar.objects.bulk_create(
        Exemplar(
            code=f"GU-G-{time.time_ns()}-{at}"[-20:],
            kind="individual",
            full_name=name,
            search_key=search_key(name),
            sort_key="",
            name_key=name_key(name),
            unit=unit,
            introduced_by=by,
        )
        for at, name in enumerate(GOLDEN)
    )
    right = asked = 0
    for row in made:
        for query in GOLDEN[row.full_name]:
            for user in askers:
                asked += 1
                right += row.pk in [hit.id for hit in quick.search(query, user)]
    Exemplar.objects.filter(pk__in=[row.pk for row in made]).delete()
    return 1000 * right / asked


def main() -> None:
    django.setup()
    from django.db import connection

    from guong.exemplars.models import Exemplar
    from guong.units.models import Unit
    from guong.units.tests.factories import UserFactory

    communes = list(Unit.objects.communes())
    province = Province(SEED, [commune.pk for commune in communes])
    home = communes[1]
    by = UserFactory(username="bench", unit=communes[0], function="introducer")
    board = UserFactory(username="board", unit=communes[0], function="secretariat")
    clerk = UserFactory(username="clerk", unit=home, function="introducer")
    editor = UserFactory(username="editor", unit=communes[0], function="editor")
    figures: dict = {"seed": SEED}
    bars, done = [], 0
    for size in SIZES:
        with timed(figures, f"filled_to_{size}_seconds"):
            if done:
                copy(size // done - 1)
            else:
                fill(province, 0, size, by)
        done = done or size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        rows = Exemplar.objects.order_by("pk").values_list("pk", "unit", "full_name")
        at = random.Random(SEED)
        keys = at.sample(range(done), 4 * SAMPLED)
        there = list(rows.filter(code__in=[f"GU-B-{key:07}" for key in keys])[:SAMPLED])
        own = list(rows.filter(unit=home)[:SAMPLED])
        askers = {"board": board, "clerk": clerk, "editor": editor}
        gc.freeze()
        ask(there[:5], askers, at)  # pages of the file are warm afterwards
        found, recall = ask(there + own, askers, at)
        golden = golden_recall(home, by, [board, clerk])
        figures[str(size)] = found | {"recall_of_1000": recall, "golden_of_1000": golden}
        bars += [
            at_most(f"{size}: the index, newest first, p50, ms", found["index"]["p50_ms"], 1.5),
            at_most(f"{size}: the index, newest first, p99, ms", found["index"]["p99_ms"], 15),
            at_least(f"{size}: recall, of 1000", recall, 1000),
            at_least(f"{size}: the golden list among the twelve, of 1000", golden, 1000),
        ]
        bars += [
            at_most(f"{size}: Ctrl+K, {who}, p99, ms", found[who]["p99_ms"], 150) for who in askers
        ]
    report(figures, bars)


if __name__ == "__main__":
    main()
