"""Answers to htmx: one part of a page, and where to go when the login has run out."""

from django.http import HttpResponse
from django.template.loader import render_to_string


def render_part(request, template: str, context: dict) -> HttpResponse:
    """Render one partial, followed by any messages, which htmx puts into the page's box."""
    parts = [template, "_messages.html"]
    return HttpResponse("".join(render_to_string(part, context, request) for part in parts))
