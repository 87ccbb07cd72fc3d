from guong.core import calendar
from guong.core.forms import DayField, Plain, TextField


class NewVisit(Plain):
    """One visit: what was found, what is needed, when again."""

    visited_on = DayField(label="Ngày thăm", initial=calendar.today)
    found = TextField(label="Tình hình", max_length=4000)
    needs = TextField(label="Khó khăn, cần giúp gì", required=False, max_length=4000)
    next_on = DayField(label="Lần tới", required=False)
