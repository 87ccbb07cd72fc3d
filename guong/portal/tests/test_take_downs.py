"""What one person takes off the portal, whatever it is, is looked at by a second one afterwards."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core import calendar, journal
from guong.core.models import JournalEntry
from guong.discovery import actions as discovery
from guong.discovery.models import Letter
from guong.discovery.tests.factories import LetterFactory
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Consent
from guong.exemplars.tests.factories import ConflictFactory
from guong.portal import actions, causes, jobs, publishing, removal, selectors
from guong.portal.models import ReleaseRecord, TakeDown
from guong.portal.tests.factories import approved_story, confirmed
from guong.publicity.tests.factories import editor
from guong.recognition import actions as recognition
from guong.units.tests.factories import UserFactory, system_user

pytestmark = pytest.mark.django_db(databases=["default", "intake"])


def secretariat():
    return UserFactory(function="secretariat")


@pytest.fixture
def story(home):
    """A portal with one story, its card and a comment."""
    confirmed()
    approval = approved_story()
    LetterFactory(
        kind=Letter.Kind.COMMENT,
        state=Letter.State.PUBLISHED,
        exemplar=approval.exemplar,
        text="Lời bình hay.",
        verdict={"verdict": "pass", "reasons": []},
        handled_by=UserFactory(),
        approved_by=UserFactory(),
    )
    publishing.publish(by=editor())
    approval.refresh_from_db()
    return approval


def withdraw_consent(approval, by):
    consent = approval.exemplar.consents.get(purpose=Consent.Purpose.NAME_PUBLICLY)
    exemplars.withdraw_consent(consent=consent, by=by)


def told(user, rows=None) -> list[tuple]:
    shown = selectors.removed(rows or selectors.take_downs(user), user)
    return [
        ([thing.kind for thing in one.things], one.row.taken_by, one.verb, one.why, one.may_judge)
        for one in shown
    ]


def test_take_down_of_a_story_is_listed_with_who_and_why(story):
    by, other = editor(), editor()

    publishing.take_down(approval=story, by=by, reason="Xin rút.")

    shown = ["bài viết"], by, "Gỡ bài", "Xin rút."
    assert (told(by), told(other)) == ([(*shown, False)], [(*shown, True)])


def test_a_comment_set_aside_is_listed(story):
    by = editor()
    discovery.set_aside_letter(letter=Letter.objects.get(), by=by, reason="Người viết xin bỏ.")

    jobs.remove_overdue()

    shown = ["lời bình"], by, "Không xử lý thư", "Người viết xin bỏ.", True
    assert told(editor()) == [shown]


def test_one_consent_withdrawn_is_one_line_for_all_it_took(story):
    by = secretariat()
    withdraw_consent(story, by)

    jobs.remove_overdue()
    jobs.remove_overdue()

    ((kinds, taken_by, verb, _, may_judge),) = told(editor())
    assert {"bài viết", "thẻ gương"} <= set(kinds)
    assert (taken_by, verb, may_judge) == (by, "Rút sự đồng ý", True)
    assert (
        TakeDown.objects.get().taken_at
        == JournalEntry.objects.get(verb="exemplars.consent_withdrawn").at
    )


def test_a_picture_alone_is_listed(story):
    consent = story.exemplar.consents.get(purpose=Consent.Purpose.PICTURE)
    exemplars.withdraw_consent(consent=consent, by=secretariat())

    jobs.remove_overdue()

    assert [kinds for kinds, *_ in told(editor())] == [["ảnh"]]


def test_a_hold_is_told_only_to_those_who_may_know_of_it(story):
    exemplars.place_hold(exemplar=story.exemplar, by=secretariat(), reason="Có đơn thư.")

    jobs.remove_overdue()

    (line,) = told(secretariat())
    assert line[2:] == ("Tạm dừng", "Có đơn thư.", True)
    assert told(editor()) == []


def test_a_revocation_is_confirmed_with_its_take_down(story):
    decision = story.exemplar.decisions.get()
    recognition.revoke(decision=decision, by=UserFactory(function="leader"), reason="Man khai.")
    jobs.remove_overdue()
    removal = TakeDown.objects.get(cause__verb="recognition.revoked")

    actions.confirm_take_down(removal=removal, by=editor())  # may not confirm a revocation
    decision.refresh_from_db()
    assert decision.revocation_confirmed_by is None
    TakeDown.objects.update(seen_by=None, seen_at=None)
    by = secretariat()
    actions.confirm_take_down(removal=removal, by=by)

    decision.refresh_from_db()
    assert decision.revocation_confirmed_by == by
    removal.refresh_from_db()
    assert removal.seen_by == by
    assert {"giấy công nhận", "thẻ gương"} <= set(told(by, [removal])[0][0])


def test_what_ran_out_is_listed_and_waits_for_nobody(story):
    yesterday = calendar.today() - calendar.datetime.timedelta(days=1)
    Consent.objects.filter(purpose=Consent.Purpose.NAME_PUBLICLY).update(
        given_on=yesterday, expires_on=yesterday
    )

    jobs.remove_overdue()

    ((_, taken_by, verb, why, may_judge),) = told(editor())
    assert (taken_by, verb, why, may_judge) == (None, "Tự động", selectors.BY_ITSELF, False)
    assert not TakeDown.objects.waiting().exists()


def test_an_older_withdrawal_is_not_blamed_for_a_consent_that_ran_out(story):
    old = story.exemplar.consents.get(purpose=Consent.Purpose.NAME_PUBLICLY)
    exemplars.withdraw_consent(consent=old, by=secretariat())
    Consent.objects.create(
        exemplar=story.exemplar,
        purpose=old.purpose,
        signer="Con gái",
        method=old.method,
        given_on=old.given_on,
        expires_on=calendar.today() - calendar.datetime.timedelta(days=1),
        recorded_by=UserFactory(),
    )

    jobs.remove_overdue()

    assert [line[1] for line in told(editor())] == [None]


def test_a_take_down_is_listed_though_the_signer_is_silent(story, monkeypatch):
    def silent(*_, **__):
        raise publishing.publisher.NotPublished("Bộ ký không trả lời.")

    monkeypatch.setattr(publishing.publisher, "publish", silent)
    withdraw_consent(story, secretariat())

    for _ in range(2):
        with pytest.raises(publishing.publisher.NotPublished):
            jobs.remove_overdue()

    assert TakeDown.objects.waiting().count() == 1


def test_confirm_take_down_needs_somebody_else_who_sees_it(story):
    first, second = editor(), editor()
    publishing.take_down(approval=story, by=first, reason="Rút.")
    (removal,) = TakeDown.objects.all()
    entangled = editor()
    ConflictFactory(user=entangled, exemplar=story.exemplar)
    people = {
        "first": first,
        "second": second,
        "entangled": entangled,
        "leader": UserFactory(function="leader"),
        "clerk": UserFactory(function="introducer"),
        "administrator": UserFactory(function="administrator"),
    }

    may = {
        name for name, who in people.items() if who.has_perm("portal.confirm_take_down", removal)
    }

    assert may == {"second", "administrator"}
    with pytest.raises(PermissionDenied):
        actions.confirm_take_down(removal=removal, by=first)
    actions.confirm_take_down(removal=removal, by=second)
    again = actions.confirm_take_down(removal=removal, by=editor())
    assert (again.seen_by, TakeDown.objects.waiting().count()) == (second, 0)
    line = JournalEntry.objects.get(verb="portal.take_down_confirmed")
    assert (line.by, line.target) == (second, journal.ref(removal))


def test_object_to_take_down_sends_the_story_for_approval_and_brings_nothing_back(story):
    publishing.take_down(approval=story, by=editor(), reason="Nhầm.")
    releases, (removal,) = ReleaseRecord.objects.count(), TakeDown.objects.all()
    by = editor()

    with pytest.raises(ValidationError):
        actions.object_to_take_down(removal=removal, by=by, reason=" ")
    actions.object_to_take_down(removal=removal, by=by, reason="Bài đúng.")

    waiting = story.page.approvals.get(state="checking")
    removal.refresh_from_db()
    assert (waiting.sent_by, removal.seen_by, removal.objection) == (by, by, "Bài đúng.")
    assert not by.has_perm("publicity.approve", waiting)
    assert ReleaseRecord.objects.count() == releases
    with pytest.raises(ValidationError):
        actions.object_to_take_down(removal=removal, by=editor(), reason="Lần nữa.")


def test_object_to_take_down_of_a_comment_lets_a_third_person_show_it(story):
    letter = Letter.objects.get()
    discovery.set_aside_letter(letter=letter, by=editor(), reason="Nhầm.")
    jobs.remove_overdue()
    (removal,) = TakeDown.objects.all()
    by = editor()

    actions.object_to_take_down(removal=removal, by=by, reason="Lời hay.")

    letter.refresh_from_db()
    assert (letter.state, letter.handled_by, letter.approved_by) == ("chosen", by, None)
    assert not by.has_perm("discovery.publish_comment", letter)
    discovery.publish_comment(letter=letter, by=editor())


def test_object_to_take_down_begins_nothing_where_it_has_begun_or_who_may_not(story):
    publishing.take_down(approval=story, by=editor(), reason="Nhầm.")
    (removal,) = TakeDown.objects.all()
    actions.object_to_take_down(
        removal=removal, by=UserFactory(function="administrator"), reason="Bài đúng."
    )
    assert not story.page.approvals.filter(state="checking").exists()

    letter = Letter.objects.get()
    discovery.set_aside_letter(letter=letter, by=editor(), reason="Nhầm.")
    jobs.remove_overdue()
    of_letter = TakeDown.objects.exclude(pk=removal.pk).last()
    if of_letter is None:  # it went with its story
        of_letter = TakeDown.objects.create(
            cause=JournalEntry.objects.filter(verb="discovery.letter_set_aside").last(),
            taken_by=editor(),
            keys=[f"comment:{letter.pk}"],
        )
    actions.object_to_take_down(
        removal=of_letter, by=UserFactory(function="administrator"), reason="Lời hay."
    )
    letter.refresh_from_db()
    assert letter.state == "set_aside"


def test_object_to_take_down_of_a_consent_says_where_to_begin(client, story):
    withdraw_consent(story, secretariat())
    jobs.remove_overdue()
    by = editor()
    client.force_login(by, backend="guong.units.backends.AccountBackend")
    (removal,) = TakeDown.objects.all()

    page = client.post(
        reverse("portal:object_to_take_down", args=[removal.pk]), {"reason": "Còn."}, follow=True
    ).content.decode()

    assert page.count("Ghi sự đồng ý mới của người được nêu vào hồ sơ") == 2
    assert not jobs.remove_overdue() and TakeDown.objects.objected().count() == 1


def test_every_kind_that_can_be_removed_is_known_by_name():
    assert set(causes.KINDS) == set(removal.MAY_BE_SHOWN)


def test_note_take_downs_needs_somebody_who_may_publish(story):
    with pytest.raises(PermissionDenied):
        actions.note_take_downs(keys={"story:1"}, by=UserFactory(function="introducer"))
    assert TakeDown.objects.count() == 0


def test_a_record_that_is_gone_is_still_listed(story):
    actions.note_take_downs(keys={"comment:999999"}, by=system_user())

    ((kinds, *_),) = told(editor())

    assert kinds == ["lời bình"]


def test_the_desk_and_the_list_show_it_until_a_second_person_has_looked(client, story):
    first = editor()
    client.force_login(first, backend="guong.units.backends.AccountBackend")
    client.post(reverse("portal:take_down", args=[story.pk]), {"reason": "Rút sự đồng ý."})
    (removal,) = TakeDown.objects.all()
    confirm = reverse("portal:confirm_take_down", args=[removal.pk])
    desk, mine = reverse("portal:desk"), reverse("portal:take_downs") + "?state=mine"
    own = client.get(desk).content.decode()
    assert "Rút sự đồng ý." in own and confirm not in own
    assert "0 lần gỡ" in client.get(mine).content.decode()

    client.force_login(editor(), backend="guong.units.backends.AccountBackend")
    assert confirm in client.get(desk).content.decode()
    assert "1 lần gỡ" in client.get(mine).content.decode()
    answer = client.post(confirm, {"from": "list"})

    assert answer["Location"] == reverse("portal:take_downs")
    assert confirm not in client.get(desk).content.decode()
    listed = client.get(reverse("portal:take_downs") + "?state=agreed").content.decode()
    assert "Đã đồng ý" in listed and "1 lần gỡ" in listed


def test_a_conflict_hides_the_take_down_everywhere(client, story):
    publishing.take_down(approval=story, by=editor(), reason="Rút.")
    entangled = editor()
    ConflictFactory(user=entangled, exemplar=story.exemplar)
    client.force_login(entangled, backend="guong.units.backends.AccountBackend")

    page = client.get(reverse("portal:take_downs")).content.decode()

    assert story.content["title"] not in page and "0 lần gỡ" in page
