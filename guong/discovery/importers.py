"""Lists of people others have told of: from the Front, the unions, a village head, a newspaper."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from guong.core import staging
from guong.core.forms import LineField, TextField, WordsField
from guong.core.lines import Line, each_once, together, words
from guong.core.models import Batch
from guong.core.vietnamese import fold, name_key, tidy_name
from guong.guard import gazetteer, scorer
from guong.units.models import Unit, User

from . import actions
from .models import Lead

NAME = "leads"
COLUMNS = {
    "who": ["Ai", "Họ và tên", "Họ tên", "Tên cá nhân, tập thể", "Người được giới thiệu", "Tên"],
    "where": ["Ở đâu", "Thôn, làng", "Địa chỉ", "Nơi ở", "Làng", "Thôn/làng"],
    "what": ["Việc gì", "Việc làm tốt", "Nội dung", "Thành tích", "Tóm tắt"],
    "contact": ["Người giới thiệu", "Liên hệ", "Số điện thoại người giới thiệu"],
}
NEEDED = ("who", "what")
TOLD = ("who", "where", "what")  # what the guard reads
TITLES = {name: known[0] for name, known in COLUMNS.items()}

EXAMPLE = {
    "who": "Bà Siu Mẫu",
    "where": "Làng Mẫu",
    "what": "Mười năm dạy dệt cho con gái trong làng, không lấy tiền",
    "contact": "Chi hội Phụ nữ làng Mẫu",
}

# The screen's own fields check the cells: files and forms obey the same rules in the same words.
FIELDS = {
    "who": LineField(max_length=200),
    "where": LineField(max_length=200, required=False),
    "what": TextField(max_length=4000),
    "contact": LineField(max_length=200, required=False),
}
FIELDS["who"].error_messages["required"] = "Chưa có tên. Ghi tên người hoặc tập thể."
FIELDS["what"].error_messages["required"] = "Chưa nói việc gì. Ghi một, hai câu."


def check(lines: Iterable[Line], unit: Unit, by: User) -> Iterator[Line]:
    """Fill each line's values, repairs, errors, reasons and duplicates. Writes nothing."""
    places = gazetteer.default()
    waiting = Lead.objects.waiting().filter(unit__path__startswith=unit.path)
    known: dict[str, list[dict]] = {}
    for pk, who, code in waiting.values_list("pk", "who", "code").iterator(chunk_size=2000):
        known.setdefault(name_key(who), []).append({"ref": f"discovery.lead:{pk}", "title": code})
    for some in together(lines):
        for column, field in FIELDS.items():
            _check(some, column, field)
        sound = [line for line in some if not line.errors]
        told = [Lead(**{name: line.values[name] for name in TOLD}).words for line in sound]
        for line, line.reasons in zip(sound, scorer.check_rows(told, places), strict=True):
            key = name_key(line.values["who"])
            line.duplicates = [other | {"why": "cùng tên"} for other in known.get(key, [])]
            same = {"line": line.number, "title": f"dòng {line.number}"}
            known.setdefault(key, []).append(same)
        yield from some


def _check(lines: list[Line], column: str, field: WordsField) -> None:
    shown = words(lines, column)
    cleaned = each_once(shown, field.clean_column)
    for line, cell, (value, wrong) in zip(lines, shown, cleaned, strict=True):
        if wrong:
            line.error(TITLES[column], "value" if cell else "missing", wrong)
        if column == "who":
            value = tidy_name(value)
            if value and fold(value) == fold(cell) and value != cell:
                line.repair(TITLES[column], cell, value)
        line.values[column] = value


def make(batch: Batch, by: User, rows: list[dict]) -> list[Lead]:
    """Each row is a lead that lies with the unit."""
    return actions.receive_all(by=by, unit=Unit.objects.get(code=batch.unit), told=rows)


def finish(batch: Batch, by: User) -> None:
    """A lead stands by itself: nothing waits for the end of its list."""


def take_back(pk: int, by: User) -> None:
    """One lead of the list, undone. Raises ValidationError when somebody has dealt with it."""
    lead = Lead.objects.visible_to(by).filter(pk=pk).first()
    if lead is None:
        raise ValidationError("Tin không còn trong những tin bạn được xem.")
    actions.take_back(lead=lead, by=by)


staging.register(
    staging.Kind(
        name=NAME,
        title="Danh sách tin phát hiện",
        columns=COLUMNS,
        needed=NEEDED,
        check=check,
        make=make,
        finish=finish,
        take_back=take_back,
        model=Lead,
        permission="discovery.receive",
        place="discovery:list",
        narrowed="?state=waiting",
        called="tin phát hiện",
        shown=("who", "what"),
        example=EXAMPLE,
    )
)
