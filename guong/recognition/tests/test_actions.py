import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import override_settings

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.discovery.models import Lead
from guong.exemplars.tests.factories import ConflictFactory, HoldFactory
from guong.nomination.tests.factories import NominationFactory
from guong.recognition import actions, signals
from guong.recognition.models import Decision
from guong.units.tests.factories import UserFactory, system_user

from .factories import DecisionFactory, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What the room has announced."""
    told = []

    def revoked(decision, **kwargs):
        told.append(("revoked", decision.pk))

    signals.revoked.connect(revoked)
    yield told
    signals.revoked.disconnect(revoked)


def draft(nomination, by=None):
    return actions.draft(
        nomination=nomination,
        by=by or UserFactory(function="secretariat"),
        issuer=nomination.unit,
        title="Điển hình tiên tiến",
    )


def test_draft_needs_a_proven_verification_and_is_made_once():
    nomination = verified()

    made = draft(nomination)

    assert (made.state, made.exemplar) == ("drafted", nomination.exemplar)
    with pytest.raises(ValidationError, match="đã có quyết định"):
        draft(nomination)
    with pytest.raises(ValidationError, match="chưa được xác minh"):
        draft(NominationFactory(state="accepted"))


def test_draft_is_refused_to_who_is_involved():
    nomination, secretary = verified(), UserFactory(function="secretariat")
    ConflictFactory(exemplar=nomination.exemplar, user=secretary)

    with pytest.raises(PermissionDenied):
        draft(nomination, secretary)
    assert not Decision.objects.exists()
    assert not secretary.has_perm("recognition.draft", None)
    assert not UserFactory(function="leader").has_perm("recognition.sign", None)


def test_sign_tells_whoever_introduced():
    decision = DecisionFactory()
    lead = Lead.objects.create(
        code="TIN-1",
        source="citizen",
        who="A",
        what="B",
        unit=decision.exemplar.unit,
        received_by=system_user(),
        state="taken_up",
        exemplar=decision.exemplar,
    )

    actions.sign(decision=decision, by=UserFactory(function="leader"))

    lead.refresh_from_db()
    assert "công nhận" in lead.answer


def test_sign_takes_the_next_number_and_recognises():
    first, second = DecisionFactory(), DecisionFactory()
    DecisionFactory.reset_sequence(100)
    second.issuer = first.issuer
    second.save()
    leader = UserFactory(function="leader")

    signed = [actions.sign(decision=one, by=leader) for one in (first, second)]

    assert [one.number for one in signed] == [1, 2]
    assert signed[0].number_sign == f"01/QĐ-{first.issuer.doc_symbol}"
    assert (signed[0].signatory, signed[0].signed_on) == (leader, calendar.today())
    first.exemplar.refresh_from_db()
    assert first.exemplar.is_recognised


def test_sign_in_a_demo_home_can_never_be_taken_for_a_real_number():
    with override_settings(IS_DEMO_HOME=True):
        signed = actions.sign(decision=DecisionFactory(), by=UserFactory(function="leader"))

    assert signed.number_sign.startswith("MẪU-")


def test_sign_gives_a_code_of_its_own_by_which_the_paper_is_checked():
    leader, drafts = UserFactory(function="leader"), DecisionFactory.create_batch(2)

    first, second = (actions.sign(decision=one, by=leader) for one in drafts)

    assert first.check_code[:3] == "QD-" and first.check_code != second.check_code
    assert first.check_path == f"/kiem-tra/ma/{first.check_code.replace('-', '').lower()}/"
    assert drafts[0].check_path == ""
    assert set(Decision.objects.public()) == {first, second}


def test_confirm_revocation_is_by_another_person_and_then_the_code_tells_it():
    leader, second = UserFactory(function="leader"), UserFactory(function="secretariat")
    decision = actions.sign(decision=DecisionFactory(), by=leader)

    with pytest.raises(ValidationError, match="không chờ ai"):
        actions.confirm_revocation(decision=decision, by=second)
    gone = actions.revoke(decision=decision, by=leader, reason="Khai không đúng.")
    assert (list(Decision.objects.public()), list(Decision.objects.unconfirmed())) == ([], [gone])
    with pytest.raises(PermissionDenied):
        actions.confirm_revocation(decision=gone, by=leader)
    confirmed = actions.confirm_revocation(decision=gone, by=second)
    with pytest.raises(ValidationError, match="không chờ ai"):
        actions.confirm_revocation(decision=gone, by=UserFactory(function="leader"))

    assert (confirmed.revoked_by, confirmed.revocation_confirmed_by) == (leader, second)
    assert list(Decision.objects.public()) == [gone]
    entry = JournalEntry.objects.order_by("pk").last()
    assert (entry.verb, entry.by) == ("recognition.revocation_confirmed", second)


def test_sign_is_refused_to_who_drafted_it():
    both = UserFactory(function=["leader", "secretariat"])

    with pytest.raises(PermissionDenied):
        actions.sign(decision=DecisionFactory(drafted_by=both), by=both)


def test_sign_waits_for_a_hold_and_never_for_tomorrow():
    leader, decision = UserFactory(function="leader"), DecisionFactory()

    with pytest.raises(ValidationError, match="chưa tới"):
        actions.sign(
            decision=decision, by=leader, signed_on=calendar.today() + datetime.timedelta(days=1)
        )
    HoldFactory(exemplar=decision.exemplar)
    with pytest.raises(ValidationError, match="bộ phận thường trực"):
        actions.sign(decision=decision, by=leader)


def test_revoke_needs_a_reason_and_ends_the_recognition(heard):
    leader = UserFactory(function="leader")
    decision = actions.sign(decision=DecisionFactory(), by=UserFactory(function="leader"))

    with pytest.raises(ValidationError, match="lý do"):
        actions.revoke(decision=decision, by=leader, reason="")
    gone = actions.revoke(decision=decision, by=leader, reason="Khai không đúng.")

    decision.exemplar.refresh_from_db()
    assert (gone.state, gone.revoked_on) == ("revoked", calendar.today())
    assert not decision.exemplar.is_recognised
    assert heard == [("revoked", decision.pk)]


def test_revoke_is_refused_outside_the_life_of_the_decision():
    leader = UserFactory(function="leader")
    decision = actions.sign(decision=DecisionFactory(), by=UserFactory(function="leader"))
    day = datetime.timedelta(days=1)

    with pytest.raises(ValidationError, match="chưa tới"):
        actions.revoke(decision=decision, by=leader, reason="Sai.", on=calendar.today() + day)
    with pytest.raises(ValidationError, match="sau ngày ký"):
        actions.revoke(decision=decision, by=leader, reason="Sai.", on=calendar.today() - day)
    with pytest.raises(IllegalMove):
        actions.revoke(decision=DecisionFactory(), by=leader, reason="Sai.")
    with pytest.raises(PermissionDenied):
        actions.revoke(decision=decision, by=UserFactory(function="secretariat"), reason="Sai.")
    assert set(Decision.objects.values_list("state", flat=True)) == {"signed", "drafted"}


def test_revoke_leaves_an_exemplar_recognised_that_another_decision_names():
    leader, yesterday = (
        UserFactory(function="leader"),
        calendar.today() - datetime.timedelta(days=1),
    )
    first = DecisionFactory()
    other = DecisionFactory(nomination=NominationFactory(exemplar=first.exemplar, state="accepted"))
    actions.sign(decision=first, by=leader, signed_on=yesterday)
    signed = actions.sign(decision=other, by=leader)

    actions.revoke(decision=signed, by=leader, reason="Nhầm hồ sơ.")

    first.exemplar.refresh_from_db()
    assert (first.exemplar.recognised_on, first.exemplar.revoked_on) == (yesterday, None)


def test_sign_keeps_a_book_for_every_issuer():
    leader = UserFactory(function="leader")

    signed = [actions.sign(decision=DecisionFactory(), by=leader) for _ in range(2)]

    assert [one.number_sign for one in signed] == ["01/QĐ-UBND", "01/QĐ-UBND"]
    assert signed[0].issuer != signed[1].issuer


def test_sign_that_is_refused_leaves_no_gap_in_the_book():
    leader, decision = UserFactory(function="leader"), DecisionFactory()
    hold = HoldFactory(exemplar=decision.exemplar)
    with pytest.raises(ValidationError):
        actions.sign(decision=decision, by=leader)
    hold.delete()

    assert actions.sign(decision=decision, by=leader).number == 1
    with pytest.raises(IllegalMove):
        actions.sign(decision=decision, by=leader)
