"""What every request of the office passes."""

import re
import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guong.core import faults, maintenance
from guong.core.states import IllegalMove

# Sent by what a page asks for by itself while somebody types.
WHILE_TYPING = "X-While-Typing"


class RequestCode:
    """Give the request a short code that error pages and the log both show; stop too large ones."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.code = secrets.token_hex(4).upper()
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.UPLOAD_LIMIT:
            # The body is not read: what was typed in it cannot be shown.
            return render(request, "413.html", {"code": request.code}, status=413)
        response = self.get_response(request)
        if request.path.startswith("/newsroom/"):
            response["Content-Security-Policy"] = policy_line(settings.NEWSROOM_POLICY)
        return response


def policy_line(directives: dict) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class ReadOnly:
    """While maintenance is on, whatever would write is refused and what was typed is given back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD", "OPTIONS"} and maintenance.is_on():
            return faults.page(request, 503)
        return self.get_response(request)


class Received:
    """A cookie tells the page that asked for a file that it has been made; see `guong.js`.

    A page hears nothing of what the browser saves. The cookie holds the page's own mark, for a minute.
    """

    MARK = re.compile(r"[0-9a-z]{1,12}")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        mark = request.GET.get("lan", "")
        if "Content-Disposition" in response and self.MARK.fullmatch(mark):
            response.set_cookie(
                f"guong-tai-{mark}", "1", max_age=60, secure=request.is_secure(), samesite="Strict"
            )
        return response


class Refusals:
    """Expected refusals that a view did not answer itself become pages that keep what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "htmx", False) and response.status_code == 302:
            return self._follow_login(request, response)
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, IllegalMove):
            return faults.page(request, 409, exception.message)
        if isinstance(exception, ValidationError):
            return faults.page(request, 400, " ".join(exception.messages))
        return None

    @staticmethod
    def _follow_login(request, response):
        # htmx would put the login page into the list: send the whole window there instead.
        login = reverse(settings.LOGIN_URL)
        if not isinstance(response, HttpResponseRedirect) or not response.url.startswith(login):
            return response
        if request.headers.get(WHILE_TYPING):
            return HttpResponse(status=204)  # advice may stay away; the page must not
        messages.info(request, "Phiên làm việc đã hết. Đăng nhập lại để tiếp tục.")
        # Back to the page, not to the part of it that was asked for.
        here = request.htmx.current_url_abs_path or "/"
        return HttpResponse(headers={"HX-Redirect": f"{login}?{urlencode({'next': here})}"})
