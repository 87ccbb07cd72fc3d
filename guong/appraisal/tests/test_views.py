import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guong.appraisal.cards import verifications
from guong.appraisal.models import Verification
from guong.core import calendar
from guong.exemplars.models import Check, Evidence
from guong.exemplars.tests.factories import (
    CheckFactory,
    ClaimFactory,
    ConflictFactory,
    EvidenceFactory,
    ExemplarFactory,
)
from guong.nomination.tests.factories import NominationFactory
from guong.units.tests.factories import UserFactory

from .factories import VerificationFactory, verifier

pytestmark = pytest.mark.django_db

PAPER = b"%PDF-1.4 bien ban"


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


@pytest.fixture
def verification(client):
    """One in hand, with two claims nobody has looked at; its verifier is at the desk."""
    exemplar = ExemplarFactory(full_name="Bà Mẫu")
    claims = ClaimFactory.create_batch(2, exemplar=exemplar)
    made = VerificationFactory(
        nomination=NominationFactory(exemplar=exemplar, state="accepted", claims=claims)
    )
    login(client, made.verifier)
    return made


def desk(verification):
    return reverse("appraisal:detail", args=[verification.pk])


def check_url(verification, claim=None):
    claim = claim or verification.nomination.claims.first()
    return reverse("appraisal:check_claim", args=[verification.pk, claim.pk])


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_any_number_of_rows(client, count, django_assert_num_queries):
    by = login(client, verifier())
    VerificationFactory.create_batch(count, verifier=by)
    NominationFactory.create_batch(count, state="accepted")

    # session, user, mandates, unit, shares, count, rows, free nominations, bell
    with django_assert_num_queries(9):
        client.get(reverse("appraisal:list"))


@pytest.mark.parametrize("count", [1, 30])
def test_desk_costs_the_same_for_any_number_of_claims_and_files(
    client, count, django_assert_num_queries
):
    by = login(client, verifier())
    VerificationFactory.create_batch(count, verifier=by)
    exemplar = ExemplarFactory()
    claims = ClaimFactory.create_batch(count, exemplar=exemplar)
    for claim in claims:
        CheckFactory(claim=claim, by=by)
    shown = VerificationFactory(
        verifier=by,
        nomination=NominationFactory(exemplar=exemplar, state="accepted", claims=claims),
    )

    # session, user, mandates, verification, claims, checks, who checked, their evidence and its files,
    # permission, evidence, what is in hand, bell
    with django_assert_num_queries(13):
        client.get(desk(shown))


def test_list_shows_free_dossiers_to_verifiers_and_filters_by_state(client):
    free, done = NominationFactory(state="accepted"), VerificationFactory(state="proven")
    VerificationFactory()
    login(client, verifier())
    as_verifier = client.get(reverse("appraisal:list"), {"state": "proven"})
    login(client, UserFactory(function="secretariat"))
    as_board = client.get(reverse("appraisal:list"))

    assert list(as_verifier.context["page"]) == [done]
    assert list(as_verifier.context["free"]) == [free]
    assert reverse("appraisal:open_verification", args=[free.pk]) in as_verifier.content.decode()
    assert reverse("appraisal:open_verification", args=[free.pk]) not in as_board.content.decode()


def test_open_verification_leads_to_the_desk_and_says_why_not(client):
    login(client, verifier())
    nomination = NominationFactory(state="accepted")
    url = reverse("appraisal:open_verification", args=[nomination.pk])

    first, again = client.post(url), client.post(url, follow=True)

    assert first.url == desk(Verification.objects.get())
    assert "đã có người xác minh" in again.content.decode()


def test_desk_lays_out_what_is_in_hand_the_claims_and_a_form_for_each(client, verification):
    other = VerificationFactory(verifier=verification.verifier)
    VerificationFactory()

    page = client.get(desk(verification))

    assert list(page.context["in_hand"]) == [verification, other]
    assert [is_open for _card, _form, is_open in page.context["judged"]] == [True, False]
    assert (page.context["left"], page.context["conclusion"]) == (2, None)
    assert "Còn 2 trên 2 thành tích chưa xem" in page.content.decode()


def test_desk_offers_the_conclusion_when_every_claim_has_been_looked_at(client, verification):
    first, second = verification.nomination.claims.order_by("pk")
    CheckFactory(claim=first, by=verification.verifier)
    CheckFactory(claim=second, by=verification.verifier, result="unproven", evidence=None)

    page = client.get(desk(verification))

    forms = [form.initial["result"] for _card, form, _open in page.context["judged"]]
    assert forms == ["proven", "unproven"]
    assert page.context["conclusion"] is not None


def test_desk_of_others_only_reads(client, verification):
    login(client, UserFactory(function="secretariat"))
    open_page = client.get(desk(verification))
    Verification.objects.filter(pk=verification.pk).update(
        state="proven", conclusion="Có thật.", visited_on=calendar.today()
    )
    closed_page = client.get(desk(verification))

    assert [page.context["judged"] for page in (open_page, closed_page)] == [[], []]
    assert list(open_page.context["in_hand"]) == [verification]
    assert "đang xác minh" in open_page.content.decode()
    assert "Có thật." in closed_page.content.decode()


def test_desk_of_somebody_involved_does_not_exist(client, verification):
    ConflictFactory(exemplar=verification.nomination.exemplar, user=verification.verifier)

    assert client.get(desk(verification)).status_code == 404
    assert client.post(check_url(verification)).status_code == 404


def test_check_claim_takes_evidence_that_lies_there(client, verification):
    evidence = EvidenceFactory(exemplar=verification.nomination.exemplar)

    answer = client.post(
        check_url(verification), {"result": "proven", "evidence": evidence.pk, "note": "Đã đo."}
    )

    assert answer.url == desk(verification) + "#cham"
    check = Check.objects.get()
    assert (check.result, check.evidence, check.note) == ("proven", evidence, "Đã đo.")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("bien-ban.pdf", PAPER, "paper"), ("loi.mp3", b"ID3\x04\x00", "recording")],
)
def test_check_claim_takes_a_new_file_as_evidence(client, verification, name, content, kind):
    client.post(
        check_url(verification), {"result": "proven", "file": SimpleUploadedFile(name, content)}
    )

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.title, evidence.added_by) == (kind, name, verification.verifier)
    assert Check.objects.get().evidence == evidence


def test_check_claim_takes_a_picture_or_words(client, verification, picture):
    first, second = verification.nomination.claims.order_by("pk")

    client.post(check_url(verification, first), {"result": "proven", "file": picture})
    client.post(check_url(verification, second), {"result": "unproven", "testimony": "Chưa có sổ."})

    found = Check.objects.order_by("pk").values_list("result", "evidence__kind")
    assert list(found) == [("proven", "picture"), ("unproven", "testimony")]


@pytest.fixture
def picture():
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "JPEG")
    return SimpleUploadedFile("anh.jpg", out.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"result": "proven"}, "phải chọn minh chứng"),
        ({"result": "unproven", "file": SimpleUploadedFile("a.exe", b"MZ")}, "Không nhận loại tệp"),
        ({}, "Chưa có: kết quả."),
        ({"result": "proven", "evidence": 0}, "Chọn một mục"),
    ],
)
def test_check_claim_refuses_beside_the_field_and_leaves_no_trace(
    client, verification, typed, words
):
    answer = client.post(check_url(verification), typed | {"note": "Ghi chú đã gõ"})

    page = answer.content.decode()
    assert words in page and "Ghi chú đã gõ" in page
    assert (Check.objects.count(), Evidence.objects.count()) == (0, 0)


def test_check_claim_of_another_dossier_does_not_exist(client, verification):
    assert client.post(check_url(verification, ClaimFactory())).status_code == 404


def test_conclude_keeps_what_was_typed_until_it_is_sound(client, verification):
    url = reverse("appraisal:conclude", args=[verification.pk])
    typed = {"visited_on": "01/11/2026", "conclusion": "Không đúng.", "eligible": "yes"}

    early = client.post(url, typed)
    done = client.post(url, typed | {"eligible": "no"})

    assert "Còn thành tích chưa xem" in early.content.decode()
    assert "Không đúng." in early.content.decode()
    assert done.url == desk(verification)
    verification.refresh_from_db()
    assert verification.state == "not_eligible"


def test_verifications_are_cards_for_who_may_see_them(verification):
    exemplar = verification.nomination.exemplar

    (card,) = verifications(exemplar, verification.verifier)

    assert (card.title, card.state_label, card.state_kind, card.url) == (
        f"{verification.verifier} xác minh",
        "Đang xác minh",
        "info",
        desk(verification),
    )
    assert verifications(exemplar, UserFactory(function="introducer")) == []
