import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar, journal
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.exemplars.models import Consent
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory, HoldFactory
from guong.publicity import actions
from guong.publicity.content import digest
from guong.publicity.models import StoryApproval, StoryPage
from guong.publicity.tests.factories import BODY, drafted, editor, jpeg, tellable, waiting
from guong.recognition import actions as recognition
from guong.recognition.tests.factories import DecisionFactory
from guong.units.tests.factories import UserFactory, system_user

pytestmark = pytest.mark.django_db
# The substitution of the hijacked page, made here from our own words and an invented brand.
BRAND = "Zarqon Vexille"
OFFICIAL = (
    "Ngày 04/8, UBND tỉnh đã ban hành Công văn số 311/UBND-NC về phong trào thi đua. UBND tỉnh yêu "
    "cầu các cơ quan tăng cường sự chỉ đạo trên địa bàn tỉnh Gia Lai."
)
HIJACKED = (
    OFFICIAL.replace("UBND", BRAND).replace("tăng ", f"{BRAND} ").replace("Gia Lai", "Zarqon")
)


def test_start_story_fills_in_what_is_proven():
    exemplar, by = tellable(), editor()

    page = actions.start_story(exemplar=exemplar, by=by)

    assert "<li>Dạy nghề cho 12 hộ trong thôn (từ 1 lên 12 hộ)</li>" in page.body
    assert (page.live, page.approvals.get().state) == (False, "writing")


def test_start_story_without_numbers_or_proof_starts_empty():
    exemplar, by = tellable(), editor()
    exemplar.claims.update(before=None)
    assert "(lên 12 hộ)" in actions.start_story(exemplar=exemplar, by=by).body

    exemplar = tellable()
    exemplar.claims.update(after=None, before=None)
    assert (
        "<li>Dạy nghề cho 12 hộ trong thôn</li>"
        in actions.start_story(exemplar=exemplar, by=by).body
    )

    exemplar = tellable()
    exemplar.claims.get().checks.update(result="unproven")
    assert actions.start_story(exemplar=exemplar, by=by).body == "<p></p>"


def test_start_story_needs_consent_and_recognition():
    exemplar, by = tellable(), editor()
    exemplar.consents.filter(purpose="story").delete()

    with pytest.raises(ValidationError, match="đồng ý"):
        actions.start_story(exemplar=exemplar, by=by)
    with pytest.raises(PermissionDenied):
        actions.start_story(exemplar=ExemplarFactory(), by=by)
    assert not StoryPage.objects.exists()


def test_revise_takes_a_picture():
    page = drafted(picture=jpeg(), picture_alt="Biển", picture_source="Tranh vẽ")

    assert page.picture.width == 1200


def test_send_for_approval_freezes_the_text_with_its_hash_and_its_authors():
    writer = editor()

    approval = waiting(writer, picture=jpeg(), picture_alt="Làng", picture_source="Tranh vẽ")

    assert approval.state == "checking"
    assert approval.sha256 == digest(approval.content)
    assert approval.content["body"] == BODY
    assert approval.files == {"picture": approval.content["picture"]["sha256"]}
    assert [author.user for author in approval.authors.all()] == [writer]
    assert approval.verdict["verdict"] == "pass"


def test_send_for_approval_says_what_is_missing():
    writer = editor()
    page = drafted(writer, lead="", body="<p></p>", picture=jpeg())

    with pytest.raises(ValidationError) as refusal:
        actions.send_for_approval(page=page, by=writer)
    assert refusal.value.messages == [
        "Chưa có sapo.",
        "Bài chưa có nội dung.",
        "Ảnh cần mô tả và nguồn.",
    ]


def test_send_for_approval_twice_waits_for_the_first():
    writer = editor()
    page = drafted(writer)
    actions.send_for_approval(page=page, by=writer)

    with pytest.raises(ValidationError, match="đang chờ duyệt"):
        actions.send_for_approval(page=page, by=writer)


def test_send_for_approval_again_after_the_first_was_approved():
    writer = editor()
    released = actions.approve(approval=waiting(writer), by=editor())
    actions.mark_released(approvals=[released], on=calendar.today(), by=system_user())

    page = actions.revise(page=released.page, by=writer, lead="Năm mươi nhà cùng làm.")
    again = actions.approve(approval=actions.send_for_approval(page=page, by=writer), by=editor())

    released.refresh_from_db()
    assert (released.state, released.released_on) == ("withdrawn", None)
    assert (again.state, again.released_on) == ("approved", calendar.today())


def test_approve_is_refused_to_every_author():
    first, second, third = editor(), editor(), editor()
    page = actions.revise(page=drafted(first), by=second, lead="Sửa lời dẫn.")
    approval = actions.send_for_approval(page=page, by=first)

    for author in (first, second):
        with pytest.raises(PermissionDenied):
            actions.approve(approval=approval, by=author)
    assert actions.approve(approval=approval, by=third).approved_by == third


def test_approve_looks_again_at_hold_consent_and_hash():
    approval, by = waiting(), editor()
    consents = Consent.objects.filter(exemplar=approval.exemplar, purpose="story")

    hold = HoldFactory(exemplar=approval.exemplar)
    with pytest.raises(ValidationError, match="không còn"):
        actions.approve(approval=approval, by=by)
    hold.delete()
    consents.update(withdrawn_on=calendar.today())
    with pytest.raises(ValidationError, match="đồng ý"):
        actions.approve(approval=approval, by=by)
    consents.update(withdrawn_on=None)
    StoryApproval.objects.filter(pk=approval.pk).update(sha256="0" * 64)
    with pytest.raises(ValidationError, match="khác lúc gửi"):
        actions.approve(approval=approval, by=by)


def test_approve_of_a_held_text_needs_a_reason_and_of_a_blocked_one_is_impossible():
    approval, by = waiting(body=f"<p>{HIJACKED}</p>"), editor()
    codes = {reason["code"] for reason in approval.verdict["reasons"]}

    assert {"document_number", "province", "foreign_term"} <= codes
    assert approval.verdict["verdict"] == "hold"
    with pytest.raises(ValidationError, match="lý do"):
        actions.approve(approval=approval, by=by)
    passed = actions.approve(approval=approval, by=by, override_reason="Trích để cảnh báo.")
    assert passed.override_reason == "Trích để cảnh báo."

    offer = "Nạp tiền nhận thưởng, chơi ngay, link mới nhất hôm nay: ben-12-sampan.vip/dang-ky"
    blocked = waiting(body=f"<p>{offer}</p>")
    assert blocked.verdict["verdict"] == "block"
    with pytest.raises(ValidationError, match="chặn"):
        actions.approve(approval=blocked, by=by, override_reason="Cứ cho qua.")


def test_approve_asks_the_guard_of_today_and_not_of_the_day_it_was_sent():
    approval = waiting(body=f"<p>{HIJACKED}</p>")
    StoryApproval.objects.filter(pk=approval.pk).update(verdict={"verdict": "pass", "reasons": []})

    with pytest.raises(ValidationError, match="lý do"):
        actions.approve(approval=approval, by=editor())
    approval.refresh_from_db()
    assert approval.state == "checking"


def test_send_for_approval_looks_at_where_links_lead():
    approval = waiting(body=BODY + '<p><a href="https://ben-12-sampan.vip/">xem thêm</a></p>')

    assert [reason["code"] for reason in approval.verdict["reasons"]] == ["unknown_host"]


def test_send_back_says_what_to_mend_and_the_writer_sends_again():
    writer = editor()
    approval = waiting(writer)

    with pytest.raises(ValidationError, match="cần sửa"):
        actions.send_back(approval=approval, by=editor(), reason=" ")
    back = actions.send_back(approval=approval, by=editor(), reason="Thiếu tên làng.")
    assert back.state == "writing"
    assert actions.send_for_approval(page=approval.page, by=writer).pk == approval.pk


def test_withdraw_takes_one_person_and_a_reason():
    approval = actions.approve(approval=waiting(), by=editor())

    with pytest.raises(ValidationError, match="lý do"):
        actions.withdraw(approval=approval, by=editor(), reason="")
    gone = actions.withdraw(approval=approval, by=editor(), reason="Người ấy rút sự đồng ý.")

    assert (gone.state, gone.withdrawn_on) == ("withdrawn", calendar.today())
    with pytest.raises(IllegalMove):
        actions.withdraw(approval=gone, by=editor(), reason="Lần nữa.")


def test_mark_released_keeps_the_first_day():
    approvals = [actions.approve(approval=waiting(), by=editor()) for _ in range(2)]
    later = calendar.parse_period("2030").start

    first = actions.mark_released(approvals=approvals[:1], on=calendar.today(), by=system_user())
    again = actions.mark_released(approvals=approvals, on=later, by=system_user())

    assert (first, again) == (1, 1)
    days = [StoryApproval.objects.get(pk=one.pk).released_on for one in approvals]
    assert days == [calendar.today(), later]
    entries = JournalEntry.objects.filter(verb="publicity.released").order_by("pk")
    assert [one.subject for one in entries] == [journal.ref(one.exemplar) for one in approvals]
    with pytest.raises(PermissionDenied):
        actions.mark_released(approvals=approvals, on=later, by=UserFactory())


def test_who_may_approve():
    involved, board, clerk = editor(), UserFactory(function="secretariat"), UserFactory()
    approval = waiting()
    ConflictFactory(exemplar=approval.exemplar, user=involved)

    allowed = {
        user for user in (involved, board, clerk) if user.has_perm("publicity.approve", approval)
    }

    assert allowed == {board}
    assert not board.has_perm("publicity.approve", None)
    assert not editor().has_perm("publicity.start_story", None)
    assert not system_user().has_perm("publicity.approve", approval)


def test_a_story_file_is_seen_by_who_sees_the_approval():
    from guong.core import files
    from guong.core.models import StoredFile

    waiting(picture=jpeg(), picture_alt="Biển", picture_source="Tranh vẽ")
    stored = StoredFile.objects.get()

    assert files.may_read(editor(), stored)
    assert not files.may_read(UserFactory(), stored)


def test_a_revoked_recognition_takes_its_stories_along():
    system_user()
    decision = DecisionFactory(signed=True)
    decision.exemplar.recognised_on = calendar.today()
    decision.exemplar.save()
    approval = actions.approve(approval=waiting(), by=editor())
    StoryApproval.objects.filter(pk=approval.pk).update(exemplar=decision.exemplar)

    recognition.revoke(decision=decision, by=UserFactory(function="leader"), reason="Khai sai.")

    approval.refresh_from_db()
    assert (approval.state, approval.withdraw_reason) == ("withdrawn", "Đã thu hồi công nhận.")
