"""Pages that are found by a code: the answer to a lead, and what a paper says."""

import pytest
from django.utils import timezone

from guong.core import calendar
from guong.core.signing import ceremonies, signer
from guong.core.signing.places import Places
from guong.discovery.models import Lead
from guong.discovery.tests.factories import LeadAnswerFactory, LeadFactory
from guong.exemplars.tests.factories import HoldFactory
from guong.portal import publishing, selectors
from guong.portal.kinds import answers, documents
from guong.portal.release import catalogue
from guong.portal.release.pages import page_name
from guong.portal.site import Site
from guong.portal.tests.factories import approved_story, confirmed, recognised
from guong.recognition import actions as recognition
from guong.recognition.models import Decision
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOINDEX = ("x-robots-tag", "noindex")


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    ceremonies.make_test_keys(tmp_path)
    confirmed()
    return tmp_path


def released() -> dict:
    return {page.path: page for page in selectors.pages(Site(at=calendar.now(), number=1))}


def words(page) -> str:
    return page.body.decode()


def persons(page) -> dict:
    return {source.key: set(source.persons) for source in page.inputs}


def unlisted(pages: dict, path: str) -> bool:
    """Neither in the sitemap, nor in the search, nor linked from any other page."""
    name = path.encode()
    told = any(name in page.body for other, page in pages.items() if other != path)
    return not told and NOINDEX in pages[path].headers


# --- Answers ------------------------------------------------------------------
def test_an_unanswered_lead_says_until_when_and_nothing_of_anybody():
    lead = LeadFactory(who="Bà Kín Mẫu", contact="Anh Giấu, 0901234567")

    pages = released()

    page = pages[lead.answer_path]
    assert "hẹn trả lời trước ngày 15/12/2026" in words(page)
    day = timezone.localtime(lead.received_at)
    assert f"nhận ngày {day:%d/%m/%Y}" in words(page)
    for private in ("Kín", "Giấu", "0901234567", lead.code, lead.what):
        assert private not in words(page)
    assert unlisted(pages, lead.answer_path)
    assert set(persons(page)) == {"site"}


def test_an_answer_is_shown_when_a_second_person_has_confirmed_it():
    waits = LeadAnswerFactory()
    answer = LeadAnswerFactory(confirmed=True, text="Xã đã <b>đến</b>.\nCảm ơn.")
    LeadAnswerFactory(lead=answer.lead, text="Chưa ai xác nhận.")

    pages = released()

    page = pages[answer.lead.answer_path]
    assert "Xã đã &lt;b&gt;đến&lt;/b&gt;.<br>Cảm ơn." in words(page)
    assert "Chưa ai xác nhận." not in words(page)
    assert persons(page)[f"answer:{answer.pk}"] == {
        answer.written_by.username,
        answer.confirmed_by.username,
    }
    assert waits.text not in words(pages[waits.lead.answer_path])
    assert unlisted(pages, answer.lead.answer_path)


def test_the_last_confirmed_answer_counts():
    first = LeadAnswerFactory(confirmed=True, text="Bản đầu.")
    LeadAnswerFactory(lead=first.lead, confirmed=True, text="Bản sau.")

    page = words(released()[first.lead.answer_path])

    assert ("Bản đầu." in page, "Bản sau." in page) == (False, True)


def test_the_giver_is_told_what_the_lead_led_to_as_far_as_it_is_public():
    approval = approved_story(full_name="Rơ Châm Mẫu")
    exemplar = approval.exemplar
    lead = LeadFactory(state="taken_up", exemplar=exemplar)
    pages = released()
    HoldFactory(exemplar=exemplar)
    held = words(released()[lead.answer_path])

    page = pages[lead.answer_path]
    for path in (f"/guong/{exemplar.code.lower()}/", f"/chuyen/{approval.slug}/"):
        assert f'href="{path}"' in words(page)
    assert "<span>Rơ Châm Mẫu: " in words(page) and "<span>Chuyện kể: " in words(page)
    assert {f"card:{exemplar.code}", f"story:{approval.pk}"} < set(persons(page))
    assert "Rơ Châm" not in held


def test_what_the_guard_holds_and_what_is_no_citizens_has_no_page():
    LeadFactory(held=True)
    LeadFactory(answer_path="", source="press")

    assert [path for path in released() if path.startswith("/tra-loi/")] == ["/tra-loi/"]


def test_who_sends_leads_without_end_makes_no_pages_without_end(monkeypatch):
    monkeypatch.setattr(answers, "MOST_WAITING", 2)
    first, second, third = LeadFactory.create_batch(3)
    answered = LeadAnswerFactory(confirmed=True, lead=LeadFactory(state="declined"))

    assert set(answers.leads()) == {answered.lead, first, second}
    assert third in Lead.objects.public()


@pytest.mark.parametrize("count", [1, 12])
def test_answers_cost_the_same_for_few_and_many(count, django_assert_num_queries):
    LeadAnswerFactory.create_batch(count, confirmed=True)
    LeadFactory.create_batch(count)
    site = Site(at=calendar.now(), number=1)
    assert site.cards == [] and site.own.persons

    with django_assert_num_queries(4):  # answered and waiting leads, the answers of each
        assert len([page.body for page in answers.pages(site)]) == 2 + 2 * count


# --- What a paper says ----------------------------------------------------------
def test_a_signed_decision_says_that_it_stands_and_names_whom_a_card_names():
    exemplar = recognised(full_name="Rơ Châm Mẫu")
    decision = exemplar.decisions.get()

    pages = released()

    page = pages[decision.check_path]
    for shown in ("Còn hiệu lực", decision.number_sign, str(decision.issuer), "Rơ Châm Mẫu"):
        assert shown in words(page)
    assert persons(page)[f"decision:{decision.pk}"] == {
        decision.drafted_by.username,
        decision.signatory.username,
    }
    assert f"card:{exemplar.code}" in persons(page)
    # Whoever reads the card may look whether the decision stands; no list leads there.
    assert f'href="{decision.check_path}"' in words(pages[f"/guong/{exemplar.code.lower()}/"])
    assert decision.check_path not in words(pages["/sitemap.xml"])
    assert NOINDEX in page.headers


@pytest.mark.parametrize(
    "hidden", [{"birth_year": timezone.now().year - 10}, {"consents": "withdrawn"}]
)
def test_a_decision_about_whom_the_portal_may_not_name_names_nobody(hidden):
    is_withdrawn = hidden.pop("consents", "")
    exemplar = recognised(full_name="Rơ Châm Mẫu", **hidden)
    if is_withdrawn:
        exemplar.consents.update(withdrawn_on=calendar.today())

    page = words(released()[exemplar.decisions.get().check_path])

    assert ("Còn hiệu lực" in page, "Rơ Châm" in page) == (True, False)


def test_a_draft_has_no_page():
    recognised()
    Decision.objects.update(check_code="")

    assert [path for path in released() if path.startswith("/kiem-tra/ma/")] == []


def test_a_revocation_takes_the_page_away_and_two_persons_put_the_word_there(home):
    exemplar = recognised(full_name="Rơ Châm Mẫu")
    decision, leader = exemplar.decisions.get(), UserFactory(function="leader")
    second, editor = UserFactory(function="secretariat"), UserFactory(function="editor")
    name = page_name(decision.check_path)

    with signer.alongside(home):
        publishing.publish(by=editor)
        named = catalogue.entries(home, 1)[name]["hashes"]["sha256"]
        gone = recognition.revoke(decision=decision, by=leader, reason="Khai không đúng.")
        publishing.publish(by=editor)
        after = catalogue.entries(home, 2)
        recognition.confirm_revocation(decision=gone, by=second)
        publishing.publish(by=editor)

    assert name not in after or after[name]["custom"]["status"] == 410
    assert named not in {path.name for path in Places(home).objects.rglob("*")}
    page = released()[decision.check_path]
    assert f"Đã thu hồi ngày {calendar.today():%d/%m/%Y}" in words(page)
    for private in ("Rơ Châm", "Khai không đúng", "Còn hiệu lực"):
        assert private not in words(page)
    assert persons(page)[f"revocation:{decision.pk}"] == {leader.username, second.username}
    assert catalogue.entries(home, 3)[name]["custom"].get("status", 200) == 200


def test_neither_kind_is_known_to_the_search():
    answer, exemplar = LeadAnswerFactory(confirmed=True), recognised()

    found = {document.path for document in documents(Site(at=calendar.now(), number=1))}

    assert f"/guong/{exemplar.code.lower()}/" in found
    assert not found & {answer.lead.answer_path, exemplar.decisions.get().check_path}
