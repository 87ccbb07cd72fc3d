"""Who may draft, sign and revoke a decision."""

import rules

from guong.core import journal, notices
from guong.exemplars.models import Exemplar
from guong.units.policies import anyone_in_the_office, has_function

is_secretariat = has_function("secretariat")
is_leader = has_function("leader")


@rules.predicate
def is_free_of_conflict(user, record):
    return (
        record is not None
        and Exemplar.objects.visible_to(user).filter(pk=record.exemplar_id).exists()
    )


@rules.predicate
def did_not_draft(user, decision):
    # Four eyes: nobody signs what they drafted.
    return decision is not None and decision.drafted_by_id != user.pk


@rules.predicate
def did_not_revoke(user, decision):
    # Four eyes: what the public reads of a revocation is said by two.
    return decision is not None and decision.revoked_by_id != user.pk


rules.add_perm("recognition.draft", is_secretariat & is_free_of_conflict)
rules.add_perm("recognition.sign", is_leader & is_free_of_conflict & did_not_draft)
rules.add_perm("recognition.revoke", is_leader & is_free_of_conflict)
rules.add_perm(
    "recognition.confirm_revocation",
    (is_leader | is_secretariat) & is_free_of_conflict & did_not_revoke,
)

for verb, label in [
    ("drafted", "Dự thảo quyết định công nhận"),
    ("signed", "Ký quyết định công nhận"),
    ("revoked", "Thu hồi quyết định công nhận"),
    ("revocation_confirmed", "Xác nhận việc thu hồi"),
]:
    journal.register(f"recognition.{verb}", label, readers=anyone_in_the_office)

for kind, heading in [
    ("drafted", "Quyết định chờ ký"),
    ("signed", "Điển hình được công nhận"),
    ("revoked", "Quyết định bị thu hồi"),
]:
    notices.register(f"recognition.{kind}", heading)
