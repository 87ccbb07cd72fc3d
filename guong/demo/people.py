"""Invented names and deeds of real shapes; no real person stands here."""

import csv
import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

KINH_FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô"]
KINH_MIDDLE = ["Thị Mẫu", "Văn Mẫu", "Mẫu Hồng", "Mẫu Xuân", "Mẫu Thanh", "Mẫu Minh"]
KINH_GIVEN = [
    "An",
    "Bích",
    "Cường",
    "Dung",
    "Đào",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Nga",
    "Phúc",
    "Quyên",
    "Sang",
    "Tâm",
    "Uyên",
    "Vinh",
    "Yến",
]
JRAI_CLAN = ["Rơ Châm", "Siu", "Ksor", "Nay", "Kpă", "Rơ Mah", "Rah Lan"]
JRAI_GIVEN = ["H'Bliu", "H'Wiêm", "Bleng", "Thiưn", "Toal", "Kơi", "H'Ban", "Blơi"]
BAHNAR = ["Nul", "Wớch", "Đinh Nul", "Đinh Blưi", "A Hưl", "Y Liêm"]
EDE = ["Y Ngăm Niê Kriêng", "H'Nguê Êban", "Y Thao Niê", "H'Blêm Buôn Yă"]
VILLAGES = ["làng Ghè", "làng Lang", "thôn 4", "làng Bi", "thôn An Hòa", "tổ 7", "làng Sung"]


@dataclass(frozen=True)
class Deed:
    """Something done: what it is, how it is counted, from and to; what a model of it, and those who
    do it together, are called."""

    field: str
    occupation: str
    labour: str
    statement: str
    second: str
    measure: str
    low: int
    high: int
    summary: str
    scene: str
    model: str
    collective: str


def _deeds() -> list[Deed]:
    """Four of each field, in turns: neighbours in a list have done different things."""
    with (Path(__file__).parent / "data" / "deeds.csv").open(newline="", encoding="utf-8") as file:
        return [
            Deed(**row | {"low": int(row["low"]), "high": int(row["high"])})
            for row in csv.DictReader(file)
        ]


DEEDS = _deeds()


@dataclass(frozen=True)
class Somebody:
    """One invented exemplar."""

    kind: str
    name: str
    birth_year: int | None
    residence: str
    deed: Deed
    before: Decimal
    after: Decimal

    @property
    def is_a_person(self) -> bool:
        return self.kind in ("individual", "household")


def somebody(draw: random.Random, number: int) -> Somebody:
    """An invented exemplar; the kinds come in the proportions a province knows."""
    deed = DEEDS[number % len(DEEDS)]
    kind = draw.choices(["individual", "household", "collective", "model"], [6, 1, 2, 1])[0]
    village = draw.choice(VILLAGES)
    return Somebody(
        kind=kind,
        name=_name(draw, kind, village, deed, number),
        birth_year=draw.randint(1955, 2000) if kind == "individual" else None,
        residence=village,
        deed=deed,
        before=Decimal(deed.low + draw.randint(0, deed.low)),
        after=Decimal(deed.high - draw.randint(0, deed.low)),
    )


def _name(draw, kind, village, deed, number) -> str:
    if kind == "collective":
        return deed.collective.format(v=village, n=number + 1)
    if kind == "model":
        return f"Mô hình «{deed.model}» {village}"
    person = draw.choices(
        [
            f"{draw.choice(KINH_FAMILY)} {draw.choice(KINH_MIDDLE)} {draw.choice(KINH_GIVEN)}",
            f"{draw.choice(JRAI_CLAN)} {draw.choice(JRAI_GIVEN)}",
            draw.choice(BAHNAR),
            draw.choice(EDE),
        ],
        [5, 4, 2, 1],
    )[0]
    return f"Hộ {person}" if kind == "household" else person
