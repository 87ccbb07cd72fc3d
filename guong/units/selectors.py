"""Who is meant by what somebody typed before they are known."""

import re

from guong.core.vietnamese import fold

from .models import Unit, User


def account_named(username: str) -> User | None:
    """The account of that name, whoever asks; pages must answer the same for known and unknown."""
    return User.objects.filter(username=username.strip().lower()).first()


def under_other_names(text: str) -> list[str]:
    """The text with every renamed or merged unit it names called by its other names; folded."""
    said, found = fold(text), []
    for unit in Unit.objects.exclude(predecessors=[]):
        names = [fold(name) for name in (unit.name, *unit.former_names())]
        for name in names:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
                found += [said.replace(name, other) for other in names if other != name]
    return found
