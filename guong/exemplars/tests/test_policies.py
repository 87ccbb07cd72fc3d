import datetime
import io

import pytest

from guong.core import calendar, files, journal
from guong.exemplars.models import Evidence, Exemplar, Hold
from guong.exemplars.policies import open_hold
from guong.exemplars.tests.factories import (
    ConflictFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    GrantFactory,
    HoldFactory,
)
from guong.units.models import Mandate
from guong.units.tests.factories import MandateFactory, UnitFactory, UserFactory, province

pytestmark = pytest.mark.django_db

FUNCTIONS = Mandate.Function.values


@pytest.fixture
def exemplar():
    return ExemplarFactory()


@pytest.fixture
def people(exemplar):
    """Each function once in the exemplar's unit («own …») and once in another commune («far …»)."""
    return {
        f"{where} {name}": UserFactory(unit=unit, function=name)
        for where, unit in [("own", exemplar.unit), ("far", UnitFactory())]
        for name in FUNCTIONS
    }


def allowed(people, permission, obj):
    return {name for name, user in people.items() if user.has_perm(permission, obj)}


def both(*functions):
    return {f"{where} {name}" for where in ("own", "far") for name in functions}


def test_who_sees_a_file(people, exemplar):
    seen = {name for name, user in people.items() if Exemplar.objects.visible_to(user).exists()}

    # Whoever works in the unit or above it, the verifier of its area, and who looks after all.
    assert seen == {f"own {name}" for name in FUNCTIONS} | both(
        "secretariat", "leader", "inspector"
    )


WRITERS = {"own introducer", "own unit_head", "own secretariat", "far secretariat"}
VERIFIERS = {"own verifier"}


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        ("state_claim", WRITERS),
        ("revise_claim", WRITERS),
        ("add_evidence", WRITERS | VERIFIERS),
        ("record_check", VERIFIERS),
        ("record_consent", WRITERS),
        ("withdraw_consent", WRITERS),
        ("place_hold", both("secretariat", "inspector")),
        ("record_identity", WRITERS),
        ("read_identity", WRITERS),
        ("set_picture", WRITERS),
        ("mark_recognised", both("leader")),
        ("mark_revoked", both("leader")),
    ],
)
def test_who_may_do_what_with_a_file(people, exemplar, verb, who):
    assert allowed(people, f"exemplars.{verb}", exemplar) == who
    assert allowed(people, f"exemplars.{verb}", None) == set()


def test_who_may_add_to_a_unit_and_finish_its_batch(people, exemplar):
    assert allowed(people, "exemplars.add", exemplar.unit) == WRITERS
    assert allowed(people, "exemplars.add", None) == both("secretariat")
    assert allowed(people, "exemplars.add_all", exemplar.unit) == WRITERS
    assert allowed(people, "exemplars.add_all", None) == both("secretariat")
    assert allowed(people, "exemplars.finish_batch", exemplar.unit) == {
        "own introducer",
        "own unit_head",
    }


def test_who_may_lift_a_hold(people, exemplar):
    hold = HoldFactory(exemplar=exemplar, placed_by=people["own secretariat"])

    assert allowed(people, "exemplars.lift_hold", hold) == both("secretariat", "inspector") - {
        "own secretariat"
    }
    assert allowed(people, "exemplars.lift_hold", None) == set()


def test_a_verifier_sees_the_area_of_the_mandate():
    area = UnitFactory()
    inside = ExemplarFactory(unit=UnitFactory(parent=area))
    ExemplarFactory()
    verifier = UserFactory(unit=None)
    MandateFactory(user=verifier, function="verifier", unit=area)

    assert list(Exemplar.objects.visible_to(verifier)) == [inside]


def test_a_unit_above_sees_what_is_below():
    above = UserFactory(unit=province(), function="unit_head")
    below = ExemplarFactory()

    assert list(Exemplar.objects.visible_to(above)) == [below]


def test_an_editor_sees_recognised_ones_of_everywhere():
    editor = UserFactory(function="editor")
    told = ExemplarFactory(recognised=True)
    ExemplarFactory()
    ExemplarFactory(recognised=True, revoked_on=calendar.today())

    assert list(Exemplar.objects.visible_to(editor)) == [told]


def test_a_grant_opens_a_file_until_its_day():
    person = UserFactory()
    open_one = GrantFactory(user=person)
    GrantFactory(user=person, until=calendar.today() - datetime.timedelta(days=1))

    assert list(Exemplar.objects.visible_to(person)) == [open_one.exemplar]


def test_a_conflict_hides_the_file_its_evidence_and_its_hold(people, exemplar):
    EvidenceFactory(exemplar=exemplar)
    hold = HoldFactory(exemplar=exemplar)
    secretary = people["far secretariat"]
    GrantFactory(exemplar=exemplar, user=secretary)
    ConflictFactory(exemplar=exemplar, user=secretary)

    assert [
        model.objects.visible_to(secretary).count() for model in (Exemplar, Evidence, Hold)
    ] == [0, 0, 0]
    assert not secretary.has_perm("exemplars.lift_hold", hold)


def test_a_hold_is_invisible_outside_its_file(people, exemplar):
    hold = HoldFactory(exemplar=exemplar)

    seen = {name for name, user in people.items() if Hold.objects.visible_to(user).exists()}

    assert seen == both("secretariat", "inspector")
    assert open_hold(exemplar) == hold


def test_strangers_see_nothing():
    from django.contrib.auth.models import AnonymousUser

    HoldFactory()

    assert [model.objects.visible_to(AnonymousUser()).count() for model in (Exemplar, Hold)] == [
        0,
        0,
    ]


def test_who_reads_of_holds_conflicts_and_identities_in_the_journal(people, exemplar):
    readers = {
        verb: {
            name
            for name, user in people.items()
            if journal.VERBS[verb].may_read.test(user, exemplar)
        }
        for verb in (
            "exemplars.hold_placed",
            "exemplars.hold_lifted",
            "exemplars.conflict_declared",
            "exemplars.identity_read",
            "exemplars.identity_recorded",
        )
    }

    assert set(map(frozenset, readers.values())) == {frozenset(both("secretariat", "inspector"))}
    assert journal.VERBS["exemplars.added"].may_read.test(people["far editor"], exemplar)


@pytest.fixture
def file():
    by = UserFactory()
    return files.store(io.BytesIO(b"%PDF-2"), name="b.pdf", content_type="application/pdf", by=by)


def test_evidence_and_pictures_open_for_whoever_sees_the_file(people, exemplar, file):
    EvidenceFactory(exemplar=exemplar, file=file)
    by_evidence = {name for name, user in people.items() if files.may_read(user, file)}
    Evidence.objects.all().delete()
    assert not any(files.may_read(user, file) for user in people.values())
    exemplar.picture = file
    exemplar.save()
    by_picture = {name for name, user in people.items() if files.may_read(user, file)}

    seen = {f"own {name}" for name in FUNCTIONS} | both("secretariat", "leader", "inspector")
    assert (by_evidence, by_picture) == (seen, seen)


def test_a_consent_paper_opens_for_whoever_writes_consents(people, exemplar, file):
    ConsentFactory(exemplar=exemplar, proof=file)

    assert {name for name, user in people.items() if files.may_read(user, file)} == WRITERS
