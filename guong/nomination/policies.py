"""Who may do what with a nomination."""

import rules

from guong.core import files, journal, notices
from guong.exemplars import policies as exemplars
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import DraftFile, GuidedDraft, Nomination, SignOff

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


@rules.predicate
def writes_draft(user, draft):
    return draft is not None and GuidedDraft.objects.visible_to(user).filter(pk=draft.pk).exists()


@rules.predicate
def heads_the_unit(user, sign_off):
    return (
        sign_off is not None
        and user.has_function("unit_head", sign_off.unit)
        and SignOff.objects.visible_to(user).filter(pk=sign_off.pk).exists()
    )


rules.add_perm("nomination.draft", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("nomination.draft_all", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("nomination.import", is_introducer & is_own_branch)
rules.add_perm("nomination.take_back", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.submit", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.withdraw", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.choose_set", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.answer", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.start_guided", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("nomination.keep_answers", writes_draft)
rules.add_perm("nomination.add_draft_file", writes_draft)
rules.add_perm("nomination.drop_draft_file", writes_draft)
rules.add_perm("nomination.drop_guided", writes_draft | is_system)
rules.add_perm("nomination.finish_guided", writes_draft)
rules.add_perm("nomination.copy_last", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.ask_unit", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.drop_unit", is_introducer & is_own_unit & sees)
rules.add_perm("nomination.lapse", (is_introducer & is_own_unit & sees) | is_system)
rules.add_perm("nomination.sign_off", heads_the_unit)
rules.add_perm("nomination.decline", heads_the_unit)
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
    ("guided_started", "Bắt đầu viết một hồ sơ đề cử"),
    ("guided_kept", "Viết tiếp một hồ sơ đề cử"),
    ("guided_dropped", "Bỏ một bản viết dở"),
    ("guided_finished", "Lập hồ sơ từ bản viết"),
    ("draft_file_added", "Thêm tệp vào bản viết"),
    ("draft_file_dropped", "Bỏ tệp khỏi bản viết"),
    ("unit_asked", "Mời đơn vị cùng đề cử"),
    ("unit_dropped", "Thôi mời đơn vị cùng đề cử"),
    ("signed_off", "Ký cùng đề cử"),
    ("lapsed", "Chữ ký cùng đề cử hết hiệu lực vì hồ sơ đã đổi"),
    ("declined", "Không đồng ý cùng đề cử"),
]:
    journal.register(f"nomination.{verb}", label, readers=anyone_in_the_office)


def may_read_draft_file(user, file) -> bool:
    drafts = GuidedDraft.objects.visible_to(user)
    return DraftFile.objects.filter(draft__in=drafts, file=file).exists()


files.owner("nomination.draft_file", may_read_draft_file)


def is_before_the_board(exemplar) -> bool:
    """The Board has the dossier, or has had it: the record is no longer its unit's own draft."""
    return exemplar.nominations.filter(state__in=["submitted", "returned", "accepted"]).exists()


exemplars.HANDED_OVER.append(is_before_the_board)

for kind, heading in [
    ("submitted", "Hồ sơ đề cử chờ tiếp nhận"),
    ("returned", "Hồ sơ được trả lại, cần bổ sung"),
    ("accepted", "Hồ sơ đã được tiếp nhận"),
    ("to_verify", "Hồ sơ chờ xác minh"),
    ("to_sign", "Hồ sơ chờ ký cùng đề cử"),
]:
    notices.register(f"nomination.{kind}", heading)
