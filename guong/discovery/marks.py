"""A text with the guard's spans marked, safe to show."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, reasons: list[dict]) -> SafeString:
    """The text with `<mark>` around each span; overlapping spans run into one."""
    parts, last = [], 0
    for start, end in _apart(_places(text, reasons)):
        parts += [escape(text[last:start]), format_html("<mark>{}</mark>", text[start:end])]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 (each part is escaped)


def _places(text: str, reasons: list[dict]) -> list[tuple[int, int]]:
    """Where each reason points to; one told about another text is looked up by its words."""
    places = []
    for reason in reasons:
        start, said = reason["start"], reason["text"]
        if text[start : start + len(said)] != said:
            start = text.find(said)
        if said and start >= 0:
            places.append((start, start + len(said)))
    return sorted(places)


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
