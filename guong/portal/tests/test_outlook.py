"""What the next release would change: grouped, titled, and looked at once."""

import hashlib

import pytest
from django.core import signing
from django.urls import reverse

from guong.core import calendar, journal
from guong.portal import outlook, publishing, selectors
from guong.portal.models import SiteInput
from guong.portal.release import catalogue
from guong.portal.site import NotConfirmed
from guong.portal.tests.factories import approved_story, confirmed
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db(databases=["default", "intake"])


@pytest.fixture
def editor(client):
    person = UserFactory(function="editor")
    client.force_login(person, backend="guong.units.backends.AccountBackend")
    return person


@pytest.fixture
def builds(monkeypatch):
    """How often the next release was laid down."""
    made, really = [], selectors.built

    def counted(at):
        made.append(at)
        return really(at)

    monkeypatch.setattr(selectors, "built", counted)
    return made


def test_look_builds_once_until_something_happens(home, builds):
    confirmed()
    approved_story()

    first = outlook.look(calendar.now())
    again = outlook.look(calendar.now())
    person = UserFactory()
    journal.record("core.file_opened", person, by=person)  # whoever reads changes nothing
    assert outlook.remembered(calendar.now()) == first == again
    other = approved_story("Chuyện khác.")
    assert outlook.remembered(calendar.now()) is None
    last = outlook.look(calendar.now())

    assert len(builds) == 2
    assert f"/chuyen/{other.slug}/" in set(last.added) - set(first.added)


def test_a_new_day_a_publication_and_a_line_committed_late_are_looked_at_anew(home, builds):
    confirmed()
    approved_story()
    editor, now = UserFactory(function="editor"), calendar.now()
    outlook.look(now)

    assert outlook.remembered(now + calendar.datetime.timedelta(days=1)) is None
    publishing.publish(by=editor)
    assert outlook.remembered(calendar.now()) is None
    assert outlook.look(calendar.now()).is_empty
    last = journal.JournalEntry.objects.latest("pk")
    late = journal.JournalEntry(pk=last.pk + 1, verb="units.granted", target="x:1", by=last.by)
    late.save(force_insert=True)
    outlook.look(calendar.now())
    later = journal.JournalEntry(pk=last.pk + 3, verb="units.granted", target="x:1", by=last.by)
    later.save(force_insert=True)
    outlook.look(calendar.now())
    between = journal.JournalEntry(pk=last.pk + 2, verb="units.granted", target="x:1", by=last.by)
    between.save(force_insert=True)

    assert outlook.remembered(calendar.now()) is None


def test_what_was_shown_is_what_is_signed(home, builds):
    confirmed()
    shown = approved_story()
    found = outlook.look(calendar.now())

    record = publishing.publish(by=UserFactory(function="editor"))

    assert len(builds) == 1
    assert record.added == found.added and f"/chuyen/{shown.slug}/" in record.added
    assert catalogue.current(home).number == record.number


def test_what_happened_after_the_look_is_in_the_release_all_the_same(home, builds):
    confirmed()
    approved_story()
    outlook.look(calendar.now())
    late = approved_story("Chuyện đến sau.")

    record = publishing.publish(by=UserFactory(function="editor"))

    assert len(builds) == 2
    assert f"/chuyen/{late.slug}/" in record.added


def test_a_look_of_long_ago_is_shown_and_not_signed(home, builds, settings):
    """What counts is since when it is there to be seen: a large release is an hour in the making."""
    settings.IS_DEMO_HOME = True  # so that the clock can be set
    confirmed()
    approved_story()
    began = calendar.now().replace(hour=3)
    seen = began + calendar.datetime.timedelta(hours=1)
    with calendar.set_to(seen):
        outlook.look(began)

    later = seen + outlook.SIGNED_WITHIN

    assert outlook.prepared(later).at == began
    assert outlook.prepared(later + calendar.datetime.timedelta(seconds=1)) is None


def test_what_others_wrote_beside_the_unsigned_release_is_not_signed(home, builds):
    """A list slipped under the number that was looked at: neither note nor bytes are believed."""
    confirmed()
    approved_story()
    outlook.look(calendar.now())
    (note,) = home.glob("releases/*/difference.txt")
    listed = note.parent / "tuf" / "unsigned.json"
    other = listed.read_bytes().replace(b'"length":', b'"length":1')
    sealed = signing.loads(note.read_text(), salt=outlook.SEAL)
    told = sealed | {"sha256": hashlib.sha256(other).hexdigest()}
    mine = note.read_text()

    listed.write_bytes(other)
    note.write_text(signing.dumps(told, key="of somebody else", salt=outlook.SEAL))
    assert outlook.prepared(calendar.now()) is None
    note.write_text(mine)
    assert outlook.prepared(calendar.now()) is None
    listed.unlink()
    assert outlook.prepared(calendar.now()) is None
    publishing.publish(by=UserFactory(function="editor"))

    assert len(builds) == 2
    assert catalogue.current(home).is_signed and listed.read_bytes() != other


def test_what_cannot_be_built_is_not_remembered(home):
    approved_story()

    with pytest.raises(NotConfirmed):
        outlook.look(calendar.now())

    assert outlook.remembered(calendar.now()) is None
    confirmed()
    assert outlook.look(calendar.now()).added
    SiteInput.objects.update(sha256="0" * 64)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/chuyen/ba-mau-1/", "bai"),
        ("/chuyen/", "tu-lap"),
        ("/chuyen/trang/2/", "tu-lap"),
        ("/guong/gu-1/", "the"),
        ("/guong/", "tu-lap"),
        ("/kiem-tra/", "tu-lap"),
        ("/kiem-tra/abc/", "quyet-dinh"),
        ("/tra-loi/abc/", "tra-loi"),
        ("/phong-trao/", "tu-lap"),
        ("/phong-trao/mot-1/", "phong-trao"),
        ("/so-lieu/", "so-lieu"),
        ("/so-lieu.json", "so-lieu"),
        ("/anh/x.avif", "tep"),
        ("/", "tu-lap"),
        ("/tin.xml", "tu-lap"),
        ("/tim/search.sqlite3", "tu-lap"),
        ("/minh-bach/", "tu-lap"),
    ],
)
def test_a_page_stands_in_the_group_of_what_it_is(path, kind):
    assert outlook.kind_of(path) == kind


def test_the_desk_waits_to_be_asked_and_shows_titles_by_group(client, home, editor, builds):
    confirmed()
    approval = approved_story()
    desk = reverse("portal:desk")

    at_first = client.get(desk).content.decode()
    part = client.get(desk + "?next=1", headers={"HX-Request": "true"}).content.decode()
    page = client.get(desk).content.decode()

    path = f"/chuyen/{approval.slug}/"
    assert "hx-get" in at_first and 'href="?next=1#ban-toi"' in at_first and path not in at_first
    assert "<html" not in part and path in part
    assert approval.content["title"] in page and f"{path}</span>" in page
    assert "Bài viết" in page and "tự lập từ các trang trên" in page and "/tin.xml" not in page
    assert "Ký và phát hành" in page
    assert len(builds) == 1


def test_a_group_shows_twenty_and_its_own_page_all(client, home, editor):
    paths = tuple((f"/chuyen/bai-{number}/", outlook.ADDED) for number in range(130))
    many = outlook.Group("bai", "Bài viết", paths, 1)

    assert (len(many.first), many.has_more, many.sums) == (20, True, "130 thêm")
    assert len(many.changes(100, outlook.AT_ONCE)) == 30
    confirmed()
    approval = approved_story()
    url = reverse("portal:changes", args=["bai"])

    page = client.get(url).content.decode()

    assert approval.content["title"] in page and "Từ 1 tới 1 trên 1" in page
    assert "Từ 1 tới 1" in client.get(url + "?from=x").content.decode()
    assert client.get(reverse("portal:changes", args=["khong"])).status_code == 302


def test_the_title_of_what_goes_is_read_from_the_standing_release(client, home, editor):
    confirmed()
    approval = approved_story()
    publishing.publish(by=editor)
    approval.exemplar.consents.all().delete()
    journal.record("units.granted", editor, by=editor)

    found = outlook.group(outlook.look(calendar.now()), "bai")

    (change,) = found.changes()
    assert (change.how, change.path) == (outlook.REMOVED, f"/chuyen/{approval.slug}/")
    assert approval.content["title"] in change.title
