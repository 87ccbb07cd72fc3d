"""A sound or film from outside becomes a stored one: walked by the guard, its labels gone."""

import io
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files import File

from guong.core import files
from guong.core.models import StoredFile
from guong.guard import recordings
from guong.guard.files import Refused
from guong.units.models import User


@dataclass(frozen=True)
class Taken:
    """What was kept, and what it is."""

    file: StoredFile
    kind: str
    ending: str
    width: int
    height: int


def take_in(upload: File, *, by: User) -> Taken:
    """Keep an uploaded sound or film. Raises ValidationError, beside the field, saying what to do."""
    try:
        found = recordings.cleaned(upload)
    except Refused as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal
    name = PurePath(upload.name or "").stem + found.ending
    stored = files.store(io.BytesIO(found.body), name=name, content_type=found.content_type, by=by)
    return Taken(stored, found.kind, found.ending, found.width, found.height)
