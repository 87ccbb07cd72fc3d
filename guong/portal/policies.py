"""Who may publish, take down and confirm the package."""

import rules

from guong.core import journal, notices
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import GuardFinding, TakeDown

is_administrator = has_function("administrator")
is_editor = has_function("editor")
is_secretariat = has_function("secretariat")


@rules.predicate
def did_not_confirm_first(user, confirmation):
    # Four eyes: the package's own pages need two administrators.
    return confirmation is not None and confirmation.confirmed_by_id != user.pk


@rules.predicate
def did_not_take_down(user, removal):
    return removal is not None and removal.taken_by_id != user.pk


rules.add_perm("portal.confirm_package", is_administrator)
rules.add_perm("portal.second_package", is_administrator & did_not_confirm_first)
rules.add_perm("portal.publish", is_administrator | is_editor | is_secretariat | is_system)
rules.add_perm("portal.take_down", is_editor | is_secretariat)


@rules.predicate
def sees_take_down(user, removal):
    return removal is not None and TakeDown.objects.visible_to(user).filter(pk=removal.pk).exists()


looks_again = (is_editor | is_secretariat | is_administrator) & sees_take_down & did_not_take_down
rules.add_perm("portal.confirm_take_down", looks_again)
rules.add_perm("portal.object_to_take_down", looks_again)
rules.add_perm("portal.note_take_downs", is_administrator | is_editor | is_secretariat | is_system)


@rules.predicate
def wrote_none_of_it(user, finding):
    # Four eyes: what the guard holds is let through by somebody who did not write it.
    return finding is not None and user.pk not in finding.writers


@rules.predicate
def sees_finding(user, finding):
    return (
        finding is not None and GuardFinding.objects.visible_to(user).filter(pk=finding.pk).exists()
    )


for verb in ("rescan", "note_findings", "finish_rescan"):
    rules.add_perm(f"portal.{verb}", is_administrator | is_editor | is_secretariat | is_system)
rules.add_perm(
    "portal.let_pass",
    (is_editor | is_secretariat | is_administrator) & sees_finding & wrote_none_of_it,
)
rules.add_perm("portal.train_guard", is_administrator | is_system)
rules.add_perm("portal.note_training", is_administrator | is_system)
rules.add_perm("portal.take_in", is_system)
rules.add_perm("portal.forget_findings", is_system)
rules.add_perm("portal.count_readings", is_system)

for verb, label in [
    ("package_confirmed", "Xác nhận phần trang cố định"),
    ("package_seconded", "Xác nhận phần trang cố định, người thứ hai"),
    ("published", "Phát hành cổng"),
    ("taken_down", "Gỡ khỏi cổng"),
    ("take_down_noted", "Rời cổng"),
    ("take_down_objected", "Không đồng ý việc gỡ khỏi cổng"),
    ("take_down_confirmed", "Xem lại việc gỡ khỏi cổng, người thứ hai"),
    ("readings_counted", "Đếm lượt đọc"),
    ("found_by_guard", "Lớp gác giữ một nội dung"),
    ("rescanned", "Lớp gác đọc lại tất cả"),
    ("let_pass", "Cho qua nội dung lớp gác giữ"),
    ("guard_trained", "Dạy lại lớp gác từ bài đã duyệt"),
    ("taken_in", "Nhận lời giới thiệu từ cổng"),
    ("finding_forgotten", "Xoá chỗ lớp gác giữ của một tin đã xoá dữ liệu cá nhân"),
]:
    journal.register(f"portal.{verb}", label, readers=anyone_in_the_office)

for kind, heading in [
    ("rescanned", "Lớp gác đọc lại"),
    ("timestamp", "Dấu thời gian của cổng"),
]:
    notices.register(f"portal.{kind}", heading)
