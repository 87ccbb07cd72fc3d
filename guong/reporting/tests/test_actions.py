import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from python_calamine import CalamineWorkbook

from guong.core import calendar
from guong.core.calendar import parse_period
from guong.core.states import IllegalMove
from guong.nomination.tests.factories import NominationFactory
from guong.reporting import actions, papers
from guong.reporting.figures import figures, figures_of
from guong.units.tests.factories import UnitFactory, UserFactory, province

pytestmark = pytest.mark.django_db
NOW = calendar.period_of(calendar.today()).code


def clerk(unit=None):
    return UserFactory(unit=unit or UnitFactory(), function="introducer")


def opened(by=None):
    by = by or clerk()
    return actions.open_report(unit=by.unit, period_code=NOW, by=by)


def test_open_report_is_one_per_unit_and_period():
    by = clerk()

    assert opened(by) == opened(by)
    with pytest.raises(ValueError, match="không phải kỳ"):
        actions.open_report(unit=by.unit, period_code="quý 1", by=by)
    with pytest.raises(PermissionDenied):
        actions.open_report(unit=UnitFactory(), period_code=NOW, by=by)
    assert not by.has_perm("reporting.open_report", None)
    assert not by.has_perm("reporting.write", None)
    assert not by.has_perm("reporting.accept", None)


def test_write_is_possible_until_it_is_sent():
    by = clerk()
    report = opened(by)

    assert actions.write(report=report, by=by, narrative="Tốt.").narrative == "Tốt."
    actions.submit(report=report, by=by)
    with pytest.raises(ValidationError, match="đã gửi"):
        actions.write(report=report, by=by, narrative="Khác.")


def test_submit_freezes_the_figures_under_a_number():
    by = clerk()
    NominationFactory(exemplar__unit=by.unit, state="accepted")
    report = actions.submit(report=opened(by), by=by)

    assert report.figures["B1"] == 1
    assert report.number_sign == f"01/BC-{by.unit.doc_symbol}"
    NominationFactory(exemplar__unit=by.unit, state="accepted")
    frozen = {figure.code: figure.number for figure in figures_of(report)}
    live = {figure.code: figure.number for figure in figures(report.period, by.unit)}
    assert (frozen["B1"], live["B1"]) == (1, 2)


def test_return_and_submit_again_keeps_the_number():
    by, board = clerk(), UserFactory(function="secretariat")
    report = actions.submit(report=opened(by), by=by)

    with pytest.raises(ValidationError, match="lý do"):
        actions.return_(report=report, by=board, reason="")
    back = actions.return_(report=report, by=board, reason="Thiếu nhận xét.")
    again = actions.submit(report=back, by=by)

    assert (back.state, again.number_sign) == ("returned", report.number_sign)


def test_accept_is_the_word_of_somebody_else():
    board, second = UserFactory.create_batch(2, unit=province(), function="secretariat")
    report = actions.submit(report=opened(board), by=board)

    with pytest.raises(PermissionDenied):
        actions.accept(report=report, by=board)
    accepted = actions.accept(report=report, by=second)

    assert (accepted.state, accepted.accepted_by) == ("accepted", second)
    with pytest.raises(IllegalMove):
        actions.accept(report=accepted, by=second)


def test_prefill_opens_a_checklist_with_the_figures():
    unit, inspector = UnitFactory(), UserFactory(function="inspector")
    NominationFactory(exemplar__unit=unit, state="accepted")

    made = actions.prefill(unit=unit, period=parse_period(NOW), by=inspector)

    assert made.answers.get(indicator="B1").figure == "1 điển hình"


@pytest.mark.parametrize("whole", [True, False])
def test_word_and_excel_say_what_the_screen_says(whole):
    by = UserFactory(unit=province(), function="secretariat") if whole else clerk()
    NominationFactory(exemplar__unit=UnitFactory() if whole else by.unit, state="accepted")
    report = actions.submit(report=actions.write(report=opened(by), by=by, narrative="Tốt."), by=by)
    shown = {figure.code: figure.number for figure in figures_of(report)}

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(papers.xlsx(report))).get_sheet_by_index(0)
    rows = {row[0]: row[3] for row in sheet.to_python() if row and row[0] in shown}
    words = zipfile.ZipFile(io.BytesIO(papers.docx(report))).read("word/document.xml").decode()

    assert rows == shown
    assert all(f">{code}<" in words for code in shown)
    assert "BÁO CÁO" in words
    assert "{{" not in words
