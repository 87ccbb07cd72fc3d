"""Lists of people and collectives to nominate, as communes keep them in Excel."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError

from guong.core import calendar, staging
from guong.core.forms import LineField
from guong.core.lines import Line, cells, each_once, together, words
from guong.core.models import Batch, StoredFile
from guong.core.vietnamese import (
    DateGuess,
    NumberGuess,
    Repair,
    fold,
    fold_all,
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
    fields = {fold(name): pk for pk, name in Field.objects.values_list("pk", "name")}
    for some in together(lines):
        columns = {
            "full_name": _names(some),
            "statement": _words(some, "statement", STATEMENT),
            "residence": _words(some, "residence", SHORT),
            "occupation": _words(some, "occupation", SHORT),
            "measure": _words(some, "measure", MEASURE),
            "kind": _kinds(some),
            **_births(some),
            "id_number": _digits(some, "id_number", repair_id_number),
            "phone": _digits(some, "phone", repair_phone),
            "before": _numbers(some, "before"),
            "after": _numbers(some, "after"),
            "field": _fields(some, fields),
        }
        for line, values in zip(some, zip(*columns.values(), strict=True), strict=True):
            line.values = dict(zip(columns, values, strict=True))
        _look_deeper([line for line in some if not line.errors], known, places)
        yield from some


def _look_deeper(lines: list[Line], known: Roll, places: gazetteer.Gazetteer) -> None:
    """What the guard says of lines that are sound, and who they may be already."""
    told = [f"{line.values['full_name']}\n{line.values['statement']}" for line in lines]
    reasons = scorer.check_rows(told, places)
    alike = known.like(lines)
    for at, line in enumerate(lines):
        line.reasons, line.duplicates = reasons[at], alike[at]


def choices() -> dict[str, list[str]]:
    """What may be chosen in a column of the empty list."""
    fields = list(Field.objects.order_by("name").values_list("name", flat=True))
    return {"kind": list(Exemplar.Kind.labels)} | ({"field": fields} if fields else {})


def _words(lines: list[Line], column: str, field: LineField) -> list[str]:
    shown = words(lines, column)
    values = []
    clean = field.clean_column
    # Names and deeds are hardly ever alike.
    cleaned = clean(shown) if column in NEEDED else each_once(shown, clean)
    for line, cell, (value, wrong) in zip(lines, shown, cleaned, strict=True):
        if wrong:
            line.error(TITLES[column], "value" if cell else "missing", wrong)
        values.append(value)
    return values


def _names(lines: list[Line]) -> list[str]:
    shown = words(lines, "full_name")
    called = [
        tidy_name(name) if name.isupper() else name
        for name in _words(lines, "full_name", FULL_NAME)
    ]
    for line, before, after in zip(lines, shown, called, strict=True):
        if after and before != after:
            line.repair(TITLES["full_name"], before, after)
    return called


def _kinds(lines: list[Line]) -> list[str]:
    shown = words(lines, "kind")
    kinds = []
    for line, cell, kind in zip(lines, shown, each_once(shown, fold_all), strict=True):
        if kind and kind not in KINDS:
            line.error(
                TITLES["kind"],
                "value",
                f"«{cell}» không phải đối tượng. Ghi: cá nhân, hộ gia đình, tập thể hoặc mô hình.",
            )
        kinds.append(KINDS.get(kind, "individual"))
    return kinds


def _births(lines: list[Line]) -> dict[str, list]:
    this_year = calendar.today().year
    shown = cells(lines, "birth")
    years, dates = [], []
    for line, cell, guess in zip(lines, shown, each_once(shown, _dates), strict=True):
        if guess.message:
            line.error(TITLES["birth"], "date", guess.message)
        elif guess.repaired and guess.value:
            line.repair(TITLES["birth"], cell, guess.value.strftime("%d/%m/%Y"))
        if guess.year and guess.year > this_year:
            line.error(TITLES["birth"], "date", f"Năm sinh {guess.year} chưa tới.")
        years.append(guess.year)
        dates.append(guess.value.isoformat() if guess.value else None)
    return {"birth_year": years, "birth_date": dates}


def _dates(column: Iterable) -> Iterator[DateGuess]:
    return map(parse_date, column)


def _digits(lines: list[Line], column: str, repair: Callable[..., Repair]) -> list[str]:
    values = []
    for line, cell in zip(lines, cells(lines, column), strict=True):
        found = repair(cell)
        if found.message:
            line.error(TITLES[column], "value", found.message)
        elif found.repaired:
            line.repair(TITLES[column], cell, found.value)
        values.append(found.value)
    return values


def _numbers(lines: list[Line], column: str) -> list[str | None]:
    shown = cells(lines, column)
    values = []
    for line, cell, (guess, value) in zip(lines, shown, each_once(shown, _parsed), strict=True):
        if guess.message:
            line.error(TITLES[column], "number", guess.message)
        elif guess.is_ambiguous:
            line.repair(TITLES[column], cell, value)
        values.append(value)
    return values


def _parsed(column: Iterable) -> Iterator[tuple[NumberGuess, str | None]]:
    for guess in map(parse_number, column):
        yield guess, None if guess.value is None else f"{guess.value:f}"


def _fields(lines: list[Line], known: dict[str, int]) -> list[int | None]:
    return list(
        each_once(
            words(lines, "field"), lambda column: [_field(word, known) for word in fold_all(column)]
        )
    )


def _field(words: str, known: dict[str, int]) -> int | None:
    """The field of that name, or the only one whose name holds the words, or is held by them."""
    if not words or words in known:
        return known.get(words)
    near = [pk for name, pk in known.items() if words in name or name in words]
    return near[0] if len(near) == 1 else None


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
