"""Who may register an adoption (the adopter) and confirm it (the source)."""

import rules

from guong.core import journal, notices
from guong.units.policies import anyone_in_the_office, has_function

from .models import Adoption

is_unit_person = has_function("introducer") | has_function("unit_head")
is_secretariat = has_function("secretariat")


@rules.predicate
def is_own_branch(user, unit):
    return unit is not None and unit.path.startswith(user.branch_path())


@rules.predicate
def is_adopter(user, adoption):
    return adoption is not None and adoption.unit.path.startswith(user.branch_path())


@rules.predicate
def is_source(user, adoption):
    return adoption is not None and adoption.exemplar.unit.path.startswith(user.branch_path())


@rules.predicate
def did_not_register(user, adoption):
    # Four eyes: who says «we follow» is not who says «yes, they do».
    return adoption is not None and adoption.registered_by_id != user.pk


@rules.predicate
def sees(user, adoption):
    return (
        adoption is not None and Adoption.objects.visible_to(user).filter(pk=adoption.pk).exists()
    )


# Without `sees`, for rows that come from visible_to already: a list asks these row by row.
confirms = ((is_unit_person & is_source) | is_secretariat) & did_not_register
reports = is_unit_person & is_adopter

rules.add_perm("replication.register", is_unit_person & is_own_branch)
rules.add_perm("replication.confirm", confirms & sees)
rules.add_perm("replication.report_progress", reports & sees)

for verb, label in [
    ("registered", "Đăng ký học theo"),
    ("confirmed", "Nguồn xác nhận có nơi học theo"),
    ("progress_reported", "Báo tình hình làm theo"),
]:
    journal.register(f"replication.{verb}", label, readers=anyone_in_the_office)

notices.register("replication.registered", "Nơi khác đăng ký học theo")
