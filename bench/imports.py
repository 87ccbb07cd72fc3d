"""Excel lists of 10,000 rows and one of 100,000, checked into the staging table; 1,000 made records.

The names and deeds are drawn, one row in a hundred is wrong. The bars are those of docs: checked at
12,000 rows a second, made at 200 a second, never more than 400 MiB; and a tenth of the processor that
django-import-export takes for the same rows. A shared machine changes its speed by half from one
second to the next: three lists are checked in each of five rounds, after each round the other program
checks one of them, and the medians count; the long list is checked before and after the other's turn.
"""

import io
import json
import random
import statistics
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec

import django
import xlsxwriter

from .measuring import at_least, at_most, burnt, peak_mib, report, timed

CHECKED, LONG, MADE = 10_000, 100_000, 1_000
ROUNDS, LISTS = 5, 3
HEADINGS = ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Điện thoại", "Thôn, làng", "Nghề nghiệp"]
HEADINGS += ["Lĩnh vực", "Thành tích", "Trước", "Sau", "Đơn vị tính"]
FAMILY = "Nguyễn Trần Lê Phạm Siu Ksor Nay Kpă Rahlan Đinh".split()
MIDDLE = "Văn Thị Minh Hữu Ngọc Thanh".split()
GIVEN = "An Bình Chiến Dũng Đức Hà Hảo Liên Mai Nul Oanh Phúc Quý Sang Tâm Uyên Vân Yến".split()
DEEDS = [
    "trồng rừng",
    "dạy chữ",
    "nuôi bò",
    "giữ nghề dệt",
    "góp đất làm đường",
    "dẫn nước về làng",
]


def workbook(rows: int, seed: int) -> bytes:
    """A list as a commune sends it: a title, the headings, the rows."""
    draw = random.Random(seed)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "DANH SÁCH GIỚI THIỆU ĐIỂN HÌNH (MẪU)")
    sheet.write_row(1, 0, HEADINGS)
    for number in range(rows):
        sheet.write_row(2 + number, 0, row(draw, number))
    book.close()
    return content.getvalue()


def row(draw: random.Random, number: int) -> list:
    is_wrong = number % 100 == 99
    name = " ".join(draw.choice(words) for words in (FAMILY, MIDDLE, MIDDLE, GIVEN))
    deed = f"Cùng bà con {draw.choice(DEEDS)}, việc thứ {number} của làng"
    return [
        number + 1,
        "" if is_wrong else name,
        draw.randint(1945, 2006),
        f"0{draw.randrange(10**10, 10**11)}",
        f"09{draw.randrange(10**7, 10**8)}",
        f"Làng {draw.choice(GIVEN)}",
        "Nông dân",
        "",
        deed,
        draw.randint(1, 9),
        draw.randint(10, 99),
        "hộ",
    ]


def main() -> None:
    django.setup()
    from guong.core import staging
    from guong.units.models import Unit, User
    from guong.units.tests.factories import UserFactory

    commune = Unit.objects.communes().first()
    User.objects.system()  # the home is made
    clerk = UserFactory(username="bench", unit=commune, function="introducer")
    few = workbook(MADE, 2055)
    figures = {"rows_checked": CHECKED, "rows_checked_at_once": LONG, "rows_made": MADE}

    def stage(content: bytes):
        return staging.stage("nominations", content, name="x.xlsx", unit=commune, by=clerk)

    batch = stage(few)
    rounds = []
    for number in range(ROUNDS):
        seeds = range(1526 + number * LISTS, 1526 + (number + 1) * LISTS)
        lists = [checked(stage, CHECKED, seed) for seed in seeds]
        rounds.append((lists, paired(CHECKED, seeds[0])))
    # With its title and headings just within the guard's 99,999 lines; once before, once after theirs.
    before, theirs = checked(stage, LONG - 1, 34), paired(LONG - 1, 34)
    long = ([before, checked(stage, LONG - 1, 34)], theirs)
    figures |= {
        "checked": [lists for lists, _ in rounds],
        "long_checked": long[0],
        "django_import_export": [theirs for _, theirs in rounds],
        "long_django_import_export": theirs,
    }
    duplicates = batch.rows.filter(outcome="duplicate").values_list("line", flat=True)
    staging.confirm(batch=batch, also=duplicates)
    with timed(figures, "make_seconds"), burnt(figures, "make_processor"):
        figures["made"] = staging.commit(batch=batch, by=clerk)

    made = figures["made"] / figures["make_seconds"]
    seconds = [one["seconds"] for lists, _ in rounds for one in lists]
    long_seconds = statistics.mean(one["seconds"] for one in long[0])
    bars = [
        at_least("rows checked a second", CHECKED / statistics.median(seconds), 12_000),
        at_least("rows checked a second, 100,000 at once", LONG / long_seconds, 12_000),
        at_least("rows made a second", made, 200),
        at_most("peak memory, MiB", peak_mib(), 400),
    ]
    if theirs:
        for what, turns in (("", rounds), (", 100,000 at once", [long])):
            said = f"processor of django-import-export, times ours{what}: "
            preview, bulk = times(turns, "processor_of_its_preview"), times(turns, "processor")
            bars.append(at_least(said + "its preview of the rows", preview, 10))
            bars.append(at_least(said + "kept in bulk without differences", bulk, 10))
    report(figures, bars)


def checked(stage, rows: int, seed: int) -> dict:
    """Seconds, and seconds of processor, for one list."""
    content, took = workbook(rows, seed), {}
    with timed(took, "seconds"), burnt(took, "processor"):
        stage(content)
    return took


def times(rounds: list[tuple[list[dict], dict]], name: str) -> float:
    """How often our processor time goes into theirs: the median of the rounds."""
    return statistics.median(
        theirs[name] / statistics.mean(one["processor"] for one in lists)
        for lists, theirs in rounds
    )


def paired(rows: int, seed: int) -> dict:
    """What django-import-export takes for the same list, in its own process.

    It is no requirement of the project: `pip install --target DIR --no-deps` it with tablib and
    diff-match-patch by hand and put DIR into PYTHONPATH. Without it nothing is compared.
    """
    if not find_spec("import_export"):
        print("django-import-export is not installed: not compared", file=sys.stderr)
        return {}
    told = subprocess.run(
        [sys.executable, "-m", "bench.import_export", str(rows), str(seed)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return {"version": version("django-import-export"), **json.loads(told.stdout)}


if __name__ == "__main__":
    main()
