"""What whoever gave a lead can read: written by one person, confirmed by another."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.discovery import actions
from guong.discovery.models import ANSWERED_WITHIN, Lead, LeadAnswer
from guong.dropbox.codes import answer_path
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import LeadAnswerFactory, LeadFactory

pytestmark = pytest.mark.django_db
TEXT = "Xã đã đến xem; việc tốt nhưng còn mới."


def board():
    return UserFactory(function="secretariat")


def told(by, source="citizen"):
    words = {"who": "Bà Mẫu", "what": "Mười năm dạy chữ cho trẻ trong làng."}
    return actions.receive(by=by, unit=UnitFactory(), source=source, **words)


def test_a_citizens_lead_has_an_address_and_a_day_others_have_none():
    lead, press = told(board()), told(board(), "press")

    assert (lead.answer_path, press.answer_path) == (answer_path(lead.code), "")
    promised = calendar.add_working_days(calendar.today(), ANSWERED_WITHIN)
    assert (lead.answer_due_on, press.answer_due_on) == (promised, None)


def test_answer_waits_for_a_second_person_and_the_last_word_counts():
    lead, first, second = LeadFactory(state="declined"), board(), board()

    actions.answer(lead=lead, by=first, text="Bản đầu.")
    made = actions.answer(lead=lead, by=second, text=f" {TEXT} ")

    assert (LeadAnswer.objects.get(), made.text, made.written_by) == (made, TEXT, second)
    assert list(LeadAnswer.objects.waiting()) == [made]
    assert list(LeadAnswer.objects.public()) == []
    entry = JournalEntry.objects.order_by("pk").last()
    assert (entry.verb, entry.by, entry.text.text) == ("discovery.answered", second, TEXT)


def test_confirm_answer_is_by_another_person_and_once():
    writer, second = board(), board()
    answer = actions.answer(lead=LeadFactory(state="taken_up"), by=writer, text=TEXT)

    with pytest.raises(PermissionDenied):
        actions.confirm_answer(answer=answer, by=writer)
    confirmed = actions.confirm_answer(answer=answer, by=second)
    with pytest.raises(ValidationError, match="rồi"):
        actions.confirm_answer(answer=answer, by=board())

    assert (confirmed.confirmed_by, confirmed.confirmed_at is not None) == (second, True)
    assert list(LeadAnswer.objects.public()) == [answer]
    entry = JournalEntry.objects.order_by("pk").last()
    assert (entry.verb, entry.by) == ("discovery.answer_confirmed", second)


def test_a_confirmed_answer_is_never_edited_a_later_one_takes_its_place():
    answer = LeadAnswerFactory(confirmed=True)

    later = actions.answer(lead=answer.lead, by=board(), text="Đã có quyết định công nhận.")

    answer.refresh_from_db()
    assert (answer.text, later.pk != answer.pk, later.confirmed_by) == (TEXT, True, None)


@pytest.mark.parametrize(
    ("state", "path"),
    [("received", "/tra-loi/a/"), ("held", "/tra-loi/a/"), ("declined", "")],
)
def test_answer_is_for_a_citizens_lead_that_has_been_decided(state, path):
    lead = LeadFactory(state=state, answer_path=path)

    with pytest.raises(ValidationError, match="xử lý xong"):
        actions.answer(lead=lead, by=board(), text=TEXT)
    assert not LeadAnswer.objects.exists() and not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("  ", "Chưa có câu trả lời"),
        ("Chúng tôi đã gặp BÀ LAN.", "không nêu tên"),
        ("Cảm ơn anh Tư Mẫu, đã rõ.", "không nêu tên"),
        ("Đã gọi 0901234567.", "không nêu tên"),
        ("Công văn số 12/ZZ-Qwerty của UBND tỉnh Qwerty.", "Lớp gác"),
    ],
)
def test_answer_names_nobody_and_passes_the_guard(text, refusal):
    lead = LeadFactory(state="declined", who="Bà Lan", contact="Anh Tư Mẫu, 0901234567, x")

    with pytest.raises(ValidationError, match=refusal):
        actions.answer(lead=lead, by=board(), text=text)
    assert not LeadAnswer.objects.exists()


def test_a_name_inside_another_word_is_no_name():
    lead = LeadFactory(state="declined", who="Lan", contact="")

    assert actions.answer(lead=lead, by=board(), text="Cả làng đã bàn và đồng tình.").pk


def test_the_database_refuses_one_person_for_both_and_two_that_wait():
    answer = LeadAnswerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        LeadAnswerFactory(confirmed_by=answer.written_by, written_by=answer.written_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadAnswerFactory(lead=answer.lead)


def test_who_may_answer_and_who_may_confirm():
    answer = LeadAnswerFactory()
    lead, other = answer.lead, UnitFactory()
    people = {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", lead.unit), ("far", other)]
        for name in Mandate.Function.values
    }

    def allowed(verb, thing):
        return {name for name, user in people.items() if user.has_perm(f"discovery.{verb}", thing)}

    boards = {"own secretariat", "far secretariat"}
    assert allowed("answer", lead) == boards | {"own introducer", "own unit_head"}
    assert allowed("confirm_answer", answer) == boards | {"own unit_head"}
    assert allowed("answer", None) == allowed("confirm_answer", None) == set()
    answer.written_by = people["own unit_head"]
    assert allowed("confirm_answer", answer) == boards


def test_which_leads_want_an_answer_and_which_have_a_page():
    waits = LeadFactory(state="declined")
    LeadFactory(state="declined", answer_path="")
    LeadFactory(held=True)
    fresh, answered = LeadFactory(), LeadAnswerFactory().lead

    assert list(Lead.objects.unanswered()) == [waits]
    assert set(Lead.objects.public()) == {waits, fresh, answered}


def test_who_is_involved_does_not_see_the_answer():
    answer, user = LeadAnswerFactory(lead__exemplar=ExemplarFactory()), board()
    ConflictFactory(user=user, exemplar=answer.lead.exemplar)

    assert list(LeadAnswer.objects.visible_to(user)) == []


# --- Pages --------------------------------------------------------------------
def login(client, function="secretariat"):
    user = UserFactory(function=function)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def test_the_lead_says_until_when_an_answer_is_promised_and_offers_to_write_it(client):
    lead = LeadFactory(state="declined", answer_due_on=datetime.date(2030, 5, 6))
    login(client)

    page = client.get(reverse("discovery:detail", args=[lead.pk])).content.decode()

    assert "hẹn trước" in page and "06/05/2030" in page
    assert reverse("discovery:answer", args=[lead.pk]) in page


def test_writing_and_confirming_from_the_pages(client):
    lead = LeadFactory(state="declined", answer="Còn mới.")
    login(client)
    form = client.get(reverse("discovery:answer", args=[lead.pk]))
    client.post(reverse("discovery:answer", args=[lead.pk]), {"text": TEXT})
    answer = LeadAnswer.objects.get()
    own = client.get(reverse("discovery:detail", args=[lead.pk])).content.decode()
    second = login(client)
    other = client.get(reverse("discovery:detail", args=[lead.pk])).content.decode()
    waiting = client.get(reverse("discovery:answers"))
    button = reverse("discovery:confirm_answer", args=[answer.pk])
    done = client.post(button, follow=True)
    again = client.post(button, follow=True)

    assert form.context["form"].initial == {"text": "Còn mới."}
    assert (button in own, button in other) == (False, True)
    assert list(waiting.context["page"]) == [answer]
    answer.refresh_from_db()
    assert answer.confirmed_by == second
    assert "lên cổng trong bản phát hành tới" in done.content.decode()
    assert "Đã có người xác nhận rồi." in again.content.decode()
    assert "Không có câu trả lời nào" in client.get(reverse("discovery:answers")).content.decode()


def test_the_list_can_be_narrowed_to_what_wants_an_answer(client):
    lead = LeadFactory(state="declined")
    LeadFactory()
    login(client)

    page = client.get(reverse("discovery:list"), {"state": "unanswered"})

    assert list(page.context["page"]) == [lead]
