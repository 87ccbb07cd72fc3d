"""The papers of a dossier, read back from the files that were written."""

import io

import pytest
from django.urls import reverse
from docx import Document

from guong.exemplars.tests.factories import ConsentFactory, EvidenceFactory
from guong.nomination import papers
from guong.units.tests.factories import UserFactory

from .factories import GuidedDraftFactory, NominationFactory, SignOffFactory

pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


@pytest.fixture
def nomination():
    made = NominationFactory(did="Dạy dệt.\nMỗi tối.", worth="Làng nào cũng làm được.")
    EvidenceFactory(exemplar=made.exemplar, title="Biên bản họp làng")
    ConsentFactory(exemplar=made.exemplar)
    SignOffFactory(nomination=made, state="declined", reason="Số chưa đúng.")
    return made


def test_the_report_says_all_there_is(nomination):
    told = words(papers.report_docx(nomination))

    for expected in (
        "BÁO CÁO THÀNH TÍCH",
        nomination.exemplar.full_name,
        "Mỗi tối.",
        "Làng nào cũng làm được.",
        "Biên bản họp làng",
        nomination.claims.get().statement,
        "đồng ý «Nêu tên công khai»",
        "Không đồng ý: Số chưa đúng.",
        f"ỦY BAN NHÂN DÂN {nomination.unit.name.upper()}",
    ):
        assert expected in told


def test_the_submission_lists_whom_it_is_about_and_who_puts_forward_too(nomination):
    told = words(papers.submission_docx(nomination))

    assert "TỜ TRÌNH" in told and nomination.exemplar.full_name in told
    assert nomination.sign_offs.get().unit.name in told


def test_the_list_holds_what_the_own_unit_has_sent_this_year(client):
    clerk = UserFactory(function="introducer")
    client.force_login(clerk, backend="guong.units.backends.AccountBackend")
    sent = NominationFactory(exemplar__unit=clerk.unit, state="submitted")
    draft = NominationFactory(exemplar__unit=clerk.unit)
    foreign = NominationFactory(state="submitted")

    told = words(client.get(reverse("nomination:list_paper")).content)

    assert sent.exemplar.full_name in told and "1 hồ sơ" in told
    names = told.splitlines()
    assert draft.exemplar.full_name not in names and foreign.exemplar.full_name not in names


def test_nobody_sent_yet_is_a_sentence(client):
    clerk = UserFactory(function="introducer")

    assert "chưa gửi hồ sơ đề cử nào" in words(papers.list_docx(clerk.unit, []))


def test_the_consent_form_names_the_person_and_what_may_be_agreed_to():
    told = words(papers.consent_docx(GuidedDraftFactory()))

    assert "Rơ Châm H'Bliu" in told and "☐ Nêu tên công khai." in told


def test_a_paper_nobody_knows_is_none(client, nomination):
    reader = UserFactory(function="leader")
    client.force_login(reader, backend="guong.units.backends.AccountBackend")

    assert client.get(reverse("nomination:paper", args=[nomination.pk, "x"])).status_code == 404
    assert client.get(
        reverse("nomination:paper", args=[nomination.pk, "bao-cao-thanh-tich"])
    ).content.startswith(b"PK")
