import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import queue
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.discovery import actions as discovery
from guong.discovery.models import Lead
from guong.discovery.tests.factories import LeadFactory
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ClaimFactory, ConflictFactory, ExemplarFactory
from guong.nomination import actions
from guong.nomination.models import Nomination
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

from .factories import NominationFactory

pytestmark = pytest.mark.django_db
State = Nomination.State
REASON = "Thiếu xác nhận của thôn, xin bổ sung biên bản."


def clerk_of(record):
    return UserFactory(unit=record.unit, function="introducer")


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def test_draft_makes_one_open_dossier_and_answers_its_lead():
    exemplar = ExemplarFactory()
    clerk, claim = clerk_of(exemplar), ClaimFactory(exemplar=exemplar)
    lead = Lead.objects.create(
        code="TIN-1",
        source="citizen",
        who="A",
        what="B",
        unit=exemplar.unit,
        received_by=system_user(),
    )

    made = actions.draft(by=clerk, unit=exemplar.unit, exemplar=exemplar, claims=[claim], lead=lead)

    lead.refresh_from_db()
    assert (made.state, list(made.claims.all()), lead.state) == ("draft", [claim], "taken_up")
    with pytest.raises(ValidationError, match="hồ sơ đề cử mở"):
        actions.draft(by=clerk, unit=exemplar.unit, exemplar=exemplar, claims=[claim])


def test_draft_all_makes_a_dossier_of_each_lead_with_the_claims_of_its_record():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")
    claims = [ClaimFactory(exemplar__unit=unit, exemplar__introduced_by=clerk) for _ in range(2)]
    told = [{"who": "A", "what": "B", "exemplar": claim.exemplar} for claim in claims]
    leads = discovery.receive_all(by=clerk, unit=unit, told=told)

    made = actions.draft_all(by=clerk, unit=unit, leads=leads)

    assert [(one.exemplar, one.lead, list(one.claims.all())) for one in made] == [
        (claim.exemplar, lead, [claim]) for claim, lead in zip(claims, leads, strict=True)
    ]
    assert [verb for verb, _ in lines()][-2:] == ["nomination.drafted"] * 2
    with pytest.raises(ValidationError, match="hồ sơ đề cử mở"):
        actions.draft_all(by=clerk, unit=unit, leads=leads[:1])
    with pytest.raises(PermissionDenied):
        actions.draft_all(by=UserFactory(function="introducer"), unit=unit, leads=leads)


def test_draft_without_a_waiting_lead_leaves_leads_alone():
    exemplar = ExemplarFactory()

    made = actions.draft(by=clerk_of(exemplar), unit=exemplar.unit, exemplar=exemplar, claims=[])

    assert made.lead is None


def test_draft_is_refused_to_another_unit():
    exemplar = ExemplarFactory()

    with pytest.raises(PermissionDenied):
        actions.draft(
            by=UserFactory(function="introducer"), unit=exemplar.unit, exemplar=exemplar, claims=[]
        )
    assert not Nomination.objects.exists()


def test_submit_hands_over_and_is_journalled():
    nomination = NominationFactory()
    clerk = clerk_of(nomination)

    submitted = actions.submit(nomination=nomination, by=clerk)

    assert (submitted.state, submitted.submitted_by) == (State.SUBMITTED, clerk)
    assert lines() == [("nomination.submitted", {"old": "draft"})]


def test_submit_is_refused_to_another_unit_and_leaves_no_trace():
    nomination = NominationFactory()

    with pytest.raises(PermissionDenied):
        actions.submit(nomination=nomination, by=UserFactory(function="introducer"))

    nomination.refresh_from_db()
    assert (nomination.state, lines()) == (State.DRAFT, [])


@pytest.mark.parametrize(
    ("claims", "batch", "words"), [([], "", "thành tích"), (None, "7", "Excel")]
)
def test_submit_names_what_is_missing(claims, batch, words):
    nomination = NominationFactory(claims=claims, exemplar__batch=batch)

    with pytest.raises(ValidationError, match=words):
        actions.submit(nomination=nomination, by=clerk_of(nomination))


def test_submit_goes_one_way_only():
    nomination = NominationFactory(state=State.ACCEPTED)

    with pytest.raises(IllegalMove):
        actions.submit(nomination=nomination, by=clerk_of(nomination))


def test_return_keeps_the_reason_out_of_the_chain_and_out_of_the_letter(mailoutbox):
    nomination = NominationFactory(state=State.SUBMITTED)
    clerk_of(nomination)
    head = UserFactory(unit=nomination.unit, function="unit_head")
    secretary = UserFactory(function="secretariat")

    actions.return_(nomination=nomination, by=secretary, reason=REASON)
    queue.run_all()

    # Who wrote and sent it, and the head; nobody else of the unit.
    assert sorted(mail for sent in mailoutbox for mail in sent.to) == sorted(
        [nomination.drafted_by.email, head.email]
    )
    assert REASON not in mailoutbox[0].body
    entry = JournalEntry.objects.get()
    assert (entry.states, entry.text.text) == ({"old": "submitted"}, REASON)


def test_return_writes_to_nobody_where_nobody_has_an_address(mailoutbox):
    nomination = NominationFactory(state=State.SUBMITTED)
    nomination.unit.accounts.update(email="")

    actions.return_(nomination=nomination, by=UserFactory(function="secretariat"), reason=REASON)
    queue.run_all()

    assert mailoutbox == []


def test_return_needs_a_reason_one_can_act_on():
    nomination = NominationFactory(state=State.SUBMITTED)

    with pytest.raises(ValidationError, match="hai mươi"):
        actions.return_(nomination=nomination, by=UserFactory(function="secretariat"), reason="Sửa")


def test_accept_takes_the_dossier_in():
    nomination = NominationFactory(state=State.SUBMITTED)

    taken = actions.accept(nomination=nomination, by=UserFactory(function="secretariat"))

    assert (taken.state, lines()) == (
        State.ACCEPTED,
        [("nomination.accepted", {"old": "submitted"})],
    )


def test_withdraw_ends_the_proposal():
    nomination = NominationFactory(state=State.RETURNED)

    gone = actions.withdraw(nomination=nomination, by=clerk_of(nomination), reason="Gia đình xin.")

    assert (gone.state, lines()) == (
        State.WITHDRAWN,
        [("nomination.withdrawn", {"old": "returned"})],
    )


def test_who_may_accept():
    secretary, author, involved = UserFactory.create_batch(3, function="secretariat")
    nomination = NominationFactory(state=State.SUBMITTED, submitted_by=author)
    ConflictFactory(exemplar=nomination.exemplar, user=involved)

    allowed = {
        user
        for user in [secretary, author, involved, clerk_of(nomination)]
        if user.has_perm("nomination.accept", nomination)
    }

    assert allowed == {secretary}
    assert not secretary.has_perm("nomination.accept", None)
    assert not clerk_of(nomination).has_perm("nomination.submit", None)
    assert not clerk_of(nomination).has_perm("nomination.draft", None)


# --- A list is taken back ---
def added(by):
    return exemplars.add(
        by=by,
        unit=by.unit,
        kind="individual",
        full_name="Nul",
        claims=[{"statement": "Dạy chữ"}],
    )


def listed(by):
    """A draft as a list makes it: life record, lead, nomination."""
    told = [{"who": "Nul", "what": "Dạy chữ", "exemplar": added(by)}]
    leads = discovery.receive_all(by=by, unit=by.unit, told=told)
    return actions.draft_all(by=by, unit=by.unit, leads=leads)[0]


def test_take_back_removes_draft_lead_and_life_record():
    by = UserFactory(function="introducer")
    nomination = listed(by)

    actions.take_back(nomination=nomination, by=by)

    assert [model.objects.count() for model in (Nomination, Lead, Exemplar)] == [0, 0, 0]
    assert set(JournalEntry.objects.values_list("verb", flat=True)) >= {
        "nomination.taken_back",
        "discovery.taken_back",
        "exemplars.taken_back",
    }


def test_take_back_refuses_what_was_sent_what_no_list_made_and_what_somebody_added_to():
    by = UserFactory(function="introducer")
    sent, added_to = listed(by), listed(by)
    actions.submit(nomination=sent, by=by)
    exemplars.state_claim(exemplar=added_to.exemplar, by=by, statement="Việc nữa")
    by_hand = NominationFactory(exemplar=added(by))
    told = NominationFactory(exemplar=added(by), lead=LeadFactory())
    before = Nomination.objects.count()

    for nomination, words in [
        (sent, "dự thảo"),
        (by_hand, "danh sách"),
        (told, "danh sách"),
        (added_to, "làm tiếp"),
    ]:
        with pytest.raises(ValidationError, match=words):
            actions.take_back(nomination=nomination, by=by)

    assert Nomination.objects.count() == before
    with pytest.raises(PermissionDenied):
        actions.take_back(nomination=by_hand, by=UserFactory(function="introducer"))
