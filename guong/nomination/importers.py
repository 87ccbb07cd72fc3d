"""Lists of people and collectives to nominate, as communes keep them in Excel."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError

from guong.core import calendar, staging
from guong.core.forms import LineField
from guong.core.models import Batch, StoredFile
from guong.core.staging import Line
from guong.core.vietnamese import (
    fold,
    nfc,
    parse_date,
    parse_number,
    repair_id_number,
    repair_phone,
    tidy_name,
)
from guong.discovery import actions as discovery
from guong.exemplars import actions as exemplars
from guong.exemplars.matching.rolls import Roll
from guong.exemplars.models import Exemplar
from guong.guard import gazetteer, scorer
from guong.units.models import Field, Unit, User

from . import actions
from .models import Nomination

NAME = "nominations"
COLUMNS = {
    "full_name": ["Họ và tên", "Họ tên", "Tên cá nhân, tập thể", "Tên điển hình", "Tên"],
    "kind": ["Đối tượng", "Loại"],
    "birth": ["Ngày, tháng, năm sinh", "Ngày sinh", "Năm sinh", "Sinh năm"],
    "id_number": ["Số CCCD", "CCCD", "Số căn cước", "CMND/CCCD", "Căn cước"],
    "phone": ["Số điện thoại", "Điện thoại", "SĐT"],
    "residence": ["Thôn, làng", "Thôn/làng", "Địa chỉ", "Nơi ở", "Làng"],
    "occupation": ["Nghề nghiệp", "Chức vụ"],
    "field": ["Lĩnh vực"],
    "statement": ["Thành tích", "Thành tích tiêu biểu", "Tóm tắt thành tích", "Nội dung"],
    "before": ["Trước", "Số liệu trước"],
    "after": ["Sau", "Số liệu sau", "Kết quả"],
    "measure": ["Đơn vị tính", "ĐVT"],
}
NEEDED = ("full_name", "statement")
TITLES = {name: known[0] for name, known in COLUMNS.items()}
KINDS = {
    "ca nhan": "individual",
    "ho": "household",
    "ho gia dinh": "household",
    "tap the": "collective",
    "to": "collective",
    "nhom": "collective",
    "mo hinh": "model",
}

EXAMPLE = {
    "full_name": "Rơ Châm H'Mẫu",
    "kind": "Cá nhân",
    "birth": "1984",
    "residence": "Làng Mẫu",
    "occupation": "Nông dân",
    "field": "Nông nghiệp",
    "statement": "Trồng cà phê xen mắc ca, giúp 12 hộ cùng làng làm theo",
    "before": 40,
    "after": 95,
    "measure": "triệu đồng/năm",
}

# The screen's own fields check the cells: files and forms obey the same rules in the same words.
FULL_NAME = LineField(max_length=150)
STATEMENT = LineField(max_length=500)
SHORT = LineField(max_length=120, required=False)
MEASURE = LineField(max_length=40, required=False)
FULL_NAME.error_messages["required"] = "Chưa có tên. Điền họ và tên."
STATEMENT.error_messages["required"] = "Chưa nêu thành tích. Ghi một câu, có con số nếu đo được."


def check(lines: Iterable[Line], unit: Unit, by: User) -> Iterator[Line]:
    """Fill each line's values, repairs, errors, reasons and duplicates. Writes nothing."""
    known = Roll(unit)
    places = gazetteer.default()
    this_year = calendar.today().year
    fields = {fold(name): pk for pk, name in Field.objects.values_list("pk", "name")}
    for line in lines:
        _check_words(line)
        _check_kind(line)
        _check_birth(line, this_year)
        _check_numbers(line)
        _check_field(line, fields)
        if not line.errors:
            text = f"{line.values['full_name']}\n{line.values['statement']}"
            line.reasons = scorer.check_row(text, places)
            line.duplicates = known.like(line.number, line.values)
        yield line


def choices() -> dict[str, list[str]]:
    """What may be chosen in a column of the empty list."""
    fields = list(Field.objects.order_by("name").values_list("name", flat=True))
    return {"kind": list(Exemplar.Kind.labels)} | ({"field": fields} if fields else {})


def _clean(line: Line, column: str, field: forms.Field, shown: str) -> str:
    value, messages = _cleaned(field, shown)
    if messages:
        line.error(TITLES[column], "missing" if not shown else "value", messages)
    return value


@lru_cache(maxsize=1024)  # villages, trades and measures stand there again and again
def _cleaned(field: forms.Field, shown: str) -> tuple[str, str]:
    try:
        return field.clean(shown), ""
    except ValidationError as refusal:
        return "", " ".join(refusal.messages)


def _check_words(line: Line) -> None:
    raw_name = str(line.raw.get("full_name") or "")
    name = tidy_name(_clean(line, "full_name", FULL_NAME, raw_name))
    if name and name != raw_name:
        line.repair(TITLES["full_name"], raw_name, name)
    line.values["full_name"] = name
    line.values["statement"] = _clean(
        line, "statement", STATEMENT, str(line.raw.get("statement") or "")
    )
    for column, field in (("residence", SHORT), ("occupation", SHORT), ("measure", MEASURE)):
        line.values[column] = _clean(line, column, field, str(line.raw.get(column) or ""))


def _check_kind(line: Line) -> None:
    words = fold(str(line.raw.get("kind") or ""))
    if words and words not in KINDS:
        line.error(
            TITLES["kind"],
            "value",
            f"«{line.raw['kind']}» không phải đối tượng. Ghi: cá nhân, hộ gia đình, tập thể hoặc "
            "mô hình.",
        )
    line.values["kind"] = KINDS.get(words, "individual")


def _check_birth(line: Line, this_year: int) -> None:
    raw = line.raw.get("birth")
    guess = parse_date(raw)
    if guess.message:
        line.error(TITLES["birth"], "date", guess.message)
        return
    line.values["birth_year"] = guess.year
    line.values["birth_date"] = guess.value.isoformat() if guess.value else None
    if guess.repaired and guess.value:
        line.repair(TITLES["birth"], raw, guess.value.strftime("%d/%m/%Y"))
    if guess.year and guess.year > this_year:
        line.error(TITLES["birth"], "date", f"Năm sinh {guess.year} chưa tới.")


def _check_numbers(line: Line) -> None:
    for column, repair in (("id_number", repair_id_number), ("phone", repair_phone)):
        found = repair(line.raw.get(column))
        if found.message:
            line.error(TITLES[column], "value", found.message)
        elif found.repaired:
            line.repair(TITLES[column], line.raw[column], found.value)
        line.values[column] = found.value
    for column in ("before", "after"):
        cell = line.raw.get(column)
        if type(cell) is int:  # as most stand there
            line.values[column] = str(cell)
            continue
        guess = parse_number(cell)
        if guess.message:
            line.error(TITLES[column], "number", guess.message)
        elif guess.is_ambiguous:
            line.repair(TITLES[column], cell, f"{guess.value:f}")
        line.values[column] = None if guess.value is None else f"{guess.value:f}"


def _check_field(line: Line, fields: dict[str, int]) -> None:
    words = fold(nfc(str(line.raw.get("field") or "")))
    line.values["field"] = fields.get(words)
    if words and line.values["field"] is None:
        near = [pk for name, pk in fields.items() if words in name or name in words]
        line.values["field"] = near[0] if len(near) == 1 else None


def make(batch: Batch, by: User, rows: list[dict]) -> list[Nomination]:
    """Each row is a life record with its claim, the lead it came by, and a draft nomination."""
    unit = Unit.objects.get(code=batch.unit)
    commune = unit if unit.kind == Unit.Kind.COMMUNE else None
    told = [
        {
            "kind": values["kind"],
            "full_name": values["full_name"],
            "claims": [_claim(values)],
            "identity": _identity(values, batch),
            "birth_year": values.get("birth_year"),
            "residence": values["residence"],
            "occupation": values["occupation"],
            "commune": commune,
            "field_id": values["field"],
        }
        for values in rows
    ]
    made = exemplars.add_all(by=by, unit=unit, told=told, batch=str(batch.pk))
    leads = [
        {
            "who": values["full_name"],
            "where": values["residence"],
            "what": values["statement"],
            "exemplar": exemplar,
        }
        for values, exemplar in zip(rows, made, strict=True)
    ]
    received = discovery.receive_all(by=by, unit=unit, told=leads)
    return actions.draft_all(by=by, unit=unit, leads=received)


def _claim(values: dict) -> dict:
    return {
        "statement": values["statement"],
        "measure": values["measure"],
        "before": _decimal(values["before"]),
        "after": _decimal(values["after"]),
    }


def _identity(values: dict, batch: Batch) -> dict | None:
    if not (values["id_number"] or values["phone"] or values.get("birth_date")):
        return None
    return {
        "id_number": values["id_number"],
        "phone": values["phone"],
        "birth_date": parse_date(values["birth_date"] or "").value,
        "legal_basis": "Luật Bảo vệ dữ liệu cá nhân: thực hiện nhiệm vụ thi đua, khen thưởng",
        "source": f"Danh sách {batch.file_name}"[:200],
    }


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def finish(batch: Batch, by: User) -> None:
    """The list is through: its records no longer say «đang nhập»."""
    exemplars.finish_batch(batch=str(batch.pk), unit=Unit.objects.get(code=batch.unit), by=by)


def take_back(pk: int, by: User) -> None:
    """One draft of the list, undone. Raises ValidationError when it has moved on."""
    nomination = Nomination.objects.visible_to(by).filter(pk=pk).first()
    if nomination is None:
        raise ValidationError("Hồ sơ không còn trong những hồ sơ bạn được xem.")
    actions.take_back(nomination=nomination, by=by)


def attach(pk: int, file: StoredFile, by: User) -> None:
    """A picture lies with the life record; the first one becomes its face."""
    exemplar = Nomination.objects.visible_to(by).get(pk=pk).exemplar
    exemplars.add_evidence(exemplar=exemplar, by=by, kind="picture", title=file.name, file=file)
    if exemplar.picture_id is None:
        exemplars.set_picture(exemplar=exemplar, by=by, file=file)


def code(pk: int) -> str:
    """What the life record is called by on paper."""
    return Nomination.objects.values_list("exemplar__code", flat=True).get(pk=pk)


staging.register(
    staging.Kind(
        name=NAME,
        title="Danh sách đề cử",
        columns=COLUMNS,
        needed=NEEDED,
        check=check,
        make=make,
        finish=finish,
        take_back=take_back,
        model=Nomination,
        permission="nomination.import",
        place="nomination:inbox",
        narrowed="?state=draft",
        called="dự thảo đề cử",
        shown=("full_name", "statement"),
        attach=attach,
        code=code,
        example=EXAMPLE,
        choices=choices,
    )
)
