"""Who may verify: a verifier in whose scope the nomination lies, and never its introducer."""

import rules

from guong.core import journal, notices
from guong.nomination.models import Nomination
from guong.units.policies import anyone_in_the_office, has_function

from .models import Verification

is_verifier = has_function("verifier")


@rules.predicate
def sees_nomination(user, nomination):
    return (
        nomination is not None
        and Nomination.objects.visible_to(user).filter(pk=nomination.pk).exists()
    )


@rules.predicate
def did_not_introduce(user, nomination):
    # Four eyes: nobody verifies whom they put forward, whether they wrote the record, drafted or sent.
    return nomination is not None and user.pk not in (
        nomination.drafted_by_id,
        nomination.submitted_by_id,
        nomination.exemplar.introduced_by_id,
    )


@rules.predicate
def is_its_verifier(user, verification):
    return (
        verification is not None
        and verification.verifier_id == user.pk
        and Verification.objects.visible_to(user).filter(pk=verification.pk).exists()
    )


rules.add_perm("appraisal.open_verification", is_verifier & sees_nomination & did_not_introduce)
rules.add_perm("appraisal.check_claim", is_verifier & is_its_verifier)
rules.add_perm("appraisal.conclude", is_verifier & is_its_verifier)

for verb, label in [
    ("verification_opened", "Bắt đầu xác minh"),
    ("claim_checked", "Xem một thành tích tại chỗ"),
    ("concluded", "Kết luận xác minh"),
]:
    journal.register(f"appraisal.{verb}", label, readers=anyone_in_the_office)

notices.register("appraisal.concluded", "Kết luận xác minh")
