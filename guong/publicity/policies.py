"""Who may write, look at, approve and take down a story."""

import rules

from guong.core import files, journal, notices
from guong.exemplars import policies as exemplars
from guong.exemplars.models import Exemplar
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import StoryApproval

is_editor = has_function("editor")
is_secretariat = has_function("secretariat")


@rules.predicate
def exemplar_is_recognised(user, exemplar):
    return exemplar is not None and exemplar.is_recognised


@rules.predicate
def sees_exemplar(user, exemplar):
    return (
        exemplar is not None and Exemplar.objects.visible_to(user).filter(pk=exemplar.pk).exists()
    )


@rules.predicate
def sees(user, approval):
    return (
        approval is not None
        and StoryApproval.objects.visible_to(user).filter(pk=approval.pk).exists()
    )


@rules.predicate
def wrote_none_of_it(user, approval):
    # Four eyes: nobody approves a text of which they wrote a word.
    return (
        approval is not None
        and not user.is_system
        and approval.sent_by_id != user.pk
        and not approval.authors.filter(user=user).exists()
    )


@rules.predicate
def did_not_enter(user, furniture):
    # Four eyes: what stands on every page of a language is looked at by a second person.
    return furniture is None or (not user.is_system and furniture.entered_by_id != user.pk)


rules.add_perm("publicity.start_story", is_editor & sees_exemplar & exemplar_is_recognised)
rules.add_perm("publicity.revise", is_editor)
rules.add_perm("publicity.start_version", is_editor)
rules.add_perm("publicity.add_recording", is_editor)
rules.add_perm("publicity.remove_recording", is_editor)
rules.add_perm("publicity.enter_furniture", is_editor | is_secretariat)
rules.add_perm("publicity.confirm_furniture", (is_editor | is_secretariat) & did_not_enter)
rules.add_perm("publicity.send_for_approval", is_editor)
rules.add_perm("publicity.approve", (is_editor | is_secretariat) & sees & wrote_none_of_it)
rules.add_perm("publicity.send_back", (is_editor | is_secretariat) & sees)
# One person is enough to take something down; a second one looks at it afterwards.
rules.add_perm("publicity.withdraw", (is_editor | is_secretariat | is_system) & sees | is_system)
rules.add_perm(
    "publicity.mark_released",
    is_editor | is_secretariat | is_system | has_function("administrator"),
)

for verb, label in [
    ("story_started", "Bắt đầu viết bài"),
    ("version_started", "Bắt đầu bản tiếng khác"),
    ("revised", "Sửa bài"),
    ("recording_added", "Thêm âm thanh, phim"),
    ("recording_removed", "Bỏ âm thanh, phim"),
    ("furniture_entered", "Nhập chữ khung trang"),
    ("furniture_confirmed", "Xác nhận chữ khung trang, người thứ hai"),
    ("sent_for_approval", "Gửi duyệt bài"),
    ("approved", "Duyệt bài"),
    ("sent_back", "Trả bài để sửa"),
    ("withdrawn", "Gỡ bài"),
    ("released", "Bài lên cổng"),
]:
    journal.register(f"publicity.{verb}", label, readers=anyone_in_the_office)


def may_read_story_file(user, file) -> bool:
    """Files of stories, frozen or still being written, are seen by whoever sees the approval."""
    seen = StoryApproval.objects.visible_to(user)
    return seen.filter(page__recordings__file=file).exists() or any(
        file.sha256 in approval.files.values() for approval in seen.exclude(files={})
    )


files.owner("publicity.story", may_read_story_file, is_restricted=False)


def has_stories(exemplar) -> str:
    """A story names its exemplar in every draft the editor keeps: it cannot be handed to another."""
    if not exemplar.stories.exists():
        return ""
    return "Hồ sơ này đã có bài viết nên phải là hồ sơ được giữ. Gộp theo chiều ngược lại."


exemplars.STAYS.append(has_stories)

for kind, heading in [
    ("sent_for_approval", "Bài chờ duyệt"),
    ("sent_back", "Bài được trả lại"),
]:
    notices.register(f"publicity.{kind}", heading)
