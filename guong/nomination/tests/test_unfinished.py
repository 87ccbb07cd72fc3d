"""Drafts that were begun and not sent wait on «Hôm nay» of who may go on with them."""

import pytest
from django.urls import reverse

from guong.nomination.guided_forms import unwritten
from guong.nomination.models import GuidedDraft
from guong.units.tests.factories import UnitFactory, UserFactory

from .factories import ANSWERS, GuidedDraftFactory, NominationFactory

pytestmark = pytest.mark.django_db
BEGUN = {"full_name": "Siu Mẫu", "kind": "individual"}


def today(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return client.get(reverse("web:today")).context


def waiting(client, user) -> list[str]:
    return [one.title for one in today(client, user)["waiting"] if one.verb == "Viết tiếp"]


def test_a_draft_waits_for_who_began_it_and_for_the_clerk_of_the_unit_alone(client):
    head = UserFactory(function="unit_head")
    unit = head.unit
    below = UnitFactory(parent=unit)
    clerk = UserFactory(unit=unit, function="introducer")
    GuidedDraftFactory(unit=unit, by=head, answers=BEGUN)
    GuidedDraftFactory(unit=unit, by=clerk, nomination=NominationFactory(exemplar__unit=unit))
    GuidedDraftFactory(unit=below, answers=BEGUN)
    GuidedDraftFactory(answers=BEGUN)

    seen = {
        name: len(waiting(client, user))
        for name, user in {
            "who began it": head,
            "clerk": clerk,
            "another head": UserFactory(unit=unit, function="unit_head"),
            "no writer": UserFactory(unit=unit, function="verifier"),
            "Board": UserFactory(function="secretariat"),
            "another unit": UserFactory(function="introducer"),
        }.items()
    }

    assert seen == {
        "who began it": 1,
        "clerk": 1,
        "another head": 0,
        "no writer": 0,
        "Board": 0,
        "another unit": 0,
    }


def test_it_says_what_is_missing_and_one_click_goes_on(client):
    clerk = UserFactory(function="introducer", full_name="Đinh Mẫu")
    draft = GuidedDraftFactory(unit=clerk.unit, by=clerk, answers=BEGUN)

    [thing] = [one for one in today(client, clerk)["waiting"] if one.verb == "Viết tiếp"]

    assert thing.sub.startswith("Còn thiếu: về người ấy, việc đã làm, sự đồng ý. Đinh Mẫu lưu lúc ")
    assert thing.url == reverse("nomination:guided_step", args=[draft.pk, "about"])
    assert client.get(thing.url).status_code == 200


def test_what_is_missing_follows_the_pages_that_were_written():
    draft = GuidedDraftFactory.build(
        answers=ANSWERS | {"birth_year": "", "consent": "later"}, unit=None, by=None
    )
    named = [step.key for step in unwritten(draft)]
    draft.answers["did"] = " "

    assert (named, [step.key for step in unwritten(draft)]) == ([], ["deeds"])


def test_a_draft_written_to_its_end_leads_to_the_last_page(client):
    clerk = UserFactory(function="introducer")
    answers = ANSWERS | {"birth_year": "", "consent": "later"}
    draft = GuidedDraftFactory(unit=clerk.unit, by=clerk, answers=answers)

    [thing] = [one for one in today(client, clerk)["waiting"] if one.verb == "Viết tiếp"]

    assert thing.sub.startswith("Viết đủ các bước, chưa gửi. ")
    assert thing.url == reverse("nomination:guided_step", args=[draft.pk, "check"])


def test_the_number_opens_exactly_its_rows(client):
    clerk = UserFactory(function="introducer")
    GuidedDraftFactory.create_batch(8, unit=clerk.unit, answers=BEGUN)
    GuidedDraftFactory.create_batch(2, unit=UnitFactory(parent=clerk.unit), answers=BEGUN)

    context = today(client, clerk)
    [tile] = [one for one in context["tiles"] if one.label == "bản đề cử viết dở"]
    page = client.get(tile.url)

    assert (tile.number, page.context["page"].paginator.count) == (8, 8)
    assert len([one for one in context["waiting"] if one.verb == "Viết tiếp"]) == 6
    assert GuidedDraft.objects.visible_to(clerk).count() == 10


def test_nothing_begun_shows_no_number(client):
    context = today(client, UserFactory(function="introducer"))

    assert [one for one in context["tiles"] if "viết dở" in one.label] == []
