"""A dossier on its way: kept as typed, seen by its branch alone, made of one piece at the end."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from guong.core import calendar, files
from guong.core.models import JournalEntry, StoredFile
from guong.direction.models import Rule
from guong.direction.tests.factories import CriteriaSetFactory, RuleFactory
from guong.exemplars.models import Claim, Evidence, Exemplar, Judgement
from guong.exemplars.tests.factories import ClaimFactory, ConflictFactory, ExemplarFactory
from guong.nomination import actions, jobs
from guong.nomination.guided_forms import MOST_WORDS, claims_of, said
from guong.nomination.models import DraftFile, GuidedDraft, Nomination
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory, system_user

from .factories import ANSWERS, DraftFileFactory, GuidedDraftFactory, NominationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    user = UserFactory(function="introducer")
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


@pytest.fixture
def draft(clerk):
    return GuidedDraftFactory(unit=clerk.unit, by=clerk)


def step(draft, key):
    return reverse("nomination:guided_step", args=[draft.pk, key])


def picture(name="anh.jpg", colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def verbs():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


def finished(draft):
    answers = said(draft)
    return actions.finish_guided(
        draft=draft,
        by=draft.by,
        person=answers.person,
        told=answers.told,
        claims=answers.claims,
        consent=answers.consent,
    )


# --- Kept as typed -------------------------------------------------------------------
def test_start_guided_makes_no_record_but_the_draft(client, clerk):
    sent = client.post(reverse("nomination:guided"), ANSWERS | {"lead": "x"})

    made = GuidedDraft.objects.get()
    assert (made.unit, made.by, str(made)) == (clerk.unit, clerk, "Rơ Châm H'Bliu")
    assert sent["Location"] == step(made, "about")
    assert not Exemplar.objects.exists() and verbs() == ["nomination.guided_started"]


def test_a_first_page_with_a_mistake_keeps_what_was_typed(client, clerk):
    page = client.post(reverse("nomination:guided"), {"full_name": "", "residence": "làng Ghè"})

    words = page.content.decode()
    assert "làng Ghè" in words and "Có 2 chỗ cần sửa" in words and "<title>Lỗi: " in words
    assert not GuidedDraft.objects.exists()


def test_keep_answers_keeps_right_and_wrong_alike_and_tells_the_journal_once(client, clerk, draft):
    colleague = UserFactory(unit=clerk.unit, function="introducer")
    for year in ("19", "197", "nghìn chín"):
        told = client.post(
            reverse("nomination:guided_keep", args=[draft.pk, "about"]), {"birth_year": year}
        )
        actions.keep_answers(draft=draft, by=colleague, answers={"occupation": "nông dân\x00"[:8]})
        actions.keep_answers(draft=draft, by=colleague, answers={"occupation": "nông dân"})

    draft.refresh_from_db()
    assert (draft.answers["birth_year"], draft.kept_by) == ("nghìn chín", colleague)
    assert set(told.json()) == {"saved", "seen"} and len(told.json()["saved"]) == 5
    assert verbs().count("nomination.guided_kept") == 5  # each time the pen changes hands


def test_autosave_takes_unseen_signs_and_endless_texts(client, clerk, draft):
    client.post(
        reverse("nomination:guided_keep", args=[draft.pk, "deeds"]),
        {"did": "a\x00b" + "c" * 30_000},
    )

    draft.refresh_from_db()
    assert draft.answers["did"].startswith("abc") and len(draft.answers["did"]) == 20_000


def test_before_there_is_a_draft_a_name_makes_one_and_an_empty_page_none(client, clerk):
    nothing = client.post(reverse("nomination:guided_keep_new"), {"full_name": " "}).json()
    told = client.post(reverse("nomination:guided_keep_new"), {"full_name": "Nul"}).json()

    made = GuidedDraft.objects.get()
    assert set(nothing) == {"saved"}
    assert told["page"] == step(made, "who")
    assert told["keep"] == reverse("nomination:guided_keep", args=[made.pk, "who"])


def test_each_page_goes_on_and_says_what_is_wrong(client, clerk, draft):
    wrong = client.post(step(draft, "about"), {"birth_year": "1066"}).content.decode()
    right = client.post(step(draft, "about"), {"birth_year": "1966", "sex": ""})
    back = client.post(step(draft, "deeds") + "?sua=1", ANSWERS)
    later = client.post(step(draft, "deeds"), ANSWERS | {"later": "1"})

    assert "Năm sinh" in wrong and "1066" in wrong and "Lỗi: " in wrong
    assert right["Location"] == step(draft, "deeds")
    assert back["Location"] == step(draft, "check")
    assert later["Location"] == reverse("nomination:guided")


def test_the_whole_on_one_page_writes_the_same_draft(client, clerk, draft):
    page = client.get(step(draft, "whole")).content.decode()
    client.post(step(draft, "whole"), ANSWERS | {"occupation": "thợ dệt"})

    draft.refresh_from_db()
    assert ANSWERS["did"] in page and draft.answers["occupation"] == "thợ dệt"


def test_the_words_of_three_answers_are_counted_together(client, clerk, draft):
    long = "từ " * (MOST_WORDS // 2)

    page = client.post(step(draft, "deeds"), {"did": long, "results": long, "worth": "thêm"})

    assert f"dài {MOST_WORDS + 1} từ" in page.content.decode()


def test_an_unknown_page_is_none(client, clerk, draft):
    assert client.get(step(draft, "khong-co")).status_code == 404


# --- Who it is -------------------------------------------------------------------------
def test_somebody_known_is_named_while_typing_and_may_be_chosen(client, clerk):
    known = ExemplarFactory(full_name="Siu H'Wiêm", unit=clerk.unit, commune=clerk.unit)
    asked = {"full_name": "siu hwiem", "kind": "individual", "commune": clerk.unit.pk}

    typing = client.post(reverse("nomination:guided_alike"), asked).content.decode()
    stopped = client.post(reverse("nomination:guided"), asked).content.decode()
    client.post(reverse("nomination:guided"), asked | {"exemplar": known.pk})

    made = GuidedDraft.objects.get()
    assert "Đúng, dùng hồ sơ này" in typing and "Có thể đã có hồ sơ" in stopped
    assert (made.exemplar, made.answers["full_name"]) == (known, "Siu H'Wiêm")


def test_that_it_is_somebody_else_is_remembered_and_judged_at_the_end(client, clerk):
    known = ExemplarFactory(full_name="Siu H'Wiêm", unit=clerk.unit, commune=clerk.unit)
    asked = {"full_name": "siu hwiem", "kind": "individual", "commune": clerk.unit.pk}

    client.post(reverse("nomination:guided"), asked | {"is_new": "1"})
    draft = GuidedDraft.objects.get()
    client.post(step(draft, "deeds"), ANSWERS)
    client.post(reverse("nomination:guided_send", args=[draft.pk]), {"later": "1"})

    made = Exemplar.objects.exclude(pk=known.pk).get()
    pair = Judgement.objects.get()
    assert ({pair.first, pair.second}, pair.verdict) == ({known, made}, "different")


def test_a_record_of_another_unit_is_neither_named_nor_chosen(client, clerk):
    foreign = ExemplarFactory(full_name="Siu H'Wiêm", commune=clerk.unit)
    asked = {"full_name": "Siu H'Wiêm", "kind": "individual", "commune": clerk.unit.pk}

    typing = client.post(reverse("nomination:guided_alike"), asked).content.decode()
    client.post(reverse("nomination:guided"), asked | {"exemplar": foreign.pk})

    assert "Siu H" not in typing and GuidedDraft.objects.get().exemplar is None


# --- Whose it is -------------------------------------------------------------------------
def test_drafts_are_seen_by_their_branch_alone_and_not_by_who_is_involved(clerk):
    exemplar = ExemplarFactory(unit=clerk.unit)
    mine, about = GuidedDraftFactory(unit=clerk.unit), GuidedDraftFactory(unit=clerk.unit)
    actions.keep_answers(draft=about, by=clerk, answers={}, exemplar=exemplar)
    foreign = GuidedDraftFactory()
    ConflictFactory(user=clerk, exemplar=exemplar)

    seen = GuidedDraft.objects.visible_to(clerk)
    assert set(seen) == {mine}
    for function in ("leader", "inspector", "verifier"):
        reader = UserFactory(unit=clerk.unit, function=function)
        assert not GuidedDraft.objects.visible_to(reader).exists()
    with pytest.raises(PermissionDenied):
        actions.keep_answers(draft=foreign, by=clerk, answers={"full_name": "A"})


def test_the_first_page_lists_what_the_branch_is_writing(client, clerk, draft):
    foreign = GuidedDraftFactory(answers={"full_name": "Người Nơi Khác"})

    words = client.get(reverse("nomination:guided")).content.decode()

    assert "Rơ Châm H&#x27;Bliu" in words and str(foreign) not in words
    assert "Đang viết dở" in words


# --- Files -----------------------------------------------------------------------------
def test_add_draft_file_with_and_without_scripts(client, clerk, draft):
    one = client.post(
        reverse("nomination:add_draft_file", args=[draft.pk, "papers"]), {"other": picture()}
    )
    many = client.post(
        step(draft, "papers"), {"other": [picture("hai.jpg", "blue"), picture("ba.jpg", "green")]}
    )

    assert "data-files" in one.content.decode() and "anh.jpg" in one.content.decode()
    assert many["Location"] == step(draft, "consent")
    assert [one.title for one in draft.files.order_by("pk")] == ["anh.jpg", "hai.jpg", "ba.jpg"]


def test_a_file_that_is_not_taken_is_named_with_the_reason(client, clerk, draft):
    bad = SimpleUploadedFile("hong.jpg", b"<html>", "image/jpeg")
    alone = client.post(
        reverse("nomination:add_draft_file", args=[draft.pk, "papers"]), {"other": bad}
    )
    bad.seek(0)
    page = client.post(step(draft, "papers"), {"other": [picture(), bad]}).content.decode()

    assert alone.status_code == 400 and "hong.jpg" in alone.content.decode()
    assert "hong.jpg: " in page and draft.files.count() == 1


def test_drop_draft_file_takes_the_bytes_along_unless_somebody_holds_them(
    client, clerk, draft, django_capture_on_commit_callbacks
):
    client.post(step(draft, "papers"), {"other": [picture(), picture("hai.jpg", "blue")]})
    alone, shared = draft.files.select_related("file").order_by("pk")
    Evidence.objects.create(
        exemplar=ExemplarFactory(), kind="picture", title="x", file=shared.file, added_by=clerk
    )

    with django_capture_on_commit_callbacks(execute=True):
        for one in (alone, shared):
            client.post(reverse("nomination:drop_draft_file", args=[one.pk]))

    assert not StoredFile.objects.filter(pk=alone.file_id).exists()
    assert not files.place(alone.file.sha256).exists()
    assert files.place(shared.file.sha256).exists()


def test_a_draft_s_file_is_opened_by_its_branch_alone(client, clerk, draft):
    client.post(step(draft, "papers"), {"other": picture()})
    file = draft.files.get().file

    assert files.may_read(clerk, file)
    assert not files.may_read(UserFactory(function="introducer"), file)
    assert not files.may_read(UserFactory(unit=clerk.unit, function="leader"), file)


def test_a_draft_takes_forty_files_and_no_more(draft, clerk):
    for n in range(40):
        stored = files.store(io.BytesIO(b"%d" % n), name="a", content_type="x", by=clerk)
        DraftFileFactory(draft=draft, file=stored)

    with pytest.raises(ValidationError, match="tối đa 40"):
        actions.add_draft_file(draft=draft, by=clerk, file=stored, title="b", kind="consent")


def test_add_draft_file_of_the_same_twice_is_one(draft, clerk):
    stored = files.store(io.BytesIO(b"giay"), name="a", content_type="x", by=clerk)
    first, second = (
        actions.add_draft_file(draft=draft, by=clerk, file=stored, title="giấy") for _ in range(2)
    )

    assert (first, draft.files.count()) == (second, 1)
    assert verbs().count("nomination.draft_file_added") == 1


def test_drop_guided_clears_everything(client, clerk, draft, django_capture_on_commit_callbacks):
    client.post(step(draft, "papers"), {"other": picture()})
    file = draft.files.get().file

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("nomination:drop_guided", args=[draft.pk]))

    assert not GuidedDraft.objects.exists() and not StoredFile.objects.exists()
    assert not files.place(file.sha256).exists()


def test_a_draft_nobody_has_touched_for_ninety_days_goes(draft):
    system_user()
    old = GuidedDraftFactory(kept_at=calendar.now() - datetime.timedelta(days=91))

    assert jobs.forget_drafts() == 1
    assert list(GuidedDraft.objects.all()) == [draft] and old not in GuidedDraft.objects.all()


# --- What becomes of it --------------------------------------------------------------------
def test_finish_guided_makes_record_claims_evidence_and_dossier(client, clerk, draft):
    field = FieldFactory()
    about = {"birth_year": "1966", "occupation": "thợ dệt", "field": field.pk}
    client.post(step(draft, "about"), about | {"other_fields": [FieldFactory().pk]})
    client.post(step(draft, "papers"), {"other": picture()})
    agreed = {"consent": "now", "purposes": ["name_publicly", "picture"], "signer": "Bà Bliu"}
    client.post(step(draft, "consent"), agreed | {"consent_paper": picture("giay.jpg", "white")})

    sent = client.post(reverse("nomination:guided_send", args=[draft.pk]))

    made = Nomination.objects.get()
    exemplar = made.exemplar
    assert sent["Location"] == reverse("nomination:sent", args=[made.pk])
    assert (made.state, made.unit, made.did) == ("submitted", clerk.unit, ANSWERS["did"])
    assert (exemplar.birth_year, exemplar.field, exemplar.other_fields.count()) == (1966, field, 1)
    statements = ["36 chị em biết dệt", "12 hộ bán được khăn"]
    assert [claim.statement for claim in made.claims.order_by("pk")] == statements
    assert [(e.title, e.kind) for e in exemplar.evidence.all()] == [("anh.jpg", "picture")]
    given = exemplar.consents.order_by("pk")
    assert [(one.purpose, one.signer, one.proof.name) for one in given] == [
        ("name_publicly", "Bà Bliu", "giay.jpeg"),
        ("picture", "Bà Bliu", "giay.jpeg"),
    ]
    assert not DraftFile.objects.exists() and GuidedDraft.objects.get().answers == {}


def test_finish_guided_judges_only_the_pairs_its_writer_may_judge(draft):
    own, foreign = ExemplarFactory(unit=draft.unit), ExemplarFactory()
    answers = said(draft)

    actions.finish_guided(
        draft=draft,
        by=draft.by,
        person=answers.person,
        told=answers.told,
        claims=answers.claims,
        others=[own, foreign],
    )

    [judged] = Judgement.objects.all()
    assert {own.pk} == {judged.first_id, judged.second_id} & {own.pk, foreign.pk}


def test_pressed_twice_it_is_sent_once_and_the_way_back_leads_to_it(client, clerk, draft):
    first = client.post(reverse("nomination:guided_send", args=[draft.pk]))
    second = client.post(reverse("nomination:guided_send", args=[draft.pk]))
    back = client.get(step(draft, "deeds"), follow=True)
    late = client.post(reverse("nomination:guided_keep", args=[draft.pk, "deeds"]), ANSWERS)

    assert first["Location"] == second["Location"] and Nomination.objects.count() == 1
    assert "Đã gửi hồ sơ" in back.content.decode() and late.status_code == 400
    assert finished(draft) == Nomination.objects.get()


def test_papers_lie_in_the_places_of_the_criteria(client, clerk, draft):
    Rule.objects.all().delete()
    board = UnitFactory(kind="provincial_pc")
    found = CriteriaSetFactory(in_force=True, issuer=board, criteria=["required"])
    slot = found.criteria.get().slots.get()
    asked = client.get(step(draft, "papers")).content.decode()
    blocked = client.get(step(draft, "check")).content.decode()

    client.post(step(draft, "papers"), {f"slot{slot.pk}": picture("bien-ban.jpg")})
    ready = client.get(step(draft, "check")).content.decode()
    client.post(reverse("nomination:guided_send", args=[draft.pk]))

    made = Nomination.objects.get()
    assert slot.text in asked and "(bắt buộc)" in asked
    assert "Chưa gửi được" in blocked and "Hồ sơ đủ để gửi" in ready
    filling = made.answers.get().fillings.get()
    assert (made.state, filling.slot, filling.evidence.title) == ("submitted", slot, "bien-ban.jpg")


def test_what_cannot_be_sent_becomes_a_dossier_to_be_completed(client, clerk, draft):
    CriteriaSetFactory(
        in_force=True, issuer=UnitFactory(kind="provincial_pc"), criteria=["required"]
    )

    done = client.post(reverse("nomination:guided_send", args=[draft.pk]), follow=True)

    assert Nomination.objects.get().state == "draft"
    assert "Đã lập hồ sơ, chưa gửi được" in done.content.decode()


def test_the_last_page_shows_the_paper_and_the_rules_and_makes_nothing(client, clerk, draft):
    RuleFactory()

    words = client.get(step(draft, "check")).content.decode()
    paper = client.get(reverse("nomination:guided_preview", args=[draft.pk]))

    assert "BÁO CÁO THÀNH TÍCH" in words and "36 chị em biết dệt" in words
    assert "Chưa đủ vì" in words and "Chưa gửi được" not in words
    assert paper.content[:2] == b"PK"
    assert not Exemplar.objects.exists() and not Claim.objects.exists() and verbs() == []


def test_the_last_page_of_an_unfinished_draft_says_what_to_write(client, clerk):
    draft = GuidedDraftFactory(unit=clerk.unit, answers={"full_name": "Nul", "birth_year": "x"})

    words = client.get(step(draft, "check")).content.decode()
    client.post(reverse("nomination:guided_send", args=[draft.pk]))
    preview = client.get(reverse("nomination:guided_preview", args=[draft.pk]))

    assert "Còn 3 bước phải viết xong" in words and "Gửi hồ sơ" not in words
    assert not Nomination.objects.exists() and preview.status_code == 404


def test_a_chosen_record_is_brought_up_to_date_and_its_claims_are_not_doubled(client, clerk):
    exemplar = ExemplarFactory(unit=clerk.unit, full_name="Nul")
    standing = ClaimFactory(exemplar=exemplar, statement="36 chị em biết dệt")
    draft = GuidedDraftFactory(unit=clerk.unit, by=clerk, exemplar=exemplar)

    made = finished(draft)

    exemplar.refresh_from_db()
    assert (made.exemplar, exemplar.full_name) == (exemplar, "Rơ Châm H'Bliu")
    assert standing in made.claims.all() and exemplar.claims.count() == 2


def test_a_chosen_record_with_an_open_dossier_is_refused_in_words(client, clerk):
    open_one = NominationFactory(exemplar__unit=clerk.unit)
    draft = GuidedDraftFactory(unit=clerk.unit, exemplar=open_one.exemplar)

    page = client.get(step(draft, "check")).content.decode()
    done = client.post(reverse("nomination:guided_send", args=[draft.pk]), follow=True)

    assert "đang có một hồ sơ đề cử mở" in page
    assert "đang có một hồ sơ đề cử mở" in done.content.decode()
    assert GuidedDraft.objects.get().nomination is None


def test_claims_are_the_lines_of_the_results_or_what_was_done_first():
    figures = {"before": None, "after": 42, "measure": "hộ"}
    told = {"did": "Dạy dệt. Mỗi tối.", "results": "• Một\n\n2. Hai\nMột\n" + "dài " * 200}

    many = list(claims_of(told | figures))
    one = list(claims_of(told | figures | {"results": ""}))

    assert [claim["statement"] for claim in many][:2] == ["Một", "Hai"]
    assert len(many) == 4 and all(len(claim["statement"]) <= 500 for claim in many)
    assert many[0]["after"] == 42 and "after" not in many[1]
    assert [claim["statement"] for claim in one] == ["Dạy dệt. Mỗi tối."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("1.234", "1234 hay 1,234"), ("nhiều", "hợp lệ|số"), ("9" * 18, "quá lớn")],
)
def test_a_figure_that_may_be_two_is_asked_back(client, clerk, draft, typed, told):
    page = client.post(step(draft, "deeds"), ANSWERS | {"after": typed}).content.decode()

    assert any(word in page for word in told.split("|")) and typed in page


def test_figures_are_taken_as_they_are_written(client, clerk, draft):
    client.post(step(draft, "deeds"), ANSWERS | {"before": "1.234,5", "after": "12 triệu"})
    draft.refresh_from_db()

    first = said(draft).claims[0]
    assert (float(first["before"]), float(first["after"])) == (1234.5, 12_000_000)


def test_what_comes_out_of_word_and_zalo_is_cleaned(client, clerk, draft):
    pasted = "\ufeffDạy\xa0dệt\u200b\r\n\r\n\r\n\r\n•\tMỗi tối  "
    client.post(step(draft, "deeds"), ANSWERS | {"did": pasted})
    draft.refresh_from_db()

    assert said(draft).told["did"] == "Dạy dệt\n\n•\tMỗi tối"


# --- From an earlier year ---------------------------------------------------------------------
def test_copy_last_takes_person_and_words_and_leaves_the_papers(client, clerk):
    earlier = NominationFactory(exemplar__unit=clerk.unit, state="accepted", did="Dạy dệt.")
    Evidence.objects.create(
        exemplar=earlier.exemplar, kind="testimony", title="x", testimony="x", added_by=clerk
    )

    done = client.post(reverse("nomination:copy_last", args=[earlier.pk]))

    draft = GuidedDraft.objects.get()
    statement = earlier.claims.get().statement
    check = client.get(step(draft, "check")).content.decode()
    assert done["Location"] == step(draft, "deeds")
    assert (draft.exemplar, draft.answers["results"]) == (earlier.exemplar, statement)
    assert (
        not draft.files.exists()
        and "Chép từ hồ sơ trước" in client.get(done["Location"]).content.decode()
    )
    assert "Còn y như hồ sơ trước" in check and statement in check


def test_the_life_record_offers_the_last_dossier_of_the_own_unit(client, clerk):
    earlier = NominationFactory(exemplar__unit=clerk.unit, state="accepted")
    page = reverse("web:life", args=[earlier.exemplar_id])
    offered = client.get(page).content.decode()
    NominationFactory(exemplar=earlier.exemplar)

    assert reverse("nomination:copy_last", args=[earlier.pk]) in offered
    assert "Chép từ hồ sơ trước" not in client.get(page).content.decode()


def test_copy_last_is_refused_while_a_dossier_is_open_and_to_another_unit(client, clerk):
    earlier = NominationFactory(exemplar__unit=clerk.unit, state="withdrawn")
    NominationFactory(exemplar=earlier.exemplar)
    foreign = NominationFactory(state="withdrawn")

    refused = client.post(reverse("nomination:copy_last", args=[earlier.pk]), follow=True)

    assert "đang có một hồ sơ đề cử mở" in refused.content.decode()
    assert client.post(reverse("nomination:copy_last", args=[foreign.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.copy_last(nomination=foreign, by=clerk)
