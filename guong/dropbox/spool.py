"""Files a visitor sent, on their way to the office. Nothing here has an address."""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from guong.core.vietnamese import clean_line

from . import places

MOST_FILES = 4
LARGEST_FILE = 8 * 1024 * 1024
# What stands at the beginning of a file, whatever its name says: (where, bytes, kind).
BEGINNINGS = [
    (0, b"\xff\xd8\xff", "image"),  # JPEG
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (8, b"WEBP", "image"),
    (4, b"ftypheic", "image"),
    (4, b"ftypheix", "image"),
    (4, b"ftypmif1", "image"),
    (4, b"ftypM4A", "audio"),
    (4, b"ftypmp42", "audio"),
    (4, b"ftypisom", "audio"),
    (4, b"ftypiso5", "audio"),  # as Safari records
    (4, b"ftypiso6", "audio"),
    (4, b"ftyp3gp", "audio"),
    (8, b"WAVE", "audio"),
    (0, b"ID3", "audio"),
    (0, b"\xff\xfb", "audio"),
    (0, b"\xff\xf3", "audio"),
    (0, b"OggS", "audio"),
    (0, b"#!AMR", "audio"),
    (0, b"\x1aE\xdf\xa3", "audio"),  # WebM, as phones record
]


@dataclass(frozen=True)
class Kept:
    """One file in the spool, as the row names it."""

    name: str  # as the visitor's phone called it
    spool: str  # its name in the spool
    size: int
    sha256: str
    kind: str  # "image" or "audio"; the office looks again before anybody opens it


class Sized(FileUploadHandler):
    """Stops reading a file that is too large, and goes on: the words typed beside it are kept."""

    def __init__(self, request=None):
        super().__init__(request)
        self.too_large: list[str] = []
        self.size = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if self.size > LARGEST_FILE:
            self.too_large.append(clean_line(self.file_name or "")[:80])
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # the next handler keeps the bytes


def kind_of(file: UploadedFile) -> str:
    """ "image", "audio", or nothing when the beginning is of no kind we take."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    matching = (kind for at, sign, kind in BEGINNINGS if head[at : at + len(sign)] == sign)
    return next(matching, "")


def hash_of(file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def keep(key: uuid.UUID, files: Iterable[UploadedFile]) -> list[dict]:
    """Put the files into the spool under the submission's id; the same ones twice are the same."""
    folder = places.spool()
    folder.mkdir(parents=True, exist_ok=True, mode=0o730)
    kept = []
    for number, file in enumerate(files, start=1):
        name = f"{key.hex}-{number}"
        _write(folder / name, file)
        shown = clean_line(file.name or "")[:120] or "tep"
        kept.append(asdict(Kept(shown, name, file.size or 0, hash_of(file), kind_of(file))))
    return kept


def _write(target, file: UploadedFile) -> None:
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(beside, 0o640)
        os.replace(beside, target)
    except OSError:
        os.unlink(beside)
        raise
