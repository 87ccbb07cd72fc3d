import pytest
from django.contrib.auth.models import AnonymousUser

from guong.appraisal.models import Verification
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.nomination.tests.factories import NominationFactory
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import VerificationFactory, verifier

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values


@pytest.fixture
def nomination():
    return NominationFactory(state="accepted")


@pytest.fixture
def people(nomination):
    return {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", nomination.unit), ("far", UnitFactory())]
        for name in FUNCTIONS
    }


def allowed(people, permission, record):
    return {name for name, user in people.items() if user.has_perm(permission, record)}


def test_who_may_open_a_verification(people, nomination):
    assert allowed(people, "appraisal.open_verification", nomination) == {"own verifier"}


@pytest.mark.parametrize("role", ["drafted", "sent", "wrote the record"])
def test_nobody_verifies_whom_they_put_forward(role):
    by, other = verifier(), UserFactory()
    exemplar = ExemplarFactory(introduced_by=by if role == "wrote the record" else other)
    nomination = NominationFactory(
        exemplar=exemplar,
        state="accepted",
        drafted_by=by if role == "drafted" else other,
        submitted_by=by if role == "sent" else other,
    )

    assert not by.has_perm("appraisal.open_verification", nomination)
    assert verifier().has_perm("appraisal.open_verification", nomination)


@pytest.mark.parametrize("verb", ["check_claim", "conclude"])
def test_only_its_verifier_goes_on(people, nomination, verb):
    verification = VerificationFactory(nomination=nomination, verifier=people["own verifier"])
    colleague = UserFactory(unit=nomination.unit, function="verifier")

    assert allowed(people, f"appraisal.{verb}", verification) == {"own verifier"}
    assert not colleague.has_perm(f"appraisal.{verb}", verification)


def test_who_sees_a_verification(people, nomination):
    VerificationFactory(nomination=nomination)

    seen = {n for n, user in people.items() if Verification.objects.visible_to(user).exists()}

    assert seen == {f"own {name}" for name in FUNCTIONS} | {
        "far secretariat",
        "far leader",
        "far inspector",
    }
    assert not Verification.objects.visible_to(AnonymousUser()).exists()


def test_who_is_involved_neither_sees_nor_goes_on(nomination):
    verification = VerificationFactory(nomination=nomination)
    ConflictFactory(exemplar=nomination.exemplar, user=verification.verifier)

    assert not Verification.objects.visible_to(verification.verifier).exists()
    assert not verification.verifier.has_perm("appraisal.conclude", verification)
