import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.direction import actions as direction
from guong.direction.models import CriteriaSet, Rule, SubjectKind
from guong.direction.tests.factories import CriteriaSetFactory, CriterionFactory, RuleFactory
from guong.exemplars.models import Distinction, Exemplar
from guong.exemplars.tests.factories import (
    CheckFactory,
    ClaimFactory,
    EvidenceFactory,
    ExemplarFactory,
)
from guong.nomination import actions
from guong.nomination.models import CriterionAnswer
from guong.nomination.selectors import Status, completeness, facts_of, judged_by
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

from .factories import NominationFactory

pytestmark = pytest.mark.django_db
START = datetime.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def no_rules_of_the_seed():
    Rule.objects.all().delete()


@pytest.fixture
def criteria_set():
    """The province's, in force: one required criterion, one scored, one only to read."""
    board = UnitFactory(kind="provincial_pc")
    kinds = ["required", "scored", "informational"]
    return CriteriaSetFactory(in_force=True, issuer=board, criteria=kinds)


@pytest.fixture
def nomination(criteria_set):
    return NominationFactory()


def clerk_of(nomination):
    return UserFactory(unit=nomination.unit, function="introducer")


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def answer(nomination, code="C1", *, by=None, words="Thôn đã họp.", papers=1, **more):
    """The criterion is answered with as many pieces of evidence as asked for."""
    criterion = judged_by(nomination).criteria.get(code=code)
    slot = criterion.slots.first()
    pieces = EvidenceFactory.create_batch(papers, exemplar=nomination.exemplar)
    return actions.answer(
        nomination=nomination,
        criterion=criterion,
        by=by or clerk_of(nomination),
        words=words,
        fillings={slot: pieces} if pieces else None,
        **more,
    )


def statuses(nomination):
    return {one.criterion.code: one.status for one in completeness(nomination).criteria}


def parts(nomination):
    return {part.key: part.status for part in completeness(nomination).parts}


# --- by what it is judged ---
def test_the_kinds_of_subject_are_those_of_the_life_record():
    assert SubjectKind.choices == Exemplar.Kind.choices


def test_not_choosing_spares_nobody_the_criteria(nomination, criteria_set):
    assert (nomination.criteria_set, judged_by(nomination)) == (None, criteria_set)


def test_a_chosen_set_that_is_over_gives_way_while_the_dossier_is_open(nomination, criteria_set):
    nomination.criteria_set = CriteriaSetFactory(
        state="retired", valid_from=START, valid_until=datetime.date(2026, 2, 1), document="1/QĐ"
    )

    assert judged_by(nomination) == criteria_set
    nomination.state = "submitted"
    assert judged_by(nomination) == nomination.criteria_set


def test_without_a_set_in_force_there_are_no_criteria_and_nothing_stops():
    nomination = NominationFactory()

    state = completeness(nomination)

    assert (state.criteria_set, state.criteria, state.is_ready) == (None, [], True)
    assert "tieu-chi" not in parts(nomination)


def test_choose_set_takes_one_that_fits_and_is_journalled(nomination):
    own = CriteriaSetFactory(in_force=True, issuer=nomination.unit)

    chosen = actions.choose_set(nomination=nomination, by=clerk_of(nomination), criteria_set=own)

    assert judged_by(chosen) == own
    assert lines() == [("nomination.set_chosen", {})]


def test_choose_set_refuses_a_draft_and_another_commune_s(nomination):
    for other in (CriteriaSetFactory(issuer=nomination.unit), CriteriaSetFactory(in_force=True)):
        with pytest.raises(ValidationError, match="không đang dùng"):
            actions.choose_set(nomination=nomination, by=clerk_of(nomination), criteria_set=other)

    nomination.refresh_from_db()
    assert (nomination.criteria_set, lines()) == (None, [])


def test_choose_set_is_refused_to_others_and_when_it_has_been_sent(nomination, criteria_set):
    with pytest.raises(PermissionDenied):
        actions.choose_set(
            nomination=nomination,
            by=UserFactory(function="introducer"),
            criteria_set=criteria_set,
        )
    sent = NominationFactory(state="submitted")
    with pytest.raises(IllegalMove):
        actions.choose_set(nomination=sent, by=clerk_of(sent), criteria_set=criteria_set)


# --- answers ---
def test_answer_lays_evidence_into_its_place_and_replaces_what_was_said(nomination):
    clerk = clerk_of(nomination)
    answer(nomination, by=clerk, papers=2)

    made = answer(nomination, by=clerk, words=" Đã sửa. ", papers=1)

    assert CriterionAnswer.objects.get() == made
    assert (made.words, made.by, made.fillings.count()) == ("Đã sửa.", clerk, 1)
    assert lines() == [("nomination.answered", {})] * 2


def test_answer_in_words_alone(nomination):
    made = answer(nomination, papers=0)

    assert (made.words, made.fillings.count()) == ("Thôn đã họp.", 0)


def test_answer_refuses_more_points_than_there_are(nomination):
    for code, points in [("C2", 11), ("C1", 1)]:
        with pytest.raises(ValidationError, match="Điểm tối đa"):
            answer(nomination, code, points=points)

    assert not CriterionAnswer.objects.exists()


def test_answer_refuses_evidence_and_places_of_others(nomination, criteria_set):
    first, second = criteria_set.criteria.in_order()[:2]
    foreign, own = EvidenceFactory(), EvidenceFactory(exemplar=nomination.exemplar)

    for slot, piece, words in [
        (first.slots.first(), foreign, "hồ sơ khác"),
        (second.slots.first(), own, "tiêu chí khác"),
    ]:
        with pytest.raises(ValidationError, match=words):
            actions.answer(
                nomination=nomination,
                criterion=first,
                by=clerk_of(nomination),
                fillings={slot: [piece]},
            )
    assert not CriterionAnswer.objects.exists()


def test_answer_refuses_a_criterion_of_another_set(nomination):
    other = CriterionFactory()

    with pytest.raises(ValidationError, match="bộ tiêu chí khác"):
        actions.answer(nomination=nomination, criterion=other, by=clerk_of(nomination))


def test_answer_is_refused_to_another_unit_and_when_it_has_been_sent(nomination, criteria_set):
    criterion = criteria_set.criteria.first()

    with pytest.raises(PermissionDenied):
        actions.answer(
            nomination=nomination, criterion=criterion, by=UserFactory(function="introducer")
        )
    sent = NominationFactory(state="submitted", criteria_set=criteria_set)
    with pytest.raises(IllegalMove):
        actions.answer(nomination=sent, criterion=criterion, by=clerk_of(sent))
    assert (CriterionAnswer.objects.exists(), lines()) == (False, [])


# --- how far ---
def test_a_criterion_goes_from_not_begun_to_done(nomination):
    before = statuses(nomination)
    answer(nomination, "C1", papers=0)
    begun = statuses(nomination)
    answer(nomination, "C1")
    answer(nomination, "C2")
    without_points = statuses(nomination)
    answer(nomination, "C2", points=7)

    assert before == dict.fromkeys(["C1", "C2", "C3"], Status.UNTOUCHED)
    assert begun == before | {"C1": Status.DOING}
    assert without_points == before | {"C1": Status.DONE, "C2": Status.DOING}
    assert statuses(nomination) == before | {"C1": Status.DONE, "C2": Status.DONE}


def test_evidence_that_proved_nothing_must_be_mended(nomination):
    made = answer(nomination)
    piece = made.fillings.get().evidence
    claim = nomination.claims.get()
    CheckFactory(claim=claim, evidence=piece, result="proven")
    proven = statuses(nomination)["C1"]

    CheckFactory(claim=claim, evidence=piece, result="unproven")

    (first, *_) = completeness(nomination).criteria
    assert (proven, first.status) == (Status.DONE, Status.FIX)
    assert first.missing == f"minh chứng chưa chứng tỏ được: «{piece.title}»"
    assert parts(nomination)["tieu-chi"] == Status.FIX


def test_what_a_criterion_lacks_is_told_in_words(nomination, criteria_set):
    bare = CriterionFactory(criteria_set=criteria_set, order=4, slots=[])
    answer(nomination, "C1")

    told = {one.criterion.code: one.missing for one in completeness(nomination).criteria}

    assert told == {
        "C1": "",
        "C2": "còn thiếu Biên bản họp thôn (0/1)",
        "C3": "còn thiếu Biên bản họp thôn (0/1)",
        bare.code: "chưa nói đáp ứng thế nào",
    }


def test_a_criterion_that_is_switched_off_is_asked_of_nobody(nomination, criteria_set):
    criteria_set.criteria.filter(code="C1").update(is_switched_on=False)

    assert set(statuses(nomination)) == {"C2", "C3"}
    assert completeness(nomination).is_ready


def test_the_list_counts_parts_that_are_done(nomination):
    bare = parts(nomination)
    for code, points in [("C1", None), ("C2", 5), ("C3", None)]:
        answer(nomination, code, points=points)
    Exemplar.objects.filter(pk=nomination.exemplar_id).update(
        field=FieldFactory(), commune=nomination.unit, occupation="Nông dân", summary="Cách làm"
    )
    nomination.exemplar.refresh_from_db()
    nomination.claims.add(ClaimFactory(exemplar=nomination.exemplar, after=5))

    state = completeness(nomination)

    assert bare == {
        "nguoi": Status.UNTOUCHED,
        "thanh-tich": Status.DOING,
        "minh-chung": Status.UNTOUCHED,
        "tieu-chi": Status.UNTOUCHED,
    }
    assert (state.done, {part.status for part in state.parts}) == (4, {Status.DONE})
    assert [status.label for status in Status] == ["Chưa làm", "Đang làm dở", "Cần sửa", "Xong"]
    assert [status.colour for status in Status] == ["", "info", "care", "done"]


def test_some_of_the_person_and_some_of_the_criteria_is_work_in_progress(nomination):
    answer(nomination, "C1")
    nomination.exemplar.occupation = "Nông dân"

    found = {part.key: (part.status, part.missing) for part in completeness(nomination).parts}

    assert found["nguoi"] == (
        Status.DOING,
        "còn thiếu: nơi ở, lĩnh vực, cách làm để nơi khác học",
    )
    assert found["tieu-chi"] == (Status.DOING, "còn thiếu: C2, C3")


def test_a_claim_with_a_newer_version_must_be_looked_at(nomination):
    old = nomination.claims.get()
    ClaimFactory(exemplar=old.exemplar, key=old.key, version=2, replaces=old)

    assert parts(nomination)["thanh-tich"] == Status.FIX
    nomination.claims.clear()
    assert parts(nomination)["thanh-tich"] == Status.UNTOUCHED


def test_what_came_back_waits_until_something_has_changed(criteria_set):
    nomination = NominationFactory(state="returned")
    nomination.state_since = calendar.now()  # it came back after its claims were stated
    before = parts(nomination)["tra-lai"]

    EvidenceFactory(exemplar=nomination.exemplar)

    assert (before, parts(nomination)["tra-lai"]) == (Status.FIX, Status.DONE)


# --- rules ---
def test_facts_are_the_titles_given_and_what_the_unit_has_filed(nomination):
    exemplar = nomination.exemplar
    exemplar.recognised_on = START
    Distinction.objects.create(exemplar=exemplar, title="Gương xã", given_on=START, given_by="Xã")
    Distinction.objects.create(exemplar=exemplar, title="Không rõ ngày", given_by="Xã")
    NominationFactory(exemplar=ExemplarFactory(unit=nomination.unit))
    NominationFactory(exemplar=ExemplarFactory(unit=nomination.unit), state="withdrawn")
    NominationFactory()

    facts = facts_of(nomination)

    assert facts.held == {"Gương xã": [START], "Điển hình tiên tiến": [START]}
    assert facts.counts == {"số hồ sơ đơn vị đã lập trong năm": 2}
    assert facts.on == calendar.today()


@pytest.mark.parametrize(
    ("fields", "stops", "part"),
    [
        ({"binding": True}, True, Status.FIX),
        ({}, False, Status.FIX),
        ({"binding": True, "is_switched_on": False}, False, None),
        ({"binding": True, "award": "Danh hiệu khác"}, False, None),
        ({"binding": True, "subject_kinds": ",collective,"}, False, None),
        ({"binding": True, "valid_until": START}, False, None),
        ({"binding": True, "number": 0}, False, Status.DONE),
        ({"binding": True, "kind": "quota", "counted": "điều khác"}, False, Status.DOING),
    ],
)
def test_only_a_binding_rule_of_this_award_and_kind_stops(fields, stops, part):
    RuleFactory(**fields)
    nomination = NominationFactory()

    state = completeness(nomination)

    assert (not state.is_ready, parts(nomination).get("quy-dinh")) == (stops, part)
    assert bool(state.warnings) == (part in (Status.FIX, Status.DOING) and not stops)


# --- submit ---
def test_submit_is_refused_for_a_required_criterion_of_a_set_in_force(nomination):
    with pytest.raises(ValidationError) as refusal:
        actions.submit(nomination=nomination, by=clerk_of(nomination))

    assert refusal.value.messages == ["Tiêu chí C1 (bắt buộc) còn thiếu Biên bản họp thôn (0/1)."]
    nomination.refresh_from_db()
    assert (nomination.state, nomination.criteria_set, lines()) == ("draft", None, [])


def test_submit_keeps_the_version_it_was_judged_by(nomination, criteria_set):
    answer(nomination, "C1")

    sent = actions.submit(nomination=nomination, by=clerk_of(nomination))
    CriteriaSet.objects.filter(pk=criteria_set.pk).update(
        state="retired", valid_until=datetime.date(2026, 2, 1)
    )

    sent.refresh_from_db()
    state = completeness(sent)
    assert (sent.state, sent.criteria_set, state.criteria_set) == (
        "submitted",
        criteria_set,
        criteria_set,
    )
    # It is over now: what it asks is still told and stops nothing.
    CriterionAnswer.objects.all().delete()
    over = completeness(sent)
    assert (over.blocking, over.warnings) == (
        [],
        ["Tiêu chí C1 (bắt buộc) còn thiếu Biên bản họp thôn (0/1)."],
    )


def test_submit_is_refused_by_a_binding_rule_in_its_own_words_until_it_is_overridden():
    rule = RuleFactory(binding=True)
    nomination = NominationFactory()
    clerk = clerk_of(nomination)

    with pytest.raises(ValidationError, match=r"mới có 0 năm liền .* cần 2 năm"):
        actions.submit(nomination=nomination, by=clerk)
    direction.override_rule(
        rule=rule,
        subject=nomination,
        by=UserFactory(function="secretariat"),
        reason="Việc cứu người đột xuất, không đợi đủ năm.",
    )
    sent = actions.submit(nomination=nomination, by=clerk)

    assert sent.state == "submitted"
    assert parts(sent)["quy-dinh"] == Status.DONE


def test_submit_is_only_warned_by_a_rule_nobody_has_verified():
    RuleFactory()
    nomination = NominationFactory()

    warned = completeness(nomination).warnings
    sent = actions.submit(nomination=nomination, by=clerk_of(nomination))

    assert ("chưa xác minh" in warned[0], sent.state) == (True, "submitted")
