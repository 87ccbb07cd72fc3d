"""Who may take in a lead, act on it and read who gave it."""

import rules

from guong.core import files, journal, notices
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import Lead, Letter

is_introducer = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")


@rules.predicate
def sees(user, lead):
    return lead is not None and Lead.objects.visible_to(user).filter(pk=lead.pk).exists()


@rules.predicate
def did_not_bring_it(user, lead):
    # Four eyes: what the guard held is let through by somebody who did not bring it.
    return lead is not None and lead.received_by_id != user.pk and not user.is_system


@rules.predicate
def is_own_branch(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def sees_its_lead(user, answer):
    return answer is not None and sees(user, answer.lead)


@rules.predicate
def did_not_write_it(user, answer):
    # Four eyes: nobody answers the public alone.
    return answer is not None and answer.written_by_id != user.pk


handles = (is_introducer | is_secretariat) & sees
confirms = (is_secretariat | has_function("unit_head")) & sees_its_lead & did_not_write_it

rules.add_perm("discovery.receive", (is_introducer & is_own_branch) | is_secretariat | is_system)
rules.add_perm("discovery.take_up", handles)
rules.add_perm("discovery.decline", handles)
rules.add_perm("discovery.answer", handles)
rules.add_perm("discovery.confirm_answer", confirms)
rules.add_perm("discovery.take_back", handles)
rules.add_perm("discovery.let_pass", is_secretariat & sees & did_not_bring_it)
rules.add_perm("discovery.read_contact", handles)
rules.add_perm("discovery.bore_fruit", has_function("leader"))

is_editor = has_function("editor")


@rules.predicate
def sees_letter(user, letter):
    return letter is not None and Letter.objects.visible_to(user).filter(pk=letter.pk).exists()


@rules.predicate
def did_not_choose_it(user, letter):
    # Four eyes: nobody's words reach the portal by one officer alone.
    return letter is not None and letter.handled_by_id != user.pk


sorts_letters = (is_secretariat | is_editor) & sees_letter

rules.add_perm("discovery.receive_letter", is_system)
rules.add_perm("discovery.answer_letter", sorts_letters)
rules.add_perm("discovery.set_aside_letter", sorts_letters)
rules.add_perm("discovery.pass_on_letter", is_secretariat & sees_letter)
rules.add_perm("discovery.choose_comment", sorts_letters)
rules.add_perm("discovery.publish_comment", sorts_letters & did_not_choose_it)

for verb, label in [
    ("letter_received", "Nhận thư từ cổng"),
    ("letter_answered", "Xử lý thư"),
    ("letter_set_aside", "Không xử lý thư"),
    ("letter_passed_on", "Chuyển thư thành tin phát hiện"),
    ("comment_chosen", "Chọn đăng lời bình"),
    ("comment_published", "Cho đăng lời bình"),
    ("received", "Nhận tin phát hiện"),
    ("taken_up", "Lập hồ sơ từ tin phát hiện"),
    ("declined", "Không tiếp nhận tin"),
    ("taken_back", "Hoàn tác một tin của danh sách"),
    ("let_pass", "Cho qua tin bị giữ"),
    ("answered", "Viết câu trả lời cho người giới thiệu"),
    ("answer_confirmed", "Xác nhận câu trả lời cho người giới thiệu"),
    ("bore_fruit", "Tin dẫn tới công nhận"),
]:
    journal.register(f"discovery.{verb}", label, readers=anyone_in_the_office)


def may_read_file(user, file) -> bool:
    return Lead.objects.visible_to(user).filter(files=file).exists()


files.owner("discovery.lead", may_read_file)

for kind, heading in [
    ("received", "Tin phát hiện chờ xử lý"),
    ("answered", "Câu trả lời chờ xác nhận"),
    ("letter_received", "Thư từ cổng"),
]:
    notices.register(f"discovery.{kind}", heading)
