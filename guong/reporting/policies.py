"""Who may write, send and accept a report, and open a checklist from it."""

import rules

from guong.core import journal, notices
from guong.units.policies import anyone_in_the_office, has_function

is_reporter = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")
is_inspector = has_function("inspector")


@rules.predicate
def is_own_branch(user, report):
    return report is not None and report.unit.path.startswith(user.branch_path())


@rules.predicate
def is_own_unit(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def wrote_it_not(user, report):
    # Four eyes: nobody accepts the report they wrote.
    return report is not None and report.written_by_id != user.pk


is_board = is_secretariat | has_function("leader") | is_inspector

rules.add_perm("reporting.read_radar", is_reporter | is_board)
rules.add_perm("reporting.record_population", is_secretariat | has_function("administrator"))
rules.add_perm("reporting.open_report", (is_reporter & is_own_unit) | is_secretariat)
rules.add_perm("reporting.write", (is_reporter & is_own_branch) | is_secretariat)
rules.add_perm("reporting.submit", (is_reporter & is_own_branch) | is_secretariat)
rules.add_perm("reporting.return", is_secretariat & wrote_it_not)
rules.add_perm("reporting.accept", is_secretariat & wrote_it_not)
rules.add_perm("reporting.prefill", is_inspector)

for verb, label in [
    ("report_opened", "Mở báo cáo kỳ"),
    ("written", "Ghi nhận xét vào báo cáo"),
    ("submitted", "Gửi báo cáo, chốt số liệu"),
    ("returned", "Trả lại báo cáo"),
    ("accepted", "Chấp nhận báo cáo"),
    ("prefilled", "Mở phiếu kiểm tra từ số liệu"),
    ("population_recorded", "Ghi số dân của một nhóm"),
]:
    journal.register(f"reporting.{verb}", label, readers=anyone_in_the_office)

for kind, heading in [
    ("submitted", "Báo cáo chờ xem"),
    ("returned", "Báo cáo được trả lại"),
]:
    notices.register(f"reporting.{kind}", heading)
