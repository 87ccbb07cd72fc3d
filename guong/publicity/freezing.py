"""From a draft to what is approved: the words as they stand, every file made anew and kept by hash."""

import io

from django.core.exceptions import ValidationError
from wagtail.images.models import Image

from guong.core import files
from guong.guard import pictures
from guong.guard.files import Refused
from guong.units.models import User

from . import content as contents
from .models import StoryPage, StoryRecording


def freeze(draft: StoryPage, by: User) -> tuple[dict, dict]:
    """The canonical content of a draft and the files it uses, by name. Raises ValidationError."""
    recordings = list(draft.recordings.select_related("file").order_by("pk"))
    errors = [*_missing(draft), *_missing_of_steps(draft), *_missing_of_films(draft, recordings)]
    if errors:
        raise ValidationError(errors)
    picture = _picture(draft.picture, draft.picture_alt, draft.picture_source, by)
    steps = tuple(
        contents.Step(
            step.value["text"].strip(),
            _picture(
                step.value["picture"], step.value["picture_alt"], step.value["picture_source"], by
            ),
        )
        for step in draft.steps
    )
    content = contents.Content(
        title=draft.title.strip(),
        lead=draft.lead.strip(),
        body=contents.clean(draft.body),
        byline=draft.byline.strip(),
        exemplar=draft.exemplar_id,
        lang=draft.lang,
        family=draft.family,
        picture=picture,
        steps=steps,
        recordings=tuple(map(_recording, recordings)),
    )
    named = {"picture": picture.sha256}
    named |= {f"step-{number}": step.picture.sha256 for number, step in enumerate(steps, start=1)}
    named |= {
        f"recording-{number}": one.sha256 for number, one in enumerate(content.recordings, start=1)
    }
    return content.as_dict(), {name: sha256 for name, sha256 in named.items() if sha256}


def _missing(draft: StoryPage) -> list[str]:
    errors = []
    if not draft.lead.strip():
        errors.append("Chưa có sapo.")
    if len(contents.clean(draft.body)) < 40:
        errors.append("Bài chưa có nội dung.")
    if draft.picture and not (draft.picture_alt.strip() and draft.picture_source.strip()):
        errors.append("Ảnh cần mô tả và nguồn.")
    return errors


def _missing_of_steps(draft: StoryPage) -> list[str]:
    return [
        f"Bước {number}: ảnh cần mô tả và nguồn."
        for number, step in enumerate(draft.steps, start=1)
        if step.value["picture"]
        and not (step.value["picture_alt"].strip() and step.value["picture_source"].strip())
    ]


def _missing_of_films(draft: StoryPage, recordings: list[StoryRecording]) -> list[str]:
    films = [one for one in recordings if one.kind == StoryRecording.Kind.VIDEO]
    agreed = draft.exemplar.consents.to_pictures()
    if films and not agreed.exists():
        return ["Có phim mà chưa có sự đồng ý đăng ảnh của người được nêu."]
    return []


def _picture(image: Image | None, alt: str, source: str, by: User) -> contents.Picture:
    """The picture made anew, without what it says of place and camera."""
    if image is None:
        return contents.Picture()
    with image.file.open("rb") as original:
        try:
            body, content_type, _size = pictures.reencode(io.BytesIO(original.read()))
        except Refused as refusal:
            raise ValidationError(f"Ảnh «{image.title}»: {refusal}") from refusal
    stored = files.store(
        io.BytesIO(body), name=f"{image.title}.jpg", content_type=content_type, by=by
    )
    return contents.Picture(stored.sha256, alt.strip(), source.strip())


def _recording(row: StoryRecording) -> contents.Recording:
    return contents.Recording(
        kind=row.kind,
        sha256=row.file.sha256,
        content_type=row.file.content_type,
        ending=row.ending,
        title=row.title,
        source=row.source,
        rights=row.rights,
        transcript=row.transcript,
        captions=row.captions,
        width=row.width,
        height=row.height,
    )
