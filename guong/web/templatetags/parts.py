"""The one set of components every page of the workspace is made of. Shown at /system/style/."""

import datetime

from django import template
from django.utils.html import format_html

from guong.core import calendar

register = template.Library()

ICONS = {
    "add": "them",
    "back": "trai",
    "badge": "an",
    "bell": "chuong",
    "calendar": "lich",
    "camera": "may-anh",
    "chart": "bieu-do",
    "check": "dat-tron",
    "clock": "gio",
    "comment": "noi-chuyen",
    "done": "dat",
    "download": "tai",
    "error": "loi",
    "evidence": "minh-chung",
    "eye": "mat",
    "filter": "loc",
    "flag": "co",
    "globe": "ra-ngoai",
    "grow": "mam",
    "heart": "mam",
    "help": "giup",
    "home": "nha",
    "info": "tin",
    "key": "khoa",
    "leave": "thoat",
    "lock": "khoa",
    "map": "ban-do",
    "menu": "muc",
    "news": "loa",
    "next": "phai",
    "paper": "van-ban",
    "pen": "sua",
    "people": "nhom",
    "person": "nguoi",
    "phone": "dien-thoai",
    "pin": "noi",
    "picture": "anh",
    "print": "in",
    "record": "ho-so",
    "scale": "can",
    "seal": "an",
    "search": "tim",
    "send": "gui",
    "share": "nhan-rong",
    "star": "an",
    "table": "bang",
    "undo": "hoan",
    "upload": "tai-len",
    "vote": "phieu",
    "warning": "canh-bao",
    "wrong": "bo",
}
# State → colour class; the word itself always stands beside it.
COLOURS = {
    "draft": "",
    "submitted": "info",
    "returned": "care",
    "accepted": "done",
    "withdrawn": "stop",
    "open": "info",
    "proven": "done",
    "not_eligible": "stop",
    "drafted": "info",
    "signed": "done",
    "revoked": "stop",
    "received": "info",
    "held": "care",
    "taken_up": "done",
    "declined": "stop",
    "sent": "care",
    "asked": "care",
    "lapsed": "care",
    "acknowledged": "info",
    "done": "done",
    "registered": "info",
    "applying": "info",
    "effective": "done",
    "not_effective": "care",
    "dropped": "stop",
    "writing": "",
    "checking": "info",
    "approved": "done",
    "closed": "done",
    "drafting": "",
    "placed": "stop",
    "lifted": "done",
    "checked": "info",
    "committing": "care",
    "read": "care",
    "undone": "stop",
    "switched_off": "",
    "in_force": "done",
    "retired": "stop",
    "new": "info",
    "lead": "done",
}
WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


@register.inclusion_tag("_icon.html")
def icon(name):
    """An icon of the sprite; decoration only, the word stands beside it."""
    return {"id": ICONS[name]}


@register.simple_tag
def state_tag(record):
    """The state as a word with a colour."""
    return format_html(
        '<span class="tag {}">{}</span>', colour(record.state), record.get_state_display()
    )


@register.filter
def colour(state: str) -> str:
    return COLOURS.get(state, "")


@register.filter
def thousands(number: int) -> str:
    """12.500, as numbers are written here."""
    return f"{number:,}".replace(",", ".")


@register.inclusion_tag("_field.html")
def field(bound):
    """Label above, help below it, control, error beside it; tied together for screen readers."""
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}-help")
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if bound.field.required and bound.widget_type not in ("checkboxselectmultiple", "radioselect"):
        attributes["required"] = True
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "is_group": bound.widget_type in ("checkboxselectmultiple", "radioselect"),
        "is_tick": bound.widget_type == "checkbox",
        # Whoever writes here is advised while writing; the answer lands below the box.
        "is_advised": bound.field.widget.attrs.get("hx-target") == "next .advice",
    }


@register.inclusion_tag("_error_summary.html")
def error_summary(form):
    """«Có 2 chỗ cần sửa», each a link to its field, in the words that stand there."""
    lines = [
        (bound.id_for_label or bound.auto_id, bound.label, error)
        for bound in form
        for error in bound.errors
    ]
    general = list(form.non_field_errors())
    return {"lines": lines, "general": general, "count": len(lines) + len(general)}


@register.inclusion_tag("_pager.html", takes_context=True)
def pager(context, page):
    """Earlier and later pages, and the same rows for Excel; keeps the filters of the address."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "query": query.urlencode(),
        "has_sheet": getattr(request, "has_sheet", False),
    }


@register.inclusion_tag("_shares.html", takes_context=True)
def shares_line(context, shares, unit_of_count):
    """Above a list of exemplars: how many in all and of each group; each number lists its rows."""
    query = context["request"].GET.copy()
    for name in ("page", "nhom", "xuat"):
        query.pop(name, None)
    return {"shares": shares, "unit_of_count": unit_of_count, "query": query.urlencode()}


@register.inclusion_tag("_steps.html")
def list_steps(here: int):
    """Where a list from Excel is on its way in."""
    names = ["Chọn tệp", "Ghép cột", "Xem trước", "Nhập"]
    return {"steps": [(n, name, n < here, n == here) for n, name in enumerate(names, start=1)]}


@register.inclusion_tag("_empty.html")
def empty_state(text, url="", action=""):
    """Why there is nothing, and what to do next."""
    return {"text": text, "url": url, "action": action}


@register.inclusion_tag("_when.html")
def date_with_distance(day):
    """dd/mm/yyyy with «còn 3 ngày (thứ Sáu)», late and near days marked."""
    left = (day - calendar.today()).days
    return {
        "day": day,
        "distance": distance(left),
        "kind": _kind(left),
        "weekday": WEEKDAYS[day.weekday()],
    }


def distance(left: int) -> str:
    """Days from today in words."""
    if left < 0:
        return f"quá hạn {-left} ngày"
    return {0: "hôm nay", 1: "ngày mai"}.get(left, f"còn {left} ngày")


def _kind(left: int) -> str:
    return "late" if left < 0 else "soon" if left <= 3 else ""


@register.simple_tag
def long_day():
    """Thứ Hai, 23/11/2026."""
    day: datetime.date = calendar.today()
    word = WEEKDAYS[day.weekday()]
    return f"{word[0].upper()}{word[1:]}, {day:%d/%m/%Y}"
