"""The list of peoples: kept by the office, nothing ever deleted, small groups never told of."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.exemplars import actions
from guong.exemplars.forms import NewIdentity
from guong.exemplars.models import EthnicGroup, Exemplar
from guong.exemplars.selectors import count_of_peoples
from guong.exemplars.urls import urlpatterns
from guong.units.tests.factories import UserFactory

from .factories import EthnicGroupFactory, ValueFactory

pytestmark = pytest.mark.django_db
BA_NA = "Ba Na"


@pytest.fixture
def keeper():
    return UserFactory(function="administrator")


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def known(group):
    group.refresh_from_db()
    return group.name, group.aliases, group.source, group.verified_by


def test_add_ethnic_group_can_be_chosen_and_is_unverified(keeper):
    made = actions.add_ethnic_group(
        by=keeper, name=" Tên  Mẫu", source="Bảng mẫu", aliases=["Mẫu", "", "Mẫu", "Tên Mẫu"]
    )

    assert known(made) == ("Tên Mẫu", ["Mẫu"], "Bảng mẫu", "")
    assert made in NewIdentity().fields["ethnic_group"].queryset
    assert lines() == [("exemplars.ethnic_group_added", {})]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "ba na"}, "name"),
        ({"name": "Bahnar"}, "name"),  # a spelling of «Ba Na»
        ({"aliases": ["BAHNAR"]}, "aliases"),
        ({"source": " "}, "source"),
    ],
)
def test_add_ethnic_group_refuses_what_is_there_and_writes_nothing(keeper, changed, field):
    EthnicGroup.objects.filter(name=BA_NA).update(aliases=["Bahnar"])
    before = EthnicGroup.objects.count()

    with pytest.raises(ValidationError) as refusal:
        actions.add_ethnic_group(by=keeper, **({"name": "Mẫu", "source": "Bảng mẫu"} | changed))

    assert set(refusal.value.message_dict) == {field}
    assert (EthnicGroup.objects.count(), lines()) == (before, [])


def test_rename_ethnic_group_keeps_the_old_name_and_counts_what_was_recorded_under_it(keeper):
    group = EthnicGroup.objects.get(name=BA_NA)
    EthnicGroup.objects.filter(pk=group.pk).update(verified_by="Ai đó", verified_on="2026-01-02")
    for _ in range(5):
        ValueFactory(kind="ethnic_group", said=BA_NA)

    actions.rename_ethnic_group(
        group=group, by=keeper, name="Bahnar", source="Văn bản mẫu", aliases=["Ba-na"]
    )

    assert known(group) == ("Bahnar", ["Ba-na", BA_NA], "Văn bản mẫu", "")
    assert count_of_peoples(Exemplar.objects.all(), ["Bahnar"]) == {"Bahnar": 5}
    assert lines() == [("exemplars.ethnic_group_renamed", {})]


def test_rename_ethnic_group_takes_no_other_name(keeper):
    group = EthnicGroup.objects.get(name=BA_NA)
    before = known(group)

    with pytest.raises(ValidationError, match="Kinh"):
        actions.rename_ethnic_group(group=group, by=keeper, name="kinh", source="Văn bản mẫu")

    assert (known(group), lines()) == (before, [])


def test_verify_ethnic_group_is_for_a_second_person_and_once(keeper):
    group = EthnicGroupFactory(changed_by=keeper)
    second = UserFactory(function="secretariat", full_name="Bà Mẫu")
    with pytest.raises(PermissionDenied):
        actions.verify_ethnic_group(group=group, by=keeper)

    actions.verify_ethnic_group(group=group, by=second)
    with pytest.raises(ValidationError, match="đã được xác minh"):
        actions.verify_ethnic_group(group=group, by=second)

    assert known(group)[3] == "Bà Mẫu"
    assert lines() == [("exemplars.ethnic_group_verified", {})]


def test_switch_ethnic_group_ends_the_choice_and_keeps_what_was_recorded(keeper):
    group = EthnicGroup.objects.get(name=BA_NA)
    for _ in range(5):
        ValueFactory(kind="ethnic_group", said=BA_NA)

    actions.switch_ethnic_group(group=group, by=keeper, on=False)

    group.refresh_from_db()
    assert (group.valid_to, group.is_switched_on) == (calendar.today(), False)
    assert group not in NewIdentity().fields["ethnic_group"].queryset
    assert count_of_peoples(Exemplar.objects.all()) == {BA_NA: 5}
    actions.switch_ethnic_group(group=group, by=keeper, on=True)
    assert group in NewIdentity().fields["ethnic_group"].queryset
    assert lines() == [
        ("exemplars.ethnic_group_switched", {"on": False}),
        ("exemplars.ethnic_group_switched", {"on": True}),
    ]


def test_who_keeps_the_list_of_peoples():
    functions = ["administrator", "secretariat", "leader", "unit_head", "introducer"]
    people = [UserFactory(function=name) for name in functions]
    group = EthnicGroupFactory()

    may = {
        verb: {user for user in people if user.has_perm(f"exemplars.{verb}_ethnic_group", group)}
        for verb in ("add", "rename", "switch", "verify")
    }

    assert may == {verb: set(people[:2]) for verb in may}


def test_no_address_deletes_a_people():
    verbs = {
        path.name.removesuffix("_ethnic_group") for path in urlpatterns if "ethnic" in path.name
    }

    assert verbs == {"ethnic_groups", "add", "rename", "switch", "verify"}


# --- The pages ---------------------------------------------------------------------
def test_a_people_is_added_renamed_verified_by_another_and_switched_off(client, keeper):
    client.force_login(keeper)
    place = reverse("exemplars:ethnic_groups")
    typed = {"name": "Tên Mẫu", "aliases": "Mẫu, Mẫu A", "source": "Bảng mẫu"}

    client.post(reverse("exemplars:add_ethnic_group"), typed)
    group = EthnicGroup.objects.get(name="Tên Mẫu")
    refused = client.post(
        reverse("exemplars:rename_ethnic_group", args=[group.pk]), typed | {"name": "Kinh"}
    )
    client.post(
        reverse("exemplars:rename_ethnic_group", args=[group.pk]), typed | {"name": "Mẫu B"}
    )
    own = client.post(reverse("exemplars:verify_ethnic_group", args=[group.pk]))
    client.force_login(UserFactory(function="secretariat", full_name="Bà Mẫu"))
    for _ in range(2):
        client.post(reverse("exemplars:verify_ethnic_group", args=[group.pk]))
    shown = client.get(place).content.decode()
    client.post(reverse("exemplars:switch_ethnic_group", args=[group.pk]), {"on": "0"})

    assert (own.status_code, "Đã có «Kinh»" in refused.content.decode()) == (403, True)
    assert "Mẫu, Mẫu A" in refused.content.decode()
    assert known(group) == ("Mẫu B", ["Mẫu", "Mẫu A", "Tên Mẫu"], "Bảng mẫu", "Bà Mẫu")
    assert "Cũng viết: Mẫu, Mẫu A, Tên Mẫu" in shown
    assert "Bà Mẫu, " in shown
    assert group.is_switched_on is False


def test_the_list_of_peoples_marks_the_unverified_and_offers_each_only_what_they_may_do(client):
    EthnicGroup.objects.all().delete()
    EthnicGroupFactory(name="Tên Mẫu")

    client.force_login(UserFactory(function="administrator"))
    kept = client.get(reverse("exemplars:ethnic_groups")).content.decode()
    client.force_login(UserFactory(function="introducer"))
    read = client.get(reverse("exemplars:ethnic_groups")).content.decode()

    for shown, is_offered in ((kept, True), (read, False)):
        assert "Chưa xác minh" in shown
        offered = ["Sửa tên: Tên Mẫu", "Tắt: Tên Mẫu", "Tôi đã đối chiếu: Tên Mẫu", "Thêm tên"]
        assert [words in shown for words in offered] == [is_offered] * 4


@pytest.mark.parametrize(
    ("function", "words"),
    [("administrator", "Thêm tên đầu tiên"), ("introducer", "Chưa có tên nào.")],
)
def test_an_empty_list_of_peoples_says_so(client, function, words):
    EthnicGroup.objects.all().delete()
    client.force_login(UserFactory(function=function))

    assert words in client.get(reverse("exemplars:ethnic_groups")).content.decode()
