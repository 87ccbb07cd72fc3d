import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar, files, journal
from guong.core.models import JournalEntry
from guong.core.states import IllegalMove
from guong.exemplars import actions
from guong.exemplars.models import Claim, Consent, Exemplar, Hold, Identity, RestrictedValue
from guong.exemplars.selectors import keyed_hash, possible_duplicates
from guong.exemplars.tests.factories import (
    ClaimFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    HoldFactory,
    ValueFactory,
)
from guong.units.tests.factories import FieldFactory, MandateFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

CLAIM = {"statement": "Dạy nghề cho 12 hộ", "before": 0, "after": 12, "measure": "hộ", "place": ""}


def clerk_of(exemplar):
    return UserFactory(unit=exemplar.unit, function="introducer")


def lines():
    """The journal: verb and states, in the order of writing."""
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "states"))


def stored(by):
    return files.store(io.BytesIO(b"%PDF-1"), name="a.pdf", content_type="application/pdf", by=by)


# --- add --------------------------------------------------------------------
def test_add_makes_a_record_with_code_keys_and_claims():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")

    made = actions.add(
        by=clerk,
        unit=unit,
        kind="individual",
        full_name="  H'Bia   Mẫu ",
        claims=[CLAIM],
        introduced_on=datetime.date(2026, 3, 5),
        birth_year=1980,
    )

    assert (made.code, made.full_name, made.introduced_by) == ("GU-2026-00001", "H'Bia Mẫu", clerk)
    assert made.search_key == "h'bia mau hm hbm hbia hbiamau"
    claim = made.claims.get()
    assert (claim.statement, claim.before, claim.after, claim.place) == (
        "Dạy nghề cho 12 hộ",
        0,
        12,
        "",
    )
    assert lines() == [("exemplars.added", {})]


def test_add_counts_on_in_the_year_of_introduction():
    unit = UnitFactory()
    board = UserFactory(function="secretariat")
    days = [datetime.date(2026, 1, 1), datetime.date(2026, 2, 1), datetime.date(2025, 12, 31)]

    made = [
        actions.add(
            by=board,
            unit=unit,
            kind="model",
            full_name="Tổ tự quản",
            claims=[CLAIM],
            introduced_on=day,
            given_name="Tổ",
        )
        for day in days
    ]

    assert [one.code for one in made] == ["GU-2026-00001", "GU-2026-00002", "GU-2025-00001"]
    assert made[0].given_name == "Tổ"


@pytest.mark.parametrize(
    ("full_name", "claims", "field"), [("   ", [CLAIM], "full_name"), ("Ai Đó", [], "claims")]
)
def test_add_needs_a_name_and_a_claim(full_name, claims, field):
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")

    with pytest.raises(ValidationError) as refusal:
        actions.add(by=clerk, unit=unit, kind="individual", full_name=full_name, claims=claims)

    assert set(refusal.value.error_dict) == {field}
    assert (Exemplar.objects.exists(), lines()) == (False, [])


def test_add_is_refused_for_another_unit_and_leaves_no_trace():
    stranger = UserFactory(function="introducer")

    with pytest.raises(PermissionDenied):
        actions.add(
            by=stranger, unit=UnitFactory(), kind="individual", full_name="Ai Đó", claims=[CLAIM]
        )

    assert (Exemplar.objects.exists(), lines()) == (False, [])


def test_add_all_makes_a_record_of_each_line_in_their_order():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")
    common = {"kind": "individual", "commune": unit}
    identity = {"id_number": "034091012345", "legal_basis": "Luật", "source": "Danh sách"}

    told = [
        common | {"full_name": "Siu Mẫu", "claims": [CLAIM, {"statement": "Dạy chữ"}]},
        common | {"full_name": "Nay Mẫu", "claims": [CLAIM], "identity": identity},
    ]
    made = actions.add_all(by=clerk, unit=unit, told=told, batch="7")

    year = calendar.today().year
    assert [(one.code, one.full_name, one.batch, one.introduced_by) for one in made] == [
        (f"GU-{year}-00001", "Siu Mẫu", "7", clerk),
        (f"GU-{year}-00002", "Nay Mẫu", "7", clerk),
    ]
    assert [one.claims.count() for one in made] == [2, 1]
    assert Identity.objects.get().exemplar == made[1]
    assert made[1].restricted_values.get().kind == "id_number"
    assert all(one.name_marks.exists() for one in made)
    assert [len(JournalEntry.objects.filter(subject=journal.ref(one))) for one in made] == [1, 2]


def test_add_all_makes_nothing_where_one_line_cannot_stand():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")
    told = [{"kind": "individual", "full_name": name, "claims": [CLAIM]} for name in ("Nul", " ")]

    with pytest.raises(ValidationError, match="Chưa có tên"):
        actions.add_all(by=clerk, unit=unit, told=told)
    with pytest.raises(PermissionDenied):
        actions.add_all(by=clerk, unit=UnitFactory(), told=told[:1])

    assert (Exemplar.objects.exists(), lines()) == (False, [])
    made = actions.add_all(by=clerk, unit=unit, told=told[:1])
    assert made[0].code.endswith("-00001")  # no gap


def test_finish_batch_clears_the_mark_of_its_own_rows_only():
    unit = UnitFactory()
    ours = ExemplarFactory(unit=unit, batch="7")
    others = [ExemplarFactory(unit=unit, batch="8"), ExemplarFactory(batch="7")]

    made = actions.finish_batch(
        batch="7", unit=unit, by=UserFactory(unit=unit, function="introducer")
    )

    assert made == 1
    assert [Exemplar.objects.get(pk=one.pk).batch for one in [ours, *others]] == ["", "8", "7"]
    assert lines() == [("exemplars.batch_finished", {"batch": "7", "made": 1})]


# --- claims -----------------------------------------------------------------
def test_state_claim_adds_an_unproven_claim():
    exemplar = ExemplarFactory()

    claim = actions.state_claim(exemplar=exemplar, by=clerk_of(exemplar), **CLAIM)

    assert (claim.version, claim.is_proven, list(exemplar.claims.all())) == (1, False, [claim])
    assert lines() == [("exemplars.claim_stated", {})]


def test_state_claim_needs_words():
    exemplar = ExemplarFactory()

    with pytest.raises(ValidationError, match="thành tích"):
        actions.state_claim(exemplar=exemplar, by=clerk_of(exemplar), statement=" ")

    assert (Claim.objects.exists(), lines()) == (False, [])


def test_revise_claim_leaves_the_version_in_use_as_it_was():
    claim = ClaimFactory(statement="Trồng 2 ha cà phê", after=2)

    revised = actions.revise_claim(claim=claim, by=clerk_of(claim.exemplar), after=3)

    claim.refresh_from_db()
    assert (claim.statement, claim.after, claim.version) == ("Trồng 2 ha cà phê", 2, 1)
    assert (revised.key, revised.version, revised.after, revised.replaces) == (
        claim.key,
        2,
        3,
        claim,
    )
    assert list(claim.exemplar.claims.current()) == [revised]
    assert lines() == [("exemplars.claim_revised", {"version": 2})]


def test_revise_claim_refuses_a_version_that_has_a_newer_one():
    claim = ClaimFactory()
    clerk = clerk_of(claim.exemplar)
    actions.revise_claim(claim=claim, by=clerk, after=3)

    with pytest.raises(ValidationError, match="bản mới hơn"):
        actions.revise_claim(claim=claim, by=clerk, after=4)

    assert Claim.objects.count() == 2


def test_revise_claim_needs_words():
    claim = ClaimFactory()

    with pytest.raises(ValidationError, match="thành tích"):
        actions.revise_claim(claim=claim, by=clerk_of(claim.exemplar), statement="")

    assert Claim.objects.count() == 1


# --- evidence and checks ----------------------------------------------------
def test_add_evidence_takes_words_or_a_file():
    exemplar = ExemplarFactory()
    clerk = clerk_of(exemplar)
    paper = stored(clerk)

    said = actions.add_evidence(
        exemplar=exemplar, by=clerk, kind="testimony", title=" Lời  kể ", testimony="Có thật."
    )
    shown = actions.add_evidence(
        exemplar=exemplar, by=clerk, kind="paper", title="Biên bản", file=paper
    )

    assert (said.title, said.testimony, shown.file) == ("Lời kể", "Có thật.", paper)
    assert lines() == [
        ("exemplars.evidence_added", {"kind": "testimony"}),
        ("exemplars.evidence_added", {"kind": "paper"}),
    ]


def test_add_evidence_refuses_nothing():
    exemplar = ExemplarFactory()

    with pytest.raises(ValidationError, match="Chọn một tệp"):
        actions.add_evidence(exemplar=exemplar, by=clerk_of(exemplar), kind="paper", title="Rỗng")

    assert (exemplar.evidence.exists(), lines()) == (False, [])


def test_record_check_proves_this_version_only():
    claim = ClaimFactory()
    verifier = UserFactory(unit=claim.exemplar.unit, function="verifier")
    evidence = EvidenceFactory(exemplar=claim.exemplar)

    actions.record_check(claim=claim, by=verifier, result="proven", evidence=evidence)
    revised = actions.revise_claim(claim=claim, by=clerk_of(claim.exemplar), after=9)

    assert (claim.is_proven, revised.is_proven) == (True, False)
    assert lines()[0] == ("exemplars.check_recorded", {"result": "proven"})


def test_record_check_the_last_word_counts():
    claim = ClaimFactory()
    verifier = UserFactory(unit=claim.exemplar.unit, function="verifier")
    evidence = EvidenceFactory(exemplar=claim.exemplar)
    actions.record_check(claim=claim, by=verifier, result="proven", evidence=evidence)

    actions.record_check(claim=claim, by=verifier, result="unproven", note="Số liệu không khớp.")

    assert Claim.objects.get(pk=claim.pk).is_proven is False


def test_record_check_proves_nothing_without_evidence_of_the_same_file():
    claim = ClaimFactory()
    verifier = UserFactory(unit=claim.exemplar.unit, function="verifier")

    with pytest.raises(ValidationError, match="chọn minh chứng"):
        actions.record_check(claim=claim, by=verifier, result="proven")
    with pytest.raises(ValidationError, match="hồ sơ khác"):
        actions.record_check(claim=claim, by=verifier, result="proven", evidence=EvidenceFactory())

    assert (claim.checks.exists(), lines()) == (False, [])


# --- consents ---------------------------------------------------------------
def test_record_consent_lets_the_name_be_public_until_it_runs_out():
    exemplar = ExemplarFactory(recognised=True)
    today = calendar.today()

    actions.record_consent(
        exemplar=exemplar,
        by=clerk_of(exemplar),
        purpose="name_publicly",
        signer="Người Mẫu",
        expires_on=today,
    )

    assert list(Exemplar.objects.public()) == [exemplar]
    valid = Consent.objects.valid(today + datetime.timedelta(days=1), "name_publicly")
    assert not valid.exists()
    assert lines() == [("exemplars.consent_recorded", {"purpose": "name_publicly"})]


@pytest.mark.parametrize(
    ("given", "expires", "field"), [(1, None, "given_on"), (0, -1, "expires_on")]
)
def test_record_consent_refuses_impossible_days(given, expires, field):
    exemplar = ExemplarFactory()
    day = calendar.today()

    with pytest.raises(ValidationError) as refusal:
        actions.record_consent(
            exemplar=exemplar,
            by=clerk_of(exemplar),
            purpose="story",
            signer="Người Mẫu",
            given_on=day + datetime.timedelta(days=given),
            expires_on=None if expires is None else day + datetime.timedelta(days=expires),
        )

    assert set(refusal.value.error_dict) == {field}
    assert (exemplar.consents.exists(), lines()) == (False, [])


def test_withdraw_consent_takes_the_name_off_and_only_once():
    consent = ConsentFactory(exemplar__recognised=True)
    clerk = clerk_of(consent.exemplar)

    actions.withdraw_consent(consent=consent, by=clerk)
    with pytest.raises(ValidationError, match="rút rồi"):
        actions.withdraw_consent(consent=consent, by=clerk)

    assert list(Exemplar.objects.public()) == []
    assert lines() == [("exemplars.consent_withdrawn", {"purpose": "name_publicly"})]


# --- holds ------------------------------------------------------------------
def test_place_hold_stops_what_is_public_and_keeps_the_reason_out_of_the_chain():
    consent = ConsentFactory(exemplar__recognised=True)
    inspector = UserFactory(function="inspector")

    actions.place_hold(exemplar=consent.exemplar, by=inspector, reason="Có đơn phản ánh.")

    assert list(Exemplar.objects.public()) == []
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.states, entry.text.text) == (
        "exemplars.hold_placed",
        {},
        "Có đơn phản ánh.",
    )


def test_place_hold_needs_a_reason_and_stands_once():
    exemplar = ExemplarFactory()
    board = UserFactory(function="secretariat")

    with pytest.raises(ValidationError, match="lý do"):
        actions.place_hold(exemplar=exemplar, by=board, reason=" ")
    actions.place_hold(exemplar=exemplar, by=board, reason="Có đơn.")
    with pytest.raises(ValidationError, match="đang tạm dừng"):
        actions.place_hold(exemplar=exemplar, by=board, reason="Có đơn nữa.")

    assert Hold.objects.count() == 1


def test_lift_hold_is_done_by_a_second_person_with_a_reason():
    hold = HoldFactory(placed_by=UserFactory(function="secretariat"))
    second = UserFactory(function="secretariat")

    with pytest.raises(PermissionDenied):
        actions.lift_hold(hold=hold, by=hold.placed_by, reason="Đã rõ.")
    with pytest.raises(ValidationError, match="lý do gỡ"):
        actions.lift_hold(hold=hold, by=second, reason="")
    lifted = actions.lift_hold(hold=hold, by=second, reason="Đơn không đúng.")
    with pytest.raises(IllegalMove):
        actions.lift_hold(hold=hold, by=second, reason="Lần nữa.")

    assert (lifted.state, lifted.lifted_by) == ("lifted", second)
    assert lines() == [("exemplars.hold_lifted", {"old": "placed"})]


# --- conflict, identity, picture --------------------------------------------
def test_declare_conflict_closes_the_file_to_that_person():
    exemplar = ExemplarFactory()
    clerk = clerk_of(exemplar)

    actions.declare_conflict(exemplar=exemplar, by=clerk)

    assert list(Exemplar.objects.visible_to(clerk)) == []
    with pytest.raises(PermissionDenied):
        actions.declare_conflict(exemplar=exemplar, by=clerk)
    assert lines() == [("exemplars.conflict_declared", {})]


def test_record_identity_keeps_a_keyed_hash_and_four_digits():
    exemplar = ExemplarFactory()

    identity = actions.record_identity(
        exemplar=exemplar,
        by=clerk_of(exemplar),
        id_number="052 080 000 123",
        phone="0900000000",
        legal_basis="Đồng ý bằng văn bản",
        source="Giấy tờ xuất trình",
    )

    assert (identity.id_hash, identity.id_last_digits) == (keyed_hash("052080000123"), "0123")
    everything = [*Identity.objects.values(), *RestrictedValue.objects.values()]
    assert "052080000123" not in str(everything) and "Kinh" not in str(everything)
    assert [verb for verb, _ in lines()] == ["exemplars.identity_recorded"]


def test_add_records_the_identity_a_list_brings_and_nothing_when_it_is_wrong():
    unit = UnitFactory()
    clerk = UserFactory(unit=unit, function="introducer")
    words = {
        "by": clerk,
        "unit": unit,
        "kind": "individual",
        "claims": [{"statement": "Trồng rừng"}],
    }
    basis = {"legal_basis": "Nhiệm vụ khen thưởng", "source": "Danh sách"}

    exemplar = actions.add(
        full_name="Rơ Châm Mẫu", identity=basis | {"id_number": "052080000123"}, **words
    )
    with pytest.raises(ValidationError, match="căn cước"):
        actions.add(full_name="Nul", identity=basis | {"id_number": "12"}, **words)

    assert (exemplar.identity.id_last_digits, Exemplar.objects.get()) == ("0123", exemplar)
    assert [verb for verb, _ in lines()] == ["exemplars.added", "exemplars.identity_recorded"]


def test_record_identity_leaves_what_is_blank_as_it_was():
    exemplar = ExemplarFactory()
    clerk = clerk_of(exemplar)
    basis = {"legal_basis": "Đồng ý bằng văn bản", "source": "Giấy tờ"}
    actions.record_identity(exemplar=exemplar, by=clerk, id_number="052080000123", **basis)

    identity = actions.record_identity(exemplar=exemplar, by=clerk, phone="0900000000", **basis)

    assert identity.id_last_digits == "0123"
    assert values(exemplar, clerk) == {"id_number": "•••••0123", "phone": "0900000000"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id_number": "123", "legal_basis": "Đồng ý"}, "id_number"),
        ({"id_number": "052080000123", "legal_basis": " "}, "legal_basis"),
        ({"id_number": "052080000123", "legal_basis": "Đồng ý", "source": " "}, "source"),
    ],
)
def test_record_identity_refuses_a_wrong_number_and_a_missing_basis(fields, field):
    exemplar = ExemplarFactory()
    given = {"source": "Giấy"} | fields

    with pytest.raises(ValidationError) as refusal:
        actions.record_identity(exemplar=exemplar, by=clerk_of(exemplar), **given)

    assert set(refusal.value.error_dict) == {field}
    assert (Identity.objects.exists(), lines()) == (False, [])


def values(exemplar, by, **kwargs):
    read = actions.read_identity(exemplar=exemplar, by=by, **kwargs)
    return {value.kind: said for value, said in read}


def test_read_identity_is_journalled_every_time_with_what_was_read():
    exemplar = ValueFactory(kind="birth_date", said="1970-03-05").exemplar
    ValueFactory(exemplar=exemplar, kind="ethnic_group", said="")
    ValueFactory(exemplar=exemplar, kind="id_number", said="052080000123")
    clerk = clerk_of(exemplar)

    read = [values(exemplar, clerk, is_whole=whole) for whole in (False, True)]

    said = {"birth_date": "05/03/1970", "ethnic_group": "không muốn nêu"}
    assert read == [said | {"id_number": "•••••0123"}, said | {"id_number": "052080000123"}]
    kinds = ["birth_date", "ethnic_group", "id_number"]
    assert lines() == [
        ("exemplars.identity_read", {"kinds": kinds, "whole": whole}) for whole in (False, True)
    ]


def test_record_identity_keeps_basis_source_and_day_of_each_value():
    exemplar = ExemplarFactory()
    clerk = clerk_of(exemplar)
    for day, given in [
        ("giấy", {"phone": "0900000000", "ethnic_group": "Gia Rai"}),
        ("lời", {"declined": ["ethnic_group"]}),
    ]:
        actions.record_identity(exemplar=exemplar, by=clerk, legal_basis=day, source=day, **given)

    kept = exemplar.restricted_values.order_by("kind")
    assert list(
        kept.values_list("kind", "legal_basis", "source", "is_declined", "recorded_by")
    ) == [
        ("ethnic_group", "lời", "lời", True, clerk.pk),
        ("phone", "giấy", "giấy", False, clerk.pk),
    ]
    assert values(exemplar, clerk) == {"phone": "0900000000", "ethnic_group": "không muốn nêu"}


# --- describe ---------------------------------------------------------------
def test_describe_makes_the_new_names_findable_and_journals_what_was_changed():
    exemplar = ExemplarFactory(full_name="Siu Bleng")
    clerk = clerk_of(exemplar)
    main, other = FieldFactory(), FieldFactory()

    made = actions.describe(
        exemplar=exemplar,
        by=clerk,
        full_name=" Siu  Y Bleng ",
        other_names="Ama Bia",
        field=main,
        other_fields=[main, other],
        scope="partial",
        leadership_level="team",
    )

    assert (made.full_name, made.given_name, made.scope) == ("Siu Y Bleng", "Bleng", "partial")
    assert list(made.other_fields.all()) == [other]
    found = [
        possible_duplicates(full_name=name) for name in ("Siu Y Bleng", "ama bia", "Siu Bleng")
    ]
    assert [[match.exemplar for match in matches] for matches in found] == [[made], [made], []]
    assert "ama bia" in made.search_key
    changed = ["field", "full_name", "leadership_level", "other_names", "scope"]
    assert lines() == [("exemplars.described", {"changed": changed})]


def test_describe_keeps_a_given_name_that_was_said_and_needs_a_name():
    exemplar = ExemplarFactory(full_name="Y Ngăm Niê")
    clerk = clerk_of(exemplar)

    made = actions.describe(
        exemplar=exemplar, by=clerk, full_name="Y Ngăm Niê Kriêng", given_name="Y Ngăm"
    )

    assert made.given_name == "Y Ngăm"
    with pytest.raises(ValidationError):
        actions.describe(exemplar=exemplar, by=clerk, full_name=" ")


def test_set_picture_is_told():
    exemplar = ExemplarFactory()
    clerk = clerk_of(exemplar)
    file = stored(clerk)

    assert actions.set_picture(exemplar=exemplar, by=clerk, file=file).picture == file
    assert lines() == [("exemplars.picture_set", {})]


# --- recognition ------------------------------------------------------------
def test_mark_recognised_makes_an_exemplar_of_it():
    exemplar = ExemplarFactory()
    day = datetime.date(2026, 6, 11)

    marked = actions.mark_recognised(exemplar=exemplar, on=day, by=UserFactory(function="leader"))

    assert (marked.recognised_on, marked.grade, marked.is_recognised) == (day, "exemplar", True)
    assert lines() == [("exemplars.recognised", {})]


def test_mark_revoked_ends_it_and_a_new_decision_begins_it_again():
    exemplar = ExemplarFactory(recognised=True)
    leader = UserFactory(function="leader")
    today = calendar.today()

    revoked = actions.mark_revoked(exemplar=exemplar, on=today, by=leader)
    again = actions.mark_recognised(exemplar=exemplar, on=today, by=leader)

    assert (revoked.is_recognised, again.is_recognised) == (False, True)
    assert [verb for verb, _ in lines()] == [
        "exemplars.recognition_revoked",
        "exemplars.recognised",
    ]


@pytest.mark.parametrize("recognised_on", [None, datetime.date(2026, 6, 11)])
def test_mark_revoked_needs_a_recognition_before_it(recognised_on):
    exemplar = ExemplarFactory(recognised_on=recognised_on)

    with pytest.raises(ValidationError, match="thu hồi"):
        actions.mark_revoked(
            exemplar=exemplar, on=datetime.date(2026, 6, 10), by=UserFactory(function="leader")
        )

    exemplar.refresh_from_db()
    assert (exemplar.revoked_on, lines()) == (None, [])


def test_every_action_is_refused_to_a_stranger_and_leaves_no_trace():
    claim, consent, hold = ClaimFactory(), ConsentFactory(), HoldFactory()
    exemplar = claim.exemplar
    stranger = UserFactory()
    MandateFactory(user=stranger, function="editor")
    today = calendar.today()
    tries = [
        lambda: actions.finish_batch(batch="1", unit=exemplar.unit, by=stranger),
        lambda: actions.state_claim(exemplar=exemplar, by=stranger, **CLAIM),
        lambda: actions.revise_claim(claim=claim, by=stranger),
        lambda: actions.add_evidence(exemplar=exemplar, by=stranger, kind="paper", title="x"),
        lambda: actions.record_check(claim=claim, by=stranger, result="unproven"),
        lambda: actions.record_consent(exemplar=exemplar, by=stranger, purpose="story", signer="x"),
        lambda: actions.withdraw_consent(consent=consent, by=stranger),
        lambda: actions.place_hold(exemplar=exemplar, by=stranger, reason="x"),
        lambda: actions.lift_hold(hold=hold, by=stranger, reason="x"),
        lambda: actions.declare_conflict(exemplar=exemplar, by=stranger),
        lambda: actions.record_identity(
            exemplar=exemplar, by=stranger, legal_basis="x", source="x"
        ),
        lambda: actions.read_identity(exemplar=exemplar, by=stranger),
        lambda: actions.set_picture(exemplar=exemplar, by=stranger, file=None),
        lambda: actions.mark_recognised(exemplar=exemplar, on=today, by=stranger),
        lambda: actions.mark_revoked(exemplar=exemplar, on=today, by=stranger),
    ]

    for one in tries:
        with pytest.raises(PermissionDenied):
            one()

    assert lines() == []


# --- A list is taken back ---
def test_take_back_removes_an_untouched_record_and_leaves_its_lines():
    by = UserFactory(function="introducer")
    identity = {"legal_basis": "Luật", "source": "Danh sách", "phone": "0900000000"}
    exemplar = actions.add(
        by=by,
        unit=by.unit,
        kind="individual",
        full_name="Nul",
        claims=[{"statement": "Dạy chữ"}],
        identity=identity,
    )
    subject = f"exemplars.exemplar:{exemplar.pk}"

    actions.take_back(exemplar=exemplar, by=by)

    assert not Exemplar.objects.exists()
    assert list(
        JournalEntry.objects.filter(subject=subject).order_by("pk").values_list("verb", flat=True)
    ) == ["exemplars.added", "exemplars.identity_recorded", "exemplars.taken_back"]


def test_take_back_refuses_a_record_somebody_has_added_to_and_another_unit():
    by = UserFactory(function="introducer")
    exemplar = actions.add(
        by=by,
        unit=by.unit,
        kind="individual",
        full_name="Nul",
        claims=[{"statement": "Dạy chữ"}],
    )
    with pytest.raises(PermissionDenied):
        actions.take_back(exemplar=exemplar, by=UserFactory(function="introducer"))
    actions.state_claim(exemplar=exemplar, by=by, statement="Việc nữa")

    with pytest.raises(ValidationError, match="làm tiếp"):
        actions.take_back(exemplar=exemplar, by=by)

    assert Exemplar.objects.get().claims.count() == 2
