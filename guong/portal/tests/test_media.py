"""A story's pictures, sounds, films, steps and languages as readers get them."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from guong.core import calendar, files
from guong.core.signing import ceremonies
from guong.exemplars.tests.factories import ConsentFactory
from guong.guard.tests import recordings as made
from guong.portal import pictures, selectors, texts
from guong.portal.kinds import documents, stories
from guong.portal.site import Site
from guong.portal.tests.factories import approved_story, confirmed, recognised
from guong.publicity import actions as publicity
from guong.publicity.models import StoryApproval
from guong.publicity.tests.factories import BODY, drafted, editor, jpeg
from guong.publicity.tests.test_recordings import WORDS, taken
from guong.publicity.tests.test_versions import SAID, entered, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    ceremonies.make_test_keys(tmp_path)
    confirmed()


def released(**more) -> dict:
    site = Site(at=calendar.now(), number=1, **more)
    return {page.path: page for page in selectors.pages(site)}


def approved(page, by) -> StoryApproval:
    return publicity.approve(approval=publicity.send_for_approval(page=page, by=by), by=editor())


def told_in_full(**of_exemplar) -> StoryApproval:
    """A story with a picture, two steps, a sound and a film."""
    writer, exemplar = editor(), recognised(**of_exemplar)
    ConsentFactory(exemplar=exemplar, purpose="picture")
    page = drafted(writer, exemplar, picture=jpeg(), picture_alt="Vườn", picture_source="Tranh vẽ")
    sown = {"picture": page.picture, "picture_alt": "Luống", "picture_source": "Tranh vẽ"}
    publicity.revise(
        page=page, by=writer, steps=[step("Đào luống."), step("Gieo <b>hạt</b>.", **sown)]
    )
    sound, film = taken(made.mp3(), writer), taken(made.mp4(), writer)
    publicity.add_recording(page=page, taken=sound, by=writer, transcript="Chào bà con.", **WORDS)
    publicity.add_recording(page=page, taken=film, by=writer, captions=made.SPOKEN, **WORDS)
    return approved(page, writer)


def html(pages: dict, approval: StoryApproval) -> str:
    return pages[stories.path_of(approval)].body.decode()


# --- Sounds, films, steps ---------------------------------------------------
def test_sound_and_film_are_released_with_their_words_and_fetched_only_when_asked_for():
    approval = told_in_full()

    pages = released()

    page = html(pages, approval)
    sound, film = (
        f"/tep/{one['sha256'][:16]}{one['ending']}" for one in approval.content["recordings"]
    )
    assert (pages[sound].content_type, pages[sound].body) == ("audio/mpeg", made.mp3())
    assert pages[film].content_type == "video/mp4"
    assert f'src="{sound}"' in page and f'src="{film}"' in page
    assert page.count('preload="none"') == page.count("<audio") + page.count("<video") == 2
    (captions,) = (path for path in pages if path.endswith(".vtt"))
    assert f'<track kind="captions" src="{captions}" srclang="vi"' in page
    assert pages[captions].body.decode().startswith("WEBVTT\n\n00:00:00.000")
    assert page.count("Chào bà con.") == 2  # heard, and said in the film
    sources = {source.key for source in pages[film].inputs}
    assert sources == {f"story:{approval.pk}", f"picture:{approval.exemplar.code}"}


def test_steps_are_an_ordered_list_that_machines_read_as_one_too():
    approval = told_in_full(kind="model")

    pages = released()

    page = html(pages, approval)
    list_of_steps = page.split('<ol class="steps"')[1].split("</ol>")[0]
    assert list_of_steps.count("<li") == 2
    assert "Gieo &lt;b&gt;hạt&lt;/b&gt;." in list_of_steps and 'loading="lazy"' in list_of_steps
    told = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert [one["text"] for one in told["hasPart"]["step"]] == ["Đào luống.", "Gieo <b>hạt</b>."]
    assert [told[name][0]["@type"] for name in ("audio", "video")] == ["AudioObject", "VideoObject"]
    library = pages["/cach-lam/"]
    assert "Cách làm, 2 bước" in library.body.decode()
    assert f"story:{approval.pk}" in {source.key for source in library.inputs}


def test_a_recording_that_is_not_what_was_approved_stops_the_release():
    approval = told_in_full()
    place = files.place(approval.files["recording-2"])
    place.chmod(0o600)
    place.write_bytes(made.mp4(label=b"khac"))
    pages = released()
    film = next(path for path in pages if path.endswith(".mp4"))

    with pytest.raises(pictures.PictureGone, match="không còn đúng bản đã duyệt"):
        assert pages[film].body
    place.unlink()
    with pytest.raises(pictures.PictureGone, match="Không còn tệp âm thanh, phim"):
        released()


def test_a_story_without_any_of_it_shows_no_empty_part():
    approval = approved_story()

    page = html(released(), approval)

    for mark in ("<audio", "<video", 'class="steps"', 'class="versions"', "hreflang"):
        assert mark not in page


def test_a_story_approved_before_there_were_steps_and_languages_still_stands():
    approval = approved_story()
    older = {
        key: value
        for key, value in approval.content.items()
        if key not in ("family", "steps", "recordings")
    }
    sha256 = stories.contents.digest(older)
    StoryApproval.objects.filter(pk=approval.pk).update(content=older, sha256=sha256)

    assert approval.content["title"] in html(released(), approval)


# --- Pictures ---------------------------------------------------------------
def noisy(size=(2000, 1300)) -> bytes:
    """As hard to pack as a photograph of leaves."""
    leaves = Image.effect_noise(size, 60).convert("RGB")
    out = io.BytesIO()
    Image.blend(leaves, Image.new("RGB", size, "#1F6B4A"), 0.6).save(out, "JPEG", quality=90)
    return out.getvalue()


def test_a_picture_comes_in_three_formats_each_light_enough_for_a_weak_line(settings, tmp_path):
    stored = files.store(io.BytesIO(noisy()), name="a.jpg", content_type="image/jpeg", by=editor())

    shown = pictures.shown(stored.sha256)

    made_of = {path: body() for path, body in shown.bodies.items()}
    kinds = {}
    for path, body in made_of.items():
        with Image.open(io.BytesIO(body)) as picture:
            kinds.setdefault(picture.format, []).append(picture.width)
        assert pictures.type_of(path) == f"image/{picture.format.lower()}"
        assert len(body) <= pictures.MOST, path
    assert kinds == {"AVIF": [640, 960, 1200], "WEBP": [640, 960, 1200], "JPEG": [960]}
    assert (shown.width, shown.height) == (1200, 780)
    # Made again elsewhere, they are the same bytes: a release can be built twice.
    settings.HOME = tmp_path / "elsewhere"
    place = files.place(stored.sha256)
    place.parent.mkdir(parents=True)
    place.write_bytes((tmp_path / "evidence" / stored.sha256[:2] / stored.sha256).read_bytes())
    assert {path: body() for path, body in pictures.shown(stored.sha256).bodies.items()} == made_of


def test_the_first_picture_is_fetched_at_once_and_in_the_smallest_form():
    approval = approved_story()

    pages = released()

    figure = html(pages, approval).split("<figure>")[1].split("</figure>")[0]
    assert figure.index("image/avif") < figure.index("image/webp") < figure.index("<img")
    assert "loading=" not in figure and 'width="1200"' in figure
    for path in [word for word in figure.replace('"', " ").split() if word.startswith("/anh/")]:
        assert pages[path].content_type == pictures.type_of(path)


# --- Languages --------------------------------------------------------------
def in_jrai(original: StoryApproval, lead: str = "Lời dẫn.") -> StoryApproval:
    """The story in another language; its words are Vietnamese, since we have no Jrai of anybody's."""
    writer = editor()
    version = publicity.start_version(page=original.page, lang="jra", by=writer)
    fields = {"lead": lead, "body": BODY, "picture_alt": "Vườn", "title": "Bản tiếng khác"}
    return approved(publicity.revise(page=version, by=writer, **fields), writer)


def test_versions_are_one_story_in_the_lists_and_reach_each_other():
    original = approved_story()
    version = in_jrai(original)

    pages = released()

    ours, theirs = html(pages, original), html(pages, version)
    here, there = stories.path_of(original), stories.path_of(version)
    assert f'<a class="chip" href="{there}" hreflang="jra"' in ours
    assert f'<a class="chip" href="{here}" hreflang="vi"' in theirs
    for page in (ours, theirs):
        assert page.count('<link rel="alternate" hreflang=') == 2
    assert '<article class="wrap story" lang="jra">' in theirs
    assert "gan-day" not in ours + theirs  # a story is not related to itself
    lists = "".join(pages[path].body.decode() for path in ("/", "/chuyen/", "/tin.xml"))
    assert (here in lists, there in lists) == (True, False)
    assert {source.key for source in pages[there].inputs} >= {
        f"story:{original.pk}",
        f"story:{version.pk}",
    }


def test_the_search_knows_in_which_language_each_is():
    original = approved_story()
    version = in_jrai(original)

    found = {one.path: one.lang for one in documents(Site(at=calendar.now(), number=1))}

    assert found[stories.path_of(original)] == "vi"
    assert found[stories.path_of(version)] == "jra"


def test_the_guard_reads_every_language_before_a_release():
    original = approved_story()
    version = in_jrai(original)

    read = {text.record for text in texts.of_release(Site(at=calendar.now(), number=1))}

    assert {original, version} <= read


def test_a_version_whose_original_is_gone_stands_alone():
    original = approved_story()
    version = in_jrai(original)
    publicity.withdraw(approval=original, by=editor(), reason="Gỡ thử.")

    pages = released()

    assert stories.path_of(original) not in pages
    assert "hreflang" not in html(pages, version)
    assert stories.path_of(version) in pages["/chuyen/"].body.decode()


def test_going_back_to_an_older_release_brings_no_version_it_did_not_have():
    original = approved_story()
    version = in_jrai(original)

    pages = released(only=frozenset({stories.path_of(original)}))

    assert (stories.path_of(original) in pages, stories.path_of(version) in pages) == (True, False)


def test_only_confirmed_words_stand_around_a_story_in_another_language():
    version = in_jrai(approved_story())
    row = entered()
    assert SAID["followers"] not in html(released(), version)

    publicity.confirm_furniture(furniture=row, by=editor())
    pages = released()

    page = html(pages, version)
    assert f'<h2 id="lam-theo" lang="jra">{SAID["followers"]}</h2>' in page
    assert (
        '<h2 id="kiem-chung" lang="jra"><span lang="vi">Việc làm và kiểm chứng</span></h2>' in page
    )
    persons = {source.key: source.persons for source in pages[stories.path_of(version)].inputs}
    assert persons["furniture:jra"] == (row.entered_by.username, _second(row))


def _second(row) -> str:
    row.refresh_from_db()
    return row.confirmed_by.username


def test_the_preview_plays_what_waits_for_approval(client):
    approval = told_in_full()
    client.force_login(editor())

    page = client.get(reverse("portal:preview", args=[approval.pk])).content.decode()

    assert f"/publicity/{approval.pk}/files/{approval.files['recording-1']}/" in page
    assert f"/publicity/{approval.pk}/files/{approval.files['step-2']}/" in page
