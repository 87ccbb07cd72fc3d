"""Pairs: judged once, taken up into one record, put back exactly; nobody learns of others' drafts."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guong.core import calendar, journal
from guong.core.models import JournalEntry
from guong.exemplars import actions, merging
from guong.exemplars.models import Conflict, Exemplar, Judgement, Merge, NameMark
from guong.exemplars.selectors import (
    duplicates_of,
    is_known_elsewhere,
    possible_duplicates,
    taken_up_by,
    where_now,
)
from guong.exemplars.tests.factories import (
    CheckFactory,
    ClaimFactory,
    ConflictFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    GrantFactory,
    HoldFactory,
    IdentityFactory,
)
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "Cùng số căn cước."


def clerk_of(exemplar):
    return UserFactory(unit=exemplar.unit, function="introducer")


def board():
    return UserFactory(function="secretariat")


def two_alike():
    """Two records of one unit that look the same."""
    unit = UnitFactory(kind="commune")
    return [
        ExemplarFactory(unit=unit, commune=unit, full_name=name, birth_year=1970)
        for name in ("Siu H'Wiêm", "SIU HWIEM")
    ]


@pytest.fixture
def pair():
    return two_alike()


def everything():
    """Every row of every table a merge may touch."""
    tables = {model for model, _ in merging.columns()} | {Exemplar, NameMark}
    rows = {}
    for model in tables:
        columns = [
            f.attname
            for f in model._meta.concrete_fields
            if model is not NameMark or not f.primary_key
        ]
        rows[model._meta.label] = sorted(map(repr, model._base_manager.values_list(*columns)))
    return rows


# --- judge --------------------------------------------------------------------
def test_judge_is_remembered_and_the_pair_is_never_suggested_again(pair):
    one, other = pair
    by = clerk_of(one)
    assert [match.exemplar for match in duplicates_of(one, by)] == [other]

    said = actions.judge(
        exemplar=other, other=one, by=by, verdict="different", reason="Hai chị em."
    )

    assert (said.first, said.second, said.verdict, said.by) == (one, other, "different", by)
    assert [duplicates_of(row, by) for row in pair] == [[], []]
    line = JournalEntry.objects.get(verb="exemplars.judged")
    assert (line.by, line.states, line.text.text) == (by, {"new": "different"}, "Hai chị em.")


def test_judge_said_anew_counts_and_both_words_stay_in_the_journal(pair):
    one, other = pair
    by = clerk_of(one)
    for verdict in ("different", "same"):
        actions.judge(exemplar=one, other=other, by=by, verdict=verdict, reason=verdict)

    assert Judgement.objects.get().verdict == "same"
    assert JournalEntry.objects.filter(verb="exemplars.judged").count() == 2


@pytest.mark.parametrize(("is_itself", "reason"), [(False, "  "), (True, WHY)])
def test_judge_needs_two_records_and_a_reason(pair, is_itself, reason):
    one, other = pair
    with pytest.raises(ValidationError):
        actions.judge(
            exemplar=one,
            other=one if is_itself else other,
            by=clerk_of(one),
            verdict="same",
            reason=reason,
        )
    assert not Judgement.objects.exists()


# --- merge --------------------------------------------------------------------
def test_merge_brings_everything_along_and_keeps_the_other_name(pair):
    kept, merged = pair
    kept.birth_year = None
    kept.save()
    claim = CheckFactory(claim__exemplar=merged).claim
    followers = [
        EvidenceFactory(exemplar=merged),
        ConsentFactory(exemplar=merged),
        HoldFactory(exemplar=merged),
        IdentityFactory(exemplar=merged),
        ConflictFactory(exemplar=merged),
        GrantFactory(exemplar=merged),
    ]

    made = actions.merge(kept=kept, merged=merged, by=clerk_of(kept), reason=WHY)

    for row in [claim, *followers]:
        row.refresh_from_db()
        assert row.exemplar == kept, row
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.birth_year, kept.other_names, merged.merged_into) == (1970, "SIU HWIEM", kept)
    assert (made.before["birth_year"], made.reason) == ([None, 1970], WHY)
    assert Judgement.objects.get().verdict == "same"
    assert taken_up_by(kept) == [kept, merged]
    written = JournalEntry.objects.filter(verb="exemplars.merged").order_by("pk")
    assert [line.subject for line in written] == [journal.ref(kept), journal.ref(merged)]


def test_merge_brings_the_fields_of_both_and_undoing_it_takes_them_off_again(pair):
    kept, merged = pair
    own, theirs, more, shared = FieldFactory.create_batch(4)
    Exemplar.objects.filter(pk=kept.pk).update(field=own)
    Exemplar.objects.filter(pk=merged.pk).update(field=theirs)
    for record in pair:
        record.refresh_from_db()
    kept.other_fields.set([shared])
    merged.other_fields.set([more, shared, own])

    made = actions.merge(kept=kept, merged=merged, by=clerk_of(kept), reason=WHY)
    assert set(kept.other_fields.all()) == {theirs, more, shared}

    actions.undo_merge(merge=made, by=clerk_of(kept), reason=WHY)
    assert list(kept.other_fields.all()) == [shared]


def test_merge_hides_the_record_taken_up_and_its_page_leads_on(client, pair):
    kept, merged = pair
    by = clerk_of(kept)
    actions.merge(kept=kept, merged=merged, by=by, reason=WHY)
    client.force_login(by, backend="guong.units.backends.AccountBackend")

    listed = list(Exemplar.objects.visible_to(by))
    answer = client.get(reverse("web:life", args=[merged.pk]))

    assert listed == [kept]
    assert answer["Location"] == reverse("web:life", args=[kept.pk])
    assert where_now(kept.pk, by) is None
    assert where_now(merged.pk, UserFactory()) is None
    found = possible_duplicates(full_name="siu hwiem", user=by)
    assert [match.exemplar for match in found] == [kept]


def test_merge_lets_the_unit_of_the_record_taken_up_go_on_with_the_kept_one(pair):
    kept = pair[0]
    merged = ExemplarFactory(full_name="Siu H'Wiêm")
    theirs = clerk_of(merged)
    actions.merge(kept=kept, merged=merged, by=board(), reason=WHY)

    assert list(Exemplar.objects.visible_to(theirs)) == [kept]
    assert not theirs.has_perm("exemplars.state_claim", kept)


def test_merge_leaves_behind_what_there_may_be_only_one_of(pair):
    kept, merged = pair
    person = UserFactory()
    for exemplar in pair:
        HoldFactory(exemplar=exemplar)
        IdentityFactory(exemplar=exemplar)
        ConflictFactory(exemplar=exemplar, user=person)
    actions.merge(kept=kept, merged=merged, by=board(), reason=WHY)

    assert [exemplar.holds.count() for exemplar in pair] == [1, 1]
    assert Conflict.objects.filter(exemplar=kept).count() == 1


@pytest.mark.parametrize(
    ("recognised", "said"),
    [([True, True], "Cả hai hồ sơ đều có quyết định"), ([False, True], "phải là hồ sơ được giữ")],
)
def test_merge_is_refused_against_a_signed_decision(pair, recognised, said):
    for exemplar, is_it in zip(pair, recognised, strict=True):
        exemplar.recognised_on = calendar.today() if is_it else None
        exemplar.save()

    with pytest.raises(ValidationError) as refusal:
        actions.merge(kept=pair[0], merged=pair[1], by=board(), reason=WHY)

    assert said in refusal.value.messages[0]


@pytest.mark.parametrize(("is_itself", "reason"), [(False, " "), (True, WHY)])
def test_merge_needs_two_records_and_a_reason(pair, is_itself, reason):
    with pytest.raises(ValidationError):
        actions.merge(
            kept=pair[0], merged=pair[0] if is_itself else pair[1], by=board(), reason=reason
        )


# --- undo_merge ---------------------------------------------------------------
PARTS = [
    ClaimFactory,
    EvidenceFactory,
    ConsentFactory,
    HoldFactory,
    IdentityFactory,
    ConflictFactory,
]


@given(
    ours=st.lists(st.sampled_from(PARTS), unique=True),
    theirs=st.lists(st.sampled_from(PARTS), unique=True),
    year=st.sampled_from([None, 1970]),
    alias=st.sampled_from(["", "Ami Bia"]),
)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undo_merge_restores_exactly(pair, ours, theirs, year, alias):
    kept, merged = (
        pair[0],
        ExemplarFactory(unit=pair[0].unit, full_name="Siu Hwiêm", birth_year=year),
    )
    kept = ExemplarFactory(unit=pair[0].unit, full_name="Siu H'Wiêm", other_names=alias)
    for exemplar, parts in ((kept, ours), (merged, theirs)):
        for part in parts:
            part(exemplar=exemplar)
    by = clerk_of(kept)
    before = everything()

    made = actions.merge(kept=kept, merged=merged, by=by, reason=WHY)
    actions.undo_merge(merge=made, by=by, reason="Hai chị em.")

    assert everything() == before


def test_undo_merge_leaves_what_came_later_with_the_kept_record(pair):
    kept, merged = pair
    by = clerk_of(kept)
    made = actions.merge(kept=kept, merged=merged, by=by, reason=WHY)
    kept.refresh_from_db()
    later = ClaimFactory(exemplar=kept)
    kept.other_names = "Ami Bia"
    kept.save()

    undone = actions.undo_merge(merge=made, by=by, reason="Hai chị em.")

    later.refresh_from_db()
    kept.refresh_from_db()
    assert (later.exemplar, kept.other_names) == (kept, "Ami Bia")
    assert (undone.undone_by, undone.undo_reason) == (by, "Hai chị em.")
    assert Judgement.objects.get().verdict == "different"
    assert duplicates_of(kept, by) == []
    assert JournalEntry.objects.filter(verb="exemplars.merge_undone").count() == 2


def merged_pair(pair, **kwargs):
    return actions.merge(kept=pair[0], merged=pair[1], by=board(), reason=WHY, **kwargs)


def test_undo_merge_needs_a_reason_and_works_once(pair):
    made = merged_pair(pair)
    with pytest.raises(ValidationError):
        actions.undo_merge(merge=made, by=board(), reason=" ")
    actions.undo_merge(merge=made, by=board(), reason=WHY)
    with pytest.raises(ValidationError):
        actions.undo_merge(merge=made, by=board(), reason=WHY)


def test_undo_merge_is_refused_once_a_decision_rests_on_both(pair):
    made = merged_pair(pair)
    Exemplar.objects.filter(pk=pair[0].pk).update(recognised_on=calendar.today())

    with pytest.raises(ValidationError) as refusal:
        actions.undo_merge(merge=made, by=board(), reason=WHY)

    assert "quyết định" in refusal.value.messages[0]


def test_undo_merge_is_possible_where_the_decision_was_there_before(pair):
    Exemplar.objects.filter(pk=pair[0].pk).update(recognised_on=calendar.today())

    actions.undo_merge(merge=merged_pair(pair), by=board(), reason=WHY)

    assert Exemplar.objects.standing().filter(pk__in=[row.pk for row in pair]).count() == 2


def test_undo_merge_is_refused_when_a_part_went_on_elsewhere(pair):
    claim = ClaimFactory(exemplar=pair[1])
    made = merged_pair(pair)
    claim.exemplar = ExemplarFactory()
    claim.save()

    with pytest.raises(ValidationError):
        actions.undo_merge(merge=made, by=board(), reason=WHY)
    assert Exemplar.objects.get(pk=pair[1].pk).merged_into == pair[0]


def test_undo_merge_waits_for_the_later_one(pair):
    made = merged_pair(pair)
    actions.merge(
        kept=ExemplarFactory(), merged=Exemplar.objects.get(pk=pair[0].pk), by=board(), reason=WHY
    )

    with pytest.raises(PermissionDenied):
        actions.undo_merge(merge=made, by=board(), reason=WHY)


# --- who may, who almost may, who may not -------------------------------------
def people(exemplar):
    return {
        "clerk": clerk_of(exemplar),
        "head": UserFactory(unit=exemplar.unit, function="unit_head"),
        "verifier": UserFactory(unit=exemplar.unit, function="verifier"),
        "far clerk": UserFactory(unit=UnitFactory(), function="introducer"),
        "board": board(),
        "leader": UserFactory(function="leader"),
    }


def test_who_may_undo_a_merge(pair):
    kept = pair[0]
    who = people(kept)
    own, across = merged_pair(pair), merged_pair([kept, ExemplarFactory()])

    def may(merge):
        return {name for name, user in who.items() if user.has_perm("exemplars.undo_merge", merge)}

    assert (may(own), may(across)) == ({"clerk", "head", "board"}, {"board"})
    assert not Merge.objects.visible_to(who["far clerk"]).exists()


def test_a_line_about_a_pair_is_read_by_the_unit_and_the_board_only(pair):
    readers = {
        name
        for name, user in people(pair[0]).items()
        if journal.VERBS["exemplars.merged"].may_read.test(user, pair[0])
    }
    assert readers == {"clerk", "head", "verifier", "board"}


# --- Nothing of another branch's draft ----------------------------------------
def test_an_id_number_tells_nothing_of_another_branch():
    far = ExemplarFactory(full_name="Rahlan Kơi", recognised=True)
    IdentityFactory(exemplar=far, id_hash="k" * 64)
    own = ExemplarFactory(full_name="Siu Bleng")
    IdentityFactory(exemplar=own, id_hash="k" * 64)

    assert is_known_elsewhere(own, clerk_of(own)) is False
    assert [match.exemplar for match in duplicates_of(own, board())] == [far]


# --- The pages ----------------------------------------------------------------
@pytest.fixture
def at_work(client, pair):
    client.force_login(clerk_of(pair[0]), backend="guong.units.backends.AccountBackend")
    return client


def url(name, pair):
    return reverse(f"exemplars:{name}", args=[pair[0].pk, pair[1].pk])


def test_compare_shows_both_sides_why_and_what_was_said(at_work, pair):
    ClaimFactory(exemplar=pair[1], statement="Dạy chữ cho 12 người")

    first = at_work.get(url("compare", pair)).content.decode()
    at_work.post(url("judge", pair), {"verdict": "different", "reason": "Hai chị em."})
    then = at_work.get(url("compare", pair)).content.decode()

    told = [
        "Siu H&#x27;Wiêm",
        "SIU HWIEM",
        "cùng tên khi bỏ dấu",
        "Dạy chữ cho 12 người",
        "gộp vào",
    ]
    assert [word in first for word in told] == [True] * len(told)
    assert "Hai chị em." in then and "khác nhau" in then


def test_merge_and_undo_by_their_pages(at_work, pair):
    refused = at_work.post(url("merge", pair), {"reason": ""})
    merged = at_work.post(url("merge", pair), {"reason": WHY}, follow=True)
    made = Merge.objects.get()
    undone = at_work.post(
        reverse("exemplars:undo_merge", args=[made.pk]), {"reason": WHY}, follow=True
    )

    assert "Chưa có: vì sao" in refused.content.decode()
    assert "Đã gộp" in merged.content.decode() and "Tách lại" in merged.content.decode()
    assert "Đã tách lại" in undone.content.decode()
