import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guong.discovery.models import Lead, Letter
from guong.discovery.tests.factories import LeadFactory, LetterFactory
from guong.exemplars.tests.factories import ExemplarFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(client, unit):
    return login(client, UserFactory(unit=unit, function="introducer"))


def url(name, lead):
    return reverse(f"discovery:{name}", args=[lead.pk])


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_any_number_of_rows(client, count, django_assert_num_queries):
    for _ in range(count):
        LeadFactory(exemplar=ExemplarFactory())
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, count, rows, unit of the person, those that are late, bell
    with django_assert_num_queries(8):
        client.get(reverse("discovery:list"))


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", {"received", "held", "taken_up", "declined"}),
        ("waiting", {"received", "held"}),
        ("declined", {"declined"}),
        ("x", {"received", "held", "taken_up", "declined"}),
    ],
)
def test_list_counts_the_rows_it_shows(client, state, shown):
    for each in Lead.State.values:
        LeadFactory(state=each)
    login(client, UserFactory(function="secretariat"))

    page = client.get(reverse("discovery:list"), {"state": state}).context["page"]

    assert ({lead.state for lead in page}, page.paginator.count) == (shown, len(shown))


def test_list_says_what_to_do_when_it_is_empty(client, clerk):
    mine = client.get(reverse("discovery:list")).content.decode()
    narrowed = client.get(reverse("discovery:list"), {"state": "held"}).content.decode()
    login(client, UserFactory(function="inspector"))
    other = client.get(reverse("discovery:list")).content.decode()

    told = ["chờ bạn trả lời", "Xem tất cả", reverse("discovery:receive")]
    assert [[word in page for word in told] for page in (mine, narrowed, other)] == [
        [True, False, True],
        [False, True, True],
        [False, False, False],
    ]


def test_contact_is_shown_to_the_board_and_the_unit_that_handles_it_only(client, unit):
    lead = LeadFactory(unit=unit, contact="0912345678")
    readers = {
        "introducer": UserFactory(unit=unit, function="introducer"),
        "secretariat": UserFactory(function="secretariat"),
        "inspector": UserFactory(function="inspector"),
        "editor of the unit": UserFactory(unit=unit, function="editor"),
    }

    shown = set()
    for name, user in readers.items():
        login(client, user)
        if "0912345678" in client.get(url("detail", lead)).content.decode():
            shown.add(name)

    assert shown == {"introducer", "secretariat"}


def test_a_lead_of_another_unit_does_not_exist(client, clerk):
    lead = LeadFactory()

    asked = [client.get(url(name, lead)).status_code for name in ("detail", "decline", "let_pass")]

    assert [*asked, client.post(url("take_up", lead)).status_code] == [404] * 4


def test_receive_shows_at_once_which_words_are_held(client, clerk, unit):
    fields = {
        "source": "press",
        "who": "Ai Đó",
        "unit": unit.pk,
        "what": "Công văn số 12/ZZ-Qwerty của UBND tỉnh Qwerty.",
    }

    page = client.post(reverse("discovery:receive"), fields, follow=True).content.decode()

    lead = Lead.objects.get()
    assert (lead.state, lead.received_by) == ("held", clerk)
    for reason in lead.verdict["reasons"]:
        assert f"<mark>{reason['text']}</mark>" in page
        assert reason["message"] in page


def test_receive_keeps_a_letter_and_refuses_a_program(client, clerk, unit):
    fields = {"source": "unit", "who": "Ai Đó", "what": "Dạy chữ cho trẻ.", "unit": unit.pk}

    refused = client.post(
        reverse("discovery:receive"), fields | {"file": SimpleUploadedFile("a.exe", b"MZ")}
    )
    client.post(
        reverse("discovery:receive"), fields | {"file": SimpleUploadedFile("a.pdf", b"%PDF-4")}
    )

    assert set(refused.context["form"].errors) == {"file"}
    assert [file.name for file in Lead.objects.get().files.all()] == ["a.pdf"]


def test_receive_takes_units_of_the_own_branch_only(client, clerk, unit):
    form = client.get(reverse("discovery:receive")).context["form"]
    login(client, UserFactory(function="secretariat"))
    all_units = client.get(reverse("discovery:receive")).context["form"].fields["unit"].queryset

    assert list(form.fields["unit"].queryset) == [unit]
    assert all_units.count() == 3


def test_receive_is_closed_to_whoever_takes_no_leads(client):
    login(client, UserFactory(function="inspector"))

    assert client.get(reverse("discovery:receive")).status_code == 403


def test_decline_and_let_pass_through_their_forms(client, unit):
    login(client, UserFactory(function="secretariat"))
    held, waiting = LeadFactory(held=True), LeadFactory()

    client.post(url("let_pass", held), {"reason": "Tên viết đúng."})
    empty = client.post(url("decline", waiting), {"reason": ""})
    client.post(url("decline", waiting), {"reason": "Chưa đủ thông tin."})
    again = client.post(url("decline", waiting), {"reason": "Lần nữa."})

    assert set(empty.context["form"].errors) == {"reason"}
    assert again.status_code == 409
    assert [Lead.objects.get(pk=lead.pk).state for lead in (held, waiting)] == [
        "received",
        "declined",
    ]


def test_take_up_ties_to_a_record_that_may_be_the_same(client, clerk, unit):
    known = ExemplarFactory(full_name="Trần Thị Mẫu", unit=unit, commune=unit)
    ExemplarFactory(full_name="Trần Thị Mẫu")
    lead = LeadFactory(who="tran thi mau", unit=unit)

    offered = client.get(url("detail", lead)).context["matches"]
    client.post(url("take_up", lead), {"exemplar": offered[0].exemplar.pk})

    assert [match.exemplar for match in offered] == [known]
    lead.refresh_from_db()
    assert (lead.state, lead.exemplar) == ("taken_up", known)
    assert client.get(url("detail", lead)).context["matches"] == []


@pytest.mark.parametrize("asked", ["", "x", "²", "9" * 40])
def test_take_up_of_a_record_nobody_knows_is_not_found(client, clerk, unit, asked):
    lead = LeadFactory(unit=unit)

    assert client.post(url("take_up", lead), {"exemplar": asked}).status_code == 404


def test_matches_of_a_lead_that_lies_with_an_agency_are_sought_everywhere(client):
    agency = UnitFactory(kind="department")
    known = ExemplarFactory(full_name="Trần Thị Mẫu")
    login(client, UserFactory(function="secretariat"))

    page = client.get(url("detail", LeadFactory(who="Trần Thị Mẫu", unit=agency)))

    assert [match.exemplar for match in page.context["matches"]] == [known]


# --- letters -------------------------------------------------------------------
def test_letters_are_narrowed_by_state_and_kind(client):
    login(client, UserFactory(function="editor"))
    waiting = LetterFactory(text="Chữ hơi nhỏ.")
    LetterFactory(state="answered", text="Đã trả lời rồi.")
    comment = LetterFactory(chosen=True, text="Bài hay quá.")
    seen = {}

    for query in ("", "?state=waiting", "?kind=comment", "?state=set_aside"):
        page = client.get(reverse("discovery:letters") + query).content.decode()
        seen[query] = [row.text in page for row in (waiting, comment)]

    assert seen == {
        "": [True, True],
        "?state=waiting": [True, True],
        "?kind=comment": [False, True],
        "?state=set_aside": [False, False],
    }


def test_a_comment_goes_through_two_pairs_of_hands(client):
    exemplar = ExemplarFactory(recognised=True)
    letter = LetterFactory(kind="comment", exemplar=exemplar)
    login(client, UserFactory(function="editor"))
    first = client.get(url("letter", letter)).content.decode()
    client.post(url("choose_comment", letter))
    again = client.get(url("letter", letter)).content.decode()
    login(client, UserFactory(function="secretariat"))
    second = client.get(url("letter", letter)).content.decode()

    answer = client.post(url("publish_comment", letter), follow=True)

    assert ("Chọn đăng" in first, "Đồng ý đăng" in again, "Đồng ý đăng" in second) == (
        True,
        False,
        True,
    )
    assert "bản phát hành tới" in answer.content.decode()
    assert Letter.objects.get().state == "published"


def test_a_comment_the_guard_held_shows_why_and_is_not_chosen(client):
    verdict = {
        "verdict": "hold",
        "reasons": [{"code": "x", "start": 0, "end": 3, "text": "Bài", "message": "Xem lại."}],
    }
    letter = LetterFactory(kind="comment", exemplar=ExemplarFactory(), verdict=verdict)
    login(client, UserFactory(function="editor"))

    answer = client.post(url("choose_comment", letter), follow=True).content.decode()

    assert "Lớp gác giữ lời này" in answer and "<mark>Bài</mark> hay" in answer
    assert Letter.objects.get().state == "new"


def test_answer_letter_and_set_aside_letter_keep_what_was_typed(client):
    letter = LetterFactory()
    login(client, UserFactory(function="secretariat"))

    empty = client.post(url("answer_letter", letter), {"answer": " "})
    client.post(url("answer_letter", letter), {"answer": "Đã gọi lại."})
    other = LetterFactory()
    client.post(url("set_aside_letter", other), {"reason": "Gửi nhầm nơi."})

    assert (empty.status_code, "Chưa có: đã làm gì." in empty.content.decode()) == (200, True)
    assert [letter.state for letter in Letter.objects.order_by("pk")] == ["answered", "set_aside"]
