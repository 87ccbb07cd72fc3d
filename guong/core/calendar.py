"""The clock, the periods of reports and the working days. Everything asks here what time it is."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[datetime.datetime | None] = ContextVar("guong_clock", default=None)


def now() -> datetime.datetime:
    """The present moment (aware), or the one the demo has set."""
    return _set_to.get() or timezone.now()


def today() -> datetime.date:
    """The date in Viet Nam."""
    return day_of(now())


def day_of(moment: datetime.datetime) -> datetime.date:
    """On which date in Viet Nam the moment falls; what is stored is UTC, seven hours behind."""
    return timezone.localtime(moment).date()


@contextmanager
def set_to(moment: datetime.datetime | datetime.date) -> Iterator[None]:
    """Let the actions inside believe it is `moment`; refused outside a home marked as demo."""
    if not settings.IS_DEMO_HOME:
        raise RuntimeError("The clock may be set only in a home marked as demo.")
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time(9, 0))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


@dataclass(frozen=True)
class Period:
    """A half-year or a year, both ends included. `code` is as in `2026-H1` or `2026`."""

    code: str
    start: datetime.date
    end: datetime.date

    @property
    def label(self) -> str:
        year, _, half = self.code.partition("-")
        if not half:
            return f"năm {year}"
        return f"6 tháng {'đầu' if half == 'H1' else 'cuối'} năm {year}"

    def __str__(self):
        return self.label


def parse_period(code: str) -> Period:
    """`2026` or `2026-H1` → Period. Raises ValueError with a Vietnamese sentence."""
    match = re.fullmatch(r"(20\d\d)(?:-H([12]))?", code.strip().upper())
    if not match:
        raise ValueError(f"«{code}» không phải kỳ báo cáo. Viết như 2026-H1 hoặc 2026.")
    year, half = int(match[1]), match[2]
    start = datetime.date(year, 7 if half == "2" else 1, 1)
    end = datetime.date(year, 6, 30) if half == "1" else datetime.date(year, 12, 31)
    return Period(match[0], start, end)


def period_of(day: datetime.date) -> Period:
    """The half-year the day lies in."""
    return parse_period(f"{day.year}-H{1 if day.month <= 6 else 2}")


def previous(period: Period) -> Period:
    """The period of the same length before this one."""
    if "-" not in period.code:
        return parse_period(str(period.start.year - 1))
    return period_of(period.start - datetime.timedelta(days=1))


def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday, less the holidays, plus the make-up days the office has typed in."""
    from guong.core.models import CalendarDay

    entered = CalendarDay.objects.filter(day=day).first()
    return entered.is_working if entered else day.weekday() < 5


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day `count` working days after `day`."""
    from guong.core.models import CalendarDay

    horizon = day + datetime.timedelta(days=count * 3 + 30)
    entered = dict(
        CalendarDay.objects.filter(day__range=(day, horizon)).values_list("day", "is_working")
    )
    while count > 0:
        day += datetime.timedelta(days=1)
        if entered.get(day, day.weekday() < 5):
            count -= 1
    return day
