"""Error pages that say what to do and keep what was typed."""

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


def bad_request(request, exception=None):
    return page(request, 400)


def refused(request, exception=None):
    return page(request, 403)


def not_found(request, exception=None):
    return page(request, 404)


def server_error(request):
    return page(request, 500)


def csrf_failure(request, reason=""):
    return page(request, 403, "Trang đã mở quá lâu hoặc cookie bị chặn. Tải lại trang rồi gửi lại.")
