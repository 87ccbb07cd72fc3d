"""Everything that changes a story's way from draft to portal."""

import datetime
import io

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape
from wagtail.images.models import Image
from wagtail.models import PageLogEntry

from guong.core import calendar, journal, notices
from guong.core.languages import LANGUAGES, OTHERS
from guong.core.policies import require
from guong.core.vietnamese import format_number, slug
from guong.exemplars.cards import claim_cards
from guong.exemplars.models import Consent, Exemplar
from guong.guard import captions as guard
from guong.guard.files import Refused
from guong.units.models import User
from guong.units.selectors import holders

from . import content as contents
from .freezing import freeze
from .furniture import WORDS
from .models import Furniture, StoryApproval, StoryAuthor, StoryPage, StoryRecording
from .newsroom import shelf
from .uploads import Taken


@transaction.atomic
def start_story(*, exemplar: Exemplar, by: User) -> StoryPage:
    """A draft page stands in the newsroom with the facts filled in; only proven claims are used."""
    require(by, "publicity.start_story", exemplar)
    if not _has_consent(exemplar):
        raise ValidationError(
            "Chưa có sự đồng ý viết bài của người được nêu. Ghi nhận sự đồng ý trước."
        )
    page = StoryPage(
        title=exemplar.full_name,
        slug=_story_slug(exemplar),
        exemplar=exemplar,
        lead=exemplar.summary[:400],
        body=_facts(exemplar),
        byline=by.full_name,
        live=False,
        owner=by,
    )
    shelf().add_child(instance=page)
    page.save_revision(user=by)
    approval = StoryApproval.objects.create(page=page, exemplar=exemplar, slug=page.slug)
    StoryAuthor.objects.create(approval=approval, user=by)
    journal.record("publicity.story_started", approval, by=by, subject=exemplar)
    return page


@transaction.atomic
def start_version(*, page: StoryPage, lang: str, by: User) -> StoryPage:
    """A draft in another language stands beside the story, with its own approval to come."""
    page = StoryPage.objects.select_for_update().get(pk=page.original_id or page.pk)
    require(by, "publicity.start_version", page)
    if lang not in LANGUAGES or lang == page.lang:
        raise ValidationError({"lang": "Chọn một tiếng khác với tiếng của bài gốc."})
    if page.versions.filter(lang=lang).exists():
        raise ValidationError({"lang": f"Bài này đã có bản viết bằng «{LANGUAGES[lang]}»."})
    if not _has_consent(page.exemplar):
        raise ValidationError("Chưa có sự đồng ý còn hiệu lực của người được nêu.")
    draft = page.get_latest_revision_as_object()
    version = StoryPage(
        title=draft.title,
        slug=f"{page.slug[:110]}-{lang}",
        exemplar=page.exemplar,
        lang=lang,
        original=page,
        byline=by.full_name,
        picture=draft.picture,
        picture_source=draft.picture_source,
        live=False,
        owner=by,
    )
    shelf().add_child(instance=version)
    version.save_revision(user=by)
    approval = StoryApproval.objects.create(page=version, exemplar=page.exemplar, slug=version.slug)
    StoryAuthor.objects.create(approval=approval, user=by)
    journal.record("publicity.version_started", approval, by=by, subject=page.exemplar, lang=lang)
    return version


def _has_consent(exemplar: Exemplar) -> bool:
    """Both yeses a story needs: to be named and to be written about."""
    today = calendar.today()
    purposes = (Consent.Purpose.STORY, Consent.Purpose.NAME_PUBLICLY)
    return all(exemplar.consents.valid(today, purpose).exists() for purpose in purposes)


def _story_slug(exemplar: Exemplar) -> str:
    """An address that says who, and stays apart from every other."""
    return f"{slug(exemplar.full_name)[:80]}-{exemplar.pk}"


def _facts(exemplar: Exemplar) -> str:
    rows = []
    for card in claim_cards(exemplar):
        if card.is_proven:
            claim, numbers = card.claim, ""
            if claim.after is not None:
                before = f"từ {format_number(claim.before)} " if claim.before is not None else ""
                numbers = f" ({before}lên {format_number(claim.after)} {claim.measure})"
            rows.append(f"<li>{escape(claim.statement)}{escape(numbers)}</li>")
    return f"<p></p><h2>Việc đã làm</h2><ul>{''.join(rows)}</ul>" if rows else "<p></p>"


@transaction.atomic
def revise(*, page: StoryPage, by: User, picture: bytes = b"", **fields) -> StoryPage:
    """The draft's next revision: `fields` of StoryPage, and a new picture (JPEG bytes) if given."""
    require(by, "publicity.revise", page)
    for name, value in fields.items():
        setattr(page, name, value)
    if picture:
        drawing = Image(title=page.title[:200], uploaded_by_user=by)
        drawing.file = ImageFile(io.BytesIO(picture), name=f"{page.slug[:60]}.jpg")
        drawing.save()
        page.picture = drawing
    page.save_revision(user=by)
    journal.record("publicity.revised", page, by=by, subject=page.exemplar)
    return page


@transaction.atomic
def add_recording(
    *,
    page: StoryPage,
    taken: Taken,
    by: User,
    title: str,
    source: str,
    rights: str,
    transcript: str = "",
    captions: bytes = b"",
) -> StoryRecording:
    """The story has a sound with its words, or a film with captions; it counts as writing on it."""
    page = StoryPage.objects.select_for_update().get(pk=page.pk)
    require(by, "publicity.add_recording", page)
    is_film = taken.kind == StoryRecording.Kind.VIDEO
    if page.recordings.filter(file=taken.file).exists():
        raise ValidationError({"file": "Bài này đã có tệp ấy rồi."})
    if is_film and not captions:
        raise ValidationError(
            {"captions": "Phim cần tệp phụ đề, để người không nghe được cũng hiểu."}
        )
    if not is_film and not transcript.strip():
        raise ValidationError(
            {"transcript": "Âm thanh cần lời ghi lại, để người không nghe được đọc."}
        )
    recording = StoryRecording.objects.create(
        page=page,
        file=taken.file,
        kind=taken.kind,
        ending=taken.ending,
        width=taken.width,
        height=taken.height,
        title=title,
        source=source,
        rights=rights,
        transcript=transcript.strip(),
        captions=_captions(captions) if is_film else "",
        added_by=by,
        added_at=calendar.now(),
    )
    _touch(page, by)
    journal.record("publicity.recording_added", page, by=by, subject=page.exemplar)
    return recording


def _captions(content: bytes) -> str:
    try:
        return guard.written(guard.read(content))
    except Refused as refusal:
        raise ValidationError({"captions": str(refusal)}) from refusal


def _touch(page: StoryPage, by: User) -> None:
    """Whoever brings or takes a recording is an author as whoever writes: a revision says so."""
    page.get_latest_revision_as_object().save_revision(user=by)


@transaction.atomic
def remove_recording(*, recording: StoryRecording, by: User) -> StoryPage:
    """The next text sent for approval is without it; what is approved stays as it is."""
    page = StoryPage.objects.select_for_update().get(pk=recording.page_id)
    require(by, "publicity.remove_recording", page)
    page.recordings.filter(pk=recording.pk).delete()
    _touch(page, by)
    journal.record("publicity.recording_removed", page, by=by, subject=page.exemplar)
    return page


@transaction.atomic
def enter_furniture(*, lang: str, words: dict[str, str], speaker: str, by: User) -> Furniture:
    """What a named speaker has approved waits for a second person; an older waiting one is replaced."""
    require(by, "publicity.enter_furniture")
    if lang not in OTHERS:
        raise ValidationError("Không có tiếng này trong danh sách.")
    said = {key: words[key].strip() for key in WORDS if words.get(key, "").strip()}
    if not said:
        raise ValidationError("Chưa có chữ nào. Điền những chữ người nói tiếng ấy đã duyệt.")
    if not speaker.strip():
        raise ValidationError({"speaker": "Ghi rõ ai đã duyệt: họ tên, ở đâu."})
    waiting = Furniture.objects.select_for_update().waiting().filter(lang=lang).first()
    row = waiting or Furniture(lang=lang)
    row.words, row.speaker = said, speaker.strip()
    row.entered_by, row.entered_at = by, calendar.now()
    row.save()
    journal.record("publicity.furniture_entered", row, by=by, lang=lang)
    return row


@transaction.atomic
def confirm_furniture(*, furniture: Furniture, by: User) -> Furniture:
    """From the next release on, pages in this language carry these words."""
    furniture = Furniture.objects.select_for_update().get(pk=furniture.pk)
    require(by, "publicity.confirm_furniture", furniture)
    if furniture.confirmed_by_id:
        raise ValidationError("Đã có người xác nhận rồi.")
    furniture.confirmed_by, furniture.confirmed_at = by, calendar.now()
    furniture.save()
    journal.record("publicity.furniture_confirmed", furniture, by=by, lang=furniture.lang)
    return furniture


@transaction.atomic
def send_for_approval(*, page: StoryPage, by: User) -> StoryApproval:
    """The text as it stands is frozen and waits for a second person; the guard has looked at it."""
    page = StoryPage.objects.select_for_update().get(pk=page.pk)
    require(by, "publicity.send_for_approval", page)
    draft = page.get_latest_revision_as_object()
    approval = StoryApproval.objects.select_for_update().filter(page=page, state="writing").first()
    if approval is None:
        approval = StoryApproval(page=page, exemplar=page.exemplar, slug=page.slug)
        if page.approvals.filter(state=StoryApproval.State.CHECKING).exists():
            raise ValidationError("Bài này đang chờ duyệt rồi.")
        approval.save()
    content, used = freeze(draft, by)
    approval.content, approval.files = content, used
    approval.sha256 = contents.digest(content)
    approval.verdict = contents.look(content)
    old_state = approval.move_to(StoryApproval.State.CHECKING)
    approval.sent_by, approval.sent_at = by, calendar.now()
    approval.save()
    _record_authors(approval, page, by)
    journal.record(
        "publicity.sent_for_approval",
        approval,
        by=by,
        subject=page.exemplar,
        old=old_state,
        sha256=approval.sha256,
    )
    _tell_of_story(approval, by)
    return approval


def _tell_of_story(approval: StoryApproval, by: User) -> None:
    """Whoever may approve it: nobody who wrote a word of it."""
    people = [
        person
        for person in holders("editor", "secretariat")
        if person.has_perm("publicity.approve", approval)
    ]
    notices.tell(
        "publicity.sent_for_approval",
        approval,
        f"Bài «{approval}» chờ duyệt.",
        to=people,
        url=reverse("publicity:detail", args=[approval.pk]),
        subject=approval.exemplar,
        by=by,
    )


def _record_authors(approval: StoryApproval, page: StoryPage, by: User) -> None:
    """Everybody who saved a revision of the page, or touched it in the newsroom."""
    touched = {by.pk}
    touched |= set(page.revisions.exclude(user=None).values_list("user_id", flat=True))
    touched |= set(
        PageLogEntry.objects.filter(page_id=page.pk)
        .exclude(user=None)
        .exclude(action="wagtail.publish")
        .values_list("user_id", flat=True)
    )
    for user_id in touched:
        StoryAuthor.objects.get_or_create(approval=approval, user_id=user_id)


@transaction.atomic
def approve(*, approval: StoryApproval, by: User, override_reason: str = "") -> StoryApproval:
    """This very content may go on the portal; its approver wrote none of it."""
    approval = StoryApproval.objects.select_for_update().get(pk=approval.pk)
    require(by, "publicity.approve", approval)
    exemplar = approval.exemplar
    if not exemplar.is_recognised or exemplar.holds.filter(state="placed").exists():
        raise ValidationError("Hồ sơ không còn ở tình trạng được đăng.")
    if not _has_consent(exemplar):
        raise ValidationError("Chưa có sự đồng ý còn hiệu lực của người được nêu.")
    if contents.digest(approval.content) != approval.sha256:
        raise ValidationError("Nội dung đã khác lúc gửi duyệt. Trả bài và gửi duyệt lại.")
    # The guard of today, not of the day it was sent: it may have learnt since.
    approval.verdict = contents.look(approval.content)
    verdict = approval.verdict["verdict"]
    if verdict == "block":
        raise ValidationError("Lớp gác chặn bài này. Trả bài để sửa những chỗ đã chỉ ra.")
    if verdict == "hold" and not override_reason.strip():
        raise ValidationError(
            {"override_reason": "Lớp gác giữ bài này. Nêu lý do nếu vẫn cho qua."}
        )
    old_state = approval.move_to(StoryApproval.State.APPROVED)
    notices.settle("publicity.sent_for_approval", approval)
    approval.approved_by, approval.approved_at = by, calendar.now()
    approval.override_reason = override_reason
    approval.save()
    _replace_older(approval, by)
    journal.record(
        "publicity.approved",
        approval,
        by=by,
        subject=exemplar,
        text=override_reason,
        old=old_state,
        sha256=approval.sha256,
    )
    return approval


def _replace_older(approval: StoryApproval, by: User) -> None:
    """The page has one approved content; its date of release goes on counting."""
    older = approval.page.approvals.filter(state=StoryApproval.State.APPROVED)
    for row in older.exclude(pk=approval.pk):
        approval.released_on = approval.released_on or row.released_on
        row.move_to(StoryApproval.State.WITHDRAWN)
        row.withdraw_reason = f"Thay bằng bản duyệt #{approval.pk}"
        row.released_on = None  # counted once: with the content that stands
        row.save()
    approval.save()


@transaction.atomic
def send_back(*, approval: StoryApproval, by: User, reason: str) -> StoryApproval:
    """The story goes back to its writer, who is told what to mend."""
    approval = StoryApproval.objects.select_for_update().get(pk=approval.pk)
    require(by, "publicity.send_back", approval)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu cần sửa gì."})
    old_state = approval.move_to(StoryApproval.State.WRITING)
    approval.save()
    journal.record(
        "publicity.sent_back",
        approval,
        by=by,
        subject=approval.exemplar,
        text=reason,
        old=old_state,
    )
    notices.settle("publicity.sent_for_approval", approval)
    notices.tell(
        "publicity.sent_back",
        approval,
        f"Bài «{approval}» được trả lại, cần sửa.",
        to=filter(None, [approval.sent_by]),
        url=reverse("publicity:detail", args=[approval.pk]),
        subject=approval.exemplar,
        by=by,
    )
    return approval


@transaction.atomic
def withdraw(*, approval: StoryApproval, by: User, reason: str) -> StoryApproval:
    """The story may not be public any more; the next release, built at once, leaves it out."""
    approval = StoryApproval.objects.select_for_update().get(pk=approval.pk)
    require(by, "publicity.withdraw", approval)
    if not reason.strip():
        raise ValidationError({"reason": "Chưa nêu lý do gỡ."})
    old_state = approval.move_to(StoryApproval.State.WITHDRAWN)
    approval.withdrawn_on, approval.withdraw_reason = calendar.today(), reason
    approval.save()
    journal.record(
        "publicity.withdrawn",
        approval,
        by=by,
        subject=approval.exemplar,
        text=reason,
        old=old_state,
    )
    return approval


@transaction.atomic
def mark_released(*, approvals: list[StoryApproval], on: datetime.date, by: User) -> int:
    """The stories stand on the portal since that day; return how many did not stand there before.

    Called by portal when it publishes.
    """
    require(by, "publicity.mark_released")
    asked = StoryApproval.objects.filter(pk__in=[one.pk for one in approvals])
    rows = asked.filter(released_on=None).select_related("exemplar").only("exemplar__id")
    new = list(rows.select_for_update(of=("self",)))
    asked.filter(released_on=None).update(released_on=on)
    told = [(approval, approval.exemplar) for approval in new]
    journal.record_all("publicity.released", told, by=by)
    return len(new)
