"""Who may register a directive and take a task."""

import rules

from guong.core import journal
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
