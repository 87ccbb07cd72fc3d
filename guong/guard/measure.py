"""How well the guard does on the texts written by hand: `python -m guong.guard.measure [--misses]`.

The attacks are made here on clean texts (attacks.py); the texts were not used when the rules were
written. What each row asks for is in docs and in the table of figures this prints.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import attacks, scorer
from .gazetteer import default

TEXTS = Path(__file__).parent / "tests" / "texts" / "unseen"
SEED = 1526
DRAWS = 5  # attacked versions of each text


@dataclass(frozen=True)
class Figure:
    """One row: how many of how many, and what was asked for."""

    name: str
    hits: int
    of: int
    asked: str

    def __str__(self):
        share = self.hits / self.of if self.of else 0
        return f"{self.name:<46} {self.hits:>4}/{self.of:<4} {share:>6.3f}  {self.asked}"


def texts(kind: str) -> dict[str, str]:
    """The hand-written texts of one kind («plain», «hard»), by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(TEXTS.glob(f"{kind}-*.txt"))}


def is_held(text: str) -> bool:
    return scorer.check(text, default()).verdict != scorer.PASS


def caught(
    name: str, attack: Callable[[str, random.Random], str], asked: str, kind="plain"
) -> Figure:
    """How many attacked versions are held, of those that the attack changed."""
    draw = random.Random(SEED)  # noqa: S311 (figures that can be repeated, no secret)
    made = [
        attacked
        for text in texts(kind).values()
        for _ in range(DRAWS)
        if (attacked := attack(text, draw)) != text
    ]
    return Figure(name, sum(map(is_held, made)), len(made), asked)


def hidden(name: str, how: Callable[[str, random.Random], str]) -> Figure:
    """One hijacked sentence in the middle, written so that filters do not read it."""

    def attack(text: str, draw: random.Random) -> str:
        sentences = text.split(". ")
        sentences.insert(len(sentences) // 2, how(OFFER, draw))
        return ". ".join(sentences)

    return caught(f"5 ẩn chữ: {name}", attack, "≥ 0.95")


OFFER = "Nạp tiền lần đầu nhận thưởng, link vào Bến Vàng Palace mới nhất hôm nay"


def figures() -> Iterator[Figure]:
    """All rows, in the order of the catalogue of attacks."""
    for share, label in ((1.0, "mọi chỗ"), (0.5, "nửa số chỗ")):
        yield caught(f"2 thay chữ, {label}", partial(attacks.substitute, share=share), "≥ 0.80")
    yield caught("2 thay chữ, một chỗ", attacks.substitute, "≥ 0.50")
    for rate, asked in ((0.3, "≥ 0.98"), (0.1, "≥ 0.90"), (0.03, "≥ 0.60")):
        yield caught(f"3 bẻ dấu {rate:.0%}", partial(attacks.mutate, rate=rate), asked)
    yield caught("4 dính chữ, thêm từ khoá vô hại", attacks.glue, "≥ 0.97")
    yield hidden("ký tự không thấy", attacks.zero_width)
    yield hidden("chữ giả", attacks.look_alike)
    yield hidden("tách chữ", attacks.spell_out)
    yield hidden("tổ hợp rời (NFD)", attacks.decomposed)
    yield hidden("mã thực thể", attacks.coded)
    yield caught("6 liên kết giấu, nơi lạ", attacks.hidden_link, "≥ 0.99")
    yield from false_alarms()


def false_alarms() -> Iterator[Figure]:
    """Clean texts that are held or blocked: the price of everything above."""
    for kind, label, asked in (("plain", "bài thường", "≤ 0.02"), ("hard", "bài khó", "≤ 0.05")):
        found = [scorer.check(text, default()).verdict for text in texts(kind).values()]
        held = sum(one != scorer.PASS for one in found)
        yield Figure(f"7 giữ nhầm {label}", held, len(found), asked)
        yield Figure(f"7 chặn nhầm {label}", found.count(scorer.BLOCK), len(found), "0")


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo lớp gác trên các bài viết tay.")
    parser.add_argument("--misses", action="store_true", help="in các bài sạch bị giữ nhầm")
    options = parser.parse_args()
    for figure in figures():
        print(figure, flush=True)  # noqa: T201
    if options.misses:
        for kind in ("plain", "hard"):
            for name, text in texts(kind).items():
                for reason in scorer.check(text, default()).reasons:
                    print(f"{name}: {reason.code} «{reason.text}» {reason.message}")  # noqa: T201


if __name__ == "__main__":
    main()
