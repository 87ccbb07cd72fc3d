"""Sounds and films of a story: cleaned, with their words, and part of what is approved."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File

from guong.core.models import JournalEntry
from guong.exemplars.tests.factories import ConsentFactory
from guong.guard.tests import recordings as made
from guong.publicity import actions, content, uploads
from guong.publicity.tests.factories import drafted, editor
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Bà Mẫu kể", "source": "Tòa soạn (mẫu)", "rights": "Người nói đồng ý đăng"}


def taken(body: bytes, by, name: str = "ke.tep") -> uploads.Taken:
    return uploads.take_in(File(io.BytesIO(body), name=name), by=by)


def with_sound(writer=None):
    writer = writer or editor()
    page = drafted(writer)
    sound = taken(made.mp3(before=made.id3()), writer)
    actions.add_recording(page=page, taken=sound, by=writer, transcript="Chào bà con.", **WORDS)
    return page


def with_film(writer):
    page = drafted(writer)
    film = taken(made.mp4(), writer)
    actions.add_recording(page=page, taken=film, by=writer, captions=made.SPOKEN, **WORDS)
    return page


def test_add_recording_makes_it_part_of_what_is_approved():
    writer, second = editor(), editor()
    page = with_sound(writer)

    approval = actions.send_for_approval(page=page, by=writer)

    (told,) = approval.content["recordings"]
    assert told == {
        "kind": "sound",
        "sha256": approval.files["recording-1"],
        "content_type": "audio/mpeg",
        "ending": ".mp3",
        "transcript": "Chào bà con.",
        "captions": "",
        "width": 0,
        "height": 0,
        **WORDS,
    }
    assert approval.sha256 == content.digest(approval.content)
    assert "Chào bà con." in content.plain(approval.content)
    assert second.has_perm("publicity.approve", approval)
    assert JournalEntry.objects.filter(verb="publicity.recording_added", by=writer).count() == 1


def test_add_recording_counts_as_writing():
    writer, sound_engineer = editor(), editor()
    page = drafted(writer)
    sound = taken(made.opus(), sound_engineer)
    actions.add_recording(
        page=page, taken=sound, by=sound_engineer, transcript="Chào bà con.", **WORDS
    )

    approval = actions.send_for_approval(page=page, by=writer)

    with pytest.raises(PermissionDenied):
        actions.approve(approval=approval, by=sound_engineer)


def test_add_recording_takes_a_film_with_captions_written_in_one_way():
    writer = editor()
    page = with_film(writer)
    ConsentFactory(exemplar=page.exemplar, purpose="picture")

    told = actions.send_for_approval(page=page, by=writer).content["recordings"][0]

    assert told["captions"] == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nChào bà con.\n"
    assert (told["kind"], told["width"], told["height"]) == ("video", 320, 180)
    assert content.spoken(told) == "Chào bà con."


def test_a_film_waits_for_the_consent_to_pictures():
    writer = editor()
    page = with_film(writer)

    with pytest.raises(ValidationError, match="đồng ý đăng ảnh"):
        actions.send_for_approval(page=page, by=writer)


@pytest.mark.parametrize(
    ("body", "words", "field"),
    [
        (made.wav(), {"transcript": " "}, "transcript"),
        (made.webm(), {}, "captions"),
        (made.webm(), {"captions": b"1 --> 2"}, "captions"),
    ],
)
def test_add_recording_without_its_words_is_refused(body, words, field):
    writer = editor()
    page = drafted(writer)

    with pytest.raises(ValidationError) as refusal:
        actions.add_recording(page=page, taken=taken(body, writer), by=writer, **WORDS, **words)

    assert list(refusal.value.error_dict) == [field]
    assert not page.recordings.exists()


def test_add_recording_twice_or_by_a_stranger_is_refused():
    writer = editor()
    page = with_sound(writer)
    again = {"page": page, "taken": taken(made.mp3(), writer), "transcript": "Chào."} | WORDS

    with pytest.raises(ValidationError, match="đã có tệp ấy"):
        actions.add_recording(by=writer, **again)
    with pytest.raises(PermissionDenied):
        actions.add_recording(by=UserFactory(function="secretariat"), **again)


def test_remove_recording_leaves_the_approved_text_as_it_is():
    writer = editor()
    page = with_sound(writer)
    approved = actions.approve(
        approval=actions.send_for_approval(page=page, by=writer), by=editor()
    )

    actions.remove_recording(recording=page.recordings.get(), by=writer)

    approved.refresh_from_db()
    again = actions.send_for_approval(page=page, by=writer)
    assert (len(approved.content["recordings"]), again.content["recordings"]) == (1, [])
    with pytest.raises(PermissionDenied):
        recording = with_sound(writer).recordings.get()
        actions.remove_recording(recording=recording, by=UserFactory(function="leader"))


def test_what_is_no_recording_is_refused_beside_the_field():
    with pytest.raises(ValidationError) as refusal:
        taken(b"<html>", editor())

    assert list(refusal.value.error_dict) == ["file"]


def test_an_editor_adds_hears_and_removes_a_sound(client):
    writer = editor()
    page = drafted(writer)
    approval = page.approvals.get()
    client.force_login(writer)
    sound = io.BytesIO(made.mp3())
    sound.name = "ke.mp3"

    client.post(
        f"/publicity/{approval.pk}/add_recording/",
        {"file": sound, "transcript": "Chào bà con.", **WORDS},
    )

    recording = page.recordings.get()
    heard = client.get(f"/publicity/{approval.pk}/files/{recording.file.sha256}/")
    shown = client.get(f"/publicity/{approval.pk}/").content.decode()
    assert b"".join(heard.streaming_content) == made.mp3()
    assert (heard["content-type"], "Bà Mẫu kể" in shown) == ("audio/mpeg", True)
    client.post(f"/publicity/recordings/{recording.pk}/remove/")
    assert not page.recordings.exists()
    assert client.get(f"/publicity/{approval.pk}/files/{recording.file.sha256}/").status_code == 404


def test_a_form_without_captions_says_so_beside_the_field(client):
    writer = editor()
    approval = drafted(writer).approvals.get()
    client.force_login(writer)
    film = io.BytesIO(made.mp4())
    film.name = "phim.mp4"

    answer = client.post(f"/publicity/{approval.pk}/add_recording/", {"file": film, **WORDS})

    assert "Phim cần tệp phụ đề" in answer.content.decode()
