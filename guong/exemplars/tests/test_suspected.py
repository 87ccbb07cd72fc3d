"""One list of pairs nobody has decided: found by the clock, shown to whoever may open both."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from guong.core import journal, sealing
from guong.core.models import JournalEntry
from guong.exemplars import actions, jobs
from guong.exemplars.actions import pairs
from guong.exemplars.matching import index
from guong.exemplars.models import DeedMark, Judgement, PairSearch, SuspectedPair
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

from .factories import ConflictFactory, ExemplarFactory, GrantFactory, IdentityFactory

pytestmark = pytest.mark.django_db
PLACE = "exemplars:suspected"


@pytest.fixture
def system():
    return system_user()


@pytest.fixture
def commune():
    return UnitFactory(kind="commune")


def a_clerk(unit):
    return UserFactory(unit=unit, function="introducer")


def introduced(name, unit, deed, **given):
    """As a clerk of the unit would do it: with its line in the journal."""
    claims = [{"statement": deed}]
    return actions.add(
        by=a_clerk(unit), unit=unit, full_name=name, kind="individual", claims=claims, **given
    )


def search(by) -> list[tuple]:
    """What stands in the list after the clock has struck."""
    sealing.seal_all()
    while actions.find_pairs(by=by):
        pass
    return [
        (pair.first.full_name, pair.second.full_name, pair.reasons)
        for pair in SuspectedPair.objects.order_by("-weight", "pk")
    ]


def two_alike(unit, other=None):
    given = {"birth_year": 1984, "commune": unit}
    return tuple(
        introduced("Siu Mẫu Bleng", place, "Dạy nghề cho 12 hộ trong thôn", **given)
        for place in (unit, other or unit)
    )


def seen(client, user):
    client.force_login(user)
    return client.get(reverse(PLACE))


# --- The search --------------------------------------------------------------------
def test_find_pairs_writes_each_pair_once_with_its_reasons_and_a_second_run_changes_nothing(
    system, commune
):
    two_alike(commune)
    introduced("Rơ Châm Mẫu", commune, "Trồng 30 ha cà phê", birth_year=1950)
    why = ["cùng tên", "cùng năm sinh", "cùng xã, phường", "cùng thành tích"]
    expected = [("Siu Mẫu Bleng", "Siu Mẫu Bleng", why)]

    assert search(system) == expected
    assert search(system) == expected
    line = JournalEntry.objects.get(verb="exemplars.pairs_found")
    assert (line.states, line.subject) == ({"found": 1}, "")


def test_find_pairs_is_for_the_clock_alone(commune):
    two_alike(commune)
    sealing.seal_all()
    for function in ("secretariat", "introducer", "administrator"):
        with pytest.raises(PermissionDenied):
            actions.find_pairs(by=UserFactory(function=function))

    assert not SuspectedPair.objects.exists()


def test_find_pairs_takes_a_few_changes_at_a_time_and_goes_on(system, commune, monkeypatch):
    monkeypatch.setattr(pairs, "AT_A_TIME", 1)
    two_alike(commune)
    sealing.seal_all()

    assert (actions.find_pairs(by=system), PairSearch.objects.get().finished_at) == (True, None)
    assert actions.find_pairs(by=system) is True
    assert actions.find_pairs(by=system) is False
    assert PairSearch.objects.get().finished_at is not None
    assert SuspectedPair.objects.count() == 1


def test_a_pair_goes_when_a_change_makes_them_unlike_and_comes_when_it_makes_them_alike(
    system, commune
):
    _, other = two_alike(commune)
    board = UserFactory(function="secretariat")
    search(system)

    actions.describe(exemplar=other, by=board, full_name="Rơ Châm Mẫu", birth_year=1950)
    assert search(system) == []

    actions.describe(exemplar=other, by=board, full_name="Siu Mẫu Bleng", birth_year=1984)
    assert len(search(system)) == 1


def test_a_pair_found_from_one_side_stays_when_the_other_side_is_looked_at(system, commune):
    one, other = two_alike(commune)
    search(system)
    # From the side of the first nothing is seen any more: no key of its own leads to the second.
    other.name_marks.all().delete()
    DeedMark.objects.filter(claim__exemplar=other).delete()
    type(other).objects.filter(pk=other.pk).update(commune=None)

    actions.describe(exemplar=one, by=UserFactory(function="secretariat"), summary="Thêm một câu.")

    assert len(search(system)) == 1


def test_merged_records_are_no_pair_and_one_id_number_stands_first(system, commune):
    board = UserFactory(function="secretariat")
    one, other = two_alike(commune)
    third = introduced("Rơ Châm Mẫu", commune, "Trồng 30 ha cà phê")
    fourth = introduced("Ksor Mẫu Nul", commune, "Nuôi 45 con bò lai")
    for each in (third, fourth):
        IdentityFactory(exemplar=each, id_hash="như nhau")

    assert [row[2][0] for row in search(system)] == ["cùng số căn cước", "cùng tên"]
    actions.merge(kept=one, merged=other, by=board, reason="Một người.")
    assert [row[2][0] for row in search(system)] == ["cùng số căn cước"]


def test_marks_built_anew_are_looked_through_anew(system, commune):
    search(system)
    one, other = (ExemplarFactory(full_name="Siu Mẫu Bleng", birth_year=1984) for _ in range(2))
    for each in (one, other):  # as a migration or a restored table would leave them: no new line
        journal.record("exemplars.added", each, by=system, subject=each)
    sealing.seal_all()
    PairSearch.objects.update(sequence=sealing.head()["sequence"])
    assert search(system) == []

    index.rebuild()

    assert len(search(system)) == 1


def test_a_deed_under_another_name_stands_last(system, commune):
    assert pairs._weight(["cùng một thành tích dưới tên khác", "cùng xã, phường"]) < pairs._weight(
        ["cùng tên"]
    )


def test_the_clock_asks_for_a_search_only_when_something_was_written_down(system, commune):
    jobs.ask_for_pairs()
    assert waiting() == 0
    two_alike(commune)
    sealing.seal_all()

    jobs.ask_for_pairs()
    assert waiting() == 1
    assert jobs.find_pairs.func() == 1
    assert SuspectedPair.objects.count() == 1


def waiting() -> int:
    return DBTaskResult.objects.ready().filter(task_path="guong.exemplars.jobs.find_pairs").count()


# --- Who is shown what ---------------------------------------------------------------
def test_a_pair_is_shown_to_whoever_may_open_both_and_to_nobody_else(client, system, commune):
    elsewhere = UnitFactory(kind="commune")
    _, other = two_alike(commune, elsewhere)
    search(system)
    board, involved = UserFactory.create_batch(2, function="secretariat")
    ConflictFactory(exemplar=other, user=involved)

    shown = {
        name: seen(client, user)
        for name, user in {
            "board": board,
            "involved": involved,
            "own": a_clerk(commune),
            "other": a_clerk(elsewhere),
        }.items()
    }

    assert {name: answer.context["page"].paginator.count for name, answer in shown.items()} == {
        "board": 1,
        "involved": 0,
        "own": 0,
        "other": 0,
    }
    # Nothing of the other branch's draft, not in the page nor in the workbook.
    client.force_login(a_clerk(commune))
    pages = [shown["own"].content, client.get(reverse(PLACE) + "?xuat=xlsx").content]
    for told in (other.code.encode(), str(elsewhere).encode(), b"Siu M"):
        assert [told in page for page in pages] == [False, False]


def test_both_stand_side_by_side_with_their_reasons_and_what_can_be_decided(
    client, system, commune
):
    one, other = two_alike(commune)
    search(system)

    words = seen(client, a_clerk(commune)).content.decode()

    for told in (one.code, other.code, "sinh 1984", str(commune), "4 dấu hiệu"):
        assert told in words
    assert "Cùng tên, cùng năm sinh, cùng xã, phường, cùng thành tích" in words
    assert reverse("exemplars:compare", args=[one.pk, other.pk]) in words
    assert reverse("exemplars:judge", args=[one.pk, other.pk]) in words
    assert "Máy đã xét mọi thay đổi tới" in words


def test_who_sees_both_without_a_say_is_told_who_decides(client, system, commune):
    elsewhere = UnitFactory(kind="commune")
    _, other = two_alike(commune, elsewhere)
    clerk = a_clerk(commune)
    GrantFactory(exemplar=other, user=clerk)
    search(system)

    words = seen(client, clerk).content.decode()

    assert "Bộ phận thường trực quyết định." in words
    assert "/judge/" not in words


@pytest.mark.parametrize("function", ["leader", "inspector", "editor", "administrator"])
def test_who_has_no_say_in_any_pair_has_no_such_list(client, function):
    assert seen(client, UserFactory(function=function)).status_code == 403


def test_before_the_first_search_the_page_says_so(client):
    assert (
        "Máy chưa tìm xong lần đầu"
        in seen(client, UserFactory(function="secretariat")).content.decode()
    )


def test_a_decided_pair_is_remembered_and_gone_and_the_list_goes_on(client, system, commune):
    one, other = two_alike(commune)
    search(system)
    client.force_login(UserFactory(function="secretariat"))
    judge = reverse("exemplars:judge", args=[one.pk, other.pk])
    said = {"verdict": "different", "of-list": "1"}

    refused = client.post(judge, said | {"reason": " "})
    assert (refused.status_code, Judgement.objects.count()) == (200, 0)
    answer = client.post(judge, said | {"reason": "Hai mẹ con."})

    assert answer["Location"] == reverse(PLACE)
    assert client.get(reverse(PLACE)).context["page"].paginator.count == 0
    assert search(system) != []  # the machine still sees it; nobody is asked again
    assert client.get(reverse(PLACE)).context["page"].paginator.count == 0


def test_the_list_is_linked_for_whoever_may_clear_up(client):
    for function, is_linked in (("introducer", True), ("secretariat", True), ("leader", False)):
        client.force_login(UserFactory(function=function))
        words = client.get(reverse("exemplars:list")).content.decode()
        assert (reverse(PLACE) in words) is is_linked


def test_the_board_reads_of_it_on_its_first_page_when_there_is_any(client, system, commune):
    board, clerk = UserFactory(function="secretariat"), a_clerk(commune)
    client.force_login(board)
    assert "cặp hồ sơ" not in client.get(reverse("web:today")).content.decode()
    two_alike(commune)
    search(system)

    told = client.get(reverse("web:today")).content.decode()
    assert "1 cặp hồ sơ có thể là một người" in told
    client.force_login(clerk)
    assert "cặp hồ sơ" not in client.get(reverse("web:today")).content.decode()


def test_one_deed_under_two_names_is_told_apart_from_one_person_twice(client, system, commune):
    told = "Vận động 34 hộ góp 1.200 m đất làm con đường liên thôn trong 90 ngày"
    introduced("Siu Mẫu Bleng", commune, told, birth_year=1984)
    introduced("Rơ Châm Mẫu", commune, told, birth_year=1950)
    search(system)
    board = UserFactory(function="secretariat")
    assert seen(client, board).context["page"].paginator.count == 1
    today = client.get(reverse("web:today")).content.decode()
    assert "1 cặp hồ sơ cùng một việc, khác tên" in today

    two_alike(commune)
    search(system)

    def names(what):
        page = client.get(reverse(PLACE), {"what": what}).context["page"]
        return [(pair.first.full_name, pair.second.full_name) for pair in page]

    assert names("of_one_person") == [("Siu Mẫu Bleng", "Siu Mẫu Bleng")]
    assert ("Siu Mẫu Bleng", "Rơ Châm Mẫu") in names("of_one_deed")
    assert "Không có cặp nào như thế" not in client.get(reverse(PLACE)).content.decode()


def test_a_search_costs_the_same_whatever_else_is_on_record(
    system, commune, django_assert_max_num_queries
):
    search(system)
    for number in range(30):
        ExemplarFactory(full_name=f"Người Mẫu Khác {number}")
    two_alike(commune)
    sealing.seal_all()

    with django_assert_max_num_queries(60):
        actions.find_pairs(by=system)
