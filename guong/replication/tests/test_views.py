import pytest
from django.urls import reverse

from guong.core import calendar
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.replication.cards import adoptions
from guong.replication.models import Adoption
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import AdoptionFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


def clerk(unit=None):
    return UserFactory(unit=unit or UnitFactory(), function="introducer")


def url(name, record=None):
    return reverse(f"replication:{name}", args=[record.pk] if record else [])


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("name", "cost"), [("list", 7), ("lineage", 9), ("library", 8)])
def test_lists_cost_the_same_for_any_number_of_rows(
    client, count, name, cost, django_assert_num_queries
):
    source = UnitFactory()
    for _ in range(count):
        AdoptionFactory(exemplar=ExemplarFactory(unit=source, recognised=True))
    login(client, clerk() if name == "library" else clerk(source))

    # session, user, mandates, unit of the person, shares, count, rows (and who follows), bell
    with django_assert_num_queries(cost):
        assert len(client.get(url(name)).context["page"]) == min(count, 25)


def test_list_offers_each_side_its_own_next_step(client):
    adoption = AdoptionFactory()
    pages = {}
    for who, unit in [("source", adoption.exemplar.unit), ("adopter", adoption.unit)]:
        login(client, clerk(unit))
        pages[who] = client.get(url("list")).content.decode()

    steps = [url("confirm", adoption), url("report_progress", adoption)]
    assert {who: [step in page for step in steps] for who, page in pages.items()} == {
        "source": [True, False],
        "adopter": [False, True],
    }


def test_list_offers_nothing_more_to_do_with_what_was_dropped(client):
    adoption = AdoptionFactory(state="dropped")
    adoption.confirmed_by = clerk()
    adoption.save()
    login(client, clerk(adoption.unit))

    shown = client.get(url("list"), {"state": "dropped"})

    assert list(shown.context["page"]) == [adoption]
    assert url("report_progress", adoption) not in shown.content.decode()
    assert list(client.get(url("list"), {"state": "applying"}).context["page"]) == []


def test_lineage_puts_the_most_followed_first_without_dropped_and_revoked(client):
    well, little, revoked = ExemplarFactory.create_batch(3, recognised=True)
    first, second = AdoptionFactory.create_batch(2, exemplar=well)
    AdoptionFactory(exemplar=well, state="dropped")
    third = AdoptionFactory(exemplar=little)
    AdoptionFactory(exemplar=revoked)
    type(revoked).objects.filter(pk=revoked.pk).update(revoked_on=calendar.today())
    login(client, UserFactory(function="leader"))

    page = client.get(url("lineage")).context["page"]

    assert [(row, row.following, row.followers) for row in page] == [
        (well, 2, [first, second]),
        (little, 1, [third]),
    ]


def test_lineage_shows_a_unit_only_its_own_side(client):
    exemplar = ExemplarFactory(recognised=True)
    own, _other = AdoptionFactory.create_batch(2, exemplar=exemplar)
    login(client, clerk(own.unit))
    adopter = client.get(url("lineage")).context["page"]
    login(client, clerk())
    stranger = client.get(url("lineage"))

    assert [(row, row.following, row.followers) for row in adopter] == [(exemplar, 1, [own])]
    assert "Chưa có điển hình nào được nơi khác học theo" in stranger.content.decode()


def test_library_leaves_out_the_own_the_unrecognised_and_whom_one_is_close_to(client):
    person = login(client, clerk())
    other = ExemplarFactory(recognised=True)
    ExemplarFactory(recognised=True, unit=person.unit)
    ExemplarFactory()
    ConflictFactory(exemplar=ExemplarFactory(recognised=True), user=person)

    assert list(client.get(url("library")).context["page"]) == [other]


def test_library_of_somebody_without_a_unit_does_not_exist(client):
    login(client, UserFactory(unit=None))

    assert client.get(url("library")).status_code == 404


def test_register_keeps_what_was_typed_until_it_is_sound(client):
    exemplar, person = ExemplarFactory(recognised=True), login(client, clerk())
    typed = {
        "manner": "copied",
        "practice": "Đổi công ba nhà.",
        "in_charge": "Bà Mẫu",
        "started_on": "45/11/2026",
    }

    refused = client.post(url("register", exemplar), typed)
    done = client.post(url("register", exemplar), typed | {"started_on": "01/11/2026"})
    again = client.post(url("register", exemplar), typed | {"started_on": "01/11/2026"})

    assert set(refused.context["form"].errors) == {"started_on"}
    assert "Đổi công ba nhà." in refused.content.decode()
    assert done.url == url("list")
    assert "đã đăng ký học theo" in again.content.decode()
    adoption = Adoption.objects.get()
    assert (adoption.unit, adoption.registered_by, adoption.manner) == (
        person.unit,
        person,
        "copied",
    )


def test_register_for_somebody_unrecognised_or_close_does_not_exist(client):
    person = login(client, clerk())
    close = ConflictFactory(exemplar=ExemplarFactory(recognised=True), user=person).exemplar

    codes = [client.get(url("register", one)).status_code for one in (close, ExemplarFactory())]

    assert codes == [404, 404]


def test_confirm_says_what_happened(client):
    adoption = AdoptionFactory()
    login(client, clerk(adoption.exemplar.unit))

    done = client.post(url("confirm", adoption), follow=True).content.decode()
    again = client.post(url("confirm", adoption), follow=True).content.decode()

    assert "Đã xác nhận." in done
    assert "Đã có người xác nhận rồi." in again


def test_report_progress_offers_only_the_next_states(client):
    adoption = AdoptionFactory(state="applying")
    login(client, clerk(adoption.unit))

    form = client.get(url("report_progress", adoption)).context["form"]
    client.post(url("report_progress", adoption), {"state": "effective"})

    assert {value for value, _ in form.fields["state"].choices} == {
        "effective",
        "not_effective",
        "dropped",
    }
    adoption.refresh_from_db()
    assert adoption.state == "effective"


def test_adoptions_are_cards_for_who_may_see_them():
    adoption = AdoptionFactory(state="effective")

    (card,) = adoptions(adoption.exemplar, UserFactory(function="leader"))

    assert (card.title, card.state_label, card.state_kind, card.text) == (
        str(adoption.unit),
        "Có hiệu quả",
        "done",
        "Vận dụng: Đổi công.",
    )
    assert adoptions(adoption.exemplar, clerk()) == []
