"""How well the guard does: `python -m guong.guard.measure [--misses]`.

Two sets: texts written by hand, never used for training, and generated ones (composing.py). The attacks
are made here on the clean texts (attacks.py). The bars are those of the catalogue of attacks; they
apply to the texts written by hand. docs/guard.md tells the figures.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import attacks, composing, scorer
from .gazetteer import default

UNSEEN = Path(__file__).parent / "tests" / "texts" / "unseen"
SEED = 1526
DRAWS = 5  # attacked versions of each text
MADE = 60, 20  # generated texts, plain and hard
OFFER = "Nạp tiền lần đầu nhận thưởng, link vào Bến Vàng Palace mới nhất hôm nay"
Texts = dict[str, dict[str, str]]  # «plain», «hard» → name → text


@dataclass(frozen=True)
class Figure:
    """One row: how many of how many, and the bar: a least share that is caught, or a most share of
    clean texts that are held."""

    name: str
    hits: int
    of: int
    at_least: float | None = None
    at_most: float | None = None

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def is_met(self) -> bool:
        if self.at_least is not None:
            return self.share >= self.at_least
        return self.share <= (self.at_most or 0.0)

    def __str__(self):
        asked = f"≥ {self.at_least:.2f}" if self.at_least is not None else f"≤ {self.at_most:.2f}"
        missed = "" if self.is_met else "  HỤT"
        return f"{self.name:<36} {self.hits:>4}/{self.of:<4} {self.share:>6.3f}  {asked}{missed}"


def written() -> Texts:
    """The hand-written texts, by kind and name."""
    return {
        kind: {path.stem: path.read_text("utf-8") for path in sorted(UNSEEN.glob(f"{kind}-*.txt"))}
        for kind in ("plain", "hard")
    }


def generated() -> Texts:
    """The generated texts, by kind and name."""
    return {
        kind: {
            f"{kind}-{number}": text
            for number, text in enumerate(composing.texts(kind, many, SEED), 1)
        }
        for kind, many in zip(("plain", "hard"), MADE, strict=True)
    }


def is_held(text: str) -> bool:
    return scorer.check(text, default()).verdict != scorer.PASS


def caught(
    name: str,
    texts: dict[str, str],
    attack: Callable[[str, random.Random], str],
    at_least: float,
) -> Figure:
    """How many attacked versions are held, of those that the attack changed."""
    draw = random.Random(SEED)  # noqa: S311 (figures that can be repeated, no secret)
    made = [
        attacked
        for text in texts.values()
        for _ in range(DRAWS)
        if (attacked := attack(text, draw)) != text
    ]
    return Figure(name, sum(map(is_held, made)), len(made), at_least=at_least)


def hidden(how: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """One hijacked sentence in the middle, written so that filters do not read it."""

    def attack(text: str, draw: random.Random) -> str:
        sentences = text.split(". ")
        sentences.insert(len(sentences) // 2, how(OFFER, draw))
        return ". ".join(sentences)

    return attack


def figures(texts: Texts) -> Iterator[Figure]:
    """Rows 2 to 7 of the catalogue of attacks, in its order."""
    plain = texts["plain"]
    for share, label in ((1.0, "mọi chỗ"), (0.5, "nửa số chỗ")):
        yield caught(f"2 thay chữ, {label}", plain, partial(attacks.substitute, share=share), 0.80)
    yield caught("2 thay chữ, một chỗ", plain, attacks.substitute, 0.50)
    for rate, asked in ((0.3, 0.98), (0.1, 0.90), (0.03, 0.60)):
        yield caught(f"3 bẻ dấu {rate:.0%}", plain, partial(attacks.mutate, rate=rate), asked)
    yield caught("4 dính chữ, thêm từ khoá vô hại", plain, attacks.glue, 0.97)
    for how, label in (
        (attacks.zero_width, "ký tự không thấy"),
        (attacks.look_alike, "chữ giả"),
        (attacks.spell_out, "tách chữ"),
        (attacks.decomposed, "tổ hợp rời (NFD)"),
        (attacks.coded, "mã thực thể"),
    ):
        yield caught(f"5 ẩn chữ: {label}", plain, hidden(how), 0.95)
    yield caught("6 liên kết giấu, nơi lạ", plain, attacks.hidden_link, 0.99)
    yield from false_alarms(texts)


def false_alarms(texts: Texts) -> Iterator[Figure]:
    """Clean texts that are held or blocked: the price of everything above."""
    for kind, label, most in (("plain", "bài thường", 0.02), ("hard", "bài khó", 0.05)):
        found = [scorer.check(text, default()).verdict for text in texts[kind].values()]
        held = sum(one != scorer.PASS for one in found)
        yield Figure(f"7 giữ nhầm {label}", held, len(found), at_most=most)
        yield Figure(f"7 chặn nhầm {label}", found.count(scorer.BLOCK), len(found), at_most=0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo lớp gác trên bài viết tay và bài sinh ra.")
    parser.add_argument("--misses", action="store_true", help="in các bài sạch bị giữ nhầm")
    options = parser.parse_args()
    for label, texts in (("Bài viết tay", written()), ("Bài sinh ra", generated())):
        print(label)  # noqa: T201
        for figure in figures(texts):
            print(f"  {figure}", flush=True)  # noqa: T201
        for kind in texts if options.misses else ():
            for name, text in texts[kind].items():
                for reason in scorer.check(text, default()).reasons:
                    print(f"{name}: {reason.code} «{reason.text}» {reason.message}")  # noqa: T201


if __name__ == "__main__":
    main()
