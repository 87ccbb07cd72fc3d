"""Pairs of records once the Board has one of them: who may still merge, and what others hear of it."""

import pytest
from django.core.exceptions import ValidationError

from guong.exemplars import actions
from guong.exemplars.models import Judgement
from guong.exemplars.selectors import duplicates_of, is_known_elsewhere
from guong.exemplars.tests.factories import ClaimFactory, ConflictFactory
from guong.exemplars.tests.test_matching import DEED
from guong.exemplars.tests.test_pairs import WHY, clerk_of, everything, people, two_alike, url
from guong.nomination.tests.factories import NominationFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return two_alike()


@pytest.fixture
def at_work(client, pair):
    client.force_login(clerk_of(pair[0]), backend="guong.units.backends.AccountBackend")
    return client


def test_merge_is_refused_where_both_have_an_open_nomination_of_one_unit(pair):
    for exemplar in pair:
        NominationFactory(exemplar=exemplar, unit=exemplar.unit)
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        actions.merge(kept=pair[0], merged=pair[1], by=clerk_of(pair[0]), reason=WHY)

    assert "nomination" in refusal.value.messages[0]
    assert everything() == before


def test_who_may_judge_and_merge_drafts_and_what_the_board_has(pair):
    one = pair[0]
    who = people(one)

    def may(verb, subject=one):
        return {name for name, user in who.items() if user.has_perm(f"exemplars.{verb}", subject)}

    draft = (may("judge"), may("merge"))
    NominationFactory(exemplar=one, unit=one.unit, state="submitted")
    handed_over = (may("judge"), may("merge"))

    assert draft == ({"clerk", "head", "board"}, {"clerk", "head", "board"})
    assert handed_over == ({"clerk", "head", "board"}, {"board"})
    assert may("merge", None) == may("undo_merge", None) == set()


def test_a_draft_of_another_branch_is_not_shown_hinted_at_or_counted():
    draft = ClaimFactory(statement=DEED, exemplar__full_name="Siu H'Wiêm").exemplar
    clerk = UserFactory(unit=UnitFactory(), function="introducer")
    own = ClaimFactory(
        statement=DEED, exemplar__full_name="Siu H'Wiêm", exemplar__unit=clerk.unit
    ).exemplar

    def told():
        shown = [match.exemplar for match in duplicates_of(own, clerk)]
        return shown, is_known_elsewhere(own, clerk)

    as_draft = told()
    NominationFactory(exemplar=draft, unit=draft.unit, state="submitted")
    with_the_board = told()
    ConflictFactory(exemplar=draft, user=clerk)

    # Once the Board has it: «ask the Board», and still no name. Who is involved is told nothing.
    assert (as_draft, with_the_board, told()) == (([], False), ([], True), ([], False))


def test_compare_offers_to_ask_the_board_once_it_has_the_record(at_work, pair):
    NominationFactory(exemplar=pair[0], unit=pair[0].unit, state="submitted")

    page = at_work.get(url("compare", pair)).content.decode()
    at_work.post(url("judge", pair), {"verdict": "same", "reason": WHY})

    assert "nhờ bộ phận thường trực" in page and "gộp vào" not in page
    assert Judgement.objects.get().verdict == "same"


def test_merge_refused_by_the_action_is_said_on_the_page(at_work, pair):
    for exemplar in pair:
        NominationFactory(exemplar=exemplar, unit=exemplar.unit)

    page = at_work.post(url("merge", pair), {"reason": WHY})

    assert "mà chỉ được có một" in page.content.decode()
    assert "Cùng số căn cước." in page.content.decode(), "nothing typed is lost"
