"""A yes belongs to what was signed: when the dossier reads differently, its head is asked again."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core.models import JournalEntry, Notice
from guong.core.states import IllegalMove
from guong.direction.tests.factories import CriteriaSetFactory
from guong.exemplars import actions as exemplars
from guong.exemplars.tests.factories import ClaimFactory, ConflictFactory, ExemplarFactory
from guong.nomination import actions, jobs
from guong.nomination.models import Nomination, SignOff
from guong.nomination.selectors import completeness, incomplete
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

from .factories import NominationFactory, SignOffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination():
    system_user()
    exemplar = ExemplarFactory(full_name="Rơ Châm Mẫu", birth_year=1966)
    return NominationFactory(
        exemplar=exemplar, did="Dạy dệt.", results="36 chị em", worth="Dễ học."
    )


@pytest.fixture
def clerk(nomination):
    return UserFactory(unit=nomination.unit, function="introducer")


@pytest.fixture
def head():
    return UserFactory(function="unit_head", unit__name="Hội Mẫu")


@pytest.fixture
def signed(nomination, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    return actions.sign_off(sign_off=asked, by=head)


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")


def describe(nomination, clerk):
    exemplars.describe(exemplar=nomination.exemplar, by=clerk, birth_year=1967)


def tell(**words):
    return lambda nomination, clerk: Nomination.objects.filter(pk=nomination.pk).update(**words)


def claim_more(nomination, clerk):
    nomination.claims.add(ClaimFactory(exemplar=nomination.exemplar, statement="12 hộ bán được"))


def lay_in(nomination, clerk):
    exemplars.add_evidence(
        exemplar=nomination.exemplar,
        by=clerk,
        kind="testimony",
        title="Lời trưởng thôn",
        testimony="Đúng vậy.",
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (describe, "ai được đề cử"),
        (tell(did="Dạy nhuộm."), "đã làm gì"),
        (tell(results="40 chị em"), "kết quả, theo lời kể"),
        (tell(worth="Khó học."), "ai được nhờ, vì sao đáng học"),
        (claim_more, "kết quả"),
        (lay_in, "ảnh, giấy tờ kèm theo"),
    ],
)
def test_lapse_follows_every_change_of_what_was_signed(
    nomination, clerk, head, signed, change, named
):
    change(nomination, clerk)

    assert jobs.ask_anew() == 1 and jobs.ask_anew() == 0
    signed.refresh_from_db()
    nomination = Nomination.objects.get()
    assert signed.state == "lapsed"
    refusal = f"Hội Mẫu đã ký, nhưng hồ sơ đổi sau đó ({named}). Chờ đơn vị ấy ký lại"
    assert incomplete(nomination)[0].startswith(refusal)
    with pytest.raises(ValidationError, match="Hội Mẫu đã ký, nhưng hồ sơ đổi sau đó"):
        actions.submit(nomination=nomination, by=clerk)
    line = JournalEntry.objects.get(verb="nomination.lapsed")
    assert (line.states, line.by.is_system) == ({"old": "signed"}, True)

    actions.sign_off(sign_off=signed, by=head)

    assert actions.submit(nomination=nomination, by=clerk).state == "submitted"


def test_what_the_person_agrees_to_or_a_second_look_changes_no_signature(nomination, clerk, signed):
    exemplars.record_consent(
        exemplar=nomination.exemplar,
        by=clerk,
        purpose="name_publicly",
        signer="Bà Mẫu",
        given_on=datetime.date(2026, 1, 5),
    )

    assert jobs.ask_anew() == 0 and incomplete(nomination) == []


def test_submit_is_refused_before_the_clock_has_looked(nomination, clerk, signed):
    describe(nomination, clerk)

    with pytest.raises(ValidationError, match=r"hồ sơ đổi sau đó \(ai được đề cử\)"):
        actions.submit(nomination=Nomination.objects.get(), by=clerk)
    part = {one.key: one for one in completeness(Nomination.objects.get()).parts}["cung-de-cu"]
    assert (part.status, part.missing) == ("fix", "Hội Mẫu: hồ sơ đã đổi, chờ ký lại")


def test_lapse_comes_at_once_with_an_answer_and_with_another_award(nomination, clerk, head, signed):
    board = UnitFactory(kind="provincial_pc")
    found = CriteriaSetFactory(in_force=True, issuer=board, award="Danh hiệu mẫu")
    actions.choose_set(nomination=nomination, by=clerk, criteria_set=found)
    first = SignOff.objects.get().state
    actions.sign_off(sign_off=signed, by=head)

    actions.answer(
        nomination=nomination, criterion=found.criteria.get(), by=clerk, words="Có sổ ghi."
    )

    assert (first, SignOff.objects.get().state) == ("lapsed", "lapsed")
    by = JournalEntry.objects.filter(verb="nomination.lapsed").values_list("by", flat=True)
    assert list(by) == [clerk.pk, clerk.pk]
    assert "(tiêu chí)" in " ".join(incomplete(Nomination.objects.get()))


def test_a_dossier_that_was_sent_is_not_signed_anew(nomination, clerk, signed):
    actions.submit(nomination=nomination, by=clerk)
    claim_more(nomination, clerk)

    part = {one.key: one for one in completeness(Nomination.objects.get()).parts}["cung-de-cu"]
    assert jobs.ask_anew() == 0
    assert part.status == "done"


def test_lapse_is_for_what_has_changed_and_for_the_unit_that_wrote_it(
    nomination, clerk, head, signed
):
    with pytest.raises(IllegalMove):
        actions.lapse(sign_off=signed, by=clerk)
    describe(nomination, clerk)
    for user in (head, UserFactory(function="introducer"), UserFactory(function="secretariat")):
        with pytest.raises(PermissionDenied):
            actions.lapse(sign_off=signed, by=user)

    assert actions.lapse(sign_off=signed, by=clerk).state == "lapsed"


def test_the_partner_reads_what_has_changed_and_signs_anew(client, nomination, clerk, head, signed):
    describe(nomination, clerk)
    jobs.ask_anew()
    login(client, head)
    place = reverse("nomination:sign_off", args=[signed.pk])

    page = client.get(place).content.decode()
    today = client.get(reverse("web:today")).context["waiting"]
    read = client.get(place).context["read"]
    done = client.post(reverse("nomination:sign", args=[signed.pk]), {"read": read}, follow=True)

    assert "Hồ sơ đã đổi sau khi đồng chí xác nhận: ai được đề cử" in page
    assert "<del>Năm sinh: 1966</del>" in page and "<ins>Năm sinh: 1967</ins>" in page
    assert "Ký lại" in page
    assert [one.sub for one in today if "đã đổi sau khi đồng chí xác nhận" in one.sub] != []
    assert "Đã ký cùng đề cử." in done.content.decode()
    assert "Hồ sơ đã đổi" not in done.content.decode()


def test_the_unit_that_wrote_it_sees_whose_yes_has_lapsed(client, nomination, clerk, signed):
    describe(nomination, clerk)
    login(client, clerk)

    page = client.get(reverse("nomination:detail", args=[nomination.pk])).content.decode()

    assert "Hồ sơ đã đổi, chờ ký lại" in page and "Đổi sau khi ký: ai được đề cử" in page
    assert "disabled>Gửi hồ sơ" in page


def test_sign_off_is_refused_for_a_page_that_is_out_of_date(client, nomination, clerk, head):
    asked = SignOffFactory(nomination=nomination, unit=head.unit)
    login(client, head)
    read = client.get(reverse("nomination:sign_off", args=[asked.pk])).context["read"]
    describe(nomination, clerk)

    late = client.post(reverse("nomination:sign", args=[asked.pk]), {"read": read}, follow=True)

    assert "Hồ sơ vừa đổi sau khi bạn mở trang này" in late.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.content) == ("asked", {})


def test_a_dossier_that_is_again_as_it_was_says_so_and_still_asks(
    client, nomination, clerk, head, signed
):
    describe(nomination, clerk)
    jobs.ask_anew()
    exemplars.describe(exemplar=nomination.exemplar, by=clerk, birth_year=1966)
    login(client, head)

    page = client.get(reverse("nomination:sign_off", args=[signed.pk])).content.decode()

    assert "Hồ sơ đã trở lại như khi" in page and "Ký lại" in page
    assert "Hội Mẫu đã ký, nhưng hồ sơ đổi sau đó. Chờ" in incomplete(Nomination.objects.get())[0]


def test_another_file_under_the_same_name_is_another_dossier(nomination, clerk, head, signed):
    then = signed.content | {"files": ["0" * 64]}
    SignOff.objects.update(content=then, content_hash="0" * 64)

    assert "(tệp minh chứng)" in incomplete(nomination)[0]


# --- Who is told -------------------------------------------------------------------
def notices():
    found = Notice.objects.filter(kind="nomination.to_sign").order_by("pk")
    return [(one.to, one.sentence, one.read_at is None) for one in found]


def test_the_head_of_the_very_unit_is_told_and_told_again(client, nomination, clerk, head):
    UserFactory(function="unit_head")
    UserFactory(unit=head.unit, function="introducer")
    asked = actions.ask_unit(nomination=nomination, unit=head.unit, by=clerk)
    first = notices()
    login(client, head)
    page = client.get(reverse("web:notices")).content.decode()
    actions.sign_off(sign_off=asked, by=head)
    describe(nomination, clerk)
    jobs.ask_anew()

    sentence = f"{nomination.unit} mời Hội Mẫu cùng đề cử Rơ Châm Mẫu."
    assert first == [(head, sentence, True)]
    assert sentence in page
    assert Notice.objects.latest("pk").url == reverse("nomination:sign_off", args=[asked.pk])
    again = "Hồ sơ Rơ Châm Mẫu đã đổi sau khi Hội Mẫu ký; xem và ký lại."
    assert notices() == [(head, sentence, False), (head, again, True)]


def test_who_is_involved_with_the_exemplar_is_not_told(nomination, clerk, head):
    ConflictFactory(user=head, exemplar=nomination.exemplar)

    actions.ask_unit(nomination=nomination, unit=head.unit, by=clerk)

    assert notices() == []


@pytest.mark.parametrize("end", ["sign", "decline", "drop", "withdraw"])
def test_nobody_has_to_look_any_more_once_it_was_said_or_is_over(nomination, clerk, head, end):
    asked = actions.ask_unit(nomination=nomination, unit=head.unit, by=clerk)
    if end == "sign":
        actions.sign_off(sign_off=asked, by=head)
    elif end == "decline":
        actions.decline(sign_off=asked, by=head, reason="Trùng.")
    elif end == "drop":
        actions.drop_unit(sign_off=asked, by=clerk)
    else:
        actions.withdraw(nomination=nomination, by=clerk, reason="Để năm sau.")

    assert [is_unread for to, sentence, is_unread in notices()] == [False]
