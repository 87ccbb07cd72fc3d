"""Two people in one draft: neither loses a word to the other without having seen it."""

import re

import pytest
from django.urls import reverse

from guong.nomination import actions
from guong.nomination.boxes import sign_of
from guong.nomination.models import GuidedDraft, Nomination
from guong.units.tests.factories import FieldFactory, UserFactory

from .factories import ANSWERS, GuidedDraftFactory

pytestmark = pytest.mark.django_db
THEIRS = "Dạy dệt từ năm 2019,\nmỗi tuần ba tối."
MINE = "Dạy dệt và nhuộm chàm."


@pytest.fixture
def draft():
    return GuidedDraftFactory()


@pytest.fixture
def colleague(draft):
    return UserFactory(unit=draft.unit, function="introducer", full_name="Đinh Mẫu Hai")


@pytest.fixture
def writer(client, draft):
    client.force_login(draft.by, backend="guong.units.backends.AccountBackend")
    return draft.by


def place(draft, key="deeds"):
    return reverse("nomination:guided_step", args=[draft.pk, key])


def quietly(draft, key="deeds"):
    return reverse("nomination:guided_keep", args=[draft.pk, key])


def opened(client, draft, key="deeds") -> dict:
    """What a browser would send of a page just opened, with the draft's own answers in its boxes."""
    page = client.get(place(draft, key)).content.decode()
    return {"seen": re.search(r'name="seen" value="([^"]*)"', page)[1]} | draft.answers


def written(draft, name="did"):
    return GuidedDraft.objects.get(pk=draft.pk).answers.get(name)


def test_keep_answers_leaves_what_somebody_else_has_saved_and_both_changed(draft, colleague):
    seen = {"did": sign_of(ANSWERS["did"]), "worth": sign_of(ANSWERS["worth"])}
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS}, seen=seen)

    kept = actions.keep_answers(
        draft=draft, by=draft.by, answers={"did": MINE, "worth": "Ai cũng học được."}, seen=seen
    )

    [clash] = kept.clashes
    assert (clash.name, clash.theirs, clash.by) == ("did", THEIRS, colleague)
    assert (written(draft), written(draft, "worth")) == (THEIRS, "Ai cũng học được.")


def test_a_box_left_alone_keeps_what_the_other_has_written_and_nobody_is_asked(
    client, draft, writer, colleague
):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS}, seen=None)

    sent = client.post(place(draft), page | {"worth": "Ai cũng học được."})

    assert sent["Location"] == place(draft, "papers")
    assert (written(draft), written(draft, "worth")) == (THEIRS, "Ai cũng học được.")


@pytest.mark.parametrize("button", [{}, {"later": "1"}])
def test_a_page_saved_over_a_newer_one_shows_both_texts_and_asks(
    client, draft, writer, colleague, button
):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})

    shown = client.post(place(draft), page | {"did": MINE} | button).content.decode()

    at = GuidedDraft.objects.get().written["did"][1]
    assert f"Đinh Mẫu Hai đã lưu lúc {at}" in shown and "Lỗi: " in shown
    assert f">\n{MINE}</textarea>" in shown and f">{THEIRS}</blockquote>" in shown
    assert written(draft) == THEIRS


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_the_writer_chooses_and_goes_on(client, draft, writer, colleague, whose):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})
    asked = client.post(place(draft), page | {"did": MINE})
    seen = asked.context["seen"]
    choice = f"mine:{sign_of(THEIRS)}" if whose == "mine" else "theirs"
    assert f'value="{choice}"' in asked.content.decode()

    undecided = client.post(place(draft), page | {"did": MINE, "seen": seen})
    sent = client.post(place(draft), page | {"did": MINE, "seen": seen, "choice-did": choice})

    assert undecided.status_code == 200 and "Chọn bản giữ lại" in undecided.content.decode()
    assert sent["Location"] == place(draft, "papers")
    assert written(draft) == (MINE if whose == "mine" else THEIRS)


def test_what_the_other_writes_after_the_choice_was_shown_is_not_written_over_either(
    client, draft, writer, colleague
):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})
    choice = f"mine:{sign_of(THEIRS)}"
    actions.keep_answers(draft=draft, by=colleague, answers={"did": f"{THEIRS} Và sáng thứ bảy."})

    shown = client.post(place(draft), page | {"did": MINE, "choice-did": choice}).content.decode()

    assert "Và sáng thứ bảy." in shown and "Và sáng thứ bảy." in written(draft)


def test_autosave_says_whose_words_stand_instead_of_writing_over_them(
    client, draft, writer, colleague
):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})

    told = client.post(quietly(draft), page | {"did": MINE, "worth": "Mới."})

    at = GuidedDraft.objects.get().written["did"][1]
    assert told.status_code == 409 and set(told.json()) == {"refused", "seen"}
    assert told.json()["refused"].startswith(
        f"Đinh Mẫu Hai đã lưu ô «Đã làm gì?» lúc {at}. Chữ của bạn ở ô ấy chưa lưu"
    )
    assert (written(draft), written(draft, "worth")) == (THEIRS, "Mới.")


def test_autosave_goes_on_from_what_it_has_saved_itself(client, draft, writer, colleague):
    page = opened(client, draft)
    first = client.post(quietly(draft), page | {"did": "Một"}).json()
    again = client.post(quietly(draft), page | {"did": "Hai"}).status_code  # its answer was lost
    actions.keep_answers(
        draft=draft, by=colleague, answers={"did": THEIRS}, seen={"did": sign_of("Hai")}
    )

    late = client.post(quietly(draft), page | {"did": "Ba", "seen": first["seen"]})

    assert (again, late.status_code, written(draft)) == (200, 409, THEIRS)


def test_an_autosave_that_changes_nothing_does_not_claim_the_draft(
    client, draft, writer, colleague
):
    page = opened(client, draft)
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})
    client.post(quietly(draft), page | {"did": MINE})

    assert GuidedDraft.objects.get().kept_by == colleague


def test_line_ends_and_choices_untouched_are_no_change(client, draft, writer, colleague):
    other = FieldFactory()
    many = FieldFactory(name="Văn hoá mẫu")
    actions.keep_answers(draft=draft, by=writer, answers={"did": "Một\r\nHai", "field": ""})
    draft.refresh_from_db()
    page, about = opened(client, draft), opened(client, draft, "about")
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS, "field": str(many.pk)})

    told = client.post(quietly(draft), page | {"did": "Một\nHai"})
    shown = client.post(place(draft, "about"), about | {"field": other.pk}).content.decode()

    assert told.status_code == 200 and written(draft) == THEIRS
    assert ">Văn hoá mẫu</blockquote>" in shown


def test_a_page_opened_before_there_was_a_draft_takes_part_too(client, draft, writer, colleague):
    first = client.get(reverse("nomination:guided")).context["seen"]
    told = client.post(
        reverse("nomination:guided_keep_new"), {"full_name": "Siu", "seen": first}
    ).json()
    made = GuidedDraft.objects.latest("pk")
    actions.keep_answers(draft=made, by=colleague, answers={"full_name": "Siu H'Mẫu"})

    late = client.post(told["keep"], {"full_name": "Siu Mẫu", "kind": "individual", "seen": first})

    assert late.status_code == 409 and written(made, "full_name") == "Siu H'Mẫu"


def test_who_has_written_goes_with_the_answers_when_the_dossier_is_made(
    client, draft, writer, colleague
):
    actions.keep_answers(draft=draft, by=colleague, answers={"did": THEIRS})

    client.post(reverse("nomination:guided_send", args=[draft.pk]), {"later": "1"})

    assert Nomination.objects.get().did == THEIRS and GuidedDraft.objects.get().written == {}
