"""A story in several languages, its steps, and the words around it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.images.models import Image

from guong.core import files
from guong.exemplars.models import Consent
from guong.publicity import actions, furniture
from guong.publicity.models import Furniture
from guong.publicity.tests.factories import BODY, drafted, editor, jpeg
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
# Marks of our own, no words of any language: nobody has approved Jrai ones for this project.
SAID = {"listen": "xxŏ", "followers": "yyĕ"}


# --- Steps ------------------------------------------------------------------
def step(text: str, **picture):
    return ("step", {"text": text, **picture})


def test_steps_are_part_of_what_is_approved_with_their_pictures_made_anew():
    writer = editor()
    page = drafted(writer, picture=jpeg(), picture_alt="Vườn", picture_source="Tranh vẽ")
    shown = {"picture": page.picture, "picture_alt": "Luống rau", "picture_source": "Tranh vẽ"}
    actions.revise(page=page, by=writer, steps=[step(" Đào luống. "), step("Ủ phân.", **shown)])

    approval = actions.send_for_approval(page=page, by=writer)

    first, second = approval.content["steps"]
    assert first == {"text": "Đào luống.", "picture": {"sha256": "", "alt": "", "source": ""}}
    assert (second["text"], second["picture"]["alt"]) == ("Ủ phân.", "Luống rau")
    assert set(approval.files) == {"picture", "step-2"}
    kept = files.place(approval.files["step-2"]).read_bytes()
    with page.picture.file.open("rb") as original:
        assert kept.startswith(b"\xff\xd8") and kept != original.read()


def test_a_picture_of_a_step_needs_its_words():
    writer = editor()
    page = drafted(writer, picture=jpeg(), picture_alt="Vườn", picture_source="Tranh vẽ")
    actions.revise(page=page, by=writer, steps=[step("Đào luống.", picture=page.picture)])

    with pytest.raises(ValidationError, match="Bước 1: ảnh cần mô tả và nguồn"):
        actions.send_for_approval(page=page, by=writer)


def test_a_picture_that_is_something_else_besides_is_refused():
    writer = editor()
    page = drafted(writer, picture=jpeg() + b"<script>", picture_alt="Vườn", picture_source="Tranh")
    assert Image.objects.count() == 1

    with pytest.raises(ValidationError, match="giấu mã"):
        actions.send_for_approval(page=page, by=writer)


# --- Versions ---------------------------------------------------------------
def test_start_version_makes_a_draft_of_its_own_beside_the_story():
    writer, translator = editor(), editor()
    page = drafted(writer, picture=jpeg(), picture_alt="Vườn", picture_source="Tranh vẽ")

    version = actions.start_version(page=page, lang="jra", by=translator)

    assert (version.lang, version.original, version.family) == ("jra", page, page.pk)
    assert (version.picture, version.picture_alt, version.body) == (page.picture, "", "")
    assert version.approvals.get().state == "writing"
    assert [author.user for author in version.approvals.get().authors.all()] == [translator]


def test_start_version_of_a_version_belongs_to_the_same_story():
    writer = editor()
    page = drafted(writer)
    first = actions.start_version(page=page, lang="jra", by=writer)

    second = actions.start_version(page=first, lang="en", by=writer)

    assert second.original == page
    approval = actions.send_for_approval(
        page=actions.revise(page=second, by=writer, lead="Helping.", body=BODY), by=writer
    )
    assert (approval.content["lang"], approval.content["family"]) == ("en", page.pk)


def test_start_version_once_a_language_and_only_with_consent():
    writer = editor()
    page = drafted(writer)
    actions.start_version(page=page, lang="jra", by=writer)

    for lang in ("jra", "vi", "xx"):
        with pytest.raises(ValidationError):
            actions.start_version(page=page, lang=lang, by=writer)
    with pytest.raises(PermissionDenied):
        actions.start_version(page=page, lang="en", by=UserFactory(function="secretariat"))
    Consent.objects.filter(exemplar=page.exemplar).delete()
    with pytest.raises(ValidationError, match="đồng ý"):
        actions.start_version(page=page, lang="en", by=writer)


def test_an_editor_finds_the_other_versions_on_the_page_of_each(client):
    writer = editor()
    page = drafted(writer)
    client.force_login(writer)

    made = client.post(f"/publicity/{page.approvals.get().pk}/start_version/", {"lang": "jra"})

    version = page.versions.get()
    assert made.url == f"/newsroom/pages/{version.pk}/edit/"
    shown = client.get(f"/publicity/{version.approvals.get().pk}/").content.decode()
    assert f"/publicity/{page.approvals.get().pk}/" in shown and 'lang="jra"' in shown


# --- Furniture --------------------------------------------------------------
def entered(by=None, **more):
    values = {"lang": "jra", "words": SAID, "speaker": "Người Mẫu, làng Mẫu"} | more
    return actions.enter_furniture(by=by or editor(), **values)


def test_enter_furniture_waits_for_a_second_person():
    row = entered(words=SAID | {"listen": " xxŏ ", "print": " ", "no such": "zz"})

    assert (row.words, row.confirmed_by) == (SAID, None)
    assert furniture.in_use() == {}


def test_enter_furniture_again_replaces_what_waits_and_not_what_is_used():
    first = actions.confirm_furniture(furniture=entered(), by=editor())
    second = entered(words={"listen": "zz"})
    third = entered(words={"listen": "ww"})

    assert (second.pk, third.pk) == (third.pk, second.pk)
    assert furniture.in_use() == {"jra": first}
    again = actions.confirm_furniture(furniture=third, by=editor())
    assert furniture.in_use() == {"jra": again}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"lang": "vi"}, "Không có tiếng này"),
        ({"words": {"listen": " "}}, "Chưa có chữ nào"),
        ({"speaker": " "}, "ai đã duyệt"),
    ],
)
def test_enter_furniture_needs_a_language_words_and_a_named_speaker(more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        entered(**more)
    assert not Furniture.objects.exists()


def test_confirm_furniture_is_for_somebody_else_and_once():
    writer = editor()
    row = entered(by=writer)
    allowed = {
        user
        for user in [writer, editor(), UserFactory(function="secretariat"), UserFactory()]
        if user.has_perm("publicity.confirm_furniture", row)
    }
    assert len(allowed) == 2 and writer not in allowed

    with pytest.raises(PermissionDenied):
        actions.confirm_furniture(furniture=row, by=writer)
    actions.confirm_furniture(furniture=row, by=editor())
    with pytest.raises(ValidationError, match="Đã có người xác nhận"):
        actions.confirm_furniture(furniture=row, by=editor())


def test_words_not_approved_stay_vietnamese_and_say_so():
    jrai = furniture.Spoken("jra", {"listen": "xx<ŏ"})

    assert (jrai["listen"], jrai["print"]) == ("xx<ŏ", '<span lang="vi">In</span>')
    assert (jrai.name(), furniture.Spoken("vi", {}).name()) == ("", "Tiếng Việt")
    assert furniture.Spoken("vi", {})["print"] == "In"


def test_two_persons_bring_the_words_of_a_language(client):
    writer, second = editor(), UserFactory(function="secretariat")
    client.force_login(writer)
    assert client.get("/publicity/furniture/jra/").status_code == 200
    client.post("/publicity/furniture/jra/", {"speaker": "Người Mẫu, làng Mẫu", **SAID})
    row = Furniture.objects.get()
    assert "người khác xác nhận" in client.get("/publicity/furniture/").content.decode()

    client.force_login(second)
    page = client.get("/publicity/furniture/").content.decode()
    assert f'action="/publicity/furniture/{row.pk}/confirm/"' in page and "xxŏ" in page
    client.post(f"/publicity/furniture/{row.pk}/confirm/")
    client.post(f"/publicity/furniture/{row.pk}/confirm/")

    row.refresh_from_db()
    assert row.confirmed_by == second
    assert "Đang dùng 2 trên" in client.get("/publicity/furniture/").content.decode()
    assert client.get("/publicity/furniture/xx/").status_code == 404
