"""Files by hash, outside any web root, reached only through the permission of their owner."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse

from . import journal
from .models import StoredFile
from .vietnamese import clean_line

OPENED = "core.file_opened"  # registered by the room that knows who may read such lines


@dataclass(frozen=True)
class Owner:
    """A kind of record files hang on: who may open them, and whether opening leaves a line."""

    may_read: Callable
    is_restricted: bool


OWNERS: dict[str, Owner] = {}


def owner(label: str, may_read: Callable, *, is_restricted: bool = True) -> None:
    """A room tells who may open its files: `may_read(user, file) -> bool`.

    Opening a restricted one is journalled; what everybody is to see (a picture) is not.
    """
    OWNERS[label] = Owner(may_read, is_restricted)


def place(sha256: str) -> Path:
    return settings.HOME / "evidence" / sha256[:2] / sha256


def safe_name(name: str) -> str:
    """A display name without paths, controls or direction marks; never empty."""
    tail = re.split(r"[\\/]", clean_line(name))[-1].strip(". ")
    return tail[-200:] or "tep"


def store(file: BinaryIO, *, name: str, content_type: str, by) -> StoredFile:
    """Keep the bytes under their hash and return the row; the same bytes twice are one file."""
    folder = settings.HOME / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    hasher, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix="part-")
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := file.read(1 << 16):
                hasher.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        sha256 = hasher.hexdigest()
        target = place(sha256)
        target.parent.mkdir(exist_ok=True)
        os.chmod(temporary, 0o400)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": safe_name(name),
            "content_type": content_type,
            "size": size,
            "added_by": by,
        },
    )
    return stored


def may_read(user, file: StoredFile) -> bool:
    """Whether any record that owns the file lets this person see it."""
    return bool(_owners_that_allow(user, file))


def _owners_that_allow(user, file: StoredFile) -> list[Owner]:
    return [owner for owner in OWNERS.values() if owner.may_read(user, file)]


def serve(user, file: StoredFile) -> FileResponse:
    """The file as a download. Raises PermissionDenied unless an owning record allows it.

    Who opened a restricted file stands in the journal, before a byte of it leaves.
    """
    allowing = _owners_that_allow(user, file)
    if not allowing:
        raise PermissionDenied("core.file")
    if all(owner.is_restricted for owner in allowing):
        journal.record(OPENED, file, by=user)
    response = FileResponse(
        place(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def forget(file: StoredFile) -> bool:
    """Take away the row and its bytes, unless some record still holds the file; True when gone.

    Inside a transaction; the bytes go after it.
    """
    holders = [
        field
        for field in StoredFile._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and field.one_to_many
    ]
    if any(
        one.related_model._base_manager.filter(**{one.field.name: file}).exists() for one in holders
    ):
        return False
    sha256 = file.sha256
    file.delete()
    transaction.on_commit(lambda: _unlink(sha256))
    return True


def _unlink(sha256: str) -> None:
    # Somebody may have brought the same bytes again meanwhile.
    if not StoredFile.objects.filter(sha256=sha256).exists():
        place(sha256).unlink(missing_ok=True)
