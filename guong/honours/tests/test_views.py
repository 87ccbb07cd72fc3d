import pytest
from django.urls import reverse

from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.honours.cards import entries
from guong.honours.models import HonourEntry, HonourRoll
from guong.units.tests.factories import UserFactory

from .factories import EntryFactory, RollFactory

pytestmark = pytest.mark.django_db


def login(client, function):
    user = UserFactory(function=function)
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def url(name, record=None):
    return reverse(f"honours:{name}", args=[record.pk] if record else [])


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("address", "cost"), [("list", 9), ("waiting", 8), ("roll", 11)])
def test_lists_cost_the_same_for_any_number_of_rows(
    client, count, address, cost, django_assert_num_queries
):
    roll = RollFactory()
    EntryFactory.create_batch(count, **({"roll": roll} if address == "roll" else {}))
    EntryFactory.create_batch(count, confirmed=True, roll=roll)
    login(client, "secretariat")
    addresses = {
        "list": url("list"),
        "waiting": url("list") + "?state=waiting",
        "roll": url("roll", roll),
    }

    # session, user, mandates, count, rows, unit of the person; permissions (two), the roll, shares, bell
    with django_assert_num_queries(cost):
        client.get(addresses[address])


def test_list_counts_without_whom_the_reader_is_close_to(client):
    roll = RollFactory()
    close = EntryFactory(roll=roll).exemplar
    EntryFactory(roll=roll)
    EntryFactory(roll=roll, confirmed=True)
    reader = login(client, "secretariat")
    (before,) = client.get(url("list")).context["page"]
    ConflictFactory(exemplar=close, user=reader)
    (after,) = client.get(url("list")).context["page"]

    assert [(row.confirmed, row.waiting) for row in (before, after)] == [(1, 2), (1, 1)]


def test_waiting_entries_are_confirmed_by_a_second_person_only(client):
    entry = EntryFactory()
    pages = {}
    for function in ("leader", "editor"):
        login(client, function)
        pages[function] = client.get(url("list"), {"state": "waiting"}).content.decode()
    client.force_login(entry.entered_by, backend="guong.units.backends.AccountBackend")
    pages["who entered"] = client.get(url("list"), {"state": "waiting"}).content.decode()

    offered = {who: url("confirm", entry) in page for who, page in pages.items()}
    assert offered == {"leader": True, "editor": False, "who entered": False}


@pytest.mark.parametrize(
    ("function", "words"),
    [("secretariat", "Mở đợt đầu tiên"), ("leader", "Về Hôm nay")],
)
def test_an_empty_list_says_what_next(client, function, words):
    login(client, function)

    assert words in client.get(url("list")).content.decode()
    assert "Không có tên nào chờ" in client.get(url("list"), {"state": "waiting"}).content.decode()


def test_an_empty_roll_says_who_fills_it(client):
    roll = RollFactory()
    login(client, "secretariat")
    board = client.get(url("roll", roll)).content.decode()
    login(client, "editor")
    other = client.get(url("roll", roll)).content.decode()

    assert ("Ghi tên đầu tiên" in board, "Bộ phận thường trực sẽ ghi tên" in other) == (True, True)


def test_open_roll_leads_to_the_roll_and_refuses_the_same_again(client):
    user = login(client, "secretariat")
    typed = {"title": "Lễ mẫu", "given_on": "19/05/2026", "organiser": user.unit.pk}

    done = client.post(url("open_roll"), typed)
    again = client.post(url("open_roll"), typed)

    roll = HonourRoll.objects.get()
    assert done.url == url("roll", roll)
    assert set(again.context["form"].errors) == {"title"}


def test_enter_offers_the_recognised_that_are_not_in_yet(client):
    inside = EntryFactory()
    exemplar = ExemplarFactory(recognised=True)
    ExemplarFactory()
    user = login(client, "secretariat")

    form = client.get(url("enter", inside.roll)).context["form"]
    offered = list(form.fields["exemplar"].queryset)
    refused = client.post(
        url("enter", inside.roll), {"exemplar": inside.exemplar.pk, "citation": "Vì việc mẫu"}
    )
    client.post(url("enter", inside.roll), {"exemplar": exemplar.pk, "citation": "Vì việc mẫu"})

    assert offered == [exemplar]
    assert "Vì việc mẫu" in refused.content.decode()
    made = HonourEntry.objects.get(exemplar=exemplar)
    assert (made.entered_by, made.confirmed_by) == (user, None)


def test_confirm_says_what_happened(client):
    entry = EntryFactory()
    login(client, "leader")

    done = client.post(url("confirm", entry), follow=True).content.decode()
    again = client.post(url("confirm", entry), follow=True).content.decode()

    assert "Đã xác nhận." in done and "Đã có người xác nhận rồi." in again


def test_entries_are_cards_for_who_may_see_them():
    entry = EntryFactory()
    confirmed = EntryFactory(exemplar=entry.exemplar, confirmed=True)
    reader = UserFactory(function="editor")

    cards = entries(entry.exemplar, reader)

    assert [(card.title, card.state_label, card.state_kind) for card in cards] == [
        (confirmed.roll.title, "Đã xác nhận", "done"),
        (entry.roll.title, "Chờ xác nhận", "info"),
    ]
    ConflictFactory(exemplar=entry.exemplar, user=reader)
    assert entries(entry.exemplar, reader) == []
