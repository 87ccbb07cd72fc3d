"""A text with the guard's spans marked, safe to show."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, reasons: list[dict]) -> SafeString:
    """The text with `<mark>` around each span; overlapping spans run into one."""
    spans: list[list[int]] = []
    for start, end in sorted((reason["start"], reason["end"]) for reason in reasons):
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        elif 0 <= start < end <= len(text):
            spans.append([start, end])
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), format_html("<mark>{}</mark>", text[start:end])]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 (each part is escaped)
