"""Who may do what with a nomination."""

import rules

from guong.core import journal
from guong.exemplars import policies as exemplars
from guong.units.policies import anyone_in_the_office, has_function

from .models import Nomination

is_introducer = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")


@rules.predicate
def is_own_unit(user, nomination):
    return nomination is not None and nomination.unit.path.startswith(user.branch_path())


@rules.predicate
def is_own_branch(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def is_not_the_submitter(user, nomination):
    # Four eyes: nobody passes judgement on what they sent in themselves.
    return nomination is not None and nomination.submitted_by_id != user.pk


@rules.predicate
def sees(user, nomination):
    return (
        nomination is not None
        and Nomination.objects.visible_to(user).filter(pk=nomination.pk).exists()
    )


rules.add_perm("nomination.draft", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("nomination.import", is_introducer & is_own_branch)
rules.add_perm("nomination.take_back", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.submit", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.withdraw", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.choose_set", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.answer", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.return", is_secretariat & is_not_the_submitter & sees)
rules.add_perm("nomination.accept", is_secretariat & is_not_the_submitter & sees)

for verb, label in [
    ("drafted", "Lập dự thảo đề cử"),
    ("set_chosen", "Chọn bộ tiêu chí"),
    ("answered", "Trả lời một tiêu chí"),
    ("submitted", "Gửi hồ sơ đề cử"),
    ("returned", "Trả lại hồ sơ để bổ sung"),
    ("accepted", "Tiếp nhận hồ sơ"),
    ("withdrawn", "Rút hồ sơ"),
    ("taken_back", "Hoàn tác một dự thảo của danh sách"),
]:
    journal.register(f"nomination.{verb}", label, readers=anyone_in_the_office)


def is_before_the_board(exemplar) -> bool:
    """The Board has the dossier, or has had it: the record is no longer its unit's own draft."""
    return exemplar.nominations.filter(state__in=["submitted", "returned", "accepted"]).exists()


exemplars.HANDED_OVER.append(is_before_the_board)
