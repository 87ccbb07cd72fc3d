"""How long the search takes in a file of 100,000 stories, newest first and ranked."""

import random
import statistics
import time
from pathlib import Path

from ..measuring import timed

FAMILY = "Nguyễn Trần Lê Phạm Siu Ksor Nay Kpă Rahlan Đinh".split()
MIDDLE = "Văn Thị Minh Hữu Ngọc Thanh".split()
GIVEN = "An Bình Chiến Dũng Đức Hà Hảo Liên Mai Nul Oanh Phúc Quý Sang Tâm Uyên Vân Yến".split()
DEEDS = ["trồng rừng", "dạy chữ", "nuôi bò", "giữ nghề dệt", "góp đất làm đường", "dẫn nước"]
PLACES = [f"Ia {word}" for word in "Mẫu Dok Krêl Pnôn Nan Lang Chía Boòng".split()]
# Without marks, with them, a beginning, initials, a word in every story, a place, nothing to find.
QUERIES = [
    "siu nul", "Rahlan Thị Mai", "nguyen van an", "tr", "ntm", "trồng rừng", "nuoi bo", "ia dok",
    "dệt ia mẫu", "dan nuoc ksor", "yến", "làng", "khongcogi", "đường 2025", "kpa minh phuc",
]  # fmt: skip
ASKED = 300


def documents(wanted: int):
    from guong.portal.searchfile import Document

    draw = random.Random(100)
    for number in range(wanted):
        name = " ".join(draw.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
        deed, place = draw.choice(DEEDS), draw.choice(PLACES)
        text = " ".join(
            draw.choice((*GIVEN, *MIDDLE, "làng", "nước", "nhà", *deed.split())) for _ in range(150)
        )
        yield Document(
            f"/chuyen/mau-{number}/",
            f"{name} {deed}",
            text,
            "Chuyện",
            "Nông nghiệp",
            place,
            2020 + number % 7,
            lead=f"Ở {place}, {name} cùng bà con {deed}.",
            on=f"{2020 + number % 7}-{1 + number % 12:02}-{1 + number % 28:02}",
        )


def measure(folder: Path, wanted: int) -> dict:
    from guong.dropbox.search import TooBroad, search
    from guong.portal import searchfile

    path, figures = folder / "search.sqlite3", {"search_pages": wanted}
    with timed(figures, "search_build_seconds"):
        searchfile.write(path, documents(wanted))
    figures["search_bytes"] = path.stat().st_size
    for name, ranked in (("newest", False), ("ranked", True)):
        seconds, broad = [], 0
        for number in range(ASKED):
            started = time.perf_counter()
            try:
                search(path, QUERIES[number % len(QUERIES)], 21, ranked=ranked)
            except TooBroad:
                broad += 1
            seconds.append(1000 * (time.perf_counter() - started))
        shares = statistics.quantiles(seconds, n=100)
        figures[f"search_{name}_p50_ms"] = round(shares[49], 2)
        figures[f"search_{name}_p99_ms"] = round(shares[98], 2)
        figures[f"search_{name}_given_up"] = broad
    return figures
