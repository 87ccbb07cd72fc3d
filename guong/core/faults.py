"""Pages for what went wrong: what to do, a code to read out, and what was typed."""

from django.shortcuts import render

HIDDEN = {"csrfmiddlewaretoken", "password", "password1", "password2", "code"}


def typed(request) -> list[tuple[str, str]]:
    """What stood in the form, less passwords and tokens, so that it can be copied back."""
    try:
        posted = request.POST.items()
    except Exception:  # the body itself may be what was wrong
        return []
    return [(name, value) for name, value in posted if name not in HIDDEN and value.strip()]


def page(request, status: int, message: str = ""):
    """One of the error pages, with the request's code and what was typed."""
    context = {"message": message, "typed": typed(request), "code": getattr(request, "code", "")}
    return render(request, f"{status}.html", context, status=status)
