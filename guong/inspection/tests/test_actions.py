import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from guong.core import calendar
from guong.inspection import actions
from guong.inspection.models import Inspection
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
LINE = {"question": "B1", "figure": "3 điển hình", "indicator": "B1"}


def opened(by, unit=None):
    return actions.open_checklist(
        unit=unit or UnitFactory(), period="2026-H2", by=by, answers=[LINE]
    )


def test_open_checklist_starts_with_the_figures_and_is_open_once():
    inspector, unit = UserFactory(function="inspector"), UnitFactory()

    made = opened(inspector, unit)

    questions = list(made.answers.order_by("order").values_list("question", "figure"))
    assert questions == [("B1", "3 điển hình"), *((text, "") for text in actions.QUESTIONS)]
    with pytest.raises(ValidationError, match="phiếu kiểm tra mở"):
        opened(inspector, unit)


def test_open_checklist_is_for_inspectors():
    with pytest.raises(PermissionDenied):
        opened(UserFactory(function="secretariat"))
    assert not Inspection.objects.exists()


def test_answer_keeps_result_and_note():
    inspector = UserFactory(function="inspector")
    made = opened(inspector)

    actions.answer(inspection=made, by=inspector, results={1: ("met", "Đủ"), 2: ("not_met", "")})

    found = list(made.answers.order_by("order").values_list("result", "note"))
    assert found == [("met", "Đủ"), ("not_met", ""), ("", ""), ("", "")]


def test_record_finding_has_a_day_to_come():
    inspector = UserFactory(function="inspector")
    made = opened(inspector)
    values = {"inspection": made, "by": inspector, "text": "Thiếu.", "recommendation": "Làm."}

    with pytest.raises(ValidationError, match="sau hôm nay"):
        actions.record_finding(due_on=calendar.today(), **values)
    finding = actions.record_finding(due_on=calendar.today() + datetime.timedelta(days=9), **values)

    assert finding.text == "Thiếu."


def test_close_waits_for_every_answer_and_shuts_the_list():
    inspector = UserFactory(function="inspector")
    made = opened(inspector)

    with pytest.raises(ValidationError, match="chưa trả lời"):
        actions.close(inspection=made, by=inspector)
    every = {line.order: ("met", "") for line in made.answers.all()}
    actions.answer(inspection=made, by=inspector, results=every)
    closed = actions.close(inspection=made, by=inspector)

    assert closed.state == "closed"
    with pytest.raises(ValidationError, match="đã kết luận"):
        actions.answer(inspection=made, by=inspector, results={})
