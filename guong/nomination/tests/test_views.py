import pytest
from django.urls import reverse

from guong.direction.models import Rule, RuleOverride
from guong.direction.tests.factories import CriteriaSetFactory, RuleFactory
from guong.exemplars.tests.factories import ConflictFactory, EvidenceFactory
from guong.nomination.models import CriterionAnswer
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import NominationFactory

pytestmark = pytest.mark.django_db
REASON = "Việc cứu người đột xuất, không đợi đủ năm."


@pytest.fixture
def criteria_set():
    Rule.objects.all().delete()
    board = UnitFactory(kind="provincial_pc")
    return CriteriaSetFactory(in_force=True, issuer=board, criteria=["required", "scored"])


@pytest.fixture
def nomination(criteria_set):
    return NominationFactory()


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def url(name, nomination, *more):
    return reverse(f"nomination:{name}", args=[nomination.pk, *more])


def clerk_of(nomination):
    return UserFactory(unit=nomination.unit, function="introducer")


def test_criteria_stand_beside_the_dossier_with_what_is_missing(client, nomination):
    RuleFactory()
    login(client, clerk_of(nomination))

    page = client.get(url("detail", nomination))

    words = page.content.decode()
    assert [one.criterion.code for one in page.context["state"].criteria] == ["C1", "C2"]
    assert "Tiêu chí C1 (bắt buộc) còn thiếu Biên bản họp thôn (0/1)." in words
    assert "Chưa đủ vì mới có 0 năm liền" in words and "Chỉ nhắc, không giữ hồ sơ" in words
    assert 'type="submit" disabled>Gửi hồ sơ' in words


def test_a_reader_sees_answers_and_no_forms(client, nomination):
    login(client, UserFactory(function="leader"))

    words = client.get(url("detail", nomination)).content.decode()

    assert "Xét theo" in words and "Lưu<span" not in words


@pytest.mark.parametrize("htmx", [True, False])
def test_a_criterion_is_answered_with_and_without_scripts(client, nomination, criteria_set, htmx):
    login(client, clerk_of(nomination))
    piece = EvidenceFactory(exemplar=nomination.exemplar)
    criterion = criteria_set.criteria.get(code="C2")
    slot = criterion.slots.get()

    done = client.post(
        url("answer", nomination, criterion.pk),
        {"words": "Đã có nơi học theo", "points": "8", f"slot{slot.pk}": [piece.pk]},
        headers={"hx-request": "true"} if htmx else {},
    )

    made = CriterionAnswer.objects.get()
    assert (made.words, made.points, made.fillings.get().evidence) == (
        "Đã có nơi học theo",
        8,
        piece,
    )
    if htmx:
        words = done.content.decode()
        assert words.lstrip().startswith('<div id="ho-so"') and "Đã lưu tiêu chí C2" in words
    else:
        assert done["Location"] == f"{url('detail', nomination)}#tieu-chi-{criterion.pk}"


@pytest.mark.parametrize(
    ("sent", "told"),
    [({"points": "11"}, "Điểm tối đa là 10."), ({"points": "nhiều"}, "Tiêu chí C2:")],
)
def test_an_answer_that_cannot_be_keeps_what_was_typed(
    client, nomination, criteria_set, sent, told
):
    login(client, clerk_of(nomination))
    criterion = criteria_set.criteria.get(code="C2")

    page = client.post(
        url("answer", nomination, criterion.pk),
        {"words": "Đã gõ dở"} | sent,
        headers={"hx-request": "true"},
    ).content.decode()

    assert told in page and "Đã gõ dở" in page
    assert not CriterionAnswer.objects.exists()


def test_no_criterion_is_answered_where_no_set_is_in_force(client):
    nomination = NominationFactory()
    login(client, clerk_of(nomination))

    assert client.post(url("answer", nomination, 1)).status_code == 404


def test_another_set_that_fits_may_be_chosen(client, nomination):
    own = CriteriaSetFactory(in_force=True, issuer=nomination.unit)
    draft = CriteriaSetFactory(issuer=nomination.unit)
    login(client, clerk_of(nomination))
    offered = client.get(url("detail", nomination)).context["sets"]

    refused = client.post(url("choose_set", nomination), {"criteria_set": draft.pk}, follow=True)
    client.post(url("choose_set", nomination), {"criteria_set": own.pk})

    nomination.refresh_from_db()
    assert (len(offered), nomination.criteria_set) == (2, own)
    assert "Bộ này không đang dùng" in refused.content.decode()


def test_the_board_lets_a_dossier_pass_and_the_list_says_why(client, nomination):
    rule = RuleFactory(binding=True)
    secretary = login(client, UserFactory(function="secretariat"))
    offered = client.get(url("detail", nomination)).content.decode()

    short = client.post(url("override_rule", nomination, rule.pk), {"reason": "Được"})
    client.post(url("override_rule", nomination, rule.pk), {"reason": REASON})

    made = RuleOverride.objects.get()
    assert (made.by, made.reason) == (secretary, REASON)
    assert "Cho qua, có lý do" in offered and "hai mươi" in short.content.decode()
    detail = client.get(url("detail", nomination)).content.decode()
    listed = client.get(reverse("nomination:overrides")).content.decode()
    assert REASON in detail and "Được cho qua" in detail
    assert REASON in listed and nomination.exemplar.full_name in listed


def test_who_is_involved_does_not_even_count_the_overrides(client, nomination):
    RuleOverride.objects.create(
        rule=RuleFactory(),
        subject_kind="nomination.nomination",
        subject_id=nomination.pk,
        reason=REASON,
        by=UserFactory(),
    )
    reader = login(client, UserFactory(function="secretariat"))
    before = client.get(reverse("nomination:overrides")).context["page"].paginator.count
    ConflictFactory(user=reader, exemplar=nomination.exemplar)

    after = client.get(reverse("nomination:overrides")).context["page"].paginator.count

    assert (before, after) == (1, 0)


def test_a_unit_may_not_let_its_own_pass(client, nomination):
    login(client, clerk_of(nomination))

    answer = client.post(url("override_rule", nomination, RuleFactory().pk), {"reason": REASON})

    assert (answer.status_code, RuleOverride.objects.exists()) == (403, False)
