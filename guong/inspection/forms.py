from guong.core.forms import DayField, Plain, TextField

from .models import ChecklistAnswer, Inspection


class NewFinding(Plain):
    """What was found and what is to be done about it."""

    text = TextField(label="Tồn tại", max_length=2000)
    recommendation = TextField(label="Kiến nghị", max_length=2000)
    due_on = DayField(label="Hạn khắc phục")


def read_answers(inspection: Inspection, posted) -> tuple[dict, list[str]]:
    """The ticked results by order, and a sentence for each one that is not among the choices."""
    results, wrong = {}, []
    for line in inspection.answers.all():
        result = posted.get(f"result-{line.order}", "")
        if result and result not in ChecklistAnswer.Result:
            wrong.append(f"Câu {line.order}: chọn một kết quả trong danh sách.")
        elif result:
            results[line.order] = (result, posted.get(f"note-{line.order}", "")[:300])
    return results, wrong
