"""Records for the permission matrix, of the rooms from nomination up; see tests/matrix.py."""

from django.core.files.base import ContentFile
from django.utils import timezone

from guong.appraisal.tests.factories import VerificationFactory
from guong.core import calendar
from guong.core.models import Batch
from guong.direction.tests.factories import CriteriaSetFactory, RuleFactory
from guong.exemplars.tests.factories import ExemplarFactory
from guong.guard.tests import recordings
from guong.honours import actions as honours
from guong.inspection import actions as inspection
from guong.nomination.tests.factories import (
    DraftFileFactory,
    GuidedDraftFactory,
    NominationFactory,
    SignOffFactory,
)
from guong.publicity import actions as publicity
from guong.publicity.models import StoryRecording
from guong.publicity.tests.factories import drafted, editor, tellable, waiting
from guong.publicity.uploads import take_in
from guong.recognition.tests.factories import DecisionFactory
from guong.replication import actions as replication
from guong.reporting import actions as reporting
from guong.units.models import User
from guong.units.tests.factories import UserFactory
from tests.matrix import a_stored_file, record


# --- nomination ---
def a_nomination(unit, **fields):
    return NominationFactory(exemplar=ExemplarFactory(unit=unit), **fields)


@record(
    "nomination:detail",
    "nomination:submit",
    "nomination:withdraw",
    "nomination:choose_set",
    "nomination:ask_unit",
)
def a_draft(unit) -> dict:
    return {"pk": a_nomination(unit).pk}


@record("nomination:paper")
def a_paper(unit) -> dict:
    return {"pk": a_nomination(unit).pk, "kind": "to-trinh"}


@record("nomination:copy_last")
def a_withdrawn_nomination(unit) -> dict:
    return {"pk": a_nomination(unit, state="withdrawn").pk}


@record("nomination:sent")
def a_sent_nomination(unit) -> dict:
    return {"pk": a_nomination(unit, state="submitted").pk}


def a_guided_draft(unit):
    return GuidedDraftFactory(unit=unit)


@record("nomination:guided_step", "nomination:guided_keep")
def a_step(unit) -> dict:
    return {"pk": a_guided_draft(unit).pk, "key": "about"}


@record("nomination:add_draft_file")
def a_step_with_files(unit) -> dict:
    return {"pk": a_guided_draft(unit).pk, "key": "papers"}


@record(
    "nomination:drop_guided",
    "nomination:guided_send",
    "nomination:consent_form",
    "nomination:guided_preview",
)
def a_draft_on_its_way(unit) -> dict:
    return {"pk": a_guided_draft(unit).pk}


@record("nomination:drop_draft_file")
def a_draft_file(unit) -> dict:
    return {"pk": DraftFileFactory(draft=a_guided_draft(unit), file=a_stored_file(unit)).pk}


@record("nomination:drop_unit", "nomination:sign_off")
def a_unit_that_is_asked(unit) -> dict:
    return {"pk": SignOffFactory(nomination=a_nomination(unit)).pk}


@record("nomination:sign", "nomination:decline")
def a_sign_off_asked_of(unit) -> dict:
    return {"pk": SignOffFactory(unit=unit).pk}


@record("nomination:answer")
def a_criterion_to_answer(unit) -> dict:
    criteria_set = CriteriaSetFactory(in_force=True, issuer=unit)
    dossier = a_nomination(unit, criteria_set=criteria_set)
    return {"pk": dossier.pk, "criterion_pk": criteria_set.criteria.get().pk}


@record("nomination:override_rule")
def a_rule_not_met(unit) -> dict:
    return {"pk": a_nomination(unit).pk, "rule_pk": RuleFactory().pk}


@record("nomination:accept", "nomination:return")
def a_submitted_nomination(unit) -> dict:
    return {"pk": a_nomination(unit, state="submitted").pk}


@record(
    "web:preview",
    "web:match",
    "web:recode",
    "web:confirm_list",
    "web:drop_list",
    "web:undo_list",
    "web:amend",
    "web:marked",
    "web:bad_rows",
    "web:pictures",
    "web:attach_pictures",
)
def a_batch(unit) -> dict:
    clerk = UserFactory(unit=unit, function="introducer")
    fields = {"kind": "nominations", "file_name": "danh-sach.xlsx", "sha256": "0" * 64}
    batch = Batch.objects.create(by=clerk, unit=unit.code, unit_path=unit.path, **fields)
    return {"kind": "nominations", "pk": batch.pk}


@record("web:import_list", "web:import_template")
def a_kind(unit) -> dict:
    return {"kind": "nominations"}


# --- appraisal ---
@record("appraisal:open_verification")
def an_accepted_nomination(unit) -> dict:
    return {"pk": a_nomination(unit, state="accepted").pk}


def a_verification(unit):
    """One that the verifier of the unit has taken on."""
    of_the_unit = User.objects.holding("verifier").filter(unit=unit).first()
    return VerificationFactory(
        nomination=a_nomination(unit, state="accepted"),
        verifier=of_the_unit or UserFactory(unit=unit, function="verifier"),
    )


@record("appraisal:detail", "appraisal:conclude")
def an_open_verification(unit) -> dict:
    return {"pk": a_verification(unit).pk}


@record("appraisal:check_claim")
def a_claim_to_check(unit) -> dict:
    verification = a_verification(unit)
    return {"pk": verification.pk, "claim_pk": verification.nomination.claims.first().pk}


# --- recognition ---
@record("recognition:draft")
def a_verified_nomination(unit) -> dict:
    nomination = a_nomination(unit, state="accepted")
    VerificationFactory(nomination=nomination, state="proven")
    return {"pk": nomination.pk}


@record("recognition:detail", "recognition:sign", "recognition:paper")
def a_drafted_decision(unit) -> dict:
    return {"pk": DecisionFactory(nomination=a_nomination(unit, state="accepted")).pk}


@record("recognition:revoke")
def a_signed_decision(unit) -> dict:
    nomination = a_nomination(unit, state="accepted")
    return {"pk": DecisionFactory(nomination=nomination, signed=True).pk}


@record("recognition:confirm_revocation")
def a_revoked_decision(unit) -> dict:
    nomination = a_nomination(unit, state="accepted")
    made = DecisionFactory(nomination=nomination, signed=True, state="revoked")
    made.revoked_on = made.signed_on
    made.save()
    return {"pk": made.pk}


# --- nurturing, publicity, replication, honours ---
@record("nurturing:record_visit", "replication:register")
def a_recognised_exemplar(unit) -> dict:
    return {"pk": ExemplarFactory(unit=unit, recognised=True).pk}


@record("publicity:start_story")
def an_exemplar_to_tell_of(unit) -> dict:
    return {"pk": tellable(unit=unit).pk}


@record(
    "publicity:detail",
    "publicity:send_for_approval",
    "publicity:approve",
    "publicity:send_back",
    "publicity:withdraw",
    "publicity:start_version",
    "publicity:add_recording",
    "portal:take_down",
    "portal:preview",
    "portal:preview_picture",
)
def a_story_that_waits(unit) -> dict:
    return {"pk": waiting(editor(), exemplar=tellable(unit=unit)).pk}


def a_story_with_a_sound(unit) -> StoryRecording:
    writer = editor()
    page = drafted(writer, exemplar=tellable(unit=unit))
    sound = take_in(ContentFile(recordings.mp3(), name="ke.mp3"), by=writer)
    words = {"title": "Bà Mẫu kể", "source": "Tòa soạn (mẫu)", "rights": "Đồng ý đăng"}
    return publicity.add_recording(page=page, taken=sound, by=writer, transcript="Chào.", **words)


@record("publicity:remove_recording")
def a_recording(unit) -> dict:
    return {"pk": a_story_with_a_sound(unit).pk}


@record("publicity:story_file")
def a_file_of_a_story(unit) -> dict:
    recording = a_story_with_a_sound(unit)
    approval = recording.page.approvals.get()
    return {"pk": approval.pk, "sha256": recording.file.sha256}


@record("publicity:enter_furniture")
def another_language(unit) -> dict:
    return {"lang": "jra"}


@record("publicity:confirm_furniture")
def words_that_wait(unit) -> dict:
    row = publicity.enter_furniture(
        lang="jra", words={"listen": "xxŏ"}, speaker="Người Mẫu", by=editor()
    )
    return {"pk": row.pk}


def an_adoption(*, source, adopter):
    clerk = UserFactory(unit=adopter, function="introducer")
    fields = {"manner": "adapted", "practice": "Đổi công.", "in_charge": "Cán Bộ Mẫu"}
    return replication.register(
        exemplar=ExemplarFactory(unit=source, recognised=True),
        unit=adopter,
        by=clerk,
        started_on=calendar.today(),
        **fields,
    )


@record("replication:confirm")
def an_adoption_from(unit) -> dict:
    return {"pk": an_adoption(source=unit, adopter=UserFactory().unit).pk}


@record("replication:report_progress")
def an_adoption_by(unit) -> dict:
    return {"pk": an_adoption(source=UserFactory().unit, adopter=unit).pk}


def a_roll(unit):
    board = UserFactory(function="secretariat")
    title = f"Lễ mẫu của {unit.code}"
    return honours.open_roll(by=board, title=title, given_on=calendar.today(), organiser=unit)


@record("honours:roll", "honours:enter")
def an_honour_roll(unit) -> dict:
    return {"pk": a_roll(unit).pk}


@record("honours:confirm")
def an_honour_entry(unit) -> dict:
    entry = honours.enter(
        roll=a_roll(unit),
        exemplar=ExemplarFactory(unit=unit, recognised=True),
        by=UserFactory(function="secretariat"),
        citation="Làm tốt",
    )
    return {"pk": entry.pk}


# --- inspection ---
def a_checklist(unit):
    inspector = UserFactory(function="inspector")
    made = inspection.open_checklist(unit=unit, period="2026-H1", by=inspector, answers=[])
    results = {answer.order: ("met", "Đủ") for answer in made.answers.all()}
    inspection.answer(inspection=made, by=inspector, results=results)
    return made, inspector


@record("inspection:answer", "inspection:record_finding", "inspection:close")
def an_open_inspection(unit) -> dict:
    return {"pk": a_checklist(unit)[0].pk}


@record("inspection:detail")
def a_closed_inspection(unit) -> dict:
    made, inspector = a_checklist(unit)
    return {"pk": inspection.close(inspection=made, by=inspector).pk}


# --- reporting ---
def a_report(unit):
    clerk = UserFactory(unit=unit, function="introducer")
    period = calendar.period_of(timezone.localdate()).code
    return reporting.open_report(unit=unit, period_code=period, by=clerk), clerk


@record("reporting:rows")
def a_figure(unit) -> dict:
    return {"code": "B1"}


@record("reporting:radar_rows")
def a_commune_of_the_radar(unit) -> dict:
    return {"dimension": "xa", "key": str(unit.pk)}


@record("reporting:record_population")
def a_dimension(unit) -> dict:
    return {"dimension": "gioi"}


@record("reporting:open_report", "reporting:prefill")
def the_unit_itself(unit) -> dict:
    return {"pk": unit.pk}


@record("reporting:detail", "reporting:submit")
def a_report_in_writing(unit) -> dict:
    return {"pk": a_report(unit)[0].pk}


@record("reporting:accept", "reporting:return")
def a_submitted_report(unit) -> dict:
    made, clerk = a_report(unit)
    reporting.write(report=made, narrative="Kỳ này có thêm một mô hình.", by=clerk)
    return {"pk": reporting.submit(report=made, by=clerk).pk}


@record("reporting:paper")
def a_report_on_paper(unit) -> dict:
    return {"pk": a_report(unit)[0].pk, "kind": "docx"}
