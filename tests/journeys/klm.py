"""How long practised hands need: the keystroke-level model of Card, Moran and Newell, counted on a walk.

`Hands(visitor)` takes the visitor's own steps (`fill`, `paste`, `choose`, `pick`, `attach`, `press`,
`follow`, `open`), does them and counts. Left out, as in the model: composing what is written, waiting.
A text that comes out of Word or Zalo is pasted, and pasting is one key.
"""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from .visitor import Visitor

KEY, POINT, HOME, THINK = 0.28, 1.1, 0.4, 1.35  # seconds: K, P, H, M
PHONE = 640  # below this width the finger that points also types


def keys(text: str) -> int:
    """Keys of a text in Telex: one for each letter, each mark, the second d of đ, each capital."""
    letters = unicodedata.normalize("NFD", text)
    return len(letters) + sum(text.count(sign) for sign in "đĐ") + sum(map(str.isupper, text))


@dataclass
class Hands:
    """Somebody's hands at a visitor's window: pages met, keys, points, homings, thoughts."""

    visitor: Visitor
    keys: int = 0
    points: int = 0
    homings: int = 0
    thoughts: int = 0
    pages: list[str] = field(default_factory=list)
    _at_keys: bool = False

    def __post_init__(self):
        self.visitor.page.on("domcontentloaded", lambda page: self.pages.append(page.url))

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.points * POINT + self.homings * HOME + self.thoughts * THINK

    def __str__(self):
        return (
            f"{len(self.pages)} pages, {self.seconds:.0f} s "
            f"({self.keys} K, {self.points} P, {self.homings} H, {self.thoughts} M)"
        )

    # --- Operators ---
    def _point(self, *, thought: bool = True) -> None:
        """Think, bring the hand to where it points, and press there."""
        self.thoughts += thought
        self._move(to_keys=False)
        self.points += 1
        self.keys += 1

    def _type(self, count: int) -> None:
        self._move(to_keys=True)
        self.keys += count

    def _move(self, *, to_keys: bool) -> None:
        if self._at_keys != to_keys:
            self.homings += self.visitor.width >= PHONE
            self._at_keys = to_keys

    # --- Steps ---
    def fill(self, label: str, value: str) -> "Hands":
        self._point()
        self._type(keys(value))
        self.visitor.fill(label, value)
        return self

    def paste(self, label: str, value: str) -> "Hands":
        self._point()
        self._type(1)
        self.visitor.fill(label, value)
        return self

    def choose(self, label: str, option: str) -> "Hands":
        self._point()
        self._point(thought=False)  # the list is open: the eye runs down it
        self.visitor.choose(label, option)
        return self

    def pick(self, label: str) -> "Hands":
        self._point()
        self.visitor.pick(label)
        return self

    def attach(self, label: str, *files: Path) -> "Hands":
        """The button, each file, and «Open»."""
        self._point()
        for _ in (*files, "open"):
            self._point(thought=False)
        self.visitor.page.get_by_label(label).first.set_input_files(files)
        return self

    def press(self, name: str) -> "Hands":
        self._point()
        self.visitor.press(name)
        return self

    def follow(self, name: str) -> "Hands":
        self._point()
        self.visitor.follow(name)
        return self

    def open(self, place: str) -> "Hands":
        """A place of the navigation; on a phone the list is opened first."""
        self._point()
        if self.visitor.width < PHONE:
            self._point(thought=False)
        self.visitor.open(place)
        return self

    def sees(self, text: str) -> "Hands":
        """Reading costs nothing in the model; waiting is the machine's."""
        self.visitor.sees(text)
        return self
