from datetime import UTC, date, datetime

from guong.core import calendar


def test_an_evening_in_greenwich_is_the_next_day_in_viet_nam():
    assert calendar.day_of(datetime(2026, 3, 1, 16, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert calendar.day_of(datetime(2026, 3, 1, 17, 0, tzinfo=UTC)) == date(2026, 3, 2)
