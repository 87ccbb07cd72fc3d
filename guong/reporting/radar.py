"""The equity radar: which places and groups nobody speaks for. Counted from records, never typed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from guong.core import calendar
from guong.core.calendar import Period, parse_period
from guong.discovery.models import Lead
from guong.exemplars.models import EthnicGroup, Exemplar
from guong.exemplars.selectors import DECLINED, UNRECORDED, count_of_peoples
from guong.units.models import Field, Unit, User

from .indicators.base import within
from .indicators.discovery import exemplars_introduced
from .models import Population

BLANK = "chua-ghi"  # the key of those of whom it is not written down
PEOPLES = "dan-toc"
SEES_EVERY_LEAD = {"secretariat", "inspector"}
INDIVIDUALS = Q(kind=Exemplar.Kind.INDIVIDUAL)


@dataclass(frozen=True)
class Asked:
    """Who asks about which period and which branch; `unit` None is the whole province."""

    period: Period
    unit: Unit | None
    user: User

    @property
    def has_leads(self) -> bool:
        """Whether this person may see every lead of the branch: else a nought would say nothing."""
        return (
            self.unit is not None and self.unit.path.startswith(self.user.branch_path())
        ) or bool(SEES_EVERY_LEAD & set(self.user.functions()))

    @property
    def nominated(self) -> QuerySet[Exemplar]:
        """The exemplars that count into indicator B1, but for those this person must not count."""
        counted = exemplars_introduced(self.period, self.unit)
        seen = Exemplar.objects.visible_to(self.user).filter(pk__in=counted.values("pk"))
        return Exemplar.objects.filter(pk__in=seen.values("pk"))  # without its joins

    @property
    def leads(self) -> QuerySet[Lead]:
        """The leads received in the period."""
        days = (self.period.start, self.period.end)
        return within(
            Lead.objects.visible_to(self.user).filter(received_at__date__range=days), self.unit
        )


@dataclass(frozen=True)
class Group:
    """One line. A number is None where it is not told: no leads to be seen, or too few to be named."""

    key: str
    name: str
    leads: int | None
    nominated: int | None
    people: int | None = None
    is_hidden: bool = False

    @property
    def is_absent(self) -> bool:
        return self.leads == 0 or self.nominated == 0 or self.is_hidden

    @property
    def in_ten_thousand(self) -> float | None:
        if not self.people or self.nominated is None:
            return None
        return round(10_000 * self.nominated / self.people, 1)

    @property
    def said(self) -> str:
        """What is missing, in words."""
        if self.is_hidden:
            return "dưới 5 hoặc chưa có"
        missing = [
            word for word, many in (("tin", self.leads), ("đề cử", self.nominated)) if many == 0
        ]
        return f"chưa có {' và '.join(missing)}" if missing else ""


@dataclass(frozen=True)
class Dimension:
    """One part of the radar; its groups, those without anybody first and the largest of them ahead."""

    key: str
    title: str
    note: str
    groups: list[Group]
    has_leads: bool
    has_population: bool

    @property
    def absent(self) -> list[Group]:
        return [group for group in self.groups if group.is_absent]

    @property
    def present(self) -> list[Group]:
        return [group for group in self.groups if not group.is_absent]

    @property
    def without_nomination(self) -> int:
        """How many nobody was nominated of, or too few to be told."""
        return sum(group.nominated == 0 or group.is_hidden for group in self.groups)

    @property
    def without_lead(self) -> int:
        return sum(group.leads == 0 for group in self.groups)

    @property
    def opens(self) -> bool:
        """Whether a number may be opened: not where a row would tell who is of which people."""
        return self.key != PEOPLES

    @property
    def misses_population(self) -> bool:
        return self.has_population and any(group.people is None for group in self.groups)


@dataclass(frozen=True)
class Kind:
    """How one dimension is counted: its groups by key, and by which column of an exemplar."""

    title: str
    note: str
    groups: Callable[[Period, Unit | None], dict[str, str]]
    column: str
    of: Q


def _communes(period: Period, unit: Unit | None) -> dict[str, str]:
    """Those of the branch; a body without communes of its own is asked about all."""
    there = Unit.objects.standing(min(period.end, calendar.today())).communes()
    own = within(there, unit, "path")
    return {str(commune.pk): commune.name for commune in (own or there)}


def _fields(period: Period, unit: Unit | None) -> dict[str, str]:
    return {str(field.pk): field.name for field in Field.objects.order_by("order", "pk")}


KINDS = {
    "xa": Kind(
        "Xã, phường",
        "Theo nơi ở của điển hình hoặc xã, phường đã giới thiệu; tin theo nơi xử lý.",
        _communes,
        "commune",
        Q(),
    ),
    "linh-vuc": Kind("Lĩnh vực", "Theo lĩnh vực chính của hồ sơ.", _fields, "field", Q()),
    "lao-dong": Kind(
        "Nhóm lao động",
        "Chỉ tính cá nhân.",
        lambda period, unit: dict(Exemplar.Labour.choices),
        "labour_category",
        INDIVIDUALS,
    ),
    "gioi": Kind(
        "Giới",
        "Chỉ tính cá nhân.",
        lambda period, unit: {"female": "Nữ", "male": "Nam"},
        "sex",
        INDIVIDUALS,
    ),
}
TITLES = {key: kind.title for key, kind in KINDS.items()} | {PEOPLES: "Dân tộc"}
# Nobody counts the people of a field of life.
WITH_POPULATION = [key for key in TITLES if key != "linh-vuc"]


def names_of(dimension: str) -> dict[str, str]:
    """Key → name of every group a number of people can be written down for."""
    if dimension == PEOPLES:
        return {name: name for name in _peoples()}
    return KINDS[dimension].groups(calendar.period_of(calendar.today()), None)


def _peoples() -> list[str]:
    return list(EthnicGroup.objects.in_use().order_by("pk").values_list("name", flat=True))


# --- the rows behind ---------------------------------------------------------------------------------
def _is(column: str, key: str, to: str = "") -> Q:
    if key != BLANK:
        return Q(**{f"{to}{column}": key})
    return Q(**{f"{to}{column}": None if column == "field" else ""})


def nominated_of(asked: Asked, dimension: str, key: str) -> QuerySet[Exemplar]:
    """The exemplars one number of the column «Đề cử» is the number of."""
    kind = KINDS[dimension]
    if dimension == "xa":
        return asked.nominated.filter(Q(commune=key) | Q(unit=key))
    return asked.nominated.filter(kind.of, _is(kind.column, key))


def leads_of(asked: Asked, dimension: str, key: str) -> QuerySet[Lead]:
    """The leads one number of the column «Tin» is the number of."""
    kind = KINDS[dimension]
    if dimension == "xa":
        return asked.leads.filter(Q(unit=key) | Q(exemplar__commune=key))
    of = Q(exemplar__kind=Exemplar.Kind.INDIVIDUAL) if kind.of else Q(exemplar__isnull=False)
    return asked.leads.filter(of, _is(kind.column, key, "exemplar__"))


# --- the numbers ---------------------------------------------------------------------------------------
def _by_commune(rows: QuerySet, *columns: str) -> Counter:
    """How often each commune stands in one of the columns; a row with it in both counts once."""
    told: Counter = Counter()
    for *places, many in rows.order_by().values_list(*columns).annotate(many=Count("pk")):
        for place in {place for place in places if place}:
            told[str(place)] += many
    return told


def _by_column(rows: QuerySet, column: str) -> Counter:
    found = rows.order_by().values_list(column).annotate(many=Count("pk"))
    return Counter({BLANK if value in ("", None) else str(value): many for value, many in found})


def _counted(asked: Asked, key: str) -> tuple[Counter, Counter]:
    kind = KINDS[key]
    if key == "xa":
        nominated = _by_commune(asked.nominated, "commune", "unit")
        return nominated, _by_commune(asked.leads, "unit", "exemplar__commune")
    of = Q(exemplar__kind=Exemplar.Kind.INDIVIDUAL) if kind.of else Q(exemplar__isnull=False)
    return (
        _by_column(asked.nominated.filter(kind.of), kind.column),
        _by_column(asked.leads.filter(of), f"exemplar__{kind.column}"),
    )


def _dimension(asked: Asked, key: str, people: dict[str, int]) -> Dimension:
    kind, has_leads = KINDS[key], asked.has_leads
    nominated, leads = _counted(asked, key)
    names = kind.groups(asked.period, asked.unit)
    if key != "xa" and (nominated[BLANK] or leads[BLANK]):
        names = names | {BLANK: "Chưa ghi"}
    groups = [
        Group(one, name, leads[one] if has_leads else None, nominated[one], people.get(one))
        for one, name in names.items()
    ]
    return Dimension(
        key,
        kind.title,
        kind.note,
        sorted(groups, key=_absent_first),
        has_leads,
        key in WITH_POPULATION and (key == "xa" or asked.unit is None),
    )


def _absent_first(group: Group) -> tuple:
    return not group.is_absent, group.nominated != 0, -(group.people or 0)


def _of_peoples(asked: Asked, people: dict[str, int]) -> Dimension:
    # Of a half-year and its year the other half could be worked out: so always the year.
    year = parse_period(str(asked.period.start.year))
    found = Asked(year, asked.unit, asked.user).nominated.filter(INDIVIDUALS)
    names = _peoples()
    told = count_of_peoples(found, names)
    order = [*names, *(name for name in told if name not in names)]
    groups = [
        Group(name, _named(name), None, told[name], people.get(name), told[name] is None)
        for name in order
        if name in told
    ]
    return Dimension(
        PEOPLES,
        "Dân tộc",
        f"Chỉ tính cá nhân, cả {year}. Nhóm dưới 5 người không nêu số, và giấu thêm nhóm khác khi từ "
        "tổng tính ra được; các số này không mở ra danh sách, vì dân tộc là dữ liệu nhạy cảm.",
        sorted(groups, key=_absent_first),
        False,
        asked.unit is None,
    )


def _named(name: str) -> str:
    return name[0].upper() + name[1:] if name in (DECLINED, UNRECORDED) else name


def radar(asked: Asked, with_peoples: bool = True) -> list[Dimension]:
    """Every dimension. Without the peoples where a smaller branch would tell what a larger one hides."""
    people: dict[str, dict[str, int]] = {key: {} for key in TITLES}
    known = Population.objects.visible_to(asked.user)
    for dimension, key, number in known.values_list("dimension", "key", "number"):
        people[dimension][key] = number
    found = [
        _dimension(asked, key, people[key] if key == "xa" or asked.unit is None else {})
        for key in KINDS
    ]
    return [*found, _of_peoples(asked, people[PEOPLES])] if with_peoples else found
