"""Two people in one draft: a box is saved only over the words its writer has seen."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from guong.core import calendar
from guong.units.models import User

from .models import GuidedDraft

CHOICE = "choice-"  # begins the name of the question which of two texts stays


@dataclass(frozen=True)
class Clash:
    """A box somebody else has saved since this writer opened the page, and both have changed."""

    name: str
    theirs: object
    by: User
    at: str  # «10:32 ngày 26/11/2026»

    @property
    def sign(self) -> str:
        return sign_of(self.theirs)


@dataclass(frozen=True)
class Kept:
    """The draft as it stands now, and the boxes that were left as somebody else wrote them."""

    draft: GuidedDraft
    clashes: list[Clash]


def sign_of(value) -> str:
    """Twelve signs by which what stands in a box is known; line ends and outer blanks do not count."""
    words = ",".join(sorted(map(str, value))) if isinstance(value, list) else str(value or "")
    plain = "\n".join(words.splitlines()).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def parted(
    draft: GuidedDraft, by: User, answers: dict, seen: dict[str, str]
) -> tuple[dict, list[str]]:
    """Which answers may be written, and in which boxes two people have written.

    `seen`: box → sign of what stood in it when the page was opened; a box not named was empty. A box
    this writer has left alone keeps what somebody else has written there meanwhile.
    """
    free, both = {}, []
    for name, value in answers.items():
        mine, stands = sign_of(value), sign_of(draft.answers.get(name))
        before = seen.get(name, sign_of(""))
        is_own = draft.written.get(name, [by.pk])[0] == by.pk
        if is_own or stands in (before, mine):
            free[name] = value
        elif mine != before:
            both.append(name)
    return free, both


def clashes_of(draft: GuidedDraft, names: list[str]) -> list[Clash]:
    """What somebody else has written in these boxes, with who and when."""
    stamps = {name: draft.written[name] for name in names}
    people = User.objects.in_bulk([by for by, at in stamps.values()])
    return [
        Clash(name, draft.answers.get(name, ""), people[by], at)
        for name, (by, at) in stamps.items()
    ]


def stamp(by: User) -> list:
    """Who writes in a box, and when, as it is kept beside the answers."""
    return [by.pk, f"{timezone.localtime(calendar.now()):%H:%M ngày %d/%m/%Y}"]


# --- On the page ----------------------------------------------------------------
def seen_in(asked: list[forms.Form], unseen: dict[str, str] | None = None) -> str:
    """What the page shows now, for its form to bring back; `unseen`: boxes known by an older sign."""
    signs = {
        bound.name: sign_of(bound.field.widget.format_value(bound.value()))
        for form in asked
        for bound in form
    }
    return _joined(signs | (unseen or {}))


def seen_after(answers: dict, before: dict[str, str], clashes: list[Clash]) -> str:
    """What a page that stays open shows once these answers were kept."""
    signs = {name: sign_of(value) for name, value in answers.items()}
    return _joined(signs | {one.name: before.get(one.name, "") for one in clashes})


def _joined(signs: dict[str, str]) -> str:
    return " ".join(f"{name}={sign}" for name, sign in signs.items())


def seen_by(data) -> dict[str, str]:
    """What the writer had before their eyes: as the page was opened, or shown beside their own words."""
    seen = dict(pair.split("=", 1) for pair in data.get("seen", "").split() if "=" in pair)
    for name, value in data.items():
        choice, _, sign = value.partition(":")
        if name.startswith(CHOICE) and choice == "mine":
            seen[name.removeprefix(CHOICE)] = sign
    return seen


def given_up(data) -> set[str]:
    """The boxes in which the writer lets the other's words stand."""
    return {
        name.removeprefix(CHOICE)
        for name, value in data.items()
        if name.startswith(CHOICE) and value.startswith("theirs")
    }


def in_words(field: forms.Field, value) -> str:
    """What stands in a box, as its page would say it."""
    values = value if isinstance(value, list) else [value]
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(labels.get(str(one), str(one)) for one in values if one not in ("", None))
