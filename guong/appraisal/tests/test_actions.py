import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from guong.appraisal import actions
from guong.appraisal.models import Verification
from guong.core import calendar
from guong.exemplars.models import Check
from guong.exemplars.tests.factories import ClaimFactory, EvidenceFactory, HoldFactory
from guong.nomination.tests.factories import NominationFactory

from .factories import VerificationFactory, verifier

pytestmark = pytest.mark.django_db


def looked_at(verification, result="proven"):
    claim = verification.nomination.claims.get()
    evidence = EvidenceFactory(exemplar=claim.exemplar) if result == "proven" else None
    return actions.check_claim(
        verification=verification,
        claim=claim,
        by=verification.verifier,
        result=result,
        evidence=evidence,
    )


def conclude(verification, **more):
    values = {"conclusion": "Có thật.", "visited_on": calendar.today()} | more
    return actions.conclude(verification=verification, by=verification.verifier, **values)


def test_open_verification_is_for_an_accepted_nomination_and_only_once():
    nomination, by = NominationFactory(state="accepted"), verifier()

    made = actions.open_verification(nomination=nomination, by=by)

    assert (made.state, made.verifier, made.introducer) == ("open", by, nomination.submitted_by)
    with pytest.raises(ValidationError, match="đã có người"):
        actions.open_verification(nomination=nomination, by=verifier())
    with pytest.raises(ValidationError, match="chưa được tiếp nhận"):
        actions.open_verification(nomination=NominationFactory(state="submitted"), by=by)


def test_open_verification_is_refused_to_the_introducer():
    by = verifier()
    nomination = NominationFactory(state="accepted", submitted_by=by)

    with pytest.raises(PermissionDenied):
        actions.open_verification(nomination=nomination, by=by)
    assert not Verification.objects.exists()
    assert not by.has_perm("appraisal.open_verification", None)
    assert not by.has_perm("appraisal.conclude", None)


def test_open_verification_by_two_eyes_is_refused_by_the_database_itself():
    nomination = NominationFactory(state="accepted")

    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationFactory(nomination=nomination, verifier=nomination.submitted_by)


def test_check_claim_belongs_to_the_dossier_and_to_its_verifier():
    verification = VerificationFactory()

    assert looked_at(verification).result == "proven"
    with pytest.raises(ValidationError, match="không thuộc"):
        actions.check_claim(
            verification=verification,
            claim=ClaimFactory(),
            by=verification.verifier,
            result="unproven",
        )
    with pytest.raises(PermissionDenied):
        actions.check_claim(
            verification=verification,
            claim=verification.nomination.claims.get(),
            by=verifier(),
            result="unproven",
        )
    assert Check.objects.count() == 1


def test_check_claim_ends_with_the_verification():
    verification = VerificationFactory(state="proven")

    with pytest.raises(ValidationError, match="đã kết luận"):
        looked_at(verification)


def test_conclude_needs_words_a_past_day_and_every_claim_looked_at():
    verification = VerificationFactory()

    with pytest.raises(ValidationError, match="kết luận"):
        conclude(verification, conclusion=" ")
    with pytest.raises(ValidationError, match="chưa tới"):
        conclude(verification, visited_on=calendar.today() + datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="chưa xem"):
        conclude(verification)
    looked_at(verification, "unproven")
    with pytest.raises(ValidationError, match="Chưa thành tích nào"):
        conclude(verification)


def test_conclude_stops_at_a_hold_without_telling_of_it():
    verification = VerificationFactory()
    looked_at(verification)
    HoldFactory(exemplar=verification.nomination.exemplar)

    with pytest.raises(ValidationError, match="Liên hệ bộ phận thường trực"):
        conclude(verification)


@pytest.mark.parametrize(("eligible", "state"), [(True, "proven"), (False, "not_eligible")])
def test_conclude_says_what_was_found(eligible, state):
    verification = VerificationFactory()
    looked_at(verification)

    assert conclude(verification, eligible=eligible).state == state
