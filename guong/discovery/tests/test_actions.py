import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from guong.core import journal
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.discovery import actions
from guong.discovery.models import Lead, Letter
from guong.discovery.tests.factories import LeadFactory, LetterFactory
from guong.exemplars.tests.factories import ConflictFactory, ConsentFactory, ExemplarFactory
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

pytestmark = pytest.mark.django_db

TOLD = {"source": "citizen", "who": "Bà  Mẫu", "what": "Mười năm dạy chữ cho trẻ trong làng."}
SUSPECT = "Công văn số 12/ZZ-Qwerty của UBND tỉnh Qwerty."


def clerk_of(unit):
    return UserFactory(unit=unit, function="introducer")


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


# --- receive ----------------------------------------------------------------
def test_receive_lays_the_lead_with_the_unit_under_a_code_nobody_guesses():
    unit = UnitFactory()

    leads = [actions.receive(by=clerk_of(unit), unit=unit, **TOLD) for _ in range(2)]

    lead = leads[0]
    assert (lead.who, lead.unit, lead.state, lead.verdict["verdict"]) == (
        "Bà Mẫu",
        unit,
        "received",
        "pass",
    )
    assert all(re.fullmatch(r"GT(-[0-9A-Z]{4}){3}", one.code) for one in leads)
    assert len({one.code for one in leads}) == 2
    assert lines() == [("discovery.received", {"source": "citizen", "verdict": "pass"})] * 2


def test_receive_marks_what_nobody_outside_waits_for_with_the_year():
    unit = UnitFactory()

    lead = actions.receive(by=clerk_of(unit), unit=unit, **TOLD | {"source": "unit"})

    prefix, year, rest = lead.code.split("-")
    assert (prefix, int(year), len(rest)) == ("TIN", lead.received_at.year, 8)


def test_receive_holds_what_the_guard_does_not_pass_and_names_the_spans():
    unit = UnitFactory()

    lead = actions.receive(
        by=clerk_of(unit),
        unit=unit,
        source="press",
        who=" Ai  Đó ",
        where="Làng  Mẫu",
        what=SUSPECT,
    )

    assert lead.state == "held"
    reasons = lead.verdict["reasons"]
    assert reasons and all(
        lead.words[reason["start"] : reason["end"]] == reason["text"] for reason in reasons
    )


def test_receive_takes_the_verdict_and_the_code_of_whoever_asked_before():
    unit = UnitFactory()
    verdict = {"verdict": "pass", "reasons": []}

    lead = actions.receive(
        by=clerk_of(unit),
        unit=unit,
        source="list",
        who="Ai Đó",
        what=SUSPECT,
        verdict=verdict,
        code="TIN-2026-ABC",
    )

    assert (lead.state, lead.code) == ("received", "TIN-2026-ABC")


def test_receive_makes_one_lead_of_a_submission_moved_twice():
    intake_id, unit = uuid.uuid4(), UnitFactory()

    made = [
        actions.receive(by=system_user(), unit=unit, intake_id=intake_id, **TOLD) for _ in range(2)
    ]

    assert made[0] == made[1] == Lead.objects.get()
    assert len(lines()) == 1


def test_receive_all_takes_up_at_once_those_for_records_their_own_list_made():
    unit = UnitFactory()
    clerk = clerk_of(unit)
    own, foreign = ExemplarFactory(unit=unit, introduced_by=clerk), ExemplarFactory(unit=unit)
    told = [{"who": "Ai Đó", "what": SUSPECT, "exemplar": each} for each in (own, foreign, None)]

    leads = actions.receive_all(by=clerk, unit=unit, told=told)

    assert [(lead.source, lead.state, lead.exemplar) for lead in leads] == [
        ("list", "taken_up", own),
        ("list", "received", None),
        ("list", "received", None),
    ]
    assert lines() == [("discovery.received", {"source": "list", "verdict": "pass"})] * 3
    assert JournalEntry.objects.get(target=journal.ref(leads[0])).subject == journal.ref(own)


def test_receive_all_makes_nothing_where_one_line_tells_nothing():
    unit = UnitFactory()
    told = [{"who": "Ai Đó", "what": "Dạy chữ"}, {"who": "Ai Đó", "what": " "}]

    with pytest.raises(ValidationError, match="Cần cho biết"):
        actions.receive_all(by=clerk_of(unit), unit=unit, told=told)
    with pytest.raises(PermissionDenied):
        actions.receive_all(by=clerk_of(UnitFactory()), unit=unit, told=told[:1])

    assert (Lead.objects.exists(), lines()) == (False, [])


@pytest.mark.parametrize("blank", ["who", "what"])
def test_receive_needs_who_and_what(blank):
    unit = UnitFactory()

    with pytest.raises(ValidationError, match="Cần cho biết"):
        actions.receive(by=clerk_of(unit), unit=unit, **(TOLD | {blank: "  "}))

    assert (Lead.objects.exists(), lines()) == (False, [])


# --- answers ----------------------------------------------------------------
def test_take_up_ties_the_lead_to_its_life_record():
    lead = LeadFactory()
    exemplar = ExemplarFactory(unit=lead.unit)

    taken = actions.take_up(lead=lead, exemplar=exemplar, by=clerk_of(lead.unit))

    assert (taken.state, taken.exemplar) == ("taken_up", exemplar)
    assert "Cảm ơn" in taken.answer
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.states, entry.subject) == (
        "discovery.taken_up",
        {"old": "received"},
        f"exemplars.exemplar:{exemplar.pk}",
    )


def test_take_up_is_refused_for_a_record_the_person_may_not_see():
    lead = LeadFactory()
    clerk = clerk_of(lead.unit)
    hidden = ConflictFactory(user=clerk, exemplar__unit=lead.unit).exemplar

    with pytest.raises(ValidationError, match="Không có hồ sơ này"):
        actions.take_up(lead=lead, exemplar=hidden, by=clerk)

    lead.refresh_from_db()
    assert (lead.state, lead.exemplar, lines()) == ("received", None, [])


def test_take_up_of_a_held_lead_is_an_illegal_move():
    lead = LeadFactory(held=True)

    with pytest.raises(IllegalMove):
        actions.take_up(lead=lead, exemplar=ExemplarFactory(unit=lead.unit), by=clerk_of(lead.unit))

    assert lines() == []


@pytest.mark.parametrize("held", [False, True])
def test_decline_answers_with_its_reason(held):
    lead = LeadFactory(held=held)

    declined = actions.decline(lead=lead, by=clerk_of(lead.unit), reason="Chưa đủ thông tin.")

    assert (declined.state, declined.answer) == ("declined", "Chưa đủ thông tin.")
    entry = JournalEntry.objects.get()
    assert (entry.states, entry.text.text) == (
        {"old": "held" if held else "received"},
        "Chưa đủ thông tin.",
    )


def test_let_pass_is_done_by_a_second_person():
    lead = LeadFactory(held=True, received_by=UserFactory(function="secretariat"))
    second = UserFactory(function="secretariat")

    with pytest.raises(PermissionDenied):
        actions.let_pass(lead=lead, by=lead.received_by, reason="Không sao.")
    passed = actions.let_pass(lead=lead, by=second, reason="Tên báo viết đúng.")

    assert passed.state == "received"
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.by, entry.text.text) == (
        "discovery.let_pass",
        second,
        "Tên báo viết đúng.",
    )


@pytest.mark.parametrize("verb", ["decline", "let_pass"])
def test_decline_and_let_pass_need_a_reason(verb):
    lead = LeadFactory(held=True)

    with pytest.raises(ValidationError, match="Chưa nêu lý do"):
        getattr(actions, verb)(lead=lead, by=UserFactory(function="secretariat"), reason=" ")

    lead.refresh_from_db()
    assert (lead.state, lines()) == ("held", [])


def test_bore_fruit_tells_whoever_gave_the_lead():
    lead = LeadFactory(state="taken_up", exemplar=ExemplarFactory())

    told = actions.bore_fruit(lead=lead, by=UserFactory(function="leader"))

    assert "đã được công nhận" in told.answer
    assert lines() == [("discovery.bore_fruit", {})]


def test_bore_fruit_needs_a_lead_that_was_taken_up():
    with pytest.raises(ValidationError, match="chưa được lập hồ sơ"):
        actions.bore_fruit(lead=LeadFactory(), by=UserFactory(function="leader"))

    assert lines() == []


def test_every_action_is_refused_to_a_stranger_and_leaves_no_trace():
    lead = LeadFactory()
    stranger = UserFactory(function="introducer")
    tries = [
        lambda: actions.receive(by=stranger, unit=lead.unit, **TOLD),
        lambda: actions.take_up(lead=lead, exemplar=ExemplarFactory(), by=stranger),
        lambda: actions.decline(lead=lead, by=stranger, reason="x"),
        lambda: actions.let_pass(lead=lead, by=stranger, reason="x"),
        lambda: actions.bore_fruit(lead=lead, by=stranger),
    ]

    for one in tries:
        with pytest.raises(PermissionDenied):
            one()

    assert (Lead.objects.get().state, lines()) == ("received", [])


# --- letters -------------------------------------------------------------------
def told(**more):
    return {
        "by": system_user(),
        "kind": "learn",
        "text": "Tôi muốn học cách vần công.",
        "intake_id": uuid.uuid4(),
        "code": f"HT-{uuid.uuid4().hex[:8]}",
    } | more


def officers():
    return UserFactory(function="editor"), UserFactory(function="secretariat")


def shown_exemplar():
    exemplar = ExemplarFactory(recognised=True)
    ConsentFactory(exemplar=exemplar, purpose="name_publicly")
    return exemplar


def test_receive_letter_ties_it_to_whom_it_names_and_keeps_it_once():
    exemplar = shown_exemplar()
    hidden = ExemplarFactory()
    same = told(about=f" {exemplar.code.lower()} ")

    letters = [actions.receive_letter(**same) for _ in range(2)]
    other = actions.receive_letter(**told(about=hidden.code))

    assert letters[0] == letters[1]
    assert (letters[0].exemplar, letters[0].state) == (exemplar, "new")
    assert (other.exemplar, other.about) == (None, hidden.code)  # what is not public is not told
    assert lines() == [("discovery.letter_received", {"kind": "learn"})] * 2
    with pytest.raises(PermissionDenied):
        actions.receive_letter(**told(by=officers()[0]))


def test_answer_letter_says_what_was_done():
    letter, (editor, _) = LetterFactory(), officers()

    with pytest.raises(ValidationError, match="Ghi lại"):
        actions.answer_letter(letter=letter, by=editor, answer=" ")
    done = actions.answer_letter(letter=letter, by=editor, answer="Đã gọi lại.")

    assert (done.state, done.answer, done.handled_by) == ("answered", "Đã gọi lại.", editor)
    assert lines() == [("discovery.letter_answered", {"old": "new"})]
    with pytest.raises(PermissionDenied):
        actions.answer_letter(letter=letter, by=UserFactory(function="leader"), answer="x")


def test_set_aside_letter_needs_a_reason_and_takes_a_comment_off_again():
    editor, secretary = officers()
    letter = LetterFactory(kind="comment", exemplar=shown_exemplar())
    actions.choose_comment(letter=letter, by=editor)
    actions.publish_comment(letter=letter, by=secretary)
    assert list(Letter.objects.public()) == [letter]

    with pytest.raises(ValidationError, match="lý do"):
        actions.set_aside_letter(letter=letter, by=editor, reason="")
    actions.set_aside_letter(letter=letter, by=editor, reason="Người viết xin thôi.")

    assert list(Letter.objects.public()) == []
    assert lines()[-1] == ("discovery.letter_set_aside", {"old": "published"})


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "feedback"}, "Chỉ đăng được lời bình"),
        ({"exemplar": None}, "Chỉ đăng được lời bình"),
        ({"verdict": {"verdict": "hold", "reasons": []}}, "Lớp gác giữ"),
    ],
)
def test_choose_comment_refuses_what_may_not_be_shown(more, words):
    letter = LetterFactory(**{"kind": "comment", "exemplar": shown_exemplar()} | more)

    with pytest.raises(ValidationError, match=words):
        actions.choose_comment(letter=letter, by=officers()[0])

    assert Letter.objects.get().state == "new"


def test_publish_comment_needs_a_second_person():
    editor, secretary = officers()
    letter = LetterFactory(kind="comment", exemplar=shown_exemplar())
    actions.choose_comment(letter=letter, by=editor)

    with pytest.raises(PermissionDenied):
        actions.publish_comment(letter=letter, by=editor)
    done = actions.publish_comment(letter=letter, by=secretary)

    assert (done.state, done.handled_by, done.approved_by) == ("published", editor, secretary)
    assert [verb for verb, _ in lines()] == [
        "discovery.comment_chosen",
        "discovery.comment_published",
    ]


def test_the_database_refuses_a_comment_one_officer_let_through_alone():
    editor = officers()[0]
    letter = LetterFactory(kind="comment", handled_by=editor)

    with pytest.raises(IntegrityError, match="letter_published_by_four_eyes"):
        Letter.objects.filter(pk=letter.pk).update(state="published", approved_by=editor)


# --- A list is taken back ---
def test_take_back_removes_a_lead_of_a_list_nobody_has_dealt_with():
    by = UserFactory(function="introducer")
    lead = actions.receive(by=by, source="list", who="Nul", what="Dạy chữ", unit=by.unit)

    actions.take_back(lead=lead, by=by)

    assert not Lead.objects.exists()
    assert JournalEntry.objects.latest("pk").verb == "discovery.taken_back"


def test_take_back_refuses_what_came_otherwise_or_was_dealt_with_or_lies_elsewhere():
    by = UserFactory(function="introducer")
    told = actions.receive(by=by, source="unit", who="Nul", what="Dạy chữ", unit=by.unit)
    listed = actions.receive(by=by, source="list", who="Nul", what="Dạy chữ", unit=by.unit)
    actions.decline(lead=listed, by=by, reason="Trùng với tin trước")

    for lead in (told, listed):
        with pytest.raises(ValidationError, match="xử lý"):
            actions.take_back(lead=lead, by=by)
    with pytest.raises(PermissionDenied):
        actions.take_back(lead=told, by=UserFactory(function="introducer"))
    assert Lead.objects.count() == 2
