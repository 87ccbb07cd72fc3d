from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect


class AccountStillValid:
    """An account past its end date, or closed, is out on the very next request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.user.may_log_in():
            logout(request)
            return redirect(settings.LOGIN_URL)
        return self.get_response(request)


class NewsroomDoor:
    """Unit users never enter the Wagtail admin; to them it does not exist."""

    # Wagtail's own pages for accounts, groups, sites and settings are nobody's: there is one login
    # path and one place where functions are given.
    CLOSED = (
        "users/",
        "groups/",
        "sites/",
        "login/",
        "logout/",
        "password_reset/",
        "account/",
        "documents/",
        "snippets/",
        "reports/",
        "workflows/",
        "collections/",
        "redirects/",
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/newsroom/"):
            rest = request.path.removeprefix("/newsroom/")
            if request.user.is_authenticated and (
                not request.user.has_function("editor") or rest.startswith(self.CLOSED)
            ):
                raise_404(request)
        return self.get_response(request)


def raise_404(request):
    raise Http404(request.path)
