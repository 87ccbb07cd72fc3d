"""Who may take in a lead, act on it and read who gave it."""

import rules

from guong.core import files, journal
from guong.units.policies import anyone_in_the_office, has_function, is_system

from .models import Lead

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


handles = (is_introducer | is_secretariat) & sees

rules.add_perm("discovery.receive", (is_introducer & is_own_branch) | is_secretariat | is_system)
rules.add_perm("discovery.take_up", handles)
rules.add_perm("discovery.decline", handles)
rules.add_perm("discovery.let_pass", is_secretariat & sees & did_not_bring_it)
rules.add_perm("discovery.read_contact", handles)
rules.add_perm("discovery.bore_fruit", has_function("leader"))

for verb, label in [
    ("received", "Nhận tin phát hiện"),
    ("taken_up", "Lập hồ sơ từ tin phát hiện"),
    ("declined", "Không tiếp nhận tin"),
    ("let_pass", "Cho qua tin bị giữ"),
    ("bore_fruit", "Tin dẫn tới công nhận"),
]:
    journal.register(f"discovery.{verb}", label, readers=anyone_in_the_office)


def may_read_file(user, file) -> bool:
    return Lead.objects.visible_to(user).filter(file=file).exists()


files.owner("discovery.lead", may_read_file)
