import io
import zipfile

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from docx import Document

from guong.core import calendar
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.nomination.tests.factories import NominationFactory
from guong.recognition import actions, papers
from guong.recognition.cards import decisions
from guong.recognition.models import Decision
from guong.units.tests.factories import UserFactory

from .factories import DecisionFactory, verified

pytestmark = pytest.mark.django_db


def login(client, function):
    user = UserFactory(function=function)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def url(name, record):
    return reverse(f"recognition:{name}", args=[record.pk])


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_any_number_of_rows(client, count, django_assert_num_queries):
    DecisionFactory.create_batch(count, signed=True)
    for _ in range(count):
        verified()
    login(client, "secretariat")

    # session, user, mandates, shares, count, rows, ready, unit of the person, bell
    with django_assert_num_queries(9):
        client.get(reverse("recognition:list"))


def test_list_shows_what_is_ready_to_whoever_drafts_and_filters(client):
    nomination, signed = verified(), DecisionFactory(signed=True)
    DecisionFactory()
    login(client, "secretariat")
    board = client.get(reverse("recognition:list"), {"state": "signed"})
    login(client, "leader")
    leader = client.get(reverse("recognition:list"), {"state": "?"})

    assert list(board.context["page"]) == [signed]
    assert list(board.context["ready"]) == [nomination]
    assert url("draft", nomination) in board.content.decode()
    assert url("draft", nomination) not in leader.content.decode()
    assert len(leader.context["page"]) == 2


def test_an_empty_list_says_what_will_come(client):
    login(client, "inspector")

    assert "Chưa có quyết định nào" in client.get(reverse("recognition:list")).content.decode()


def test_draft_is_prefilled_and_keeps_what_was_typed(client):
    nomination = verified()
    login(client, "secretariat")
    shown = client.get(url("draft", nomination)).content.decode()
    typed = {"issuer": nomination.unit.pk, "title": "", "citation": "Vì việc mẫu"}
    refused = client.post(url("draft", nomination), typed).content.decode()
    done = client.post(url("draft", nomination), typed | {"title": "Điển hình tiên tiến"})

    assert nomination.claims.get().statement in shown
    assert "Chưa có: công nhận là." in refused and "Vì việc mẫu" in refused
    assert done.url == url("detail", Decision.objects.get())


def test_draft_of_an_unverified_dossier_says_why_not(client):
    nomination = NominationFactory(state="accepted")
    login(client, "secretariat")

    page = client.post(
        url("draft", nomination), {"issuer": nomination.unit.pk, "title": "Điển hình tiên tiến"}
    )

    assert "chưa được xác minh" in page.content.decode()
    assert not Decision.objects.exists()


def test_sign_gives_the_number_and_says_so(client):
    decision = DecisionFactory()
    leader = login(client, "leader")
    offered = client.get(url("detail", decision)).context

    page = client.post(url("sign", decision), {"signed_on": "01/11/2026"}, follow=True)

    decision.refresh_from_db()
    assert (offered["may_sign"], offered["may_revoke"]) == (True, False)
    assert (decision.number, decision.signatory) == (1, leader)
    assert "đã vào sổ" in page.content.decode()
    assert (page.context["may_sign"], page.context["may_revoke"]) == (False, True)


def test_sign_keeps_a_day_that_is_none(client):
    decision = DecisionFactory()
    login(client, "leader")

    page = client.post(url("sign", decision), {"signed_on": "31/02/2026"})

    assert set(page.context["form"].errors) == {"signed_on"}
    assert "31/02/2026" in page.content.decode()
    assert Decision.objects.get().state == "drafted"


def test_a_draft_tells_others_who_signs(client):
    decision = DecisionFactory()
    login(client, "secretariat")

    assert "Chờ lãnh đạo ký" in client.get(url("detail", decision)).content.decode()


def test_revoke_asks_for_a_reason_and_shows_it(client):
    exemplar = ExemplarFactory(recognised=True)
    decision = DecisionFactory(
        nomination=NominationFactory(exemplar=exemplar, state="accepted"), signed=True
    )
    login(client, "leader")

    refused = client.post(url("revoke", decision), {"reason": " "})
    page = client.post(url("revoke", decision), {"reason": "Khai sai."}, follow=True)
    again = client.post(url("revoke", decision), {"reason": "Khai sai."})

    assert set(refused.context["form"].errors) == {"reason"}
    assert "Khai sai." in page.content.decode()
    assert again.status_code == 409


def test_a_decision_about_somebody_close_does_not_exist(client):
    decision = DecisionFactory()
    ConflictFactory(exemplar=decision.exemplar, user=login(client, "leader"))

    codes = [client.get(url(name, decision)).status_code for name in ("detail", "sign", "paper")]

    assert codes == [404, 404, 404]


def text(paper: bytes) -> str:
    """Body, headers and footers."""
    parts = zipfile.ZipFile(io.BytesIO(paper))
    return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def test_paper_is_word_with_number_and_names(client):
    decision = DecisionFactory(signed=True, citation="dạy nghề cho 12 hộ")
    login(client, "leader")

    answer = client.get(url("paper", decision))

    assert answer["Content-Disposition"] == f'attachment; filename="quyet-dinh-{decision.pk}.docx"'
    words = text(answer.content)
    named = [
        decision.number_sign,
        decision.exemplar.full_name,
        "dạy nghề cho 12 hộ",
        str(decision.signatory),
        "DỮ LIỆU MẪU",
    ]
    assert [name in words for name in named] == [True, True, True, True, False]


def test_paper_of_a_demo_home_says_so_and_a_draft_has_no_number():
    decision = DecisionFactory()

    with override_settings(IS_DEMO_HOME=True):
        words = text(papers.docx(decision))

    assert "DỮ LIỆU MẪU" in words
    assert f"…/QĐ-{decision.issuer.doc_symbol}" in words


def test_decisions_are_cards_for_who_may_see_them():
    decision = DecisionFactory(signed=True)
    exemplar = decision.exemplar

    (card,) = decisions(exemplar, UserFactory(function="leader"))

    assert (card.title, card.state_label, card.state_kind, card.on, card.url) == (
        f"{decision.number_sign}: Điển hình tiên tiến",
        "Đã ký",
        "done",
        calendar.today(),
        url("detail", decision),
    )
    assert decisions(exemplar, UserFactory(function="introducer")) == []


def test_a_second_person_confirms_a_revocation_from_its_page(client):
    first = UserFactory(function="leader")
    decision = actions.sign(decision=DecisionFactory(), by=first)
    decision = actions.revoke(decision=decision, by=first, reason="Sai.")
    client.force_login(first, backend="guong.units.backends.AccountBackend")
    own = client.get(url("detail", decision)).content.decode()
    login(client, "secretariat")
    other = client.get(url("detail", decision)).content.decode()
    done = client.post(url("confirm_revocation", decision), follow=True).content.decode()
    again = client.post(url("confirm_revocation", decision), follow=True).content.decode()

    button = url("confirm_revocation", decision)
    assert (button in own, "Chờ người thứ hai" in own, button in other) == (False, True, True)
    assert "tra mã sẽ thấy" in done and "không chờ ai" in again
    assert decision.check_code in done


def test_the_paper_of_a_signed_decision_carries_its_code_and_a_draft_none():
    signed, draft = DecisionFactory(signed=True), DecisionFactory()

    papers_of = [Document(io.BytesIO(papers.docx(one))) for one in (signed, draft)]

    last, of_draft = (paper.paragraphs[-1] for paper in papers_of)
    address = settings.PORTAL_URL + signed.check_path
    assert last.text == f" Mã tra cứu: {signed.check_code}. Kiểm tra tại {address}"
    assert "Mã tra cứu" not in of_draft.text
    assert [len(paper.inline_shapes) for paper in papers_of] == [1, 0]
