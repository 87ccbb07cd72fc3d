import pytest

from guong.exemplars.cards import claim_cards, facts
from guong.exemplars.tests.factories import (
    CheckFactory,
    ClaimFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    HoldFactory,
    IdentityFactory,
)
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_claim_cards_show_the_last_check_of_current_versions():
    exemplar = ExemplarFactory()
    old = ClaimFactory(exemplar=exemplar)
    new = ClaimFactory(exemplar=exemplar, key=old.key, version=2, replaces=old)
    CheckFactory(claim=old)
    proven = CheckFactory(claim=ClaimFactory(exemplar=exemplar))
    CheckFactory(claim=proven.claim, evidence=None, result="unproven")
    last = CheckFactory(claim=proven.claim)

    cards = claim_cards(exemplar)

    assert [(card.claim, card.is_proven, card.checked_by) for card in cards] == [
        (new, False, ""),
        (proven.claim, True, str(last.by)),
    ]
    assert cards[1].evidence == [proven.evidence, last.evidence]


def powers(shown):
    return [shown.may_add, shown.may_write, shown.may_hold, shown.may_lift]


def test_facts_show_each_reader_what_is_theirs():
    exemplar = ExemplarFactory()
    ClaimFactory(exemplar=exemplar)
    evidence = EvidenceFactory(exemplar=exemplar)
    consent = ConsentFactory(exemplar=exemplar)
    hold = HoldFactory(exemplar=exemplar, placed_by=UserFactory(function="secretariat"))
    HoldFactory(exemplar=exemplar, state="lifted")
    IdentityFactory(exemplar=exemplar)
    clerk = UserFactory(unit=exemplar.unit, function="introducer")
    verifier = UserFactory(unit=exemplar.unit, function="verifier")

    shown = facts(exemplar, clerk)

    assert (shown.evidence, shown.consents, shown.holds) == ([evidence], [consent], [])
    assert shown.has_identity
    assert powers(shown) == [True, True, False, False]
    assert powers(facts(exemplar, verifier)) == [True, False, False, False]
    assert facts(exemplar, hold.placed_by).holds == [hold]
    assert powers(facts(exemplar, hold.placed_by)) == [True, True, True, False]
    assert powers(facts(exemplar, UserFactory(function="inspector"))) == [False, False, True, True]


def test_facts_of_a_bare_record():
    exemplar = ExemplarFactory()

    shown = facts(exemplar, UserFactory(unit=exemplar.unit))

    assert (shown.claims, shown.evidence, shown.consents, shown.has_identity) == ([], [], [], False)
    assert powers(shown) == [False] * 4
