"""Who may write, look at, approve and take down a story."""

import rules

from guong.core import files, journal
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


rules.add_perm("publicity.start_story", is_editor & sees_exemplar & exemplar_is_recognised)
rules.add_perm("publicity.revise", is_editor)
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
    ("revised", "Sửa bài"),
    ("sent_for_approval", "Gửi duyệt bài"),
    ("approved", "Duyệt bài"),
    ("sent_back", "Trả bài để sửa"),
    ("withdrawn", "Gỡ bài"),
    ("released", "Bài lên cổng"),
]:
    journal.register(f"publicity.{verb}", label, readers=anyone_in_the_office)


def may_read_story_file(user, file) -> bool:
    """Pictures of approved stories are seen by whoever sees the approval."""
    return any(
        file.sha256 in approval.files.values()
        for approval in StoryApproval.objects.visible_to(user).exclude(files={})
    )


files.owner("publicity.story", may_read_story_file, is_restricted=False)
