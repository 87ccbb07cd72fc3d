"""What may no longer be shown leaves the portal by itself, with every kept copy of it."""

import hashlib

import brotli
import pytest

from guong.core import calendar
from guong.discovery.models import Letter
from guong.discovery.tests.factories import LetterFactory
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Consent
from guong.honours.models import HonourEntry, HonourRoll
from guong.portal import jobs, publishing, removal
from guong.portal.models import ReleaseRecord, SiteInput, TakeDown
from guong.portal.release import catalogue, publisher, withdrawal
from guong.portal.tests.factories import approved_story, confirmed
from guong.publicity.tests.factories import editor
from guong.units.tests.factories import UserFactory, system_user

pytestmark = [pytest.mark.django_db(databases=["default", "intake"])]
LEAD = "Bốn mươi hai nhà cùng làm."


@pytest.fixture
def told(home):
    """A portal with two stories; the first exemplar is honoured too."""
    confirmed()
    going, staying = approved_story(full_name="Siu Y Mẫu Đi"), approved_story("Ở lại trên cổng.")
    roll = HonourRoll.objects.create(
        title="Lễ",
        given_on=calendar.today(),
        organiser=going.exemplar.unit,
        opened_by=UserFactory(),
    )
    for approval in (going, staying):
        HonourEntry.objects.create(
            roll=roll,
            exemplar=approval.exemplar,
            citation="Tốt",
            entered_by=UserFactory(),
            confirmed_by=UserFactory(),
        )
    publishing.publish(by=editor())
    return going, staying


def kept(home) -> bytes:
    """Every byte the portal could serve or draw again from, unpacked where it is packed."""
    objects = {
        entry["hashes"]["sha256"]: entry["custom"].get("encoding")
        for number in catalogue.numbers(home)
        for entry in catalogue.entries(home, number).values()
    }
    bodies = []
    for sha256, encoding in objects.items():
        place = home / "objects" / sha256
        if place.exists():
            body = place.read_bytes()
            bodies.append(brotli.decompress(body) if encoding == "br" else body)
    return b"".join(bodies)


def shown(home, path: str) -> str:
    name = path.strip("/")
    return (home / "releases" / "current" / "site" / name / "index.html").read_text("utf-8")


def withdraw_consent(approval):
    consent = approval.exemplar.consents.get(purpose=Consent.Purpose.NAME_PUBLICLY)
    holder = UserFactory(unit=approval.exemplar.unit, function="introducer")
    exemplars.withdraw_consent(consent=consent, by=holder)


def test_a_withdrawn_consent_takes_everything_off_without_a_press(home, told):
    going, staying = told
    assert "Siu Y Mẫu Đi".encode() in kept(home)
    withdraw_consent(going)

    jobs.remove_overdue()

    record = ReleaseRecord.objects.latest("number")
    own = {f"/chuyen/{going.slug}/", f"/guong/{going.exemplar.code.lower()}/"}
    assert own <= set(record.removed) and record.added == []
    assert "đã được gỡ" in shown(home, f"/chuyen/{going.slug}/")
    assert staying.exemplar.full_name in shown(home, "/ton-vinh/")
    assert f"/chuyen/{staying.slug}/" in shown(home, "/chuyen/")
    assert "Siu Y Mẫu Đi".encode() not in kept(home)
    assert going.slug.encode() not in shown(home, "/chuyen/").encode()
    assert removal.overdue().keys == frozenset()


@pytest.mark.parametrize("is_somebodys_doing", [True, False])
def test_on_a_large_portal_the_pages_go_before_the_lists(
    home, told, monkeypatch, is_somebodys_doing
):
    going, staying = told
    monkeypatch.setattr(removal, "LARGE", 0)
    if is_somebodys_doing:
        withdraw_consent(going)
    else:  # as when it has run out
        going.exemplar.consents.all().delete()

    jobs.remove_overdue()

    pages, lists = ReleaseRecord.objects.order_by("number")[1:]
    assert f"/chuyen/{going.slug}/" in pages.removed and pages.changed == []
    assert "/chuyen/" in lists.changed and set(pages.removed).isdisjoint(lists.removed)
    assert going.slug not in shown(home, "/chuyen/")
    assert staying.exemplar.full_name in shown(home, "/ton-vinh/")
    assert "Siu Y Mẫu Đi".encode() not in kept(home)
    assert TakeDown.objects.count() == 1
    assert TakeDown.objects.get().from_release == pages.number - 1  # where it can still be read of
    jobs.remove_overdue()
    assert ReleaseRecord.objects.latest("number") == lists


def test_what_was_removed_is_told_at_once_without_the_name_in_its_address(home, told):
    going, _ = told
    path = f"/chuyen/{going.slug}/"
    withdraw_consent(going)

    jobs.remove_overdue()

    page = shown(home, "/minh-bach/").split("Đã gỡ</h2>")[1]
    assert hashlib.sha256(path.encode()).hexdigest()[:12] in page
    assert ("<td>Bài</td>" in page, "<td>Thẻ gương</td>" in page) == (True, True)
    assert going.slug not in page and going.exemplar.code.lower() not in page


def test_drawn_pictures_of_what_was_removed_are_deleted_and_others_stay(home, told):
    going, _ = told
    cards = {path.name for path in (home / "cache" / "sharecards").iterdir()}

    withdraw_consent(going)
    jobs.remove_overdue()

    left = {path.name for path in (home / "cache" / "sharecards").iterdir()}
    assert len(cards) == 3 and len(left) == 2 and left < cards  # one is of no story
    standing = {path.name for path in (home / "releases/current/site/anh").iterdir()}
    drawn = [f"{one.name[:16]}{one.name[64:]}" for one in (home / "cache/pictures").iterdir()]
    assert set(drawn) <= standing


def test_without_consent_to_pictures_the_story_goes_on_without_them(home, told):
    going, _ = told
    path = f"/chuyen/{going.slug}/"
    assert "<picture>" in shown(home, path)
    consent = going.exemplar.consents.get(purpose=Consent.Purpose.PICTURE)
    holder = UserFactory(unit=going.exemplar.unit, function="introducer")
    exemplars.withdraw_consent(consent=consent, by=holder)

    jobs.remove_overdue()

    assert ("<picture>" in shown(home, path), LEAD in shown(home, path)) == (False, True)
    assert ReleaseRecord.objects.latest("number").added == []


def test_nothing_to_remove_makes_no_release(home, told):
    jobs.remove_overdue()

    assert ReleaseRecord.objects.count() == 1
    assert publishing.remove_overdue(by=editor()) is None


def test_what_waits_goes_on_waiting_when_something_is_removed(home, told):
    going, _ = told
    waiting = approved_story("Chờ lên cổng.")
    page = f"/chuyen/{waiting.slug}/"

    withdraw_consent(going)
    jobs.remove_overdue()

    waiting.refresh_from_db()
    assert waiting.released_on is None
    assert not (home / "releases/current/site" / page.strip("/")).exists()
    assert page not in shown(home, "/chuyen/") + (
        home / "releases/current/site/sitemap.xml"
    ).read_text("utf-8")


@pytest.mark.parametrize("large", [0, removal.LARGE])
def test_an_unconfirmed_package_keeps_nobody_on_the_portal(home, told, monkeypatch, large):
    going, _ = told
    monkeypatch.setattr(removal, "LARGE", large)
    SiteInput.objects.update(sha256="0" * 64)  # as after an upgrade
    by = editor()
    stood = catalogue.entries(home, 1)[f"chuyen/{going.slug}/index.html"]

    publishing.take_down(approval=going, by=by, reason="Rút sự đồng ý.")

    assert "đã được gỡ" in shown(home, f"/chuyen/{going.slug}/")
    assert not (home / "objects" / stood["hashes"]["sha256"]).exists()
    number = ReleaseRecord.objects.latest("number").number
    jobs.remove_overdue()  # the lists still wait; that is no reason for a release a minute
    assert ReleaseRecord.objects.latest("number").number == number

    confirmed()
    jobs.remove_overdue()

    assert f"/chuyen/{going.slug}/" not in shown(home, "/") + shown(home, "/chuyen/")


def test_kept_copies_go_although_whoever_published_was_killed_before_deleting_them(home, told):
    going, _ = told
    withdraw_consent(going)
    found = removal.overdue()
    withdrawal.owe(home, set(found.keys))
    publisher.publish(home, removal.reduced(found, calendar.now()))  # and here it was killed
    assert "Siu Y Mẫu Đi".encode() in kept(home)

    jobs.remove_overdue()

    assert "Siu Y Mẫu Đi".encode() not in kept(home)
    assert withdrawal.owed(home) == set()


def test_a_comment_set_aside_leaves_the_story_that_stays(home, told):
    _, staying = told
    letter = LetterFactory(
        kind=Letter.Kind.COMMENT,
        state=Letter.State.PUBLISHED,
        exemplar=staying.exemplar,
        name="Bạn đọc",
        text="Lời bình sẽ rút.",
        handled_by=UserFactory(),
        approved_by=UserFactory(),
    )
    publishing.publish(by=editor())
    path = f"/chuyen/{staying.slug}/"
    assert "Lời bình sẽ rút." in shown(home, path)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SET_ASIDE)

    jobs.remove_overdue()

    assert "Lời bình sẽ rút." not in shown(home, path)
    assert "Ở lại trên cổng." in shown(home, path)
    assert "Lời bình sẽ rút.".encode() not in kept(home)


def test_a_corrected_story_is_not_removed_before_its_correction_is_released(home, told):
    _, staying = told
    from guong.publicity import actions as publicity

    by = editor()
    page = staying.page.get_latest_revision_as_object()
    corrected = publicity.revise(page=page, by=by, lead="Lời mới, sửa sai.")
    publicity.approve(approval=publicity.send_for_approval(page=corrected, by=by), by=editor())

    assert not removal.overdue()
    assert publishing.remove_overdue(by=system_user()) is None


def test_every_kind_of_input_that_names_somebody_is_watched(home, told):
    keys = {
        source["key"].partition(":")[0]
        for entry in catalogue.entries(home, 1).values()
        for source in entry["custom"].get("inputs", [])
    }

    nobody = {"site", "all", "numbers", "claims"}  # claims stand only beside their story and card
    assert keys - nobody <= set(removal.MAY_BE_SHOWN)
