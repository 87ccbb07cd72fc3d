"""Who may register a directive and take a task."""

import rules

from guong.core import journal, notices
from guong.units.policies import anyone_in_the_office, has_function

is_unit_person = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")


@rules.predicate
def is_of_own_branch(user, assignment):
    return assignment is not None and assignment.unit.path.startswith(user.branch_path())


@rules.predicate
def did_not_enter(user, movement):
    # Four eyes: what the public reads of a movement is said by two.
    return movement is not None and movement.entered_by_id != user.pk


is_second = is_secretariat | has_function("leader")

rules.add_perm("direction.register", is_secretariat)
rules.add_perm("direction.enter_movement", is_secretariat)
rules.add_perm("direction.confirm_movement", is_second & did_not_enter)
rules.add_perm("direction.acknowledge", is_unit_person & is_of_own_branch)

journal.register("direction.registered", "Đăng ký văn bản chỉ đạo", readers=anyone_in_the_office)
journal.register("direction.acknowledged", "Tiếp nhận nhiệm vụ", readers=anyone_in_the_office)
journal.register(
    "direction.movement_entered", "Ghi phong trào thi đua", readers=anyone_in_the_office
)
journal.register(
    "direction.movement_confirmed", "Xác nhận phong trào thi đua", readers=anyone_in_the_office
)

# --- criteria sets and rules --------------------------------------------------
# An author is whoever wrote the draft last; a frame that came with the program has none.


@rules.predicate
def is_for_own_unit(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def is_of_own_unit(user, criteria_set):
    issuer = criteria_set.issuer if criteria_set is not None else None
    return issuer is not None and issuer.path.startswith(user.branch_path())


@rules.predicate
def is_not_the_author(user, criteria_set):
    # Four eyes: nobody puts their own words in force.
    return criteria_set is not None and criteria_set.drafted_by_id != user.pk


@rules.predicate
def is_not_who_added(user, rule):
    # Four eyes: whoever typed a rule is not the one who finds it right.
    return rule is not None and rule.added_by_id != user.pk


is_head = has_function("unit_head")
is_leader = has_function("leader")

rules.add_perm("direction.draft_set", is_secretariat | (is_unit_person & is_for_own_unit))
rules.add_perm("direction.clone_set", is_secretariat | (is_unit_person & is_for_own_unit))
rules.add_perm("direction.revise_set", is_secretariat | (is_unit_person & is_of_own_unit))
rules.add_perm("direction.renew_set", is_secretariat | (is_unit_person & is_of_own_unit))
rules.add_perm(
    "direction.put_in_force", (is_secretariat | (is_head & is_of_own_unit)) & is_not_the_author
)
rules.add_perm("direction.retire_set", is_secretariat | (is_head & is_of_own_unit))
rules.add_perm("direction.verify_set", is_secretariat)
rules.add_perm("direction.add_rule", is_secretariat)
rules.add_perm("direction.verify_rule", is_secretariat & is_not_who_added)
rules.add_perm("direction.switch_rule", is_secretariat)
# A dossier names who drafted it, as a set does: nobody lets their own pass.
rules.add_perm("direction.override_rule", (is_secretariat | is_leader) & is_not_the_author)

for verb, label in [
    ("set_drafted", "Soạn bộ tiêu chí"),
    ("set_revised", "Sửa dự thảo bộ tiêu chí"),
    ("set_cloned", "Nhân bản bộ tiêu chí"),
    ("set_renewed", "Soạn bản mới của bộ tiêu chí"),
    ("set_put_in_force", "Đưa bộ tiêu chí vào dùng"),
    ("set_retired", "Thôi dùng bộ tiêu chí"),
    ("set_verified", "Xác minh khung tiêu chí"),
    ("rule_added", "Thêm quy định"),
    ("rule_verified", "Xác minh quy định"),
    ("rule_switched", "Bật, tắt quy định"),
    ("rule_overridden", "Cho qua một quy định"),
]:
    journal.register(f"direction.{verb}", label, readers=anyone_in_the_office)

notices.register("direction.assigned", "Nhiệm vụ mới được giao")
