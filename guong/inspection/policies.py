"""Who may open, answer and close an inspection."""

import rules

from guong.core import journal, notices
from guong.units.policies import anyone_in_the_office, has_function

is_inspector = has_function("inspector")

rules.add_perm("inspection.open_checklist", is_inspector)
rules.add_perm("inspection.answer", is_inspector)
rules.add_perm("inspection.record_finding", is_inspector)
rules.add_perm("inspection.close", is_inspector)

for verb, label in [
    ("opened", "Mở phiếu kiểm tra"),
    ("answered", "Ghi kết quả kiểm tra"),
    ("finding_recorded", "Ghi tồn tại"),
    ("closed", "Kết luận kiểm tra"),
]:
    journal.register(f"inspection.{verb}", label, readers=anyone_in_the_office)

notices.register("inspection.closed", "Kết luận kiểm tra")
