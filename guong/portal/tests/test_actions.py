import io
import json
import uuid
import wave
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from PIL import Image

from guong.core import calendar, files, journal, queue
from guong.core.models import JournalEntry
from guong.core.signing import ceremonies
from guong.core.signing.ceremonies import Card
from guong.core.vietnamese import fold
from guong.discovery import actions as discovery
from guong.discovery.models import Lead, Letter
from guong.discovery.tests.factories import LeadFactory
from guong.dropbox.models import Hit, Submission
from guong.honours.models import HonourEntry, HonourRoll
from guong.portal import actions, jobs, publishing, selectors
from guong.portal.models import DailyReading, GuardFinding, ReleaseRecord, SiteInput
from guong.portal.release import catalogue, publisher, repair
from guong.portal.site import NotConfirmed, Site
from guong.portal.tests.factories import administrators, approved_story, confirmed
from guong.publicity import actions as publicity
from guong.publicity.tests.factories import editor
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

pytestmark = [pytest.mark.django_db(databases=["default", "intake"])]


def test_second_package_needs_somebody_else_than_who_confirmed():
    first, second = administrators()

    made = actions.confirm_package(by=first)
    assert actions.confirm_package(by=first) == made
    with pytest.raises(PermissionDenied):
        actions.second_package(confirmation=made, by=first)
    done = actions.second_package(confirmation=made, by=second)

    assert actions.second_package(confirmation=done, by=second).second_by == second
    assert not second.has_perm("portal.second_package", None)
    assert SiteInput.objects.count() == 1


def test_confirm_package_is_written_once():
    first, _ = administrators()

    assert actions.confirm_package(by=first) == actions.confirm_package(by=first)
    assert SiteInput.objects.count() == 1


def test_publish_waits_for_two_administrators(home):
    with pytest.raises(NotConfirmed, match="Hai quản trị"):
        publishing.publish(by=editor())
    assert catalogue.current(home) is None


def test_renew_signs_what_stands_again_after_new_keys(home, tmp_path_factory):
    confirmed()
    first = publishing.publish(by=editor())
    ceremonies.keys_init(home, cards=[Card(tmp_path_factory.mktemp("card"), "một câu rất dài")])
    assert repair.check(home) != []  # not what the new keys say, until it is signed again

    record = publishing.renew(by=editor())

    assert record.number == first.number + 1
    assert (record.added, record.changed, record.removed) == ([], [], [])
    assert repair.check(home) == []
    with pytest.raises(PermissionDenied):
        publishing.renew(by=UserFactory(function="introducer"))


def test_publish_puts_what_is_approved_on_the_portal_and_writes_the_day(home):
    confirmed()
    approval = approved_story()
    roll = HonourRoll.objects.create(
        title="Lễ",
        given_on=calendar.today(),
        organiser=approval.exemplar.unit,
        opened_by=UserFactory(),
    )
    HonourEntry.objects.create(
        roll=roll,
        exemplar=approval.exemplar,
        citation="Tốt",
        entered_by=UserFactory(),
        confirmed_by=UserFactory(),
    )

    record = publishing.publish(by=editor())

    approval.refresh_from_db()
    path = f"/chuyen/{approval.slug}/"
    assert approval.released_on == calendar.today()
    assert {path, "/", "/ton-vinh/", f"/guong/{approval.exemplar.code.lower()}/"} <= set(
        record.added
    )
    shown = (home / "releases" / "current").resolve() / "site" / path.strip("/") / "index.html"
    assert approval.content["title"] in shown.read_text("utf-8")
    assert catalogue.current(home).number == record.number


def test_publish_gives_the_same_bytes_for_the_same_inputs(home):
    confirmed()
    approved_story()
    at = calendar.now()

    first, second = (
        {page.path: page.body for page in selectors.pages(Site(at=at, number=5))} for _ in range(2)
    )

    assert first == second


def test_take_down_is_one_press_and_leaves_nothing_behind(home):
    confirmed()
    approval = approved_story()
    publishing.publish(by=editor())

    record = publishing.take_down(approval=approval, by=editor(), reason="Rút sự đồng ý.")

    path = f"/chuyen/{approval.slug}/"
    assert path in record.removed
    target = (home / "releases" / "current").resolve() / "site" / path.strip("/") / "index.html"
    assert approval.content["title"] not in target.read_text("utf-8")
    assert "đã được gỡ" in target.read_text("utf-8")
    publishing.publish(by=editor())
    assert ReleaseRecord.objects.count() == 3
    assert "đã được gỡ" in target.read_text("utf-8")


def tip(**payload):
    words = {
        "who": "Nul",
        "where": "làng Lang, Xã Mẫu",
        "commune": "Xã Mẫu",
        "what": "Dạy chiêng.",
        "contact": "",
    } | payload
    return Submission.objects.create(
        id=uuid.uuid4(), form="gioi-thieu", code=f"GT-{uuid.uuid4().hex[:8]}", payload=words
    )


def test_take_in_makes_each_tip_one_lead_with_its_code():
    commune = UnitFactory(name="Xã Mẫu", search_key=fold("Xã Mẫu"))
    board = UnitFactory(code="SNV", kind="department")
    here, nowhere = tip(), tip(commune="Xã Không Có")

    assert publishing.sort_intake(by=system_user()) == 2

    found = {lead.code: (lead.unit, lead.source, lead.state) for lead in Lead.objects.all()}
    assert found == {
        here.code: (commune, "citizen", "received"),
        nowhere.code: (board, "citizen", "received"),
    }
    assert not Submission.objects.exists()


def test_take_in_brings_the_file_and_never_two_leads(settings, tmp_path):
    settings.HOME = tmp_path
    UnitFactory(name="Xã Mẫu", search_key=fold("Xã Mẫu"))
    spool = tmp_path / "spool" / "in"
    spool.mkdir(parents=True)
    name = f"{uuid.uuid4().hex}-0"
    (spool / name).write_bytes(b"\xff\xd8\xff")
    sent = tip()
    sent.files = [{"name": "anh.jpg", "spool": name, "size": 3, "sha256": "", "kind": "image/jpeg"}]
    sent.save()
    system = system_user()
    Lead.objects.create(
        code=sent.code,
        source="citizen",
        who="Nul",
        what="Dạy chiêng.",
        unit=UnitFactory(),
        received_by=system,
        intake_id=sent.pk,
    )

    publishing.sort_intake(by=system)

    assert Lead.objects.count() == 1
    assert list(spool.iterdir()) == []


def photo() -> bytes:
    """A JPEG as a phone makes it: with the place in its metadata."""
    out, told = io.BytesIO(), Image.Exif()
    told[0x010E] = "Nha ong Nul, lang Ghe"
    Image.new("RGB", (40, 30), "green").save(out, "JPEG", exif=told)
    return out.getvalue()


def wav() -> bytes:
    """A voice note of a tenth of a second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return out.getvalue()


def test_take_in_keeps_every_file_and_pictures_without_where_they_were_taken(settings, tmp_path):
    settings.HOME = tmp_path
    UnitFactory(code="SNV", kind="department")
    spool = tmp_path / "spool" / "in"
    spool.mkdir(parents=True)
    bodies = {
        "mot.jpg": photo(),
        "hai.jpg": photo() + b"\0",
        "tieng.wav": wav(),
        "la.bin": b"\x00khong doc duoc",
    }
    sent, entries = tip(), []
    for place, (name, body) in enumerate(bodies.items()):
        spooled = f"{uuid.uuid4().hex}-{place}"
        (spool / spooled).write_bytes(body)
        kind = "image" if name.endswith(".jpg") else "audio"
        entries.append({"name": name, "spool": spooled, "size": len(body), "kind": kind})
    sent.files = entries
    sent.save()

    publishing.sort_intake(by=system_user())

    kept = {
        file.name: files.place(file.sha256).read_bytes() for file in Lead.objects.get().files.all()
    }
    assert set(kept) == {
        "mot.jpg",
        "tieng.wav",
        "la.bin",
    }  # two pictures of the same dots are one file
    assert b"Nul" in bodies["mot.jpg"] and b"Nul" not in kept["mot.jpg"]
    assert kept["la.bin"] == bodies["la.bin"]
    assert list(spool.iterdir()) == []


def test_take_in_makes_everything_else_a_letter_of_its_kind():
    words = {"about": "", "name": "An", "contact": "0900000000", "text": "Chữ hơi nhỏ."}
    for form in ("hoc-theo", "rut-bai", "gop-y", "phan-anh", "binh-luan"):
        Submission.objects.create(id=uuid.uuid4(), form=form, code=f"X-{form}", payload=words)

    assert publishing.sort_intake(by=system_user()) == 5

    found = {letter.code: (letter.kind, letter.text) for letter in Letter.objects.all()}
    assert found == {
        "X-hoc-theo": ("learn", "Chữ hơi nhỏ."),
        "X-rut-bai": ("remove", "Chữ hơi nhỏ."),
        "X-gop-y": ("feedback", "Chữ hơi nhỏ."),
        "X-phan-anh": ("complaint", "Chữ hơi nhỏ."),
        "X-binh-luan": ("comment", "Chữ hơi nhỏ."),
    }
    assert not Lead.objects.exists() and not Submission.objects.exists()


def test_take_in_is_the_clocks_alone():
    UnitFactory(code="SNV", kind="department")
    sent = tip()

    with pytest.raises(PermissionDenied):
        actions.take_in(submission=sent, by=editor())
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("added", "changed", "removed", "is_empty"),
    [
        ((), ("/minh-bach/",), (), True),
        ((), ("/minh-bach/", "/"), (), False),
        (("/chuyen/a/",), ("/minh-bach/",), (), False),
        ((), ("/minh-bach/",), ("/chuyen/a/",), False),
    ],
)
def test_the_list_of_releases_alone_is_no_reason_for_another(added, changed, removed, is_empty):
    difference = selectors.Difference(list(added), list(changed), list(removed))

    assert difference.is_empty is is_empty


# --- going back ----------------------------------------------------------------
def shown(home, path: str) -> str:
    target = (home / "releases" / "current").resolve() / "site" / path.strip("/") / "index.html"
    return target.read_text("utf-8") if target.exists() else ""


def everything(home) -> bytes:
    """All bytes the portal could serve: every object and every release that is kept."""
    return b"".join(path.read_bytes() for path in (home / "objects").iterdir())


def test_what_is_taken_down_leaves_every_list_and_every_kept_copy(home):
    confirmed()
    by = editor()
    kept, gone = approved_story("Ở lại trên cổng."), approved_story("Ra đi khỏi cổng.")
    publishing.publish(by=by)
    assert "Ra đi khỏi cổng." in shown(home, f"/chuyen/{gone.slug}/")
    assert f"/chuyen/{gone.slug}/" in shown(home, "/chuyen/")

    publishing.take_down(approval=gone, by=by, reason="Rút sự đồng ý.")

    assert "Ra đi khỏi cổng.".encode() not in everything(home)
    assert f"/chuyen/{kept.slug}/" in shown(home, "/chuyen/")
    assert f"/chuyen/{gone.slug}/" not in shown(home, "/chuyen/") + shown(home, "/")
    assert "đã được gỡ" in shown(home, f"/chuyen/{gone.slug}/")
    assert len([*(home / "cache" / "sharecards").iterdir()]) == 2  # of the one that stays, of none


def test_revert_brings_the_older_content_back_and_never_what_was_taken_down(home):
    confirmed()
    by = editor()
    kept, gone = approved_story("Ở lại trên cổng."), approved_story("Ra đi khỏi cổng.")
    first = publishing.publish(by=by)
    newer = approved_story("Mới lên cổng.")
    publishing.publish(by=by)
    publishing.take_down(approval=gone, by=by, reason="Rút sự đồng ý.")

    record = publishing.revert(to=first.number, by=by)

    assert record.number == 4
    assert "Ở lại trên cổng." in shown(home, f"/chuyen/{kept.slug}/")
    assert "đã được gỡ" in shown(home, f"/chuyen/{gone.slug}/")
    for path in ("/", "/chuyen/"):
        assert f"/chuyen/{kept.slug}/" in shown(home, path)
        for other in (newer, gone):
            assert f"/chuyen/{other.slug}/" not in shown(home, path)
    assert "Ra đi khỏi cổng.".encode() not in everything(home)
    with pytest.raises(PermissionDenied):
        publishing.revert(to=first.number, by=UserFactory(function="introducer"))


def test_revert_brings_back_the_older_text_of_a_corrected_story(home):
    confirmed()
    by = editor()
    story = approved_story("Lời cũ.")
    first = publishing.publish(by=by)
    page = story.page.get_latest_revision_as_object()
    corrected = publicity.revise(page=page, by=by, lead="Lời mới, sửa sai.")
    publicity.approve(approval=publicity.send_for_approval(page=corrected, by=by), by=editor())
    publishing.publish(by=by)
    assert "Lời mới, sửa sai." in shown(home, f"/chuyen/{story.slug}/")

    publishing.revert(to=first.number, by=by)

    assert "Lời cũ." in shown(home, f"/chuyen/{story.slug}/")


# --- readings ------------------------------------------------------------------
def read(page: str, times: int, days_ago: int = 1):
    on = calendar.today() - timedelta(days=days_ago)
    for _ in range(times):
        Hit.objects.create(page=page, on=on)


def numbers(home) -> dict:
    return json.loads((home / "releases" / "current" / "site" / "so-lieu.json").read_bytes())


def test_count_readings_keeps_days_that_are_over_once_and_our_own_stories_only(home):
    story, system = approved_story(), system_user()
    name = f"bai-{story.page_id}"
    yesterday = calendar.today() - timedelta(days=1)

    kept = [
        actions.count_readings(days=[(name, yesterday, 3), ("zarqon", yesterday, 9)], by=system)
        for _ in range(2)
    ]

    assert kept == [1, 1]
    assert list(DailyReading.objects.values_list("page", "on", "number")) == [(name, yesterday, 3)]
    with pytest.raises(PermissionDenied):
        actions.count_readings(days=[], by=editor())


def test_refresh_numbers_changes_one_page_and_asks_nobody(home):
    confirmed()
    story, system = approved_story(), system_user()
    publishing.publish(by=editor())
    waiting = approved_story()
    name = f"bai-{story.page_id}"
    read(name, 3)
    read(name, 2, days_ago=2)
    read(name, 1, days_ago=0)  # today is not over

    record = publishing.refresh_numbers(by=system)

    assert (record.changed, record.added, record.removed) == (["/so-lieu.json"], [], [])
    assert numbers(home) == {name: 5}
    assert Hit.objects.count() == 1
    assert publishing.refresh_numbers(by=system) is None
    waiting.refresh_from_db()
    assert waiting.released_on is None  # it waits for its own release
    assert f'src="/dem/{name}.gif"' in shown(home, f"/chuyen/{story.slug}/")


def test_old_releases_are_dropped_by_the_worker_when_there_are_many(home, monkeypatch):
    confirmed()
    by = editor()
    made = [publishing.publish(by=by), publishing.renew(by=by)]

    jobs.ask_to_clear()
    assert not DBTaskResult.objects.filter(task_path__contains="jobs.clear").exists()
    monkeypatch.setattr(publisher, "CLEAR_AT", 1)
    (home / "releases" / publisher.DROPPED.format(0)).mkdir()  # whoever dropped it was killed
    jobs.ask_to_clear()
    assert queue.run_all() >= 1

    assert catalogue.numbers(home) == [record.number for record in made]  # five are kept
    assert not list((home / "releases").glob(publisher.DROPPED.format("*")))
    monkeypatch.undo()
    assert jobs.clear.func() == 0


def test_forget_findings_takes_what_was_quoted_of_a_forgotten_lead():
    lead = LeadFactory(state="declined", state_since=calendar.now() - timedelta(days=91))
    other = LeadFactory()
    fields = {"url": "/", "sha256": "0" * 64, "verdict": "hold", "is_public": False}
    for one in (lead, other):
        GuardFinding.objects.create(subject=journal.ref(one), title=str(one), **fields)

    discovery.forget(lead=lead, by=system_user())

    assert GuardFinding.objects.get().subject == journal.ref(other)
    assert JournalEntry.objects.filter(verb="portal.finding_forgotten").count() == 1
    with pytest.raises(PermissionDenied):
        actions.forget_findings(record=other, by=editor())
