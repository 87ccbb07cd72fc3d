"""What is appended: a submission (its files, then its row), a reading. Nothing is ever read back."""

import json
import logging
import uuid

from django.db import DatabaseError, IntegrityError, router, transaction
from django.utils.crypto import salted_hmac

from . import spool
from .codes import code_of
from .models import Hit, Submission

log = logging.getLogger(__name__)


class NotKept(Exception):
    """The row or its files could not be written. A file without a row is swept away by the office:

    taken away here, it might be the file of the same words sent a moment before.
    """


def submit(form: str, payload: dict[str, str], files: list) -> str:
    """Keep what was sent and return its code.

    The id is a keyed hash of the content: two clicks, or F5 on the answer, make one row and the same
    page, although this side may not look whether it has the row already.
    """
    key = _key(form, payload, [spool.hash_of(file) for file in files])
    code = code_of(form, key)
    try:
        kept = spool.keep(key, files)
        with transaction.atomic(using=router.db_for_write(Submission)):
            Submission.objects.create(id=key, form=form, code=code, payload=payload, files=kept)
    except IntegrityError:
        return code  # it is here already
    except (DatabaseError, OSError) as trouble:
        raise NotKept(form) from trouble
    return code


def count(page: str) -> None:
    """One more reading of a page. When it cannot be written it is lost: the reader has no part in it."""
    try:
        with transaction.atomic(using=router.db_for_write(Hit)):
            Hit.objects.create(page=page)
    except DatabaseError as trouble:
        log.warning("a reading was not counted: %r", trouble)


def _key(form: str, payload: dict[str, str], hashes: list[str]) -> uuid.UUID:
    content = json.dumps([form, payload, hashes], ensure_ascii=False, sort_keys=True)
    digest = salted_hmac("guong.dropbox", content, algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)
