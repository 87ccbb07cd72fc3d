"""What the shipped surprise model has read: words and sentences written for it, and the familiar texts.

Never the texts the guard is measured on. `python -m guong.guard.training` makes the file anew.
"""

from pathlib import Path

from ..gazetteer import lines
from ..surprise import Model

ROOM = Path(__file__).parent
FAMILIAR = ROOM.parent / "tests" / "texts" / "familiar"


def sources() -> list[Path]:
    """Every file that is read, beside the table of bound syllables."""
    return [ROOM / "words.txt", ROOM / "prose.txt", *sorted(FAMILIAR.glob("*.txt"))]


def model() -> Model:
    """The shipped model, made from its sources."""
    made = Model()
    for path in sources():
        written = path.read_text("utf-8").splitlines()
        made.read("\n".join(line for line in written if not line.startswith("#")))
    for line in lines("pairs.txt"):
        for words in _bound(line):
            made.read(words)
    return made


def _bound(line: str) -> list[str]:
    """«tăng cường», «cường độ» of one line of the table of bound syllables."""
    name, _, partners = line.lstrip("!").partition(":")
    before, _, after = partners.partition("|")
    return [f"{word} {name}" for word in before.split()] + [
        f"{name} {word}" for word in after.split()
    ]
