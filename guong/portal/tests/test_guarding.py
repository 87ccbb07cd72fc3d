"""The guard before a release and every night: it names, and never deletes."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localtime

from guong.core import calendar, queue
from guong.core.models import JournalEntry
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ConflictFactory
from guong.guard import attacks, gazetteer, scorer, surprise
from guong.nomination.tests.factories import NominationFactory
from guong.portal import actions, gate, guarding, jobs, publishing, selectors, texts
from guong.portal.models import GuardFinding
from guong.portal.release import catalogue
from guong.portal.tests.factories import approved_story, confirmed
from guong.publicity.content import digest
from guong.publicity.models import StoryApproval
from guong.publicity.tests.factories import editor
from guong.units.tests.factories import UserFactory, system_user

pytestmark = [pytest.mark.django_db(databases=["default", "intake"])]

OFFICIAL = (
    "Ngày 04/8, UBND tỉnh Gia Lai đã ban hành Công văn số 311/UBND-NC; các cơ quan tăng cường."
)
LEAD = attacks.replaced(OFFICIAL, attacks.BRANDS[0], attacks.SMALL_NAMES[0])
OFFER = "Nạp tiền nhận thưởng, chơi ngay, link mới nhất hôm nay: ben-12-sampan.vip/dang-ky"


def changed_by_sql(lead=LEAD) -> StoryApproval:
    """An approved story whose words and hash somebody changed in the database, past every form."""
    approval = approved_story()
    content = approval.content | {"lead": lead}
    StoryApproval.objects.filter(pk=approval.pk).update(content=content, sha256=digest(content))
    approval.refresh_from_db()
    return approval


def rescanned(by=None):
    site = selectors.next_site(calendar.now())
    return guarding.rescan(site=site, by=by or system_user())


def verbs() -> list[str]:
    return list(
        JournalEntry.objects.filter(verb__startswith="portal.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_publish_refuses_by_name_what_the_guard_holds_and_puts_it_on_the_desk(home):
    confirmed()
    approval = changed_by_sql()

    with pytest.raises(gate.Held, match=f"«{approval}»"):
        publishing.publish(by=editor())

    finding = GuardFinding.objects.get()
    assert (finding.subject, finding.verdict, finding.is_public) == (
        f"publicity.storyapproval:{approval.pk}", "hold", True,
    )  # fmt: skip
    assert {"document_number", "province"} <= {reason["code"] for reason in finding.reasons}
    assert catalogue.current(home) is None


def test_let_pass_opens_the_way_for_this_very_text_alone(home):
    confirmed()
    approval, by = changed_by_sql(), editor()
    finding = rescanned()[0]

    done = actions.let_pass(finding=finding, by=by, reason="Trích để cảnh báo.")

    assert (done.let_pass_by, done.reason) == (by, "Trích để cảnh báo.")
    assert publishing.publish(by=by).number == 1
    content = approval.content | {"lead": LEAD + " Thêm."}
    StoryApproval.objects.filter(pk=approval.pk).update(content=content, sha256=digest(content))
    with pytest.raises(gate.Held):
        publishing.publish(by=by)


def test_let_pass_is_refused_to_writers_without_a_reason_and_when_blocked(home):
    approval = changed_by_sql()
    writer = approval.authors.get().user
    finding = rescanned()[0]

    with pytest.raises(PermissionDenied):
        actions.let_pass(finding=finding, by=writer, reason="Tôi viết.")
    with pytest.raises(ValidationError, match="lý do"):
        actions.let_pass(finding=finding, by=editor(), reason=" ")
    finding.verdict = "block"
    finding.save()
    with pytest.raises(ValidationError, match="phải sửa"):
        actions.let_pass(finding=finding, by=editor(), reason="Cứ cho.")
    assert not editor().has_perm("portal.let_pass", None)
    assert GuardFinding.objects.get().let_pass_by is None


def test_what_the_approver_let_pass_with_a_reason_is_asked_no_more(home):
    confirmed()
    approval = changed_by_sql()
    StoryApproval.objects.filter(pk=approval.pk).update(override_reason="Trích để cảnh báo.")

    assert rescanned() == []
    assert publishing.publish(by=editor()).number == 1


def test_a_blocked_story_is_never_released_whatever_the_reason(home):
    confirmed()
    approval = changed_by_sql(OFFER)
    StoryApproval.objects.filter(pk=approval.pk).update(override_reason="Cứ cho qua.")

    with pytest.raises(gate.Held):
        publishing.publish(by=editor())
    assert GuardFinding.objects.get().verdict == "block"


def test_what_stands_already_stops_no_release(home):
    """A guard that has learnt since must not keep the office from publishing or removing."""
    confirmed()
    approval = changed_by_sql()
    finding = rescanned()[0]
    actions.let_pass(finding=finding, by=editor(), reason="Trích.")
    publishing.publish(by=editor())
    GuardFinding.objects.update(let_pass_by=None, let_pass_at=None)

    assert publishing.publish(by=editor()).number == 2
    assert [one.title for one in rescanned()] == []  # it is known, and open again
    assert GuardFinding.objects.open().get().title == str(approval)


def test_take_down_goes_through_though_the_guard_holds_another_story(home):
    confirmed()
    bad = approved_story()
    publishing.publish(by=editor())
    held = changed_by_sql()

    record = publishing.take_down(approval=bad, by=editor(), reason="Xin rút.")

    standing = catalogue.entries(home, record.number)
    assert standing[f"chuyen/{bad.slug}/index.html"]["custom"]["status"] == 410
    assert f"chuyen/{held.slug}/index.html" not in standing


def test_take_down_before_any_release_asks_nobody(home):
    confirmed()
    bad = approved_story()
    changed_by_sql()

    assert publishing.take_down(approval=bad, by=editor(), reason="Xin rút.") is None
    bad.refresh_from_db()
    assert bad.state == "withdrawn"


def test_rescan_names_everything_once_and_deletes_nothing(home):
    confirmed()
    story = changed_by_sql()
    nomination = NominationFactory()
    Exemplar.objects.filter(pk=nomination.exemplar_id).update(summary=LEAD)

    made = rescanned()
    again = rescanned()

    assert {one.subject for one in made} == {
        f"publicity.storyapproval:{story.pk}", f"nomination.nomination:{nomination.pk}",
    }  # fmt: skip
    assert again == []
    assert verbs()[-4:] == [
        "portal.found_by_guard", "portal.found_by_guard", "portal.rescanned", "portal.rescanned",
    ]  # fmt: skip
    story.refresh_from_db()
    assert story.state == "approved"


def test_finish_rescan_takes_what_was_mended_off_the_desk_and_it_may_come_back(home):
    confirmed()
    nomination = NominationFactory()
    words = nomination.exemplar.summary
    Exemplar.objects.filter(pk=nomination.exemplar_id).update(summary=LEAD)
    rescanned()

    Exemplar.objects.filter(pk=nomination.exemplar_id).update(summary=words)
    assert rescanned() == []
    assert GuardFinding.objects.get().gone_at is not None
    Exemplar.objects.filter(pk=nomination.exemplar_id).update(summary=LEAD)
    assert len(rescanned()) == 1
    assert GuardFinding.objects.open().count() == 1


def test_note_findings_takes_a_let_pass_back_when_the_text_is_blocked_now(home):
    approval = changed_by_sql()
    finding = rescanned()[0]
    actions.let_pass(finding=finding, by=editor(), reason="Trích.")
    verdict = scorer.check(OFFER, gazetteer.default())
    assert verdict.verdict == "block"

    new = actions.note_findings(
        found=[gate.Found(texts.story(approval), verdict)], by=system_user()
    )

    assert [(one.pk, one.verdict, one.let_pass_by) for one in new] == [(finding.pk, "block", None)]


def test_rescan_is_for_those_who_publish_and_the_clock(home):
    with pytest.raises(PermissionDenied):
        rescanned(by=UserFactory(function="introducer"))
    assert not GuardFinding.objects.exists()


def test_findings_are_seen_at_the_desk_and_never_by_who_is_in_conflict(home):
    approval = changed_by_sql()
    rescanned()
    near = editor()
    ConflictFactory(exemplar=approval.exemplar, user=near)
    people = {
        "editor": editor(), "near": near, "clerk": UserFactory(function="introducer"),
        "leader": UserFactory(function="leader"),
    }  # fmt: skip

    seen = {name for name, user in people.items() if selectors.findings(user).exists()}
    may = {
        name for name, user in people.items()
        if user.has_perm("portal.let_pass", GuardFinding.objects.get())
    }  # fmt: skip

    assert seen == {"editor", "leader"}
    assert may == {"editor"}


def test_the_night_asks_once_and_those_who_can_act_get_a_letter(home, time_machine):
    night = localtime(calendar.now()).replace(hour=2, minute=0)
    time_machine.move_to(night, tick=False)
    changed_by_sql()
    told = UserFactory(function="editor", email="bien-tap@example.test")

    jobs.ask_for_rescan()
    assert queue.run_all() >= 1
    jobs.ask_for_rescan()
    assert jobs.rescan.func() == 0

    assert JournalEntry.objects.filter(verb="portal.rescanned").count() == 1
    letter = mail.outbox[-1]
    assert "giữ 1 chỗ, trong đó 1 chỗ" in letter.body
    assert told.email in letter.to
    assert not selectors.is_rescan_due(night + datetime.timedelta(hours=20))
    assert selectors.is_rescan_due(night + datetime.timedelta(days=1))
    assert not selectors.is_rescan_due(night + datetime.timedelta(hours=22, minutes=30))


def test_the_desk_shows_what_is_held_and_a_second_person_lets_it_pass(client, home):
    confirmed()
    changed_by_sql()
    client.force_login(editor())

    client.post("/portal/rescan/")
    page = client.get("/portal/").content.decode()
    finding = GuardFinding.objects.get()
    answer = client.post(
        f"/portal/findings/{finding.pk}/let_pass/", {"reason": "Trích để cảnh báo."}
    )

    assert "Lớp gác giữ 1 nội dung" in page
    assert f"/portal/findings/{finding.pk}/let_pass/" in page
    assert answer.status_code == 302
    assert GuardFinding.objects.get().reason == "Trích để cảnh báo."


def test_train_needs_enough_and_says_so(home):
    confirmed()
    approved_story()

    with pytest.raises(guarding.TooLittle, match="cần ít nhất 2000 chữ"):
        guarding.train(by=system_user())
    assert not surprise.trained_place(home).exists()
    with pytest.raises(PermissionDenied):
        guarding.train(by=editor())


def test_train_learns_from_released_stories_that_pass_and_the_guard_asks_it_at_once(home):
    confirmed()
    word = "nương chè xanh bát ngát "
    good = approved_story()
    content = good.content | {"body": f"<p>{word * 500}</p>"}
    StoryApproval.objects.filter(pk=good.pk).update(content=content, sha256=digest(content))
    changed_by_sql()

    done = guarding.train(by=UserFactory(function="administrator"))

    assert (done.stories, done.left_out, done.words > 2000) == (1, 1, True)
    assert surprise.current().words["ngát"] >= 500
    assert surprise.shipped().words["ngát"] < 10
    assert JournalEntry.objects.filter(verb="portal.guard_trained").get().states["sha256"] == (
        done.sha256
    )


def test_note_training_is_the_administrators_and_the_clocks(home):
    trained = guarding.Trained(1, 0, 2000, "0" * 64)

    with pytest.raises(PermissionDenied):
        actions.note_training(trained=trained, by=editor())
    assert not JournalEntry.objects.filter(verb="portal.guard_trained").exists()
