"""A file from outside becomes a stored one: looked at by the guard, pictures made anew."""

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from guong.core import files
from guong.core.models import StoredFile
from guong.guard import attachments, pictures
from guong.units.models import User

LARGEST = 20 * 1024 * 1024


def take_in(upload: UploadedFile, *, by: User, field: str = "file") -> StoredFile:
    """Keep an uploaded file. Raises ValidationError, beside `field`, saying what to do."""
    try:
        content_type = _accepted(upload)
        if content_type.startswith("image/"):
            return _picture(upload, by)
    except attachments.Refused as refusal:
        raise ValidationError({field: str(refusal)}) from refusal
    return files.store(upload, name=upload.name, content_type=content_type, by=by)


def take_in_picture(upload: UploadedFile, *, by: User) -> StoredFile:
    """Keep an uploaded file that must be a picture. Raises ValidationError."""
    try:
        if not _accepted(upload).startswith("image/"):
            raise attachments.Refused("Chỉ nhận ảnh JPG, PNG hoặc WebP.")
        return _picture(upload, by)
    except attachments.Refused as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal


def _accepted(upload: UploadedFile) -> str:
    if upload.size > LARGEST:
        raise attachments.Refused("Tệp lớn hơn 20 MB. Giảm cỡ rồi gửi lại.")
    head = upload.read(4096)
    upload.seek(0)
    return attachments.accept(upload.name, head)


def _picture(upload: UploadedFile, by: User) -> StoredFile:
    made, content_type, _size = pictures.reencode(upload)
    name = PurePath(upload.name).stem + "." + content_type.rpartition("/")[2]
    return files.store(io.BytesIO(made), name=name, content_type=content_type, by=by)
