"""Who may do what with a life record."""

from collections.abc import Callable

import rules

from guong.core import files, journal, notices
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import Conflict, Evidence, Exemplar, Hold

is_introducer = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")
is_verifier = has_function("verifier")
is_leader = has_function("leader")
is_inspector = has_function("inspector")


@rules.predicate
def sees(user, exemplar):
    """The person may open this file at all: branch, scope, grant, and no stated conflict."""
    return (
        exemplar is not None and Exemplar.objects.visible_to(user).filter(pk=exemplar.pk).exists()
    )


@rules.predicate
def is_of_own_branch(user, exemplar):
    return exemplar is not None and exemplar.unit.path.startswith(user.branch_path())


@rules.predicate
def is_own_branch(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def placed_by_somebody_else(user, hold):
    # Four eyes: whoever stopped it does not start it again alone.
    return hold is not None and hold.placed_by_id != user.pk


@rules.predicate
def sees_its_exemplar(user, record):
    return record is not None and sees(user, record.exemplar)


# Rooms above say what this room cannot know: whether the Board has been given a record, and why a
# record cannot be taken up into another one (a sentence; empty: it can).
HANDED_OVER: list[Callable[[Exemplar], bool]] = []
STAYS: list[Callable[[Exemplar], str]] = []


def is_handed_over(exemplar: Exemplar) -> bool:
    """More than a draft of its unit: named by a decision, or put forward to the Board."""
    return exemplar.recognised_on is not None or any(given(exemplar) for given in HANDED_OVER)


@rules.predicate
def is_still_a_draft(user, exemplar):
    return exemplar is not None and not is_handed_over(exemplar)


writes_own = is_introducer & is_of_own_branch & sees


@rules.predicate
def sees_what_was_kept(user, merge):
    return merge is not None and sees(user, merge.kept)


@rules.predicate
def is_merge_of_own_drafts(user, merge):
    """Both records are of the own branch, and neither has left it."""
    return merge is not None and all(
        is_of_own_branch(user, one) and not is_handed_over(one)
        for one in (merge.kept, merge.merged)
    )


rules.add_perm("exemplars.add", (is_introducer & is_own_branch) | is_secretariat | is_system)
rules.add_perm("exemplars.add_all", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("exemplars.finish_batch", is_introducer & is_own_branch)
rules.add_perm("exemplars.take_back", writes_own)
rules.add_perm("exemplars.state_claim", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.revise_claim", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.add_evidence", writes_own | ((is_secretariat | is_verifier) & sees))
rules.add_perm("exemplars.record_check", is_verifier & sees)
rules.add_perm("exemplars.record_consent", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.withdraw_consent", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.record_distinction", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.strike_distinction", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.place_hold", (is_secretariat | is_inspector) & sees)
rules.add_perm(
    "exemplars.lift_hold",
    (is_secretariat | is_inspector) & sees_its_exemplar & placed_by_somebody_else,
)
rules.add_perm("exemplars.declare_conflict", sees)
rules.add_perm("exemplars.record_identity", writes_own | (is_secretariat & sees))
rules.add_perm("exemplars.read_identity", writes_own | (is_secretariat & sees))


@rules.predicate
def did_not_enter(user, entry):
    # Four eyes: that somebody is of a movement stands on the portal by two.
    return entry is not None and entry.entered_by_id != user.pk


rules.add_perm("exemplars.enter_movement", writes_own | (is_secretariat & sees))
rules.add_perm(
    "exemplars.confirm_movement", (is_secretariat | is_leader) & sees_its_exemplar & did_not_enter
)
rules.add_perm("exemplars.set_picture", writes_own | (is_secretariat & sees))
# Both of a pair are asked for, one after the other. A unit clears up among its own drafts only.
CLEARS_UP = {"introducer", "unit_head", "secretariat"}  # who may judge some pair at all
judges_what_they_see = (is_introducer & is_of_own_branch) | is_secretariat
rules.add_perm("exemplars.judge", judges_what_they_see & sees)
rules.add_perm("exemplars.merge", (writes_own & is_still_a_draft) | (is_secretariat & sees))
rules.add_perm("exemplars.find_pairs", is_system)
rules.add_perm(
    "exemplars.undo_merge",
    (is_introducer & is_merge_of_own_drafts) | (is_secretariat & sees_what_was_kept),
)
rules.add_perm("exemplars.describe", (writes_own & is_still_a_draft) | (is_secretariat & sees))
keeps_peoples = is_secretariat | has_function("administrator")


@rules.predicate
def did_not_change(user, group):
    # Four eyes: whoever typed a name is not the one who finds it right.
    return group is not None and group.changed_by_id != user.pk


rules.add_perm("exemplars.add_ethnic_group", keeps_peoples)
rules.add_perm("exemplars.rename_ethnic_group", keeps_peoples)
rules.add_perm("exemplars.switch_ethnic_group", keeps_peoples)
rules.add_perm("exemplars.verify_ethnic_group", keeps_peoples & did_not_change)
rules.add_perm("exemplars.mark_recognised", is_leader & sees)
rules.add_perm("exemplars.mark_revoked", is_leader & sees)


@rules.predicate
def reads_restricted(user, subject):
    return is_secretariat(user) or is_inspector(user)


@rules.predicate
def reads_pairs(user, subject):
    """Whoever may have a say in it: a line about a pair tells of another record."""
    return is_secretariat(user) or is_inspector(user) or is_of_own_branch(user, subject)


for verb, label, readers in [
    ("added", "Lập hồ sơ điển hình", anyone_in_the_office),
    ("batch_finished", "Nhập xong một danh sách", anyone_in_the_office),
    ("taken_back", "Hoàn tác một dòng của danh sách", anyone_in_the_office),
    ("claim_stated", "Nêu thành tích", anyone_in_the_office),
    ("claim_revised", "Sửa thành tích, thành bản mới", anyone_in_the_office),
    ("evidence_added", "Thêm minh chứng", anyone_in_the_office),
    ("check_recorded", "Kiểm chứng một thành tích", anyone_in_the_office),
    ("consent_recorded", "Ghi nhận sự đồng ý", anyone_in_the_office),
    ("consent_withdrawn", "Rút sự đồng ý", anyone_in_the_office),
    ("distinction_recorded", "Ghi khen thưởng trước đây", anyone_in_the_office),
    ("distinction_struck", "Bỏ khen thưởng ghi nhầm", anyone_in_the_office),
    ("hold_placed", "Tạm dừng", reads_restricted),
    ("hold_lifted", "Gỡ tạm dừng", reads_restricted),
    ("conflict_declared", "Khai có liên quan", reads_restricted),
    ("identity_recorded", "Ghi giấy tờ tùy thân", reads_restricted),
    ("identity_read", "Xem giấy tờ tùy thân", reads_restricted),
    ("picture_set", "Đặt ảnh", anyone_in_the_office),
    ("movement_entered", "Gắn với phong trào", anyone_in_the_office),
    ("movement_confirmed", "Xác nhận gắn với phong trào", anyone_in_the_office),
    ("judged", "Xét một cặp nghi trùng", reads_pairs),
    ("merged", "Gộp hai hồ sơ", reads_pairs),
    ("merge_undone", "Tách lại hai hồ sơ đã gộp", reads_pairs),
    ("pairs_found", "Máy tìm cặp nghi trùng", reads_restricted),
    ("described", "Sửa lời mô tả hồ sơ", anyone_in_the_office),
    ("ethnic_group_added", "Thêm tên dân tộc", anyone_in_the_office),
    ("ethnic_group_renamed", "Sửa tên dân tộc", anyone_in_the_office),
    ("ethnic_group_verified", "Xác minh tên dân tộc", anyone_in_the_office),
    ("ethnic_group_switched", "Bật, tắt tên dân tộc", anyone_in_the_office),
    ("recognised", "Được công nhận", anyone_in_the_office),
    ("recognition_revoked", "Bị thu hồi công nhận", anyone_in_the_office),
]:
    journal.register(f"exemplars.{verb}", label, readers=readers)


def may_read_evidence(user, file) -> bool:
    return Evidence.objects.visible_to(user).filter(file=file).exists()


def may_read_picture(user, file) -> bool:
    return Exemplar.objects.visible_to(user).filter(picture=file).exists()


def may_read_consent(user, file) -> bool:
    return (is_secretariat(user) or is_introducer(user)) and Exemplar.objects.visible_to(
        user
    ).filter(consents__proof=file).exists()


files.owner("exemplars.evidence", may_read_evidence)
files.owner("exemplars.picture", may_read_picture, is_restricted=False)
files.owner("exemplars.consent", may_read_consent)


def involved(subject: str) -> list[int]:
    """Who has declared to be involved with the exemplar a notice is about."""
    kind, _, key = subject.partition(":")
    if kind != Exemplar._meta.label_lower:
        return []
    return list(Conflict.objects.filter(exemplar=key).values_list("user", flat=True))


notices.unless(involved)


def open_hold(exemplar) -> Hold | None:
    """The hold that stands on a file, whoever asks: rules need it, pages must not show it."""
    return exemplar.holds.filter(state=Hold.State.PLACED).first()
