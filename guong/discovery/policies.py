"""Who may take in a lead, act on it and read who gave it."""

import rules

from guong.core import files, journal, notices
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import Lead, Letter, PressItem

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
rules.add_perm("discovery.receive_all", (is_introducer & is_own_branch) | is_secretariat)
rules.add_perm("discovery.take_up", handles)
rules.add_perm("discovery.decline", handles)
rules.add_perm("discovery.answer", handles)
rules.add_perm("discovery.confirm_answer", confirms)
rules.add_perm("discovery.take_back", handles)
rules.add_perm("discovery.hand_over", handles)
rules.add_perm("discovery.forget", is_system)
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


# --- The press that is watched, who owns which leads, how long refused ones are kept ---
@rules.predicate
def sees_item(user, item):
    return item is not None and PressItem.objects.visible_to(user).filter(pk=item.pk).exists()


# Whoever lists an address decides where our machine connects to.
lists_sources = is_secretariat | has_function("administrator")
sorts_press = is_secretariat | is_editor

rules.add_perm("discovery.add_source", lists_sources)
rules.add_perm("discovery.switch_source", lists_sources)
rules.add_perm("discovery.keep_reading", is_system)
rules.add_perm("discovery.keep_article", sorts_press)
rules.add_perm("discovery.make_lead", is_secretariat & sees_item)
rules.add_perm("discovery.set_aside_item", sorts_press & sees_item)
rules.add_perm("discovery.put_back_item", sorts_press & sees_item)
rules.add_perm("discovery.set_route", is_secretariat)
rules.add_perm("discovery.remove_route", is_secretariat)
rules.add_perm("discovery.set_keeping", is_secretariat | has_function("data_protection"))

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
    ("handed_over", "Chuyển tin cho đơn vị khác"),
    ("forgotten", "Xoá dữ liệu cá nhân của tin không tiếp nhận"),
    ("keeping_set", "Đặt thời hạn giữ dữ liệu cá nhân"),
    ("route_set", "Đặt nơi xử lý tin"),
    ("route_removed", "Bỏ nơi xử lý tin của một lĩnh vực"),
    ("source_added", "Thêm nguồn báo chí"),
    ("source_switched", "Bật, tắt nguồn báo chí"),
    ("press_read", "Đọc nguồn báo chí"),
    ("article_kept", "Nhận bài báo được dán"),
    ("lead_made", "Lập tin từ bài báo"),
    ("item_set_aside", "Bỏ qua bài báo"),
    ("item_put_back", "Lấy lại bài báo đã bỏ qua"),
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
